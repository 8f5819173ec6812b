import { expect } from 'chai';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { freshId } from '../../support/builders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { upgraded } from '../../support/release-before.ts';
import { answerOf, RULE } from './ledger.ts';

const [user, deposit, pending, credited] = [freshId(), freshId(), freshId(), freshId()];
const [wallet = '', hold = ''] = [freshId(), freshId()].toSorted();

const transaction = (id: string, type: string, status: string, reference: string): string => `
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
    idempotency_key, fingerprint, created_by, created_at, decided_at)
  values ('${id}', '${type}', '${status}', '${user}', 100,
    '${type === 'deposit' ? 'deposit' : 'transaction'}', '${reference}', '${id}', 'f', 'x', now(),
    ${status === 'pending' ? 'null' : 'now()'});`;

/** Somebody with 100 rupiah that were credited by hand, and 100 that were asked for. */
const BEFORE = `
  begin;
  insert into users (id, telegram_id, display_name, language, role, status, created_at)
    values ('${user}', 1, 'Budi', 'id', 'worker', 'active', now());
  insert into accounts (id, kind, owner_id)
    values ('${wallet}', 'wallet', '${user}'), ('${hold}', 'hold', '${user}');
  insert into wallets values ('${user}', '${wallet}', '${hold}');
  ${transaction(credited, 'adjustment', 'approved', credited)}
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    values ('${credited}', '00000000-0000-0000-0000-000000000002', '${wallet}', 100, now());
  insert into audit_logs (actor, action, subject, subject_id, at)
    values ('x', 'wallet.adjust', 'transaction', '${credited}', now());
  ${transaction(pending, 'deposit', 'pending', deposit)}
  insert into deposits (id, user_id, transaction_id, claimed, status, file_path,
    file_sha256_received, file_sha256_stored, file_size, file_type, created_at)
    values ('${deposit}', '${user}', '${pending}', 100, 'pending', 'p', 's', 's', 1, 'jpeg', now());
  commit;`;

describe('a ledger of the release before', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await upgraded({ until: '0007', holding: BEFORE });
  });
  after(() => database?.drop());

  const asBot = (statement: string) => withSql(database.botUrl, (sql) => sql(statement));
  const credit = `decide_transaction('${pending}', 'approved', now(), '{outside}', '{null}',
    '{wallet}', '{${user}}', '{100}') as outcome`;

  it('WAL-3 WAL-5 what was asked for before is credited once, and joined by nothing more', async () => {
    const [decided] = await asBot(`
      with decided as materialized (select ${credit}),
        kept as (update deposits set status = 'approved', credited = 100, decided_at = now(),
          decided_by = user_id where id = '${deposit}')
      select outcome from decided`);
    expect(decided).to.deep.equal({ outcome: 'decided' });
    expect(await asBot(`select ${credit}`)).to.deep.equal([{ outcome: 'approved' }]);
    for (const id of [pending, credited]) {
      const late = `insert into postings (transaction_id, from_account_id, to_account_id, amount,
          created_at)
        values ('${id}', '00000000-0000-0000-0000-000000000002', '${wallet}', 1, now())`;
      expect(await answerOf(database.orm, late)).to.include({
        code: RULE,
        constraint: 'postings_join_no_decided_transaction',
      });
    }
    const balances = await asBot(
      `select kind, balance::int from accounts where owner_id is not null order by kind`,
    );
    expect(balances).to.deep.equal([
      { kind: 'hold', balance: 0 },
      { kind: 'wallet', balance: 200 },
    ]);
  });

  it('AUD-2 records from before and after wait for a seal, each once', async () => {
    await asBot(`insert into audit_logs (actor, action, subject, subject_id, at)
      values ('x', 'x', 'user', '${user}', now()), ('x', 'x', 'settings', 'x', now())`);
    const [rows] = await asBot(`select array_agg(l.action order by l.id) as waiting
      from audit_unsealed u join audit_logs l on l.id = u.id`);
    expect(rows).to.deep.equal({ waiting: ['wallet.adjust', 'x', 'x'] });
  });
});
