import { asked, whereBroken, told, type LedgerCheck } from './check.ts';

/** DEP-2, AUD-1: a top-up, its transaction, what was credited and the log agree. */
export const deposits: LedgerCheck = {
  name: 'deposits agree with their transactions',
  table: 'deposits',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, d.id, concat(d.status, flaw.what) as what
    from deposits d
      left join wallet_transactions t on t.id = d.transaction_id
      left join lateral (select coalesce(sum(p.amount), 0) as amount from postings p
        where p.transaction_id = d.transaction_id) m on true
      left join ${told(
        'deposit',
        {
          requests: 'deposit.request',
          approved: 'deposit.approved',
          rejected: 'deposit.rejected',
          canceled: 'deposit.canceled',
        },
        within,
      )} log on log.subject_id = d.id::text
      left join ${asked('deposit', ['deposit.request'], within)} by on by.subject_id = d.id::text
    ${whereBroken(within('d.id'), [
      [
        'DEP-2',
        `(t.type, t.reference_kind, t.reference_id, t.user_id, t.amount, t.status)
            = ('deposit', 'deposit', d.id, d.user_id, d.claimed, d.status)
          and t.decided_at is not distinct from d.decided_at and m.amount = coalesce(d.credited, 0)`,
        `concat(' with ', d.credited, ' credited of ', d.claimed, ', its transaction is ', t.status,
          ' with ', t.amount, ' and moved ', m.amount)`,
      ],
      [
        'AUD-1',
        `log.requests = 1 and by.actor = 'user:' || d.user_id
          and coalesce(log.approved, 0) = (d.status = 'approved')::int
          and coalesce(log.rejected, 0) = (d.status = 'rejected')::int
          and coalesce(log.canceled, 0) = (d.status = 'canceled')::int`,
        `concat(', the log tells of ', coalesce(log.requests, 0), ' requests by ',
          coalesce(by.actor, 'no one alone'), ', ', coalesce(log.approved, 0), ' approvals, ',
          coalesce(log.rejected, 0), ' rejections, ', coalesce(log.canceled, 0), ' cancellations')`,
      ],
    ])}`,
};

/** Whose word the log says that a withdrawal has. */
const LAST_ENDORSEMENT = `(
  select l."after" ->> 'endorsedBy' as by from audit_logs l
  where l.subject = 'withdrawal' and l.subject_id = r.id::text
    and l.action in ('withdrawal.endorse', 'withdrawal.take-back-endorsement')
  order by l.id desc limit 1)`;

/** WDR-1, WDR-2, ADM-2, AUD-1: a withdrawal, its transaction, what was held and paid and the log agree. */
export const withdrawals: LedgerCheck = {
  name: 'withdrawals agree with their transactions',
  table: 'withdrawals',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, r.id, concat(r.status, flaw.what) as what
    from withdrawals r
      left join wallet_transactions t on t.id = r.transaction_id
      left join wallets w on w.user_id = r.user_id
      left join lateral (select
          coalesce(sum(p.amount) filter (where p.to_account_id = w.hold_account_id), 0) as held,
          coalesce(sum(p.amount) filter (where a.kind = 'outside'), 0) as paid,
          coalesce(sum(p.amount) filter (where a.kind = 'revenue'), 0) as fee,
          coalesce(sum(p.amount) filter (where a.kind = 'wallet'), 0) as returned
        from postings p join accounts a on a.id = p.to_account_id
        where p.transaction_id = r.transaction_id) m on true
      left join ${told(
        'withdrawal',
        {
          requests: 'withdrawal.request',
          claims: 'withdrawal.claim',
          pays: 'withdrawal.pay',
          rejects: 'withdrawal.reject',
          cancels: 'withdrawal.cancel',
        },
        within,
      )} log on log.subject_id = r.id::text
      left join ${asked('withdrawal', ['withdrawal.request'], within)} by
        on by.subject_id = r.id::text
      left join lateral ${LAST_ENDORSEMENT} word on true
    ${whereBroken(within('r.id'), [
      [
        'WDR-2',
        `(t.type, t.reference_kind, t.reference_id, t.user_id, t.amount, t.status)
            = ('withdraw', 'withdrawal', r.id, r.user_id, r.amount,
              case r.status when 'paid' then 'approved' else r.status end)
          and t.decided_at is not distinct from r.decided_at and m.held = r.amount + r.fee
          and case r.status
            when 'pending' then (m.paid, m.fee, m.returned) = (0, 0, 0)
            when 'paid' then (m.paid, m.fee, m.returned) = (r.amount, r.fee, 0)
            else (m.paid, m.fee, m.returned) = (0, 0, r.amount + r.fee)
          end`,
        `concat(' with ', r.amount, ' and a fee of ', r.fee, ', its transaction is ', t.status,
          ' with ', t.amount, ', held ', m.held, ', paid ', m.paid, ' and ', m.fee, ', returned ',
          m.returned)`,
      ],
      [
        'AUD-1',
        `r.endorsed_by::text is not distinct from word.by`,
        `concat(', endorsed by ', coalesce(r.endorsed_by::text, 'nobody'), ', the log says by ',
          coalesce(word.by, 'nobody'))`,
      ],
      [
        'AUD-1',
        `log.requests = 1 and by.actor = 'user:' || r.user_id
          and coalesce(log.claims, 0) = (r.claimed_at is not null)::int
          and coalesce(log.pays, 0) = (r.status = 'paid')::int
          and coalesce(log.rejects, 0) = (r.status = 'rejected')::int
          and coalesce(log.cancels, 0) = (r.status = 'canceled')::int`,
        `concat(', the log tells of ', coalesce(log.requests, 0), ' requests by ',
          coalesce(by.actor, 'no one alone'), ', ', coalesce(log.claims, 0), ' claims, ',
          coalesce(log.pays, 0), ' payments, ', coalesce(log.rejects, 0), ' rejections, ',
          coalesce(log.cancels, 0), ' cancellations')`,
      ],
    ])}`,
};
