import { serverUrl, type TestDatabase } from '../support/database.ts';
import { inBulk, KEPT_SUMS, STORED_BALANCES } from './seed-bulk.ts';

/** Every table that a sound history is in, for whoever reads all of it. */
export const LEDGER_TABLES = [
  'postings',
  'accounts',
  'wallet_transactions',
  'campaigns',
  'tasks',
  'task_proofs',
  'proof_decisions',
  'deposits',
  'withdrawals',
  'users',
  'wallets',
  'audit_logs',
] as const;

/**
 * A sound history of about so many postings, years ago, made by SQL over whole sets. Triggers and
 * foreign keys sleep meanwhile: the proof of the ledger shows that it is sound.
 */
export const seedLedger = (database: TestDatabase, postings: number): Promise<void> => {
  const proofs = Math.max(100, Math.round(postings / 200) * 100);
  const sizes = { proofs, campaigns: proofs / 100, workers: Math.max(100, proofs / 50) };
  return inBulk(serverUrl('admin', database.name), {
    streams: [workOf(sizes), moneyOf(sizes)],
    after: [STORED_BALANCES, ...KEPT_SUMS],
  });
};

interface Sizes {
  readonly proofs: number;
  readonly campaigns: number;
  readonly workers: number;
}

const [USER, WALLET, HOLD, ESCROW, CAMPAIGN, TASK, TAKE, PROOF] = [1, 2, 3, 4, 5, 6, 7, 8];
const [REWARD, FEE, FUNDING, CREDIT, DEPOSIT, PAYOUT, WITHDRAWAL, LATER] = [
  9, 10, 11, 12, 13, 14, 15, 16,
];
const AT = `timestamptz '2020-10-01'`;
const REVENUE = `'00000000-0000-0000-0000-000000000001'`;
const OUTSIDE = `'00000000-0000-0000-0000-000000000002'`;

const id = (kind: number | undefined, n: string) => `pg_temp.id(${kind}, (${n})::bigint)`;
const each = (name: string, to: number) => `generate_series(0, ${to - 1}) as ${name}`;
const audit = (rows: string) => `
  insert into audit_logs (actor, action, subject, subject_id, "before", "after", at, user_id,
    campaign_id) ${rows}`;
const fact = (rows: string) => `
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
    idempotency_key, fingerprint, created_by, created_at, decided_at) ${rows}`;
const moved = (rows: string) => `
  insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
  ${rows}`;
const FILE = `'a/b.jpg', md5(n::text), md5(n::text), 1000, 'image/jpeg'`;
const workerOf = (workers: number) => `((n / 100 * 7 + n % 100) % ${workers} + 1)`;

/** 100 of 120 slots of each campaign are approved. */
const workOf = ({ proofs, campaigns, workers }: Sizes): readonly string[] => {
  const worker = workerOf(workers);
  return [
    `insert into tasks (id, campaign_id, number, status, take_id)
      select ${id(TASK, 'c * 120 + k')}, ${id(CAMPAIGN, 'c')}, k + 1,
        case when k < 100 then 'approved' else 'available' end,
        case when k < 100 then ${id(TAKE, 'c * 100 + k')} end
      from ${each('c', campaigns)}, ${each('k', 120)} order by c, k`,
    `insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at,
        deadline, ended_at)
      select ${id(TAKE, 'n')}, ${id(TASK, 'n / 100 * 120 + n % 100')}, ${id(CAMPAIGN, 'n / 100')},
        ${id(USER, worker)}, 'like', 'x.com/' || n / 100, 'approved', ${AT}, ${AT}, ${AT}
      from ${each('n', proofs)}`,
    `insert into task_proofs (id, take_id, task_id, campaign_id, worker_id, status, submitted_at,
        file_path, file_sha256_received, file_sha256_stored, file_size, file_type)
      select ${id(PROOF, 'n')}, ${id(TAKE, 'n')}, ${id(TASK, 'n / 100 * 120 + n % 100')},
        ${id(CAMPAIGN, 'n / 100')}, ${id(USER, worker)}, 'approved', ${AT}, ${FILE}
      from ${each('n', proofs)}`,
    `insert into proof_decisions
      select ${id(PROOF, 'n')}, 'first', 'approved', ${id(USER, '0')}, null, ${id(TAKE, 'n')}, ${AT},
        ${id(USER, worker)}
      from ${each('n', proofs)}`,
    audit(`select 'user:' || u.who, w.action, w.subject, w.id, null, '{"status":"x"}', ${AT}, u.who,
        ${id(CAMPAIGN, 'n / 100')}
      from ${each('n', proofs)}
        cross join lateral (select ${id(USER, worker)} as who) u
        cross join lateral (values ('take.take', 'take', ${id(TAKE, 'n')}::text),
          ('proof.submit', 'proof', ${id(PROOF, 'n')}::text),
          ('proof.approve', 'proof', ${id(PROOF, 'n')}::text)) w (action, subject, id)`),
  ];
};

/** At 1.000 and a fee of 50. */
const moneyOf = ({ proofs, campaigns, workers }: Sizes): readonly string[] => {
  const clients = Math.max(1, Math.floor(campaigns / 10));
  const people = workers + clients;
  const worker = workerOf(workers);
  const client = `(${workers} + 1 + c % ${clients})`;
  return [
    `insert into users (id, telegram_id, display_name, language, role, status, terms_version,
        created_at, permissions)
      select ${id(USER, 'n')}, n, 'P' || n, 'id', case when n = 0 then 'admin'
        when n <= ${workers} then 'worker' else 'client' end, 'active', 1, ${AT},
        case when n = 0 then '{review,money,users,settings}'::text[] else '{}' end
      from ${each('n', people + 1)}`,
    audit(`select 'operator:seed', 'user.role', 'user', id::text, null,
      jsonb_build_object('role', role), ${AT}, id, null from users`),
    `insert into accounts (id, kind, owner_id)
      select ${id(WALLET, 'n')}, 'wallet', ${id(USER, 'n')} from ${each('n', people + 1)}
      union all
      select ${id(HOLD, 'n')}, 'hold', ${id(USER, 'n')} from ${each('n', people + 1)}
      union all
      select ${id(ESCROW, 'c')}, 'escrow', ${id(CAMPAIGN, 'c')} from ${each('c', campaigns)}`,
    `insert into wallets
      select ${id(USER, 'n')}, ${id(WALLET, 'n')}, ${id(HOLD, 'n')} from ${each('n', people + 1)}`,
    `insert into campaigns (id, client_id, kind, link_target, link_key, link_platform,
        link_version, price_per_task, fee_per_task, target_total, completed_count, status,
        created_at)
      select ${id(CAMPAIGN, 'c')}, ${id(USER, client)}, 'like', 'https://x.com/' || c,
        'x.com/' || c, 'x', 1, 1000, 50, 120, 100, 'active', ${AT} from ${each('c', campaigns)}`,
    fact(`select t.id, t.type, 'approved', t.who, t.amount, 'proof', ${id(PROOF, 'n')},
        'proof:' || ${id(PROOF, 'n')} || t.type, md5(n::text), 'user:admin', ${AT}, ${AT}
      from ${each('n', proofs)}
        cross join lateral (values (${id(REWARD, 'n')}, 'task_reward', ${id(USER, worker)}, 1000),
          (${id(FEE, 'n')}, 'platform_fee', null, 50)) t (id, type, who, amount)`),
    moved(`select p.id, p.id, ${id(ESCROW, 'n / 100')}, p.destination, p.amount, ${AT}
      from ${each('n', proofs)}
        cross join lateral (values (${id(REWARD, 'n')}, ${id(WALLET, worker)}, 1000),
          (${id(FEE, 'n')}, ${REVENUE}::uuid, 50)) p (id, destination, amount)`),
    audit(`select 'user:' || client_id, 'campaign.create', 'campaign', id::text, null, null, ${AT},
        client_id, id from campaigns`),
    fact(`select ${id(FUNDING, 'c')}, 'campaign_funding', 'approved', ${id(USER, client)}, 126000,
        'campaign', ${id(CAMPAIGN, 'c')}, 'fund:' || c, 'f', 'user:c', ${AT}, ${AT}
      from ${each('c', campaigns)}`),
    moved(`select ${id(FUNDING, 'c')}, ${id(FUNDING, 'c')}, ${id(WALLET, client)},
        ${id(ESCROW, 'c')}, 126000, ${AT} from ${each('c', campaigns)}`),
    fact(`select ${id(CREDIT, 'c')}, 'deposit', 'approved', ${id(USER, client)}, 126000, 'deposit',
        ${id(DEPOSIT, 'c')}, 'deposit:' || c, 'f', 'user:c', ${AT}, ${AT}
      from ${each('c', campaigns)}`),
    moved(`select ${id(CREDIT, 'c')}, ${id(CREDIT, 'c')}, ${OUTSIDE}, ${id(WALLET, client)},
        126000, ${AT} from ${each('c', campaigns)}`),
    `insert into deposits (id, user_id, transaction_id, claimed, credited, status, decided_at,
        decided_by, file_path, file_sha256_received, file_sha256_stored, file_size, file_type,
        created_at)
      select ${id(DEPOSIT, 'n')}, ${id(USER, client)}, ${id(CREDIT, 'n')}, 126000, 126000,
        'approved', ${AT}, ${id(USER, '0')}, ${FILE}, ${AT}
      from ${each('n', campaigns)}, lateral (select n as c) same`,
    audit(`select a.actor, a.action, 'deposit', id::text, null, null, ${AT}, user_id, null
      from deposits, lateral (values ('user:' || user_id, 'deposit.request'),
        ('user:admin', 'deposit.approved')) a (actor, action)`),
    fact(`select ${id(PAYOUT, 'n')}, 'withdraw', 'approved', ${id(USER, 'n')}, 500, 'withdrawal',
        ${id(WITHDRAWAL, 'n')}, 'withdrawal:' || n, 'f', 'user:w', ${AT}, ${AT}
      from generate_series(1, ${Math.min(workers, 100)}) n`),
    moved(`select p.id, ${id(PAYOUT, 'n')}, p.source, p.destination, 500, ${AT}
      from generate_series(1, ${Math.min(workers, 100)}) n
        cross join lateral (values (${id(PAYOUT, 'n')}, ${id(WALLET, 'n')}, ${id(HOLD, 'n')}),
          (${id(LATER, 'n')}, ${id(HOLD, 'n')}, ${OUTSIDE}::uuid)) p (id, source, destination)`),
    `insert into withdrawals (id, user_id, transaction_id, amount, fee, number_sealed,
        number_index, number_masked, new_number, topped_up, needs_second, status, claimed_by,
        claimed_at, decided_by, decided_at, created_at)
      select ${id(WITHDRAWAL, 'n')}, ${id(USER, 'n')}, ${id(PAYOUT, 'n')}, 500, 0, 's', 'i', 'm',
        false, false, false, 'paid', ${id(USER, '0')}, ${AT}, ${id(USER, '0')}, ${AT}, ${AT}
      from generate_series(1, ${Math.min(workers, 100)}) n`,
    audit(`select a.actor, a.action, 'withdrawal', id::text, null, null, ${AT}, user_id, null
      from withdrawals, lateral (values ('user:' || user_id, 'withdrawal.request'),
        ('user:admin', 'withdrawal.claim'), ('user:admin', 'withdrawal.pay')) a (actor, action)`),
  ];
};
