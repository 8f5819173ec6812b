import { told, whereBroken, type LedgerCheck } from './check.ts';

const LEGAL_MOVES = `(values
  ('deposit', 'outside', 'wallet'), ('task_reward', 'escrow', 'wallet'),
  ('platform_fee', 'escrow', 'revenue'), ('campaign_funding', 'wallet', 'escrow'),
  ('campaign_refund', 'escrow', 'wallet'), ('withdraw', 'wallet', 'hold'),
  ('withdraw', 'hold', 'outside'), ('withdraw', 'hold', 'wallet'),
  ('withdraw', 'hold', 'revenue'), ('adjustment', 'outside', 'wallet'),
  ('adjustment', 'wallet', 'outside'), ('adjustment', 'revenue', 'wallet'),
  ('adjustment', 'wallet', 'revenue'), ('reversal', 'wallet', 'wallet'),
  ('reversal', 'revenue', 'wallet'), ('revenue_payout', 'revenue', 'outside'))`;

/** Whose accounts a posting may touch, by what its transaction is for. */
const SERVES = `case t.type
  when 'task_reward' then s.owner_id = c.id and d.owner_id = f.worker_id
    and t.user_id = f.worker_id and p.amount = c.price_per_task
  when 'platform_fee' then s.owner_id = c.id and t.user_id is null and p.amount = c.fee_per_task
  when 'campaign_funding' then s.owner_id = c.client_id and d.owner_id = c.id
    and t.user_id = c.client_id and p.amount % (c.price_per_task + c.fee_per_task) = 0
  when 'campaign_refund' then s.owner_id = c.id and d.owner_id = c.client_id
    and t.user_id = c.client_id and p.amount % (c.price_per_task + c.fee_per_task) = 0
  when 'reversal' then d.owner_id = c.client_id and t.user_id = f.worker_id
    and case s.kind when 'wallet' then s.owner_id = f.worker_id and p.amount <= c.price_per_task
      else p.amount = c.fee_per_task end
  when 'adjustment' then t.user_id = coalesce(s.owner_id, d.owner_id)
  when 'revenue_payout' then t.user_id is null
  else coalesce(s.owner_id, t.user_id) = t.user_id and coalesce(d.owner_id, t.user_id) = t.user_id
end`;

/** WAL-2, WAL-6: every posting has two ends, a legal way between them, and somebody's reason. */
export const postings: LedgerCheck = {
  name: 'postings move what their type may move, for whom it is',
  table: 'postings',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, p.id, concat(coalesce(t.type, 'nothing'), ' moved ', p.amount, ' from ',
      coalesce(s.kind, 'nowhere'), ' to ', coalesce(d.kind, 'nowhere'), flaw.what) as what
    from postings p
      left join wallet_transactions t on t.id = p.transaction_id
      left join accounts s on s.id = p.from_account_id
      left join accounts d on d.id = p.to_account_id
      left join task_proofs f on t.reference_kind = 'proof' and f.id = t.reference_id
      left join campaigns c on c.id = case t.reference_kind
        when 'campaign' then t.reference_id
        when 'task' then (select k.campaign_id from tasks k where k.id = t.reference_id)
        else f.campaign_id end
    ${whereBroken(within('p.id'), [
      ['WAL-2', 'p.amount > 0 and s.id <> d.id and t.id is not null', `''`],
      [
        'WAL-5',
        `p.created_at in (t.created_at, t.decided_at)`,
        `', at another time than its transaction'`,
      ],
      ['WAL-6', `(t.type, s.kind, d.kind) in ${LEGAL_MOVES}`, `''`],
      ['WAL-6', SERVES, `', where it has no business'`],
    ])}`,
};

/** WAL-3, WAL-4: every balance is the sum of its postings, none is negative, each is somebody's. */
export const accounts: LedgerCheck = {
  name: 'balances are the sums of their postings, and none is below zero',
  table: 'accounts',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, a.id, a.kind || flaw.what as what
    from (select a.*, came.amount - went.amount as posted
      from accounts a
        cross join lateral (select coalesce(sum(p.amount), 0) as amount from postings p
          where p.to_account_id = a.id) came
        cross join lateral (select coalesce(sum(p.amount), 0) as amount from postings p
          where p.from_account_id = a.id) went
      where ${within('a.id')}) a
      left join wallets w on a.kind in ('wallet', 'hold') and w.user_id = a.owner_id
        and a.id = case a.kind when 'wallet' then w.wallet_account_id else w.hold_account_id end
      left join campaigns c on a.kind = 'escrow' and c.id = a.owner_id
    ${whereBroken('true', [
      [
        'WAL-3',
        `a.balance = case when a.kind in ('revenue', 'outside') then 0 else a.posted end`,
        `concat(': stored ', a.balance, ', posted ', a.posted)`,
      ],
      [
        'WAL-4',
        `a.kind = 'outside' or (a.balance >= 0 and a.posted >= 0)`,
        `concat(': stored ', a.balance, ', posted ', a.posted)`,
      ],
      [
        'WAL-2',
        `a.kind in ('revenue', 'outside') or coalesce(w.user_id, c.id) is not null`,
        `' of nobody'`,
      ],
    ])}`,
};

/**
 * WAL-5, WAL-6, AUD-1: every transaction moved what its amount and its status say, and is for
 * something that is there: a request, a proof, or for an adjustment and a payout of revenue their
 * own row of the log.
 */
export const transactions: LedgerCheck = {
  name: 'transactions own what their status says',
  table: 'wallet_transactions',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, t.id, concat(t.type, ' of ', t.amount, ' is ', t.status, flaw.what) as what
    from wallet_transactions t
      cross join lateral (select count(*) as postings, coalesce(sum(p.amount), 0) as amount,
          coalesce(sum(p.amount) filter (where d.kind = 'hold'), 0) as reserved,
          coalesce(sum(p.amount) filter (where d.kind = 'outside'), 0) as paid,
          coalesce(sum(p.amount) filter (where d.kind = 'revenue'), 0) as fee,
          coalesce(sum(p.amount) filter (where d.kind = 'wallet'), 0) as returned
        from postings p join accounts d on d.id = p.to_account_id
        where p.transaction_id = t.id) m
      left join deposits r on t.type = 'deposit' and r.transaction_id = t.id
      left join withdrawals o on t.type = 'withdraw' and o.transaction_id = t.id
      left join task_proofs f on t.reference_kind = 'proof' and f.id = t.reference_id
      cross join ${told(
        { subject: 'transaction', id: 't.id' },
        { adjusts: 'wallet.adjust', payouts: 'revenue.payout' },
      )} log
    ${whereBroken(within('t.id'), [
      [
        'WAL-5',
        `t.amount > 0 and (t.status = 'pending') = (t.decided_at is null) and case
          when t.type = 'deposit' then m.postings = (t.status = 'approved')::int
          when t.type <> 'withdraw' then m.amount = t.amount and t.status = 'approved'
          when m.reserved < t.amount then false
          when t.status = 'pending' then (m.paid, m.fee, m.returned) = (0, 0, 0)
          when t.status = 'approved' then m.paid = t.amount and m.paid + m.fee = m.reserved
            and m.returned = 0
          else (m.paid, m.fee, m.returned) = (0, 0, m.reserved)
        end`,
        `concat(' with ', m.postings, ' postings of ', m.amount)`,
      ],
      [
        'WAL-8',
        `case t.type when 'deposit' then r.id is not null when 'withdraw' then o.id is not null
          when 'task_reward' then f.id is not null when 'platform_fee' then f.id is not null
          when 'reversal' then f.id is not null else true end`,
        `' for nothing that is there'`,
      ],
      [
        'AUD-1',
        `log.adjusts = (t.type = 'adjustment')::int
          and log.payouts = (t.type = 'revenue_payout')::int`,
        `concat(', the log tells of ', log.adjusts, ' adjustments and ', log.payouts, ' payouts')`,
      ],
    ])}`,
};

/** WAL-2, over everything at once: what stored balances, revenue and the outside come to. */
export const TOTAL = `
  select 'WAL-2' as rule, 'all' as id, 'they come to ' || sum(balance) || ', not to 0' as what
  from (select sum(balance) as balance from accounts where kind not in ('revenue', 'outside')
    union all select sum(posted(id)) from accounts where kind in ('revenue', 'outside')) all_of_them
  having sum(balance) <> 0`;

/** WAL-11, REV-1: sums that are kept are what they stand for. */
export const TALLIES = `
  select 'WAL-11' as rule, sums.id, concat('come to ', sums.real, ', kept as ', sums.kept) as what
  from (select coalesce(sum(balance) filter (where kind = 'wallet'), 0) as wallets,
      coalesce(sum(balance) filter (where kind = 'hold'), 0) as holds,
      coalesce(sum(balance) filter (where kind = 'escrow'), 0) as escrows,
      coalesce(sum(posted(id)) filter (where kind = 'revenue'), 0) as revenue,
      coalesce(sum(posted(id)) filter (where kind = 'outside'), 0) as outside
    from accounts) a
    cross join (select count(*) filter (where status = 'pending') as waiting,
      count(*) filter (where status <> 'pending') as decided from task_proofs) p
    cross join (select sum(wallets) as wallets, sum(holds) as holds, sum(escrows) as escrows,
      sum(revenue) as revenue, sum(outside) as outside, sum(proofs_waiting) as waiting,
      sum(proofs_decided) as decided from tallies) t
    cross join lateral (values ('wallets', a.wallets, t.wallets), ('holds', a.holds, t.holds),
      ('escrows', a.escrows, t.escrows), ('revenue', a.revenue, t.revenue),
      ('outside', a.outside, t.outside), ('proofs waiting', p.waiting, t.waiting),
      ('proofs decided', p.decided, t.decided)) as sums (id, real, kept)
  where sums.kept is distinct from sums.real`;
