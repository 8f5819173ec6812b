import { expect } from 'chai';
import type { Orm } from '../../../adapters/postgres/orm.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { answerOf, OUTSIDE, REVENUE, RULE } from './ledger.ts';
import { marketOn, tellStory, type Story } from './ledger-story.ts';

/** What is not asked for here has to be there: any admin, any account, any transaction. */
const ADMIN = `(select id from users where role = 'admin' limit 1)`;
const account = (kind: string, owner: string) =>
  `(select id from accounts where kind = '${kind}' and owner_id = '${owner}')`;
const transactionOf = (reference: string) =>
  `(select id from wallet_transactions where reference_id = '${reference}' limit 1)`;

interface Movement {
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly amount: number;
}

/** A transaction with its posting, as the bot's role could write it with psql. */
const moved = (
  type: string,
  [kind, id]: readonly [kind: string, id: string],
  { user, from, to, amount }: Movement,
): string => `
  with t as (
    insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
      reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
    values (uuidv7(), '${type}', 'approved', '${user}', ${amount}, '${kind}', '${id}',
      uuidv7()::text, 'f', 'test', now(), now()) returning id)
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
  select id, ${from}, ${to}, ${amount}, now() from t`;

/** What a use case with a defect could try to commit: title, wall, what the bot's role runs. */
const DISAGREEMENTS: readonly (readonly [string, string, (story: Story) => string])[] = [
  [
    'WAL-8 a slot that is counted as closed while its money stays in the escrow',
    'escrows_hold_what_is_owed',
    ({ campaign }) => `update campaigns set closed_count = closed_count + 1
      where id = '${campaign}'`,
  ],
  [
    'CAM-9 a raised target that nobody paid for',
    'escrows_hold_what_is_owed',
    ({ campaign }) => `update campaigns set target_total = target_total + 1
      where id = '${campaign}'`,
  ],
  [
    'CAM-4 money in an escrow for slots that there are not',
    'escrows_hold_what_is_owed',
    ({ campaign, client }) =>
      moved('campaign_funding', ['campaign', campaign], {
        user: client,
        amount: 550,
        from: account('wallet', client),
        to: account('escrow', campaign),
      }),
  ],
  [
    'CAM-6 a refund of a campaign that goes on',
    'postings_serve_their_purpose',
    ({ campaign, client }) =>
      moved('campaign_refund', ['campaign', campaign], {
        user: client,
        amount: 550,
        from: account('escrow', campaign),
        to: account('wallet', client),
      }),
  ],
  [
    'CAM-4 money of one campaign in the escrow of another',
    'postings_serve_their_purpose',
    ({ campaign, deleted, client }) =>
      moved('campaign_funding', ['campaign', deleted], {
        user: client,
        amount: 550,
        from: account('wallet', client),
        to: account('escrow', campaign),
      }),
  ],
  [
    'REV-3 a reward for a proof that nobody approved',
    'postings_serve_their_purpose',
    ({ campaign, waiting, other }) =>
      moved('task_reward', ['proof', waiting], {
        user: other,
        amount: 500,
        from: account('escrow', campaign),
        to: account('wallet', other),
      }),
  ],
  [
    'REV-7 a reversal of what was not reversed',
    'postings_serve_their_purpose',
    ({ approved, worker, client }) =>
      moved('reversal', ['proof', approved], {
        user: worker,
        amount: 50,
        from: account('wallet', worker),
        to: account('wallet', client),
      }),
  ],
  [
    'WAL-10 an adjustment in the name of another',
    'postings_serve_their_purpose',
    ({ worker, other }) =>
      moved('adjustment', ['transaction', other], {
        user: other,
        amount: 5,
        from: `'${OUTSIDE}'`,
        to: account('wallet', worker),
      }),
  ],
  [
    'AUD-1 money from outside that the log does not tell of',
    'movements_by_hand_are_told',
    ({ other }) =>
      moved('adjustment', ['transaction', other], {
        user: other,
        amount: 5,
        from: `'${OUTSIDE}'`,
        to: account('wallet', other),
      }),
  ],
  [
    'AUD-1 revenue for somebody that the log tells of in another’s place',
    'movements_by_hand_are_told',
    ({ other }) => `
      insert into audit_logs (actor, action, subject, subject_id, at)
      values ('user:x', 'revenue.payout', 'transaction', '${other}', now());
      ${moved('adjustment', ['transaction', other], {
        user: other,
        amount: 5,
        from: `'${REVENUE}'`,
        to: account('wallet', other),
      })}`,
  ],
  [
    'WAL-7 a second reward for one proof, under another key',
    'wallet_transactions_once_per_reference',
    ({ campaign, approved, worker }) =>
      moved('task_reward', ['proof', approved], {
        user: worker,
        amount: 500,
        from: account('escrow', campaign),
        to: account('wallet', worker),
      }),
  ],
  [
    'REV-3 a proof that is approved and not paid',
    'approvals_are_paid',
    ({ waiting }) => `update task_proofs set status = 'approved' where id = '${waiting}';
      insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, decided_at)
      select id, 'first', 'approved', ${ADMIN}, take_id, now() from task_proofs
      where id = '${waiting}'`,
  ],
  [
    'REV-4 a judgement that the proof does not know of',
    'approvals_are_paid',
    ({ waiting }) => `
      insert into proof_decisions (proof_id, "order", verdict, decided_by, take_id, decided_at)
      select id, 'first', 'rejected', ${ADMIN}, take_id, now() from task_proofs
      where id = '${waiting}'`,
  ],
  [
    'DEP-2 a deposit that is approved without its money',
    'requests_agree_with_their_transactions',
    ({ deposit }) => `update deposits set status = 'approved', credited = claimed,
      decided_at = now(), decided_by = ${ADMIN} where id = '${deposit}'`,
  ],
  [
    'DEP-2 a deposit whose transaction was decided otherwise',
    'requests_agree_with_their_transactions',
    ({ deposit }) => `update wallet_transactions set status = 'canceled', decided_at = now()
      where reference_id = '${deposit}'`,
  ],
  [
    'DEP-2 more money than the deposit says was credited',
    'postings_serve_their_purpose',
    ({ deposit, client }) => `
      insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
      select ${transactionOf(deposit)}, '${OUTSIDE}', ${account('wallet', client)}, 10001, now();
      update wallet_transactions set status = 'approved', decided_at = now()
      where reference_id = '${deposit}';
      update deposits set status = 'approved', credited = claimed, decided_at = now(),
        decided_by = ${ADMIN} where id = '${deposit}'`,
  ],
  [
    'WDR-2 a withdrawal that is paid in part',
    'postings_serve_their_purpose',
    ({ asked, worker }) => `
      insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
      select ${transactionOf(asked)}, ${account('hold', worker)}, '${OUTSIDE}', 99, now();
      update wallet_transactions set status = 'approved', decided_at = now()
      where reference_id = '${asked}';
      update withdrawals set status = 'paid', claimed_by = ${ADMIN}, claimed_at = now(),
        decided_by = ${ADMIN}, decided_at = now() where id = '${asked}'`,
  ],
  [
    'WDR-2 a withdrawal that is paid while it waits',
    'postings_serve_their_purpose',
    ({ asked, worker }) => `
      insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
      select ${transactionOf(asked)}, ${account('hold', worker)}, '${OUTSIDE}', 100, now()`,
  ],
  [
    'WAL-2 a wallet that is the account of another',
    'wallets_own_their_accounts',
    () => `
      insert into users (id, telegram_id, display_name, language, status, created_at)
      values ('ffffffff-0000-7000-8000-000000000001', 1, 'X', 'id', 'active', now());
      insert into accounts (id, kind, owner_id) values
        ('ffffffff-0000-7000-8000-000000000002', 'wallet', uuidv7()),
        ('ffffffff-0000-7000-8000-000000000003', 'hold', 'ffffffff-0000-7000-8000-000000000001');
      insert into wallets values ('ffffffff-0000-7000-8000-000000000001',
        'ffffffff-0000-7000-8000-000000000002', 'ffffffff-0000-7000-8000-000000000003')`,
  ],
  [
    'CAM-6 a deleted campaign that opens again',
    'campaigns_end_once',
    ({ deleted }) => `update campaigns set status = 'active' where id = '${deleted}'`,
  ],
  [
    'WDR-2 a paid withdrawal that is paid otherwise',
    'withdrawals_end_once',
    ({ paid }) => `update withdrawals set reference = 'x' where id = '${paid}'`,
  ],
  [
    'DEP-2 a decided deposit that is decided again',
    'deposits_end_once',
    () => `update deposits set credited = credited + 1, reason = 'x' where status = 'approved'`,
  ],
];

/** `[table, column]` that nobody may change, the owner included. */
const TERMS: readonly (readonly [string, string])[] = [
  ['campaigns', 'price_per_task'],
  ['campaigns', 'fee_per_task'],
  ['campaigns', 'client_id'],
  ['tasks', 'campaign_id'],
  ['takes', 'worker_id'],
  ['task_proofs', 'worker_id'],
  ['task_proofs', 'file_sha256_stored'],
  ['deposits', 'claimed'],
  ['deposits', 'user_id'],
  ['withdrawals', 'amount'],
  ['withdrawals', 'fee'],
  ['withdrawals', 'user_id'],
  ['wallets', 'wallet_account_id'],
];

describe('walls between the tables', () => {
  let database: TestDatabase;
  let story: Story;
  let owner: Orm;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    owner = await database.ownerOrm();
    story = await tellStory(marketOn(database));
  });
  after(() => database?.drop());

  for (const [title, constraint, statement] of DISAGREEMENTS) {
    it(`${title} is refused, to the bot and to the owner`, async () => {
      for (const role of [database.orm, owner]) {
        const answer = await answerOf(role, statement(story));
        expect(answer).to.include({ constraint });
        if (constraint === 'wallet_transactions_once_per_reference') continue;
        expect(answer.code).to.equal(RULE);
        expect(answer.message).to.match(/^(.*: )?(AUD|WAL|CAM|DEP|WDR)-\d+: /s);
      }
    });
  }

  for (const [table, column] of TERMS) {
    it(`WAL-8 not even the owner may change ${column} of ${table}`, async () => {
      const answer = await answerOf(owner, `update ${table} set ${column} = ${column}`);
      expect(answer).to.include({ code: RULE, constraint: `${table}_keep_their_terms` });
    });
  }

  it('WAL-8 after all that was refused nothing has moved', async () => {
    const waiting = await database.orm.em
      .fork()
      .execute(`select status from task_proofs where id = '${story.waiting}'`);
    expect(waiting).to.deep.equal([{ status: 'pending' }]);
  });
});
