import { withSql } from '../../adapters/postgres/orm.ts';
import type { CampaignId, ProofId, UserId } from '../../core/index.ts';
import { serverUrl, type TestDatabase } from '../support/database.ts';
import { ID_OF, KEPT_SUMS } from './seed-bulk.ts';

/** What is put on top of a history, the same on a long one and on a short one. */
export interface StageSize {
  /** Proofs that wait, each of a worker of its own who may take one more task. */
  readonly waiting: number;
  /** Lines in the veteran's wallet. */
  readonly lines: number;
}

/** Numbers of the kinds of ids; no history has these. */
const KINDS = {
  user: 31,
  wallet: 32,
  hold: 33,
  escrow: 34,
  campaign: 35,
  task: 36,
  take: 37,
  proof: 38,
  funding: 39,
  line: 40,
  credit: 41,
  deposit: 42,
} as const;

type Kind = keyof typeof KINDS;

/** As `pg_temp.id` makes them. */
const idOf = (kind: number, n: number): string => {
  const time = (1_600_000_000_000 + n).toString(16).padStart(12, '0');
  const last = kind.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${last}`;
};

const HELD = 50;
const SLOTS = 100;
const [ADMIN, VETERAN, CLIENT, FIRST_WORKER] = [0, 1, 2, 3];

/** Who is on a stage. */
export const STAGE = {
  admin: idOf(KINDS.user, ADMIN) as UserId,
  adminTelegramId: 9_000_000_000,
  veteran: idOf(KINDS.user, VETERAN) as UserId,
  worker: (n: number) => idOf(KINDS.user, FIRST_WORKER + n) as UserId,
  proof: (n: number) => idOf(KINDS.proof, n) as ProofId,
  /** Where the n-th worker has no task: it has a slot for each who comes. */
  campaignFor: (n: number, { waiting }: StageSize) =>
    idOf(KINDS.campaign, (Math.floor(n / HELD) + 1) % campaignsOf(waiting)) as CampaignId,
};

/** A worker of the history below, with some fifty lines. */
export const ordinaryPerson = (n: number): UserId => idOf(1, 2 + n) as UserId;

/** One at least that a worker has nothing to do with. */
const campaignsOf = (waiting: number): number => Math.max(2, Math.ceil(waiting / HELD));

/** Proofs that wait, slots that are free, and a person with a long history. */
export const seedStage = (database: TestDatabase, size: StageSize): Promise<void> =>
  withSql(serverUrl('admin', database.name), async (run) => {
    await run(`set session_replication_role = 'replica'`);
    await run(ID_OF);
    for (const statement of [...market(size), ...money(size), ...KEPT_SUMS]) await run(statement);
    await run('vacuum analyze');
  });

const AT = `timestamptz '2020-11-01'`;
const OUTSIDE = `'00000000-0000-0000-0000-000000000002'::uuid`;
const PRICE = 1_000;
const FEE = 50;
const ESCROW = (PRICE + FEE) * SLOTS;

const id = (kind: Kind, n: string | number) => `pg_temp.id(${KINDS[kind]}, (${n})::bigint)`;
const each = (name: string, to: number) => `generate_series(0, ${to - 1}) as ${name}`;
const worker = (n: string) => id('user', `${n} + ${FIRST_WORKER}`);
const later = (n: string) => `${AT} + ${n} * interval '1 second'`;
const audit = (rows: string) => `
  insert into audit_logs (actor, action, subject, subject_id, "after", at, user_id, campaign_id)
  ${rows}`;
const fact = (rows: string) => `
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
    idempotency_key, fingerprint, created_by, created_at, decided_at) ${rows}`;
const moved = (rows: string) => `
  insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
  ${rows}`;

const market = ({ waiting }: StageSize): readonly string[] => {
  const [people, campaigns] = [waiting + FIRST_WORKER, campaignsOf(waiting)];
  const at = `c * ${HELD} + k`;
  const isHeld = `(k < ${HELD} and ${at} < ${waiting})`;
  return [
    `insert into users (id, telegram_id, display_name, language, role, status, terms_version,
        created_at, permissions)
      select ${id('user', 'n')}, ${STAGE.adminTelegramId} + n, 'S' || n, 'id',
        case n when ${ADMIN} then 'admin' when ${CLIENT} then 'client' else 'worker' end, 'active',
        1, ${AT}, case n when ${ADMIN} then '{review,money,users,settings}'::text[] else '{}' end
      from ${each('n', people)}`,
    audit(`select 'operator:seed', 'user.role', 'user', id::text, jsonb_build_object('role', role),
      ${AT}, id, null from users where created_at = ${AT}`),
    `insert into accounts (id, kind, owner_id, balance)
      select ${id('wallet', 'n')}, 'wallet', ${id('user', 'n')}, 0 from ${each('n', people)}
      union all
      select ${id('hold', 'n')}, 'hold', ${id('user', 'n')}, 0 from ${each('n', people)}
      union all
      select ${id('escrow', 'c')}, 'escrow', ${id('campaign', 'c')}, ${ESCROW}
      from ${each('c', campaigns)}`,
    `insert into wallets select ${id('user', 'n')}, ${id('wallet', 'n')}, ${id('hold', 'n')}
      from ${each('n', people)}`,
    `insert into campaigns (id, client_id, kind, link_target, link_key, link_platform, link_version,
        price_per_task, fee_per_task, target_total, completed_count, status, created_at)
      select ${id('campaign', 'c')}, ${id('user', CLIENT)}, 'like', 'https://x.com/stage/' || c,
        'x.com/stage/' || c, 'x', 1, ${PRICE}, ${FEE}, ${SLOTS}, 0, 'active', ${AT}
      from ${each('c', campaigns)}`,
    `insert into tasks (id, campaign_id, number, status, take_id)
      select ${id('task', `c * ${SLOTS} + k`)}, ${id('campaign', 'c')}, k + 1,
        case when ${isHeld} then 'pending_review' else 'available' end,
        case when ${isHeld} then ${id('take', at)} end
      from ${each('c', campaigns)}, ${each('k', SLOTS)}`,
    `insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at,
        deadline)
      select ${id('take', 'n')}, ${id('task', `n / ${HELD} * ${SLOTS} + n % ${HELD}`)},
        ${id('campaign', `n / ${HELD}`)}, ${worker('n')}, 'like', 'x.com/stage/' || n / ${HELD},
        'pending_review', ${AT}, ${AT}
      from ${each('n', waiting)}`,
    `insert into task_proofs (id, take_id, task_id, campaign_id, worker_id, status, submitted_at,
        file_path, file_sha256_received, file_sha256_stored, file_size, file_type)
      select ${id('proof', 'n')}, ${id('take', 'n')},
        ${id('task', `n / ${HELD} * ${SLOTS} + n % ${HELD}`)}, ${id('campaign', `n / ${HELD}`)},
        ${worker('n')}, 'pending', ${later('n')}, 'a/b.jpg', md5('stage' || n), md5('stage' || n),
        1000, 'image/jpeg'
      from ${each('n', waiting)}`,
    audit(`select 'user:' || ${worker('n')}, w.action, w.subject, w.id::text, '{"status":"x"}',
        ${AT}, ${worker('n')}, ${id('campaign', `n / ${HELD}`)}
      from ${each('n', waiting)} cross join lateral (values
        ('take.take', 'take', ${id('take', 'n')}),
        ('proof.submit', 'proof', ${id('proof', 'n')})) w (action, subject, id)`),
    audit(`select 'user:' || client_id, 'campaign.create', 'campaign', id::text, null, ${AT},
      client_id, id from campaigns where created_at = ${AT}`),
  ];
};

const money = ({ waiting, lines }: StageSize): readonly string[] => {
  const campaigns = campaignsOf(waiting);
  const [client, all] = [id('user', CLIENT), campaigns * ESCROW];
  return [
    fact(`select ${id('credit', 0)}, 'deposit', 'approved', ${client}, ${all}, 'deposit',
      ${id('deposit', 0)}, 'deposit:stage', 'f', 'user:c', ${AT}, ${AT}`),
    moved(`select ${id('credit', 0)}, ${id('credit', 0)}, ${OUTSIDE}, ${id('wallet', CLIENT)},
      ${all}, ${AT}`),
    `insert into deposits (id, user_id, transaction_id, claimed, credited, status, decided_at,
        decided_by, file_path, file_sha256_received, file_sha256_stored, file_size, file_type,
        created_at)
      select ${id('deposit', 0)}, ${client}, ${id('credit', 0)}, ${all}, ${all}, 'approved', ${AT},
        ${id('user', ADMIN)}, 'a/b.jpg', 'stage', 'stage', 1000, 'image/jpeg', ${AT}`,
    audit(`select a.actor, a.action, 'deposit', ${id('deposit', 0)}::text, null, ${AT}, ${client},
        null
      from (values ('user:' || ${client}, 'deposit.request'),
        ('user:admin', 'deposit.approved')) a (actor, action)`),
    fact(`select ${id('funding', 'c')}, 'campaign_funding', 'approved', ${client}, ${ESCROW},
        'campaign', ${id('campaign', 'c')}, 'fund:stage:' || c, 'f', 'user:c', ${AT}, ${AT}
      from ${each('c', campaigns)}`),
    moved(`select ${id('funding', 'c')}, ${id('funding', 'c')}, ${id('wallet', CLIENT)},
        ${id('escrow', 'c')}, ${ESCROW}, ${AT} from ${each('c', campaigns)}`),
    fact(`select ${id('line', 'n')}, 'adjustment', 'approved', ${id('user', VETERAN)}, 10,
        'transaction', ${id('line', 'n')}, 'stage:' || n, 'f', 'user:admin', ${later('n')},
        ${later('n')}
      from ${each('n', lines)}`),
    moved(`select ${id('line', 'n')}, ${id('line', 'n')}, ${OUTSIDE}, ${id('wallet', VETERAN)}, 10,
        ${later('n')} from ${each('n', lines)}`),
    audit(`select 'user:admin', 'wallet.adjust', 'transaction', ${id('line', 'n')}::text, null,
        ${later('n')}, ${id('user', VETERAN)}, null
      from ${each('n', lines)}`),
    `update accounts set balance = 10 * ${lines} where id = ${id('wallet', VETERAN)}`,
  ];
};
