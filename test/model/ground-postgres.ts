import { createManualClock, createCipher } from '../../adapters/memory/index.ts';
import {
  createOrm,
  createPostgresPorts,
  plainSql,
  withSql,
  type Orm,
} from '../../adapters/postgres/index.ts';
import { asSystem, createCore, type Core, type Ports } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { portsAround } from '../support/ports-around.ts';
import { ledgerFlaws } from '../support/sound-books.ts';
import { enterCast, retireAdmins, SETTINGS } from './cast.ts';
import { isNamed, type Facts } from './facts.ts';
import { linesOf } from './ground-memory.ts';
import { nextMorning, type Ground } from './ground.ts';
import type { World } from './world.ts';

/** How often the whole ledger is proved: it grows with every script. */
const PROVED_EVERY = 20;

/** What scripts before have ordered: their admins are retired, so that nothing comes of it. */
const workOffLeft = async ({ approvals }: Core): Promise<void> => {
  const all = { actor: asSystem('model'), limit: 100 };
  while ((await approvals.run(all)).done > 0);
};

/**
 * One database for all scripts of a lane, one after the other: connections as the bot's own role,
 * people of its own for each script, each script days after the one before.
 */
export const postgresGround = async (
  { botUrl, ownerUrl }: DatabaseUrls,
  cleanup: Cleanup,
): Promise<Ground> => {
  await withSql(ownerUrl, (sql) => sql(CREATE_LOOK));
  const orm = await createOrm({ url: botUrl });
  cleanup.later(() => orm.close(true));
  const clock = createManualClock(nextMorning(0));
  const cipher = createCipher();
  const stored = createPostgresPorts({ orm, settings: SETTINGS });
  const ports: Ports = { ...portsAround(stored, '/nowhere'), clock, cipher };
  const core = createCore(ports);
  let scripts = 0;
  return {
    begin: async () => {
      clock.set(nextMorning(clock.now().getTime()));
      scripts += 1;
      const isProved = scripts % PROVED_EVERY === 1;
      const before = await ports.ledgerReader.trialBalance();
      const mark = await markOf(orm);
      const now = clock.now().getTime();
      const start = await ports.unitOfWork.run(async (tx) => {
        await retireAdmins(tx, now);
        return enterCast(tx, now);
      });
      await workOffLeft(core);
      start.money.set('revenue', before.revenue);
      start.money.set('outside', before.outside + (start.money.get('outside') ?? 0n));
      return {
        start,
        core,
        clock,
        seal: (number, person) => cipher.seal(number, `conversation:${person}`),
        look: (world) => look(orm, world, { mark, ...before }),
        soundness: async () => (isProved ? ledgerFlaws(ports.ledgerReader) : []),
        linesOf: (id) => ports.unitOfWork.run((tx) => linesOf(tx, id)),
      };
    },
  };
};

/** Postings that are made from now on have greater ids. */
const markOf = async (orm: Orm): Promise<unknown> => {
  const { rows } = await plainSql(orm)('select uuidv7() as mark');
  return rows[0]?.['mark'];
};

interface Since {
  readonly mark: unknown;
  readonly revenue: bigint;
  readonly outside: bigint;
}

/** One statement, so one snapshot; a function, so that it is planned once per connection. */
const look = async (orm: Orm, world: World, since: Since): Promise<Facts> => {
  const takes = [...world.takes.keys()].filter(isNamed);
  const values = [[...world.people.keys()], takes, since.mark, since.revenue, since.outside];
  const { rows } = await plainSql(orm)('select * from model_look($1, $2, $3, $4, $5)', values);
  return new Map(rows.map(({ what, seen }) => [String(what), String(seen)]));
};

/** `line` of the values, in SQL. */
const lineOf = (...values: readonly string[]): string =>
  `concat_ws(' ', ${values.map((value) => `coalesce((${value})::text, '-')`).join(', ')})`;

const countOf = (table: string, condition: string): string =>
  `select count(*) from ${table} where ${condition}`;

const OPEN = [
  countOf('campaigns', "client_id = u.id and status in ('active', 'paused')"),
  countOf('takes', "worker_id = u.id and status = 'taken'"),
  countOf('takes', "worker_id = u.id and status = 'pending_review'"),
  countOf('deposits', "user_id = u.id and status = 'pending'"),
  countOf('withdrawals', "user_id = u.id and status = 'pending'"),
];

const slots = (status: string): string => `count(*) filter (where t.status = '${status}')`;

/** What an account has gained since the mark, on top of what it had before. */
const sinceMark = (account: string, before: string): string => `
  ${before}
    + (select coalesce(sum(amount), 0) from postings
       where id > mark and to_account_id = '${account}')
    - (select coalesce(sum(amount), 0) from postings
       where id > mark and from_account_id = '${account}')`;

const REVENUE = '00000000-0000-0000-0000-000000000001';
const OUTSIDE = '00000000-0000-0000-0000-000000000002';

const LOOK = `
with u as (select * from users where id = any(people)),
  w as (select u.id, w.balance as wallet, h.balance as hold from u
    join wallets x on x.user_id = u.id
    join accounts w on w.id = x.wallet_account_id join accounts h on h.id = x.hold_account_id)
select 'user ' || id as what,
  ${lineOf('role', 'former_role', "array_to_string(permissions, ',')", 'status', 'terms_version')} as seen from u
union all select 'wallet ' || id, wallet::text from w
union all select 'hold ' || id, hold::text from w
union all select 'open ' || id, ${lineOf(...OPEN)} from u
union all select 'campaign ' || c.id, ${lineOf(
  'c.status',
  'c.paused_by',
  'c.status_reason',
  'c.target_total',
  'c.completed_count',
  'c.closed_count',
  's.counts',
  'a.balance',
)}
  from campaigns c join accounts a on a.kind = 'escrow' and a.owner_id = c.id
  cross join lateral (select ${lineOf(
    slots('available'),
    slots('taken'),
    slots('pending_review'),
    slots('approved'),
    slots('closed'),
  )} as counts from tasks t where t.campaign_id = c.id) s
  where c.client_id = any(people)
union all select 'take ' || id, ${lineOf('worker_id', 'status')}
  from takes where id = any(some_takes)
union all select 'proof ' || p.id, concat_ws(' ', p.status, d.said)
  from task_proofs p cross join lateral (
    select string_agg(concat_ws(' ', verdict, decided_by), ' ' order by "order") as said
    from proof_decisions where proof_id = p.id) d
  where p.worker_id = any(people)
union all select 'deposit ' || id, ${lineOf('status', 'claimed', 'credited', 'decided_by')}
  from deposits where user_id = any(people)
union all select 'withdrawal ' || id,
  ${lineOf(
    'status',
    'amount',
    'endorsed_by',
    'claimed_by',
    'decided_by',
    'new_number',
    'topped_up',
    'needs_second',
  )}
  from withdrawals where user_id = any(people)
union all select 'revenue', (${sinceMark(REVENUE, 'revenue_before')})::text
union all select 'outside', (${sinceMark(OUTSIDE, 'outside_before')})::text`;

const CREATE_LOOK = `
create function model_look(people uuid[], some_takes uuid[], mark uuid, revenue_before bigint,
  outside_before bigint) returns table (what text, seen text) language plpgsql stable
  set enable_seqscan = off as $$
#variable_conflict use_column
begin return query ${LOOK}; end $$;
grant execute on function model_look to upah_bot;`;
