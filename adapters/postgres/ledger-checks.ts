import { fragment } from './sql.ts';

/**
 * One check of the whole ledger: how many rows it looks at, and the rows that break the rule with
 * both numbers. All sums are made by the database; at most ten rows come here.
 */
export interface LedgerCheck {
  readonly name: string;
  readonly rule: string;
  /** One row with `total`. */
  readonly rows: ReturnType<typeof fragment>;
  /** Rows with `table`, `id` and `what`. */
  readonly violations: ReturnType<typeof fragment>;
}

const check = (
  name: string,
  rule: string,
  sql: { readonly rows: string; readonly violations: string },
): LedgerCheck => ({
  name,
  rule,
  rows: fragment(sql.rows),
  violations: fragment(sql.violations),
});

/** What the postings of each account come to. */
const POSTED = `(
  select account_id, sum(change)::bigint as posted from (
    select to_account_id as account_id, amount as change from postings
    union all select from_account_id, -amount from postings) moves
  group by account_id)`;

const LEGAL_MOVES = `(values
  ('deposit', 'outside', 'wallet'), ('task_reward', 'escrow', 'wallet'),
  ('platform_fee', 'escrow', 'revenue'), ('campaign_funding', 'wallet', 'escrow'),
  ('campaign_refund', 'escrow', 'wallet'), ('withdraw', 'wallet', 'hold'),
  ('withdraw', 'hold', 'outside'), ('withdraw', 'hold', 'wallet'),
  ('withdraw', 'hold', 'revenue'), ('adjustment', 'outside', 'wallet'),
  ('adjustment', 'wallet', 'outside'), ('adjustment', 'revenue', 'wallet'),
  ('adjustment', 'wallet', 'revenue'), ('reversal', 'wallet', 'wallet'),
  ('reversal', 'revenue', 'wallet'), ('revenue_payout', 'revenue', 'outside'))`;

const balances = check('balances are the sums of their postings', 'WAL-3', {
  rows: `select count(*)::int as total from accounts`,
  violations: `
    select 'accounts' as table, a.id::text as id,
      a.kind || ': stored ' || a.balance || ', posted ' || coalesce(p.posted, 0) as what
    from accounts a left join ${POSTED} p on p.account_id = a.id
    where a.balance <> case when a.kind in ('revenue', 'outside') then 0
      else coalesce(p.posted, 0) end`,
});

const wellFormed = check('every posting moves money between two accounts', 'WAL-2', {
  rows: `select count(*)::int as total from postings`,
  violations: `
    select 'postings' as table, p.id::text as id,
      p.amount || ' from ' || coalesce(s.kind, 'nowhere') || ' to ' || coalesce(d.kind, 'nowhere')
        || ' for ' || coalesce(t.type, 'nothing') as what
    from postings p left join wallet_transactions t on t.id = p.transaction_id
      left join accounts s on s.id = p.from_account_id
      left join accounts d on d.id = p.to_account_id
    where p.amount <= 0 or p.from_account_id = p.to_account_id
      or t.id is null or s.id is null or d.id is null`,
});

const total = check('all balances together are zero', 'WAL-2', {
  rows: `select count(*)::int as total from accounts`,
  violations: `
    select 'accounts' as table, 'all' as id, 'they come to ' || sum(balance) || ', not to 0' as what
    from (select case when a.kind in ('revenue', 'outside') then coalesce(p.posted, 0)
        else a.balance end as balance
      from accounts a left join ${POSTED} p on p.account_id = a.id) b
    having sum(balance) <> 0`,
});

const noNegatives = check('no wallet, hold, escrow or revenue is below zero', 'WAL-4', {
  rows: `select count(*)::int as total from accounts where kind <> 'outside'`,
  violations: `
    select 'accounts' as table, a.id::text as id,
      a.kind || ': stored ' || a.balance || ', posted ' || coalesce(p.posted, 0) as what
    from accounts a left join ${POSTED} p on p.account_id = a.id
    where a.kind <> 'outside' and (a.balance < 0 or p.posted < 0)`,
});

const legalMoves = check('postings move what their type may move', 'WAL-6', {
  rows: `select count(*)::int as total from postings`,
  violations: `
    select 'postings' as table, p.id::text as id,
      t.type || ' moved ' || p.amount || ' from ' || s.kind || ' to ' || d.kind as what
    from postings p join wallet_transactions t on t.id = p.transaction_id
      join accounts s on s.id = p.from_account_id join accounts d on d.id = p.to_account_id
    where (t.type, s.kind, d.kind) not in ${LEGAL_MOVES}`,
});

/**
 * What a transaction moved, by pair of kinds; a deposit's one posting, a withdrawal's two steps.
 */
const transactions = check('transactions own what their status says', 'WAL-5', {
  rows: `select count(*)::int as total from wallet_transactions`,
  violations: `
    select 'wallet_transactions' as table, t.id::text as id,
      t.type || ' of ' || t.amount || ' is ' || t.status || ' with ' || coalesce(m.postings, 0)
        || ' postings of ' || coalesce(m.amount, 0) as what
    from wallet_transactions t left join lateral (
      select count(*) as postings, sum(p.amount) as amount,
        coalesce(sum(p.amount) filter (where d.kind = 'hold'), 0) as reserved,
        coalesce(sum(p.amount) filter (where s.kind = 'hold' and d.kind = 'outside'), 0) as paid,
        coalesce(sum(p.amount) filter (where s.kind = 'hold' and d.kind = 'revenue'), 0) as fee,
        coalesce(sum(p.amount) filter (where s.kind = 'hold' and d.kind = 'wallet'), 0) as returned
      from postings p join accounts s on s.id = p.from_account_id
        join accounts d on d.id = p.to_account_id
      where p.transaction_id = t.id) m on true
    where (t.status = 'pending') <> (t.decided_at is null) or not case
      when t.type = 'deposit' and t.status = 'approved' then m.postings = 1
      when t.type = 'deposit' then m.postings = 0
      when t.type <> 'withdraw' then m.postings > 0 and t.status = 'approved'
      when m.reserved < t.amount then false
      when t.status = 'pending' then m.paid = 0 and m.fee = 0 and m.returned = 0
      when t.status = 'approved' then m.paid = t.amount and m.paid + m.fee = m.reserved
        and m.returned = 0
      else m.returned = m.reserved and m.paid = 0 and m.fee = 0
    end`,
});

const campaigns = check('campaigns hold and count what their slots say', 'WAL-8', {
  rows: `select count(*)::int as total from campaigns`,
  violations: `
    select 'campaigns' as table, id::text as id, concat_ws('; ',
      case when held <> owed then
        'escrow holds ' || held || ', ' || open || ' open slots need ' || owed end,
      case when completed_count <> approved then
        'counted ' || completed_count || ' completed, ' || approved || ' slots are approved' end,
      case when closed_count <> closed then
        'counted ' || closed_count || ' closed, ' || closed || ' slots are' end,
      case when target_total <> open + approved + closed then
        'target ' || target_total || ', ' || open + approved + closed || ' slots' end) as what
    from (select c.*, coalesce(a.balance, 0) as held, (c.price_per_task + c.fee_per_task) * s.open
        as owed, s.open, s.approved, s.closed
      from campaigns c left join accounts a on a.kind = 'escrow' and a.owner_id = c.id
        left join lateral (select
            count(*) filter (where status not in ('approved', 'closed')) as open,
            count(*) filter (where status = 'approved') as approved,
            count(*) filter (where status = 'closed') as closed
          from tasks where campaign_id = c.id) s on true) seen
    where held <> owed or completed_count <> approved or closed_count <> closed
      or target_total <> open + approved + closed`,
});

/** A proof that was ever approved was paid once; a reversal is a transaction of its own. */
const rewards = check('every proof ever approved was rewarded once, no other', 'WAL-8', {
  rows: `select count(*)::int as total from task_proofs`,
  violations: `
    select 'task_proofs' as table, coalesce(p.id, r.id)::text as id,
      coalesce(r.paid, 0) || ' rewards, ' || coalesce(p.due, 0) || ' due' as what
    from (select id, (select count(*) from (select from proof_decisions
          where proof_id = task_proofs.id and verdict = 'approved' limit 1) once) as due
        from task_proofs) p
      full join (select reference_id as id, count(*) as paid from wallet_transactions
        where type = 'task_reward' group by reference_id) r on r.id = p.id
    where coalesce(r.paid, 0) <> coalesce(p.due, 0)`,
});

const verdicts = check('proofs stand as they were last judged', 'REV-4', {
  rows: `select count(*)::int as total from task_proofs`,
  violations: `
    select 'task_proofs' as table, p.id::text as id, 'is ' || p.status || ', judged '
      || coalesce(d.verdict, 'never') as what
    from task_proofs p left join lateral (select verdict from proof_decisions
      where proof_id = p.id order by "order" desc limit 1) d on true
    where p.status <> coalesce(d.verdict, 'pending')`,
});

/** In the order in which they run. */
export const LEDGER_CHECKS: readonly LedgerCheck[] = [
  wellFormed,
  balances,
  total,
  noNegatives,
  legalMoves,
  transactions,
  campaigns,
  rewards,
  verdicts,
];
