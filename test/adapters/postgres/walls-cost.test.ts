import { expect } from 'chai';
import type { Orm } from '../../../adapters/postgres/orm.ts';
import { freshId } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { marketOn, tellStory, type Story } from './ledger-story.ts';

type Run = <T extends object>(statement: string) => Promise<T[]>;

/** What an approval writes, to the last wall, as the owner could write it with psql. */
const approval = ({ waiting, campaign, house }: Story, feeIsFor = waiting): readonly string[] => {
  const [reward, fee] = [freshId(), freshId()];
  const worker = `(select worker_id from task_proofs where id = '${waiting}')`;
  return [
    `insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, decided_at)
      select id, 'first', 'approved', '${house}', take_id, now() from task_proofs
      where id = '${waiting}'`,
    `update task_proofs set status = 'approved' where id = '${waiting}'`,
    `select post_transactions(array['${reward}', '${fee}']::uuid[], '{task_reward,platform_fee}',
      array[${worker}, null], '{500,50}', '{proof,proof}',
      array['${waiting}', '${feeIsFor}']::uuid[], '{reward,fee}', '{f,f}', 'x', now(),
      array['${reward}', '${fee}']::uuid[], '{escrow,escrow}',
      array['${campaign}', '${campaign}']::uuid[], '{wallet,revenue}', array[${worker}, null],
      '{500,50}')`,
    `update campaigns set completed_count = completed_count + 1 where id = '${campaign}'`,
    `insert into audit_logs (actor, action, subject, subject_id, at)
      values ('x', 'proof.approve', 'proof', '${waiting}', now())`,
    'set constraints all immediate',
  ];
};

/** A long history that nobody has counted yet: paid work, and people. */
const HISTORY = [
  `insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
      reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
    select uuidv7(), kind, 'approved', null, 500, 'proof', proof, kind || proof, 'f', 'x', now(),
      now()
    from (select uuidv7() as proof from generate_series(1, 3000)) p,
      (values ('task_reward'), ('platform_fee')) as k (kind)`,
  `insert into accounts (id, kind, owner_id)
    select uuidv7(), 'wallet', uuidv7() from generate_series(1, 3000)`,
];

describe('what the walls read', () => {
  let database: TestDatabase;
  let owner: Orm;
  let story: Story;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    owner = await database.ownerOrm();
    story = await tellStory(marketOn(database));
  });
  after(() => database?.drop());

  /** How many rows an approval reads and writes, all walls included; it is taken back. */
  const rowsOfApproval = async (run: Run): Promise<number> => {
    const read = async (): Promise<number> => {
      const [row] = await run<{ rows: number }>(`
        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
        from pg_stat_xact_user_tables where relname <> 'tallies'`);
      return row?.rows ?? 0;
    };
    const before = await read();
    await run('savepoint approval');
    for (const statement of approval(story)) await run(statement);
    const rows = (await read()) - before;
    await run('rollback to approval');
    return rows;
  };

  it('REV-3 an approval reads as little with a long history, also by plans from before it', async () => {
    const [short, long] = await owner.em.fork().transactional(async (tx) => {
      const run: Run = (statement) => tx.execute(statement);
      let few = 0;
      for (let time = 0; time < 8; time += 1) few = await rowsOfApproval(run);
      for (const statement of HISTORY) await run(statement);
      return [few, await rowsOfApproval(run)] as const;
    });
    expect(short).to.be.greaterThan(10);
    expect(long).to.be.lessThan(short + 20);
  });

  it('WAL-8 an approval whose fee was posted for something else is refused', async () => {
    const approved = owner.em.fork().transactional(async (tx) => {
      for (const statement of approval(story, freshId())) await tx.execute(statement);
    });
    const [result] = await Promise.allSettled([approved]);
    expect(
      result.status === 'rejected' && Reflect.get(Object(result.reason), 'constraint'),
    ).to.equal('approvals_are_paid');
  });

  it('AUD-3 whatever a record is about, it is listed where the proof of the ledger expects it', async () => {
    const em = owner.em.fork();
    const order = freshId();
    const about = [
      ['user', `'${story.client}'`],
      ['user', `'telegram:5'`],
      ['user', `'${freshId()}'`],
      ['campaign', `'${story.campaign}'`],
      ['take', `(select take_id::text from task_proofs where id = '${story.approved}')`],
      ['proof', `'${story.approved}'`],
      ['approvals', `'${order}'`],
      ['deposit', `'${story.deposit}'`],
      ['withdrawal', `'${story.asked}'`],
      [
        'transaction',
        `(select id::text from wallet_transactions where user_id is not null limit 1)`,
      ],
      ['settings', `'${story.client}'`],
    ] as const;
    await em.execute(`insert into approval_batches (id, admin_id, campaign_id, created_at)
      values ('${order}', '${story.house}', '${story.campaign}', now())`);
    await em.execute(`insert into audit_logs (actor, action, subject, subject_id, at) values
      ${about.map(([subject, id]) => `('x', 'x', '${subject}', ${id}, now())`).join()}`);
    const listed = await em.execute<{ subject: string; is_as_told: boolean; found: number }[]>(`
      select l.subject, num_nonnulls(l.user_id, l.campaign_id) as found,
        (l.user_id, l.campaign_id) is not distinct from (c.user_id, c.campaign_id) as is_as_told
      from audit_logs l cross join lateral audit_concern(l.subject, l.subject_id) c
      where l.actor = 'x' order by l.id`);
    expect(listed.map(({ subject }) => subject)).to.deep.equal(about.map(([subject]) => subject));
    expect(listed.filter((row) => !row.is_as_told)).to.deep.equal([]);
    expect(listed.map(({ found }) => found)).to.deep.equal([1, 0, 0, 2, 2, 2, 1, 1, 1, 1, 0]);
  });

  it('AUD-2 of many records that are written at once each waits for its seal', async () => {
    const waiting = async () => {
      const [row] = await owner.em.fork().execute<{ rows: number; same: boolean }[]>(`
        select count(*)::int as rows, count(*) = count(l.id) as same
        from audit_unsealed u left join audit_logs l on l.id = u.id`);
      return row;
    };
    const before = (await waiting())?.rows ?? 0;
    await owner.em.fork().execute(`insert into audit_logs (actor, action, subject, subject_id, at)
      select 'x', 'x', 'settings', n::text, now() from generate_series(1, 30) n`);
    expect(await waiting()).to.deep.equal({ rows: before + 30, same: true });
  });
});
