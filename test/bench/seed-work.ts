import { KEPT_SUMS } from './seed-bulk.ts';

/** A state that work begins with, made by SQL over whole sets; the proof of the ledger shows that it is sound. */

/** Triggers and foreign keys sleep for these statements: what they would write is written by hand. */
const asleep = (statements: readonly string[]): string =>
  [`set session_replication_role = 'replica'`, ...statements, ...KEPT_SUMS, 'analyze'].join(';\n');

const WALLET_FULL = 1_000_000_000;
const OUTSIDE = `'00000000-0000-0000-0000-000000000002'::uuid`;

const audit = (rows: string): string => `
  insert into audit_logs (actor, action, subject, subject_id, "before", "after", at, user_id,
    campaign_id) ${rows}`;

const fact = (rows: string): string => `
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
    idempotency_key, fingerprint, created_by, created_at, decided_at) ${rows}`;

const moved = (rows: string): string => `
  insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
  ${rows}`;

/** So many of the people are clients too, the last ones, and work on nothing. */
export const CLIENTS = 10;

/** So many people, each with so much in the wallet that no transfer empties it, numbered from 0. */
export const seedPeople = (people: number): string =>
  asleep([
    `create table bench_people as
      select n, uuidv7() as id, uuidv7() as wallet, uuidv7() as hold, uuidv7() as credit
      from generate_series(0, ${people - 1}) n order by n`,
    `alter table bench_people add primary key (n)`,
    `insert into users (id, telegram_id, display_name, language, role, status, terms_version,
        created_at)
      select id, n + 1, 'P' || n, 'id', 'worker', 'active', 1, now() from bench_people`,
    audit(`select 'user:' || id, 'user.role', 'user', id::text, null, '{"role": "worker"}', now(),
      id, null from bench_people`),
    `insert into accounts (id, kind, owner_id, balance)
      select wallet, 'wallet', id, ${WALLET_FULL} from bench_people
      union all select hold, 'hold', id, 0 from bench_people`,
    `insert into wallets select id, wallet, hold from bench_people`,
    ...credited('bench_people', { amount: `${WALLET_FULL}`, wallet: 'p.wallet', who: 'p.id' }),
  ]);

/** Money that came in by hand, and is told. */
const credited = (
  table: string,
  {
    amount,
    wallet,
    who,
  }: { readonly amount: string; readonly wallet: string; readonly who: string },
): readonly string[] => [
  fact(`select p.credit, 'adjustment', 'approved', ${who}, ${amount}, 'transaction', p.credit,
    'seed:' || p.credit, 'f', 'operator:seed', now(), now() from ${table} p`),
  moved(`select uuidv7(), p.credit, ${OUTSIDE}, ${wallet}, ${amount}, now() from ${table} p`),
  audit(`select 'operator:seed', 'wallet.adjust', 'transaction', p.credit::text, null, null, now(),
    ${who}, null from ${table} p`),
];

/** What there is to do in the next round. */
export interface Work {
  /** Of a client each, so that nobody's own is in the way. */
  readonly campaigns: number;
  /** Waiting proofs of each campaign, each of another worker. */
  readonly proofs: number;
  /** Slots of each campaign that nobody has taken. */
  readonly open: number;
  /** Rupiah for each task beside the reward of 500. */
  readonly fee: number;
}

const REWARD = 500;

/**
 * Campaigns on links that nobody has worked on, paid for, with waiting proofs and open slots. They
 * stand in `bench_campaigns (c, id)` and `bench_proofs (n, proof)`, the proofs campaign by campaign
 * in turn, as those of the last round did before.
 */
export const seedWork = ({ campaigns, proofs, open, fee }: Work): string => {
  const slots = proofs + open;
  const price = `${(REWARD + fee) * slots}`;
  return asleep([
    `drop table if exists bench_campaigns, bench_slots, bench_proofs`,
    `create table bench_campaigns as
      select c, w.c_id as id, w.id as client, w.wallet, uuidv7() as escrow, uuidv7() as credit,
        uuidv7() as funding
      from (select c, uuidv7() as c_id, p.* from generate_series(0, ${campaigns - 1}) c
        cross join lateral (select id, wallet from bench_people order by n desc
          limit 1 offset c % ${CLIENTS}) p) w order by c`,
    `create table bench_slots as
      select c.c, k, uuidv7() as task, case when k < ${proofs} then uuidv7() end as take
      from bench_campaigns c, generate_series(0, ${slots - 1}) k order by c.c, k`,
    `create table bench_proofs as
      select s.k * ${campaigns} + s.c as n, s.c, s.task, s.take, uuidv7() as proof, p.id as worker
      from bench_slots s join bench_people p
        on p.n = (s.c * 13 + s.k) % (select count(*) - ${CLIENTS} from bench_people)
      where s.take is not null order by 1`,
    `insert into campaigns (id, client_id, kind, link_target, link_key, link_platform,
        link_version, price_per_task, fee_per_task, target_total, status, created_at)
      select id, client, 'like', 'https://www.instagram.com/p/' || id,
        'https://instagram.com/p/' || id, 'Instagram', 1, ${REWARD}, ${fee}, ${slots}, 'active',
        now() from bench_campaigns`,
    audit(`select 'user:' || client, 'campaign.create', 'campaign', id::text, null, null, now(),
      client, id from bench_campaigns`),
    `insert into accounts (id, kind, owner_id, balance)
      select escrow, 'escrow', id, ${price} from bench_campaigns`,
    ...credited('bench_campaigns', { amount: price, wallet: 'p.wallet', who: 'p.client' }),
    fact(`select funding, 'campaign_funding', 'approved', client, ${price}, 'campaign', id,
      'seed:' || funding, 'f', 'user:' || client, now(), now() from bench_campaigns`),
    moved(`select uuidv7(), funding, wallet, escrow, ${price}, now() from bench_campaigns`),
    `insert into tasks (id, campaign_id, number, status, take_id)
      select s.task, c.id, s.k + 1,
        case when s.take is null then 'available' else 'pending_review' end, s.take
      from bench_slots s join bench_campaigns c using (c) order by s.c, s.k`,
    `insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at,
        deadline)
      select p.take, p.task, c.id, p.worker, 'like', 'https://instagram.com/p/' || c.id,
        'pending_review', now(), now() + interval '30 minutes'
      from bench_proofs p join bench_campaigns c using (c) order by p.n`,
    `insert into task_proofs (id, take_id, task_id, campaign_id, worker_id, status, submitted_at,
        file_path, file_sha256_received, file_sha256_stored, file_size, file_type)
      select p.proof, p.take, p.task, c.id, p.worker, 'pending', now(), 'a/' || p.proof || '.jpg',
        md5(p.proof::text), md5(p.take::text), 1000, 'image/jpeg'
      from bench_proofs p join bench_campaigns c using (c) order by p.n`,
    audit(`select 'user:' || p.worker, told.action, told.subject, told.id, null, null, now(),
        p.worker, c.id
      from bench_proofs p join bench_campaigns c using (c)
        cross join lateral (values ('take.take', 'take', p.take::text),
          ('proof.submit', 'proof', p.proof::text)) told (action, subject, id)`),
  ]);
};
