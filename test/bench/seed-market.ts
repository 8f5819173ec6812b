import { withSql } from '../../adapters/postgres/orm.ts';
import { serverUrl, type TestDatabase } from '../support/database.ts';
import { ID_OF, KEPT_SUMS, STORED_BALANCES } from './seed-bulk.ts';

/** When these markets have come to stand still: a Tuesday, 15:00 in Jakarta. */
export const MARKET_END = new Date('2026-06-30T08:00:00.000Z');

interface MarketSize {
  readonly people: number;
  /** About so many postings, and half as many proofs. */
  readonly history: number;
}

/** Telegram id of the n-th person; 0 is an admin, 1 the worker who has done more than anybody. */
export const telegramIdOf = (person: number): number => 5_000_000_000 + person;

/** How the n-th person is called. */
export const nameOf = (person: number): string =>
  `${NAMES[person % NAMES.length]} ${Math.floor(person / NAMES.length)}`;

const NAMES = 'Agus,Bayu,Citra,Dewi,Eka,Fitri,Gita,Hadi,Indah,Joko'.split(',');

/**
 * Sixty days of a market, made by SQL over whole sets. Triggers and foreign keys sleep but for those
 * of the audit log: the proofs of ledger and log show that it is sound.
 */
export const seedMarket = (database: TestDatabase, size: MarketSize): Promise<void> =>
  withSql(serverUrl('admin', database.name), async (sql) => {
    await sql(`set session_replication_role = 'replica'`);
    await sql(ID_OF);
    for (const statement of plan(size)) await sql(statement);
    await sql('analyze person, campaign, work, payout');
    for (const statement of ROWS) await sql(statement);
    // its trigger looks up what each row is about
    await sql('analyze');
    await sql(`set session_replication_role = 'origin'`);
    await sql(audit(Math.max(1, Math.round(size.history / 500))));
    await sql('vacuum analyze');
  });

const [USER, WALLET, HOLD, ESCROW, CAMPAIGN, TASK, TAKE, PROOF] = [1, 2, 3, 4, 5, 6, 7, 8];
const [REWARD, FEE, FUNDING, CREDIT, DEPOSIT, PAYOUT, WITHDRAWAL, LATER, BROADCAST] = [
  9, 10, 11, 12, 13, 14, 15, 16, 17,
];
const END = `timestamptz '${MARKET_END.toISOString()}'`;
const REVENUE = `'00000000-0000-0000-0000-000000000001'::uuid`;
const OUTSIDE = `'00000000-0000-0000-0000-000000000002'::uuid`;
const id = (kind: number | undefined, n: string) => `pg_temp.id(${kind}, (${n})::bigint)`;
const wibDay = (at: string) => `date_bin('24 hours', ${at}, '2000-01-01 00:00+07')`;
/** Whole milliseconds, as every clock of ours gives them. */
const ago = (days: string) => `date_trunc('milliseconds', ${END} - (${days}) * interval '1 day')`;
const ADMIN = id(USER, '0');
const SECOND_ADMIN = `(select id from person order by n desc limit 1)`;
const FILE = `'a/b.jpg', md5(n::text), md5(n::text), 1000, 'image/jpeg'`;
const SLOTS = 12;
const DONE = 10;

/** Who there is and what they did, as temporary tables that all rows are made of. */
const plan = ({ people, history }: MarketSize): readonly string[] => {
  if (people < 20) throw new Error('a market has 20 people at least');
  const campaigns = Math.max(2, Math.round(history / 2 / DONE));
  const clients = Math.max(4, Math.round(people / 10));
  const workers = people - clients - 2;
  /** The others have come, and have done nothing yet. */
  const busy = Math.max(DONE, Math.round(workers * 0.8));
  const worker = `case k when 0 then 1 else 2 + (c.n * ${DONE - 1} + k - 1) % ${busy - 1} end`;
  const [waiting, paid] = [Math.ceil(campaigns / 50), Math.max(10, Math.round(history / 100))];
  return [
    `create temporary table person as
      select n, ${id(USER, 'n')} as id, ${id(WALLET, 'n')} as wallet, ${id(HOLD, 'n')} as hold,
        case when n in (0, ${people - 1}) then 'admin' when n <= ${workers} then 'worker'
          else 'client' end as role,
        (string_to_array('${NAMES.join()}', ','))[n % ${NAMES.length} + 1]
          || ' ' || n / ${NAMES.length} as name,
        case when n between ${busy + 1} and ${workers} then ${ago(`60.0 * (n % 60) / 60`)}
          else ${ago(`120 - 60.0 * n / ${people}`)} end as at
      from generate_series(0, ${people - 1}) n`,
    `create temporary table campaign as
      select c as n, ${id(CAMPAIGN, 'c')} as id, ${id(ESCROW, 'c')} as escrow, p.id as client,
        p.wallet, ${ago(`60 - 59.8 * c / ${campaigns}`)} as at, c >= ${campaigns - waiting} as late
      from generate_series(0, ${campaigns - 1}) c
        join person p on p.n = ${workers} + 1 + c % ${clients}`,
    `create temporary table work as
      select c.n * ${DONE} + k as n, c.n as c, k, c.id as campaign, c.escrow, p.id as worker,
        p.wallet, ${id(TAKE, `c.n * ${DONE} + k`)} as take,
        ${id(PROOF, `c.n * ${DONE} + k`)} as proof, ${id(TASK, `c.n * ${SLOTS} + k`)} as task,
        c.at + k * interval '7 minutes' as taken,
        c.at + k * interval '7 minutes' + interval '5 minutes' as sent,
        c.at + k * interval '7 minutes' + (15 + k * 4) * interval '1 minute' as decided,
        case when k = 8 and late then 'pending' when k = 9 and c.n % 2 = 0 then 'rejected'
          else 'approved' end as verdict,
        case when k = 0 and c.n % 100 = 1 then ${SECOND_ADMIN} else ${ADMIN} end as judge
      from campaign c cross join generate_series(0, ${DONE - 1}) k
        cross join lateral (select ${worker} as who) w
        join person p on p.n = w.who`,
    `create temporary table payout as
      select w as n, ${id(PAYOUT, 'w')} as transaction, ${id(WITHDRAWAL, 'w')} as id,
        p.id as worker, p.wallet, p.hold, ${ago(`30.0 * (${paid} - w) / ${paid} + 0.1`)} as at,
        w > ${paid - Math.ceil(paid / 50) - 1} as waits
      from generate_series(1, ${paid}) w
        join person p on p.n = case when w % 5 = 0 then 1 else 1 + w % ${busy} end`,
  ];
};

const fact = (rows: string) => `
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
    reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at) ${rows}`;
const moved = (rows: string) => `
  insert into postings (id, transaction_id, from_account_id, to_account_id, amount, created_at)
  ${rows}`;

/** Every row but the audit log's; 1.000 for a task and a fee of 50. */
const ROWS: readonly string[] = [
  `insert into users (id, telegram_id, username, display_name, language, role, status,
      terms_version, created_at, acted_at, unreachable_since, permissions)
    select id, ${telegramIdOf(0)} + n, lower(replace(name, ' ', '_')), name, 'id', role, 'active',
      1, at, greatest(at, ${ago('n % 90')}),
      case when n > 1 and n % 50 = 7 then ${ago('1')} end, case role when 'admin'
        then '{review,money,users,settings}'::text[] else '{}' end
    from person`,
  `insert into accounts (id, kind, owner_id)
    select wallet, 'wallet', id from person union all select hold, 'hold', id from person
    union all select escrow, 'escrow', id from campaign`,
  `insert into wallets select id, wallet, hold from person`,
  `insert into campaigns (id, client_id, kind, link_target, link_key, link_platform, link_version,
      price_per_task, fee_per_task, target_total, completed_count, status, created_at)
    select id, client, 'like', 'https://x.com/' || n, 'x.com/' || n, 'x', 1, 1000, 50, ${SLOTS},
      ${DONE} - (n % 2 = 0)::int - late::int,
      'active', at from campaign`,
  `insert into tasks (id, campaign_id, number, status, take_id)
    select ${id(TASK, `c.n * ${SLOTS} + s`)}, c.id, s + 1, case w.verdict
      when 'approved' then 'approved' when 'pending' then 'pending_review' else 'available' end,
      case when w.verdict <> 'rejected' then w.take end
    from campaign c cross join generate_series(0, ${SLOTS - 1}) s
      left join work w on w.c = c.n and w.k = s order by c.n, s`,
  `insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at,
      deadline, ended_at)
    select take, task, campaign, worker, 'like', 'x.com/' || c, case verdict
      when 'pending' then 'pending_review' else verdict end, taken, taken + interval '30 minutes',
      case when verdict <> 'pending' then decided end from work`,
  `insert into task_proofs (id, take_id, task_id, campaign_id, worker_id, status, submitted_at,
      file_path, file_sha256_received, file_sha256_stored, file_size, file_type)
    select proof, take, task, campaign, worker, verdict, sent, ${FILE} from work`,
  `insert into proof_decisions (proof_id, "order", verdict, decided_by, reason, take_id,
      decided_at, worker_id)
    select proof, 'first', verdict, judge, case verdict when 'rejected' then 'Buram' end, take,
      decided, worker from work where verdict <> 'pending'`,
  fact(`select t.id, t.type, 'approved', t.who, t.amount, 'proof', proof, 'proof:' || proof || type,
      md5(n::text), 'user:' || judge, decided, decided
    from work cross join lateral (values (${id(REWARD, 'n')}, 'task_reward', worker, 1000),
      (${id(FEE, 'n')}, 'platform_fee', null, 50)) t (id, type, who, amount)
    where verdict = 'approved'`),
  moved(`select p.id, p.id, escrow, p.destination, p.amount, decided
    from work cross join lateral (values (${id(REWARD, 'n')}, wallet, 1000),
      (${id(FEE, 'n')}, ${REVENUE}, 50)) p (id, destination, amount)
    where verdict = 'approved'`),
  fact(`select t.id, t.type, 'approved', client, 12600, t.kind, t.about, t.kind || ':' || n, 'f',
      'user:' || client, at, at
    from campaign cross join lateral (values
      (${id(FUNDING, 'n')}, 'campaign_funding', 'campaign', id),
      (${id(CREDIT, 'n')}, 'deposit', 'deposit', ${id(DEPOSIT, 'n')})) t (id, type, kind, about)`),
  moved(`select t.id, t.id, t.source, t.destination, 12600, at
    from campaign cross join lateral (values (${id(FUNDING, 'n')}, wallet, escrow),
      (${id(CREDIT, 'n')}, ${OUTSIDE}, wallet)) t (id, source, destination)`),
  `insert into deposits (id, user_id, transaction_id, claimed, credited, status, decided_at,
      decided_by, file_path, file_sha256_received, file_sha256_stored, file_size, file_type,
      created_at)
    select ${id(DEPOSIT, 'n')}, client, ${id(CREDIT, 'n')}, 12600, 12600, 'approved', at,
      ${ADMIN}, ${FILE}, at from campaign`,
  // what still waits to be credited
  fact(`select ${id(CREDIT, '1000000 + n')}, 'deposit', 'pending', client, 12600, 'deposit',
      ${id(DEPOSIT, '1000000 + n')}, 'deposit:later:' || n, 'f', 'user:' || client, at, null
    from campaign where late`),
  `insert into deposits (id, user_id, transaction_id, claimed, status, file_path,
      file_sha256_received, file_sha256_stored, file_size, file_type, created_at)
    select ${id(DEPOSIT, '1000000 + n')}, client, ${id(CREDIT, '1000000 + n')}, 12600, 'pending',
      ${FILE.replaceAll('n::text', `'later' || n`)}, at from campaign where late`,
  fact(`select transaction, 'withdraw', case when waits then 'pending' else 'approved' end, worker,
      500, 'withdrawal', id, 'withdrawal:' || n, 'f', 'user:' || worker, at,
      case when not waits then at end from payout`),
  moved(`select transaction, transaction, wallet, hold, 500, at from payout`),
  moved(`select ${id(LATER, 'n')}, transaction, hold, ${OUTSIDE}, 500, at from payout
    where not waits`),
  `insert into withdrawals (id, user_id, transaction_id, amount, fee, number_sealed, number_index,
      number_masked, new_number, topped_up, needs_second, status, claimed_by, claimed_at,
      decided_by, decided_at, created_at)
    select id, worker, transaction, 500, 0, 's', 'i' || worker, 'm', false, false, false,
      case when waits then 'pending' else 'paid' end, d.who, d.at, d.who, d.at, payout.at
    from payout cross join lateral (select case when not waits then ${ADMIN} end as who,
      case when not waits then payout.at end as at) d`,
  `insert into active_days (day, user_id)
    select ${wibDay('taken')}, worker from work union select ${wibDay('at')}, client from campaign
    union select ${wibDay('decided')}, judge from work`,
  `insert into broadcasts (id, admin_id, audience, text, status, created_at, ended_at, recipients,
      sent, blocked)
    select ${id(BROADCAST, 'b')}, ${ADMIN}, 'all', 'Halo semua', 'done', ${ago('b')}, ${ago('b - 0.1')},
      count(*), count(*) filter (where u.unreachable_since is null), count(u.unreachable_since)
    from generate_series(1, 3) b cross join users u group by b`,
  `insert into broadcast_recipients (broadcast_id, user_id, state)
    select ${id(BROADCAST, 'b')}, id, case when unreachable_since is null then 'sent' else 'blocked' end
    from generate_series(1, 3) b cross join users`,
  STORED_BALANCES,
  ...KEPT_SUMS,
];

/** What the log says of all this and of settings, in the order in which it happened. */
const audit = (changes: number): string => `
  insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
  select actor, action, subject, subject_id, before::jsonb, after::jsonb, at from (
    select case role when 'admin' then 'operator:seed' else 'user:' || id end as actor,
      'user.role' as action, 'user' as subject, id::text as subject_id, null as before,
      jsonb_build_object('role', role)::text as after, at
    from person
    union all
    select 'user:' || w.who, w.action, w.subject, w.id::text, null, '{"status": "x"}', w.at
    from work cross join lateral (values (worker, 'take.take', 'take', take, taken),
      (worker, 'proof.submit', 'proof', proof, sent),
      (judge, case verdict when 'approved' then 'proof.approve' else 'proof.reject' end, 'proof',
        proof, decided)) w (who, action, subject, id, at)
    where verdict <> 'pending' or w.action in ('take.take', 'proof.submit')
    union all
    select 'user:' || client, 'campaign.create', 'campaign', id::text, null, null, at from campaign
    union all
    select 'user:' || user_id, 'deposit.request', 'deposit', id::text, null, null, created_at
    from deposits
    union all
    select 'user:' || decided_by, 'deposit.approved', 'deposit', id::text, null, null, decided_at
    from deposits where decided_at is not null
    union all
    select 'user:' || w.who, w.action, 'withdrawal', id::text, null, null, created_at
    from withdrawals cross join lateral (values (user_id, 'withdrawal.request'),
      (claimed_by, 'withdrawal.claim'), (decided_by, 'withdrawal.pay')) w (who, action)
    where w.who is not null
    union all
    select 'user:' || ${ADMIN}, 'settings.change', 'settings',
      case when n % 50 = 1 then 'withdrawMin' else 'holdMinutes' end, '{"value": 15}',
      '{"value": 30}', ${ago(`n * 59.0 / ${changes}`)}
    from generate_series(1, ${changes}) n
  ) told order by at, action desc`;
