import { asked, told, whereBroken, type LedgerCheck, type Subject } from './check.ts';

const CAMPAIGN: Subject = { subject: 'campaign', id: 'c.id' };

/**
 * WAL-8, CAM-7, AUD-1: an escrow was given what all slots cost and holds what the open ones do;
 * counts and decisions are as told.
 */
export const campaigns: LedgerCheck = {
  name: 'campaigns hold and count what their slots say',
  table: 'campaigns',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, c.id, flaw.what as what
    from campaigns c
      left join accounts a on a.kind = 'escrow' and a.owner_id = c.id
      cross join lateral (select coalesce(sum(p.amount), 0) as amount, count(*) as times
        from postings p where p.to_account_id = a.id) funded
      cross join lateral (select count(*) as slots,
          count(*) filter (where k.status not in ('approved', 'closed')) as open,
          count(*) filter (where k.status = 'approved') as approved,
          count(*) filter (where k.status = 'closed') as closed
        from tasks k where k.campaign_id = c.id) s
      cross join ${told(CAMPAIGN, {
        creations: 'campaign.create',
        raises: 'campaign.raise',
        deletes: 'campaign.delete',
        completes: 'campaign.complete',
        pauses: 'campaign.pause',
        resumes: 'campaign.resume',
      })} log
      cross join ${asked(CAMPAIGN, ['campaign.create', 'campaign.raise'])} by
    ${whereBroken(within('c.id'), [
      [
        'WAL-8',
        `a.balance = (c.price_per_task + c.fee_per_task) * s.open
          and funded.amount = (c.price_per_task + c.fee_per_task) * c.target_total`,
        `concat('escrow holds ', coalesce(a.balance, 0), ', ', s.open,
          ' open slots need ', (c.price_per_task + c.fee_per_task) * s.open,
          '; it was given ', funded.amount, ' for ', c.target_total)`,
      ],
      [
        'CAM-7',
        `(c.completed_count, c.closed_count, c.target_total) = (s.approved, s.closed, s.slots)`,
        `concat('counted ', c.completed_count, ' completed and ', c.closed_count, ' closed of ',
          c.target_total, ', slots are ', s.approved, ' and ', s.closed, ' of ', s.slots)`,
      ],
      [
        'AUD-1',
        `log.creations = 1 and by.actor = 'user:' || c.client_id
          and log.creations + log.raises = funded.times`,
        `concat('paid for ', funded.times, ' times, the log tells of ',
          log.creations, ' creations and ', log.raises, ' raises, by ',
          coalesce(by.actor, 'no one alone'))`,
      ],
      [
        'AUD-1',
        `log.deletes = (c.status = 'deleted')::int
          and log.completes = (c.status = 'completed')::int
          and log.pauses >= log.resumes + (c.status = 'paused')::int
          and (c.status <> 'active'
            or (log.pauses > 0) = (log.resumes > 0))`,
        `concat('is ', c.status, ', the log tells of ', log.deletes, ' deletions, ',
          log.completes, ' completions, ', log.pauses, ' pauses and ',
          log.resumes, ' resumptions')`,
      ],
    ])}`,
};

/** WAL-8, REV-4, REV-7, AUD-1: what a proof was judged, what it was paid, and what the log says. */
export const proofs: LedgerCheck = {
  name: 'every proof ever approved was rewarded once, no other',
  table: 'task_proofs',
  key: 'uuid',
  violations: (within) => `
    select flaw.rule, p.id, flaw.what as what
    from (select p.id, p.status, c.fee_per_task > 0 as has_fee, d.first, d.last, d.reversed,
          d.approvals as due, k.status as took,
          (k.task_id, k.campaign_id, k.worker_id) = (p.task_id, p.campaign_id, p.worker_id) as own,
          ((j.campaign_id, j.worker_id, j.status)
            = (p.campaign_id, p.worker_id, 'approved')) as anew,
          t.rewards, t.fees, t.reversals,
          log.approve, log.reject, log.un_approve, log.un_reject
        from task_proofs p
          left join campaigns c on c.id = p.campaign_id
          left join takes k on k.id = p.take_id
          cross join lateral (select count(*) filter (where e.verdict = 'approved') as approvals,
              max(e.verdict) filter (where e."order" = 'first') as first,
              max(e.verdict) filter (where e."order" = 'reversal') as reversed,
              coalesce(max(e.verdict) filter (where e."order" = 'reversal'),
                max(e.verdict) filter (where e."order" = 'first')) as last,
              (array_agg(e.take_id) filter (where e."order" = 'reversal'))[1] as retake
            from proof_decisions e where e.proof_id = p.id) d
          left join takes j on j.id = d.retake
          cross join lateral (select count(*) filter (where m.type = 'task_reward') as rewards,
              count(*) filter (where m.type = 'platform_fee') as fees,
              count(*) filter (where m.type = 'reversal') as reversals
            from wallet_transactions m where m.reference_id = p.id
              and m.type in ('task_reward', 'platform_fee', 'reversal')) t
          cross join ${told(
            { subject: 'proof', id: 'p.id' },
            {
              approve: 'proof.approve',
              reject: 'proof.reject',
              un_approve: 'proof.un-approve',
              un_reject: 'proof.un-reject',
            },
          )} log
        where ${within('p.id')}) p
    ${whereBroken('true', [
      [
        'WAL-8',
        `p.rewards = p.due and p.due <= 1 and p.fees = case when p.has_fee then p.due else 0 end`,
        `concat(p.rewards, ' rewards and ', p.fees, ' fees, ', p.due, ' due')`,
      ],
      [
        'REV-4',
        `p.status = coalesce(p.last, 'pending')`,
        `concat('is ', p.status, ', judged ', coalesce(p.last, 'never'))`,
      ],
      [
        'TSK-5',
        `p.own and p.took = case when p.first is null then 'pending_review'
          when p.first = 'rejected' then 'rejected' when p.reversed is null then 'approved'
          else 'reversed' end and (p.reversed is distinct from 'approved' or p.anew)`,
        `concat('judged ', coalesce(p.first, 'never'), ', then ', coalesce(p.reversed, 'not again'),
          ', of a take that is ', p.took, case when p.own then '' else ', and another''s' end,
          case when p.reversed = 'approved' and p.anew is not true then ', and no other slot' end)`,
      ],
      [
        'REV-7',
        `coalesce(p.first <> p.reversed, p.reversed is null)
          and p.reversals <= (coalesce(p.reversed, '') = 'rejected')::int`,
        `concat(p.reversals, ' reversals, judged ', p.first, ', then ', p.reversed)`,
      ],
      [
        'AUD-1',
        `p.approve = (coalesce(p.first, '') = 'approved')::int
          and p.reject = (coalesce(p.first, '') = 'rejected')::int
          and p.un_approve = (coalesce(p.reversed, '') = 'rejected')::int
          and p.un_reject = (coalesce(p.reversed, '') = 'approved')::int`,
        `concat('judged ', coalesce(p.first, 'never'), ', then ', coalesce(p.reversed, 'not again'),
          ', the log tells of ', p.approve, ' approvals, ', p.reject, ' rejections, ',
          p.un_approve, ' and ', p.un_reject, ' of them undone')`,
      ],
    ])}`,
};
