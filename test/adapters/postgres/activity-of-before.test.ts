import { expect } from 'chai';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { freshId } from '../../support/builders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { upgraded } from '../../support/release-before.ts';

const [client, worker, admin] = [freshId(), freshId(), freshId()];
const [campaign, task, take, proof] = [freshId(), freshId(), freshId(), freshId()];

/** A proof that was sent three days ago and rejected the day after, in a campaign that is closed. */
const BEFORE = `
  insert into users (id, telegram_id, display_name, language, status, created_at)
  select id, row_number() over (), 'Siti', 'id', 'active', now() - interval '100 days'
  from unnest('{${client},${worker},${admin}}'::uuid[]) id;
  insert into campaigns (id, client_id, kind, link_target, link_key, link_platform, link_version,
    price_per_task, fee_per_task, target_total, closed_count, status, created_at)
  values ('${campaign}', '${client}', 'like', 'https://x.com/a', 'x.com/a', 'x', 1, 100, 0, 1, 1,
    'deleted', now() - interval '90 days');
  insert into accounts (id, kind, owner_id) values (uuidv7(), 'escrow', '${campaign}');
  insert into tasks (id, campaign_id, number, status) values ('${task}', '${campaign}', 1, 'closed');
  insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at,
    deadline, ended_at)
  values ('${take}', '${task}', '${campaign}', '${worker}', 'like', 'x.com/a', 'rejected',
    now() - interval '4 days', now() - interval '4 days', now() - interval '2 days');
  insert into task_proofs (id, take_id, task_id, campaign_id, worker_id, status, submitted_at,
    file_path, file_sha256_received, file_sha256_stored, file_size, file_type)
  values ('${proof}', '${take}', '${task}', '${campaign}', '${worker}', 'rejected',
    now() - interval '3 days', 'a', 'b', 'c', 1, 'image/jpeg');
  insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, decided_at)
  values ('${proof}', 'first', 'rejected', '${admin}', '${take}', now() - interval '2 days')`;

describe('what people did before this release', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await upgraded({ until: '0006', holding: BEFORE });
  });
  after(() => database?.drop());

  const ask = (question: string) => withSql(database.ownerUrl, (sql) => sql(question));

  it('RPT-1 tells when each was there last, and who was there on the last sixty days', async () => {
    const last = await ask(`select id, extract(day from now() - acted_at)::int as days from users`);
    expect(new Map(last.map(({ id, days }) => [id, days]))).to.deep.equal(
      new Map([
        [client, 90],
        [worker, 3],
        [admin, 2],
      ]),
    );
    const there = await ask(
      `select user_id as id, count(*)::int as days from active_days group by 1`,
    );
    expect(new Map(there.map(({ id, days }) => [id, days]))).to.deep.equal(
      new Map([
        [worker, 2],
        [admin, 1],
      ]),
    );
  });

  it('ADM-3 judgements know whose proof it was, and stay as they are', async () => {
    expect(await ask('select worker_id as id from proof_decisions')).to.deep.equal([
      { id: worker },
    ]);
    const [wall] = await ask(`select tgenabled as on from pg_trigger
      where tgname = 'proof_decisions_append_only'`);
    expect(wall).to.deep.equal({ on: 'O' });
  });
});
