import { asked, newest, told, whereBroken, type LedgerCheck, type Subject } from './check.ts';

const DEPOSIT: Subject = { subject: 'deposit', id: 'd.id' };
const WITHDRAWAL: Subject = { subject: 'withdrawal', id: 'r.id' };

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
      cross join ${told(DEPOSIT, {
        requests: 'deposit.request',
        approved: 'deposit.approved',
        rejected: 'deposit.rejected',
        canceled: 'deposit.canceled',
      })} log
      cross join ${asked(DEPOSIT, ['deposit.request'])} by
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
          and log.approved = (d.status = 'approved')::int
          and log.rejected = (d.status = 'rejected')::int
          and log.canceled = (d.status = 'canceled')::int`,
        `concat(', the log tells of ', log.requests, ' requests by ',
          coalesce(by.actor, 'no one alone'), ', ', log.approved, ' approvals, ', log.rejected,
          ' rejections, ', log.canceled, ' cancellations')`,
      ],
    ])}`,
};

/** Whose word the log says that a withdrawal has. */
const LAST_ENDORSEMENT = newest(
  `l."after" ->> 'endorsedBy'`,
  'by',
  `l.subject = 'withdrawal' and l.subject_id = r.id::text
    and l.action in ('withdrawal.endorse', 'withdrawal.take-back-endorsement')`,
);

/**
 * WDR-1, WDR-2, ADM-2, AUD-1: a withdrawal, its transaction, what was held and paid and the log
 * agree.
 */
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
      cross join ${told(WITHDRAWAL, {
        requests: 'withdrawal.request',
        claims: 'withdrawal.claim',
        pays: 'withdrawal.pay',
        rejects: 'withdrawal.reject',
        cancels: 'withdrawal.cancel',
      })} log
      cross join ${asked(WITHDRAWAL, ['withdrawal.request'])} by
      cross join ${LAST_ENDORSEMENT} word
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
          and log.claims = (r.claimed_at is not null)::int
          and log.pays = (r.status = 'paid')::int
          and log.rejects = (r.status = 'rejected')::int
          and log.cancels = (r.status = 'canceled')::int`,
        `concat(', the log tells of ', log.requests, ' requests by ',
          coalesce(by.actor, 'no one alone'), ', ', log.claims, ' claims, ', log.pays,
          ' payments, ', log.rejects, ' rejections, ', log.cancels, ' cancellations')`,
      ],
    ])}`,
};
