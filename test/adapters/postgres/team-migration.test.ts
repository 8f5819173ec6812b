import { expect } from 'chai';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { PERMISSIONS } from '../../../core/index.ts';
import { freshId } from '../../support/builders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { upgraded } from '../../support/release-before.ts';

const [admin, client] = [freshId(), freshId()];

/** What was asked for before two admins were needed: amount, whether it is top-up money, a claim. */
const WITHDRAWALS = [
  ['large', 1_000_001, false, false],
  ['topped up', 10_000, true, false],
  ['small', 1_000_000, false, false],
  ['claimed', 2_000_000, true, true],
] as const;

const asked = WITHDRAWALS.map(([name, amount, isToppedUp, isClaimed]) => {
  const claim = isClaimed ? `'${admin}', now()` : 'null, null';
  return `insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
      reference_id, idempotency_key, fingerprint, created_by, created_at)
    values (uuidv7(), 'withdraw', 'pending', '${client}', ${amount}, 'withdrawal', uuidv7(),
      '${name}', 'f', 'x', now());
    insert into withdrawals (id, user_id, transaction_id, amount, fee, number_sealed, number_index,
      number_masked, new_number, topped_up, status, claimed_by, claimed_at, created_at)
    select reference_id, user_id, id, amount, 0, 's', 'i', '${name}', false, ${isToppedUp},
      'pending', ${claim}, now() from wallet_transactions where idempotency_key = '${name}';`;
}).join('\n');

const GRANTED = JSON.stringify({ kind: 'account.admin-granted' });
const MISSED = JSON.stringify({
  kind: 'account.missed',
  total: 1,
  newest: [JSON.parse(GRANTED) as object],
});

/** The ledger's walls are not asked: these withdrawals hold no money. */
const BEFORE = `
  insert into users (id, telegram_id, display_name, language, role, status, created_at)
  values ('${admin}', 1, 'Dewi', 'id', 'admin', 'active', now()),
    ('${client}', 2, 'Budi', 'id', 'client', 'active', now());
  insert into admin_grants values (1, 'granted', 'operator:x', now()),
    (2, 'revoked', 'operator:x', now());
  insert into outbox (id, to_user, kind, payload, dedupe_key, priority, state, due_at, not_before,
    created_at)
  values (uuidv7(), '${admin}', 'notice', '${GRANTED}', 'a', 1, 'waiting', now(), now(), now()),
    (uuidv7(), '${admin}', 'notice', '${MISSED}', 'b', 1, 'waiting', now(), now(), now());
  alter table wallet_transactions disable trigger user;
  alter table withdrawals disable trigger user;
  ${asked}
  alter table wallet_transactions enable trigger user;
  alter table withdrawals enable trigger user;`;

describe('a team of the release before', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await upgraded({ until: '0006', holding: BEFORE });
  });
  after(() => database?.drop());

  const read = (statement: string) => withSql(database.ownerUrl, (sql) => sql(statement));

  it('ADM-1 who was an admin may do everything, nobody else anything', async () => {
    const people = await read('select telegram_id::int as id, permissions from users order by 1');
    const granted = await read(
      'select telegram_id::int as id, permissions from admin_grants order by 1',
    );
    const rights = [
      { id: 1, permissions: [...PERMISSIONS] },
      { id: 2, permissions: [] },
    ];
    expect([people, granted]).to.deep.equal([rights, rights]);
  });

  it('ADM-2 what nobody has claimed yet needs two admins as if it were asked for now', async () => {
    const rows = await read('select number_masked as name, needs_second as two from withdrawals');
    expect(new Map(rows.map(({ name, two }) => [name, two]))).to.deep.equal(
      new Map([
        ['large', true],
        ['topped up', true],
        ['small', false],
        ['claimed', false],
      ]),
    );
  });

  it('ADM-1 NTF-2 who is yet to hear that they are an admin hears that they may do everything', async () => {
    const rows = await read('select payload from outbox order by dedupe_key');
    const granted = { kind: 'account.admin-granted', permissions: PERMISSIONS };
    expect(rows.map(({ payload }) => payload)).to.deep.equal([
      granted,
      { kind: 'account.missed', total: 1, newest: [granted] },
    ]);
  });
});
