/** What somebody with psql did, and all that the proof must name then: `{name}` stands for an id. */
export interface Falsified {
  readonly title: string;
  readonly falsify: readonly string[];
  readonly named: readonly string[];
}

const TOTAL = 'WAL-2 accounts all';
/** A sum that is kept, and is not that of the rows any more. */
export const keptSum = (name: string): string => `WAL-11 tallies ${name}`;

/** What is named where the reward's posting is not there. */
const WITHOUT_ITS_POSTING = [
  'WAL-3 accounts {escrow}',
  'WAL-3 accounts {workerWallet}',
  'WAL-4 accounts {workerWallet}',
  'WAL-5 wallet_transactions {reward}',
];

export const FALSIFICATIONS: readonly Falsified[] = [
  {
    title: 'WAL-11 REV-1 names sums that were written by hand',
    falsify: [`insert into tallies (revenue, proofs_waiting) values (7, 1)`],
    named: [keptSum('proofs waiting'), keptSum('revenue')],
  },
  {
    title: 'WAL-3 names a balance that was written by hand',
    falsify: [`update accounts set balance = balance + 7 where id = '{workerWallet}'`],
    named: ['WAL-3 accounts {workerWallet}', TOTAL, keptSum('wallets')],
  },
  {
    title: 'WAL-5 WAL-6 names a posting that was changed, its transaction and both its accounts',
    falsify: [`update postings set amount = amount + 5 where id = '{rewardPosting}'`],
    named: [
      'WAL-3 accounts {escrow}',
      'WAL-3 accounts {workerWallet}',
      'WAL-5 wallet_transactions {reward}',
      'WAL-6 postings {rewardPosting}',
    ],
  },
  {
    title: 'WAL-3 WAL-4 WAL-5 names what a posting that was removed leaves behind',
    falsify: [`delete from postings where id = '{rewardPosting}'`],
    named: WITHOUT_ITS_POSTING,
  },
  {
    title: 'WAL-5 names a reward of nothing that moved nothing, whatever wall is gone',
    falsify: [
      `alter table wallet_transactions drop constraint wallet_transactions_amount_positive`,
      `update wallet_transactions set amount = 0 where id = '{reward}'`,
      `delete from postings where id = '{rewardPosting}'`,
    ],
    named: WITHOUT_ITS_POSTING,
  },
  {
    title: 'WAL-3 WAL-5 names what a posting that was slipped in changes',
    falsify: [
      `insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
        select transaction_id, from_account_id, to_account_id, amount, created_at from postings
        where id = '{rewardPosting}'`,
    ],
    named: [
      'WAL-3 accounts {escrow}',
      'WAL-3 accounts {workerWallet}',
      'WAL-5 wallet_transactions {reward}',
    ],
  },
  {
    title: 'WAL-6 names a reward that was led to another, even where all balances were mended',
    falsify: [
      `update postings set to_account_id = '{otherWallet}' where id = '{undoneRewardPosting}'`,
      `update accounts a set balance = (select sum(case when p.to_account_id = a.id then p.amount
            else -p.amount end) from postings p where a.id in (p.to_account_id, p.from_account_id))
        where a.id = '{otherWallet}'`,
      `alter table accounts drop constraint accounts_balance_never_negative`,
      `update accounts a set balance = balance - 500
        from wallets w where w.wallet_account_id = a.id and w.user_id = '{undoneWorker}'`,
    ],
    named: ['WAL-4 accounts {undoneWallet}', 'WAL-6 postings {undoneRewardPosting}'],
  },
  {
    title: 'WAL-6 names a transaction that was made another type',
    falsify: [`update wallet_transactions set type = 'campaign_refund' where id = '{reward}'`],
    named: ['WAL-6 postings {rewardPosting}', 'WAL-8 task_proofs {approved}'],
  },
  {
    title: 'WAL-5 DEP-2 names a deposit whose transaction was approved without its money',
    falsify: [
      `update wallet_transactions set status = 'approved', decided_at = now()
        where id = '{depositTransaction}'`,
    ],
    named: ['WAL-5 wallet_transactions {depositTransaction}', 'DEP-2 deposits {deposit}'],
  },
  {
    title: 'DEP-2 AUD-1 names a deposit that was approved by hand',
    falsify: [
      `update deposits set status = 'approved', credited = claimed, decided_at = now(),
        decided_by = user_id where id = '{deposit}'`,
    ],
    named: ['DEP-2 deposits {deposit}', 'AUD-1 deposits {deposit}'],
  },
  {
    title: 'WDR-2 names a withdrawal whose amount was changed',
    falsify: [`update withdrawals set amount = amount + 1 where id = '{paid}'`],
    named: ['WDR-2 withdrawals {paid}'],
  },
  {
    title: 'WDR-2 AUD-1 AUD-3 names a withdrawal that belongs to another',
    falsify: [`update withdrawals set user_id = '{other}' where id = '{asked}'`],
    named: [
      'WDR-2 withdrawals {asked}',
      'AUD-1 withdrawals {asked}',
      'AUD-3 audit_logs {requested}',
    ],
  },
  {
    title: 'WDR-2 AUD-1 names a paid withdrawal that was put back to wait',
    falsify: [
      `update withdrawals set status = 'pending', decided_at = null, decided_by = null,
        claimed_at = null, claimed_by = null where id = '{paid}'`,
    ],
    named: ['WDR-2 withdrawals {paid}', 'AUD-1 withdrawals {paid}'],
  },
  {
    title: 'WAL-8 AUD-1 names what a withdrawal that was removed leaves behind',
    falsify: [`delete from withdrawals where id = '{paid}'`],
    named: [
      'WAL-8 wallet_transactions {paidTransaction}',
      'AUD-1 audit_logs {paidAsked}',
      'AUD-1 audit_logs {paidClaimed}',
      'AUD-1 audit_logs {paidOut}',
    ],
  },
  {
    title:
      'WAL-6 WAL-8 names a campaign whose price was changed, and the money that no longer fits',
    falsify: [`update campaigns set price_per_task = 501 where id = '{campaign}'`],
    named: [
      'WAL-8 campaigns {campaign}',
      'WAL-6 postings {fundingPosting}',
      'WAL-6 postings {rewardPosting}',
      'WAL-6 postings {undoneRewardPosting}',
    ],
  },
  {
    title: 'WAL-8 CAM-7 names a campaign whose slot was closed by hand',
    falsify: [
      `update tasks set status = 'closed' where campaign_id = '{campaign}'
        and id = (select id from tasks where campaign_id = '{campaign}'
          and status = 'available' limit 1)`,
    ],
    named: ['WAL-8 campaigns {campaign}', 'CAM-7 campaigns {campaign}'],
  },
  {
    title: 'CAM-7 names a campaign that counts other than its slots',
    falsify: [`update campaigns set completed_count = 2 where id = '{campaign}'`],
    named: ['CAM-7 campaigns {campaign}'],
  },
  {
    title: 'AUD-1 names a campaign that came back from the dead',
    falsify: [`update campaigns set status = 'active' where id = '{deleted}'`],
    named: ['AUD-1 campaigns {deleted}'],
  },
  {
    title: 'REV-4 AUD-1 TSK-5 WAL-8 names a judgement that was turned round',
    falsify: [`update proof_decisions set verdict = 'rejected' where proof_id = '{approved}'`],
    named: [
      'REV-4 task_proofs {approved}',
      'AUD-1 task_proofs {approved}',
      'TSK-5 task_proofs {approved}',
      'WAL-8 task_proofs {approved}',
    ],
  },
  {
    title: 'REV-4 REV-7 AUD-1 TSK-5 names a reversal that was removed',
    falsify: [`delete from proof_decisions where proof_id = '{undone}' and "order" = 'reversal'`],
    named: [
      'REV-4 task_proofs {undone}',
      'REV-7 task_proofs {undone}',
      'AUD-1 task_proofs {undone}',
      'TSK-5 task_proofs {undone}',
    ],
  },
  {
    title: 'REV-4 names a proof whose status was changed',
    falsify: [`update task_proofs set status = 'approved' where id = '{waiting}'`],
    named: ['REV-4 task_proofs {waiting}', keptSum('proofs decided'), keptSum('proofs waiting')],
  },
  {
    title: 'AUD-1 names a decision whose audit row was removed',
    falsify: [`delete from audit_logs where id = {approval}`],
    named: ['AUD-1 task_proofs {approved}'],
  },
  {
    title: 'AUD-1 names a decision whose audit row was made to tell of another',
    falsify: [`update audit_logs set subject_id = '{waiting}' where id = {approval}`],
    named: [
      'AUD-1 task_proofs {approved}',
      'AUD-1 task_proofs {waiting}',
      'AUD-3 audit_logs {approval}',
    ],
  },
  {
    title: 'AUD-3 names an audit row that was hidden from the person whom it concerns',
    falsify: [`update audit_logs set user_id = null where id = {approval}`],
    named: ['AUD-3 audit_logs {approval}'],
  },
  {
    title: 'AUD-1 names an audit row of a proof that never was',
    falsify: [
      `insert into audit_logs (id, actor, action, subject, subject_id, at)
        overriding system value values ({nextAudit}, 'user:x', 'proof.approve', 'proof',
          '{campaign}', now())`,
    ],
    named: ['AUD-1 audit_logs {nextAudit}'],
  },
  {
    title: 'WAL-5 names a posting that was given another time than its transaction',
    falsify: [
      `update postings set created_at = created_at - interval '1 day' where id = '{rewardPosting}'`,
    ],
    named: ['WAL-5 postings {rewardPosting}'],
  },
  {
    title: 'WAL-5 DEP-2 names a deposit whose decision was given another time',
    falsify: [
      `update deposits set decided_at = decided_at + interval '1 day' where id = '{credited}'`,
    ],
    named: ['DEP-2 deposits {credited}'],
  },
  {
    title: 'WDR-2 names a withdrawal whose payment was given another time',
    falsify: [
      `update withdrawals set decided_at = decided_at + interval '1 day' where id = '{paid}'`,
    ],
    named: ['WDR-2 withdrawals {paid}'],
  },
  {
    title: 'WAL-8 names a campaign whose funding and refund were both made larger',
    falsify: [
      `update postings set amount = amount + 550
        where id in ('{deletedFundingPosting}', '{deletedRefundPosting}')`,
      `update wallet_transactions set amount = amount + 550 where reference_id = '{deleted}'`,
    ],
    named: ['WAL-8 campaigns {deleted}'],
  },
  {
    title: 'TSK-5 AUD-3 names a proof that was given to another worker than took the task',
    falsify: [`update task_proofs set worker_id = '{other}' where id = '{waiting}'`],
    named: ['TSK-5 task_proofs {waiting}', 'AUD-3 audit_logs {submission}'],
  },
  {
    title: 'TSK-5 names a judgement of a take that ended otherwise',
    falsify: [
      `update tasks set status = 'closed', take_id = null
        where id = (select task_id from task_proofs where id = '{approved}')`,
      `update takes set status = 'expired'
        where id = (select take_id from task_proofs where id = '{approved}')`,
      `update campaigns set completed_count = completed_count - 1, closed_count = closed_count + 1
        where id = '{campaign}'`,
    ],
    named: ['TSK-5 task_proofs {approved}'],
  },
  {
    title: 'TSK-5 AUD-1 names a rejection that was turned round for a slot that nobody got',
    falsify: [
      `update proof_decisions set verdict = 'rejected' where proof_id = '{undone}'`,
      `update proof_decisions set verdict = 'approved'
        where proof_id = '{undone}' and "order" = 'reversal'`,
      `update task_proofs set status = 'approved' where id = '{undone}'`,
      `update takes set status = 'rejected'
        where id = (select take_id from task_proofs where id = '{undone}')`,
      `delete from postings where transaction_id = (select id from wallet_transactions
        where reference_id = '{undone}' and type = 'reversal')`,
      `delete from wallet_transactions where reference_id = '{undone}' and type = 'reversal'`,
      `update accounts a set balance = (select coalesce(sum(case when p.to_account_id = a.id
          then p.amount else -p.amount end), 0) from postings p
          where a.id in (p.to_account_id, p.from_account_id))
        where kind = 'wallet'`,
      `update audit_logs set action = case action when 'proof.approve' then 'proof.reject'
        else 'proof.un-reject' end
        where subject_id = '{undone}' and action in ('proof.approve', 'proof.un-approve')`,
    ],
    named: ['TSK-5 task_proofs {undone}', keptSum('revenue'), keptSum('wallets')],
  },
  {
    title: 'AUD-1 WAL-13 names a freeze that was begun and lifted by hand',
    falsify: [
      `insert into freezes (id, begun_at, findings, news, lifted_at, lifted_by, lift_reason)
        values ('{freeze}', now(), '[{"check": "x", "broken": 1, "violations": []}]', 2, now(),
          'operator:x', 'x')`,
    ],
    named: ['AUD-1 freezes {freeze}'],
  },
  {
    title: 'WAL-2 names an account that was given to nobody',
    falsify: [`update accounts set owner_id = uuidv7() where id = '{otherWallet}'`],
    named: ['WAL-2 accounts {otherWallet}'],
  },
];
