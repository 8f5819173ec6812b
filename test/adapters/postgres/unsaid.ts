import { keptSum, type Falsified } from './falsifications.ts';

interface Movement {
  readonly type: string;
  /** Whose it is said to be, an id. */
  readonly user: string;
  readonly from: string;
  readonly to: string;
}

const REVENUE = '00000000-0000-0000-0000-000000000001';
const OUTSIDE = '00000000-0000-0000-0000-000000000002';

/** 7 rupiah moved as the bot's role could before the walls, with every balance as it must be. */
const moved = ({ type, user, from, to }: Movement): readonly string[] => [
  `insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
      reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
    values ('{slipped}', '${type}', 'approved', ${user}, 7, 'transaction', uuidv7(), 'slipped', 'f',
      'x', now(), now())`,
  `insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    select id, '${from}', '${to}', 7, created_at from wallet_transactions where id = '{slipped}'`,
  `update accounts set balance = balance + case id when '${to}' then 7 else -7 end
    where id in ('${from}', '${to}') and kind not in ('revenue', 'outside')`,
];

const tell = (action: string, subject: string, id: string, actor = 'user:x'): string => `
  insert into audit_logs (id, actor, action, subject, subject_id, user_id, campaign_id, at)
    overriding system value
    select {nextAudit}, '${actor}', '${action}', '${subject}', '${id}', user_id, campaign_id, now()
    from audit_concern('${subject}', '${id}')`;

/** What is sound in itself, and in nobody's name: all that it lacks is its row of the log. */
export const UNSAID: readonly Falsified[] = [
  {
    title: 'AUD-1 names money from the outside that nobody credited',
    falsify: moved({
      type: 'adjustment',
      user: `'{other}'`,
      from: OUTSIDE,
      to: '{otherWallet}',
    }),
    named: ['AUD-1 wallet_transactions {slipped}', keptSum('outside'), keptSum('wallets')],
  },
  {
    title: 'AUD-1 names revenue that went into a wallet',
    falsify: moved({
      type: 'adjustment',
      user: `'{other}'`,
      from: REVENUE,
      to: '{otherWallet}',
    }),
    named: ['AUD-1 wallet_transactions {slipped}', keptSum('revenue'), keptSum('wallets')],
  },
  {
    title: 'AUD-1 names money of a wallet that was sent outside',
    falsify: moved({
      type: 'adjustment',
      user: `'{client}'`,
      from: '{clientWallet}',
      to: OUTSIDE,
    }),
    named: ['AUD-1 wallet_transactions {slipped}', keptSum('outside'), keptSum('wallets')],
  },
  {
    title: 'AUD-1 names revenue that was paid out',
    falsify: [...moved({ type: 'revenue_payout', user: 'null', from: REVENUE, to: OUTSIDE })],
    named: ['AUD-1 wallet_transactions {slipped}', keptSum('outside'), keptSum('revenue')],
  },
  {
    title: 'AUD-1 names revenue that was paid out and told as an adjustment',
    falsify: [
      ...moved({ type: 'revenue_payout', user: 'null', from: REVENUE, to: OUTSIDE }),
      tell('wallet.adjust', 'transaction', '{slipped}'),
    ],
    named: ['AUD-1 wallet_transactions {slipped}', keptSum('outside'), keptSum('revenue')],
  },
  {
    title: 'AUD-1 names a reward that the log calls an adjustment',
    falsify: [tell('wallet.adjust', 'transaction', '{reward}')],
    named: ['AUD-1 wallet_transactions {reward}'],
  },
  {
    title: 'AUD-1 CAM-4 names a campaign that nobody is said to have made',
    falsify: [`delete from audit_logs where id = {created}`],
    named: ['AUD-1 campaigns {campaign}'],
  },
  {
    title: 'AUD-1 CAM-4 names a campaign that another made in the name of its client',
    falsify: [`update audit_logs set actor = 'user:{other}' where id = {created}`],
    named: ['AUD-1 campaigns {campaign}'],
  },
  {
    title: 'AUD-1 CAM-9 names a campaign whose log tells of a raise that was not paid',
    falsify: [tell('campaign.raise', 'campaign', '{campaign}', 'user:{client}')],
    named: ['AUD-1 campaigns {campaign}'],
  },
  {
    title: 'AUD-1 CAM-9 names a raise that nobody is said to have made',
    falsify: [`delete from audit_logs where id = {raise}`],
    named: ['AUD-1 campaigns {raised}'],
  },
  {
    title: 'AUD-1 CAM-9 names a raise by another than the client',
    falsify: [`update audit_logs set actor = 'operator:x' where id = {raise}`],
    named: ['AUD-1 campaigns {raised}'],
  },
  {
    title: 'AUD-1 DEP-1 names a top-up that nobody is said to have asked for',
    falsify: [`delete from audit_logs where id = {depositAsked}`],
    named: ['AUD-1 deposits {deposit}'],
  },
  {
    title: 'AUD-1 DEP-1 names a top-up that another asked for',
    falsify: [`update audit_logs set actor = 'user:{other}' where id = {depositAsked}`],
    named: ['AUD-1 deposits {deposit}'],
  },
  {
    title: 'AUD-1 WDR-1 names a withdrawal that nobody is said to have asked for',
    falsify: [`delete from audit_logs where id = {paidAsked}`],
    named: ['AUD-1 withdrawals {paid}'],
  },
  {
    title: 'AUD-1 WDR-1 names a withdrawal that another asked for',
    falsify: [`update audit_logs set actor = 'user:{other}' where id = {paidAsked}`],
    named: ['AUD-1 withdrawals {paid}'],
  },
  {
    title: 'WAL-5 names a trigger that sleeps',
    falsify: [`alter table accounts disable trigger accounts_change_by_postings_only`],
    named: ['WAL-5 pg_trigger accounts.accounts_change_by_postings_only'],
  },
  {
    title: 'WAL-5 names a trigger that wakes for replicas only',
    falsify: [`alter table postings enable replica trigger postings_keep_balances`],
    named: ['WAL-5 pg_trigger postings.postings_keep_balances'],
  },
  {
    title: 'WAL-5 names a constraint that was never held against the rows',
    falsify: [
      `alter table deposits drop constraint deposits_amounts_positive,
        add constraint deposits_amounts_positive check (claimed > 0) not valid`,
    ],
    named: ['WAL-5 pg_constraint deposits.deposits_amounts_positive'],
  },
  {
    title: 'WAL-5 names a foreign key that is not enforced',
    falsify: [`alter table postings alter constraint postings_transaction_id_fkey not enforced`],
    named: ['WAL-5 pg_constraint postings.postings_transaction_id_fkey'],
  },
];
