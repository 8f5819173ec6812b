import { expect } from 'chai';
import { aUser, freshId } from '../../support/builders.ts';
import {
  accountsOf,
  answerOf,
  CHECK,
  movement,
  openLedger,
  OUTSIDE,
  posting,
  REVENUE,
  RULE,
  transaction,
  type Ledger,
} from './ledger.ts';

type Kind = 'wallet' | 'hold' | 'revenue' | 'outside';

const ILLEGAL: readonly (readonly [string, Kind, Kind])[] = [
  ['deposit', 'wallet', 'outside'],
  ['deposit', 'revenue', 'wallet'],
  ['task_reward', 'outside', 'wallet'],
  ['task_reward', 'revenue', 'wallet'],
  ['platform_fee', 'wallet', 'revenue'],
  ['campaign_funding', 'outside', 'wallet'],
  ['campaign_refund', 'hold', 'wallet'],
  ['withdraw', 'wallet', 'outside'],
  ['withdraw', 'outside', 'hold'],
  ['adjustment', 'wallet', 'hold'],
  ['adjustment', 'revenue', 'outside'],
  ['reversal', 'outside', 'wallet'],
  ['reversal', 'hold', 'wallet'],
  ['revenue_payout', 'wallet', 'outside'],
  ['revenue_payout', 'outside', 'revenue'],
];

let ledger: Ledger;

const run = (statement: string) => ledger.bot.em.fork().execute(statement);
const move = (type: string, from: string, to: string, amount = 10) =>
  movement(ledger.user, type, { from, to, amount });

const balanceOf = async (account: string): Promise<bigint> => {
  const [row] = await ledger.bot.em
    .fork()
    .execute<{ balance: bigint }[]>(`select balance from accounts where id = '${account}'`);
  return row?.balance ?? -1n;
};

describe('walls of the ledger', () => {
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    ledger = await openLedger();
  });
  after(() => ledger?.drop());

  writtenBalances();
  overdrafts();
  decidedTransactions();
  typesAndStatuses();
});

function writtenBalances(): void {
  it('WAL-3 not even the owner may write a balance', async () => {
    const rule = { code: RULE, constraint: 'accounts_change_by_postings_only' };
    const richer = 'update accounts set balance = balance + 1';
    expect(await answerOf(ledger.owner, richer)).to.include(rule);
    const rich = `insert into accounts values (uuidv7(), 'wallet', uuidv7(), 5)`;
    expect(await answerOf(ledger.owner, rich)).to.include(rule);
  });

  it('WAL-3 a posting moves both balances, by the database alone', async () => {
    const { wallet, hold } = ledger;
    const before = { wallet: await balanceOf(wallet), hold: await balanceOf(hold) };
    await run(move('withdraw', wallet, hold, 30));
    expect(await balanceOf(wallet)).to.equal(before.wallet - 30n);
    expect(await balanceOf(hold)).to.equal(before.hold + 30n);
    expect(await balanceOf(OUTSIDE)).to.equal(0n);
  });

  it('WAL-2 a posting has two ends and moves something', async () => {
    const { bot, wallet, hold } = ledger;
    const bad = [
      move('withdraw', wallet, wallet),
      move('withdraw', wallet, hold, 0),
      move('withdraw', wallet, hold, -5),
    ];
    for (const statement of bad) expect((await answerOf(bot, statement)).code).to.equal(CHECK);
    const nowhere = move('withdraw', wallet, freshId());
    expect((await answerOf(bot, nowhere)).code).to.equal('23503');
  });
}

function overdrafts(): void {
  it('WAL-4 a posting that overdraws a wallet is refused whole', async () => {
    const { bot, wallet, hold } = ledger;
    const before = await balanceOf(wallet);
    const answer = await answerOf(bot, move('withdraw', wallet, hold, 1_000_000));
    expect(answer).to.include({ code: CHECK, constraint: 'accounts_balance_never_negative' });
    expect(await balanceOf(wallet)).to.equal(before);
  });

  it('WAL-4 revenue cannot pay out what it never had', async () => {
    const answer = await answerOf(ledger.bot, move('revenue_payout', REVENUE, OUTSIDE));
    expect(answer).to.include({ code: CHECK, constraint: 'accounts_revenue_never_negative' });
  });

  it('WAL-4 of six who pay out the same revenue at the same time one passes', async () => {
    await run(move('adjustment', ledger.wallet, REVENUE, 15));
    const payout = move('revenue_payout', REVENUE, OUTSIDE, 15);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => run(payout)));
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });
}

function decidedTransactions(): void {
  const joinsNone = { code: RULE, constraint: 'postings_join_no_decided_transaction' };

  it('WAL-5 no posting joins a decided transaction', async () => {
    const late = posting(ledger.decided, OUTSIDE, ledger.wallet);
    expect(await answerOf(ledger.bot, late)).to.include(joinsNone);
  });

  it('WAL-5 a posting waits for a decision under way, and is refused after it', async () => {
    const { bot, user, wallet } = ledger;
    const [made] = await bot.em
      .fork()
      .execute<{ id: string }[]>(`${transaction(user, 'deposit')} returning id`);
    const id = made?.id ?? '';
    const { answer } = await bot.em.fork().transactional(async (tx) => {
      await tx.execute(
        `update wallet_transactions set status = 'rejected', decided_at = now() where id = '${id}'`,
      );
      const late = answerOf(bot, posting(id, OUTSIDE, wallet));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { answer: late };
    });
    expect(await answer).to.include(joinsNone);
  });

  it('WAL-5 a transaction leaves pending once, and nothing else of it changes', async () => {
    const { bot, owner, decided, pending } = ledger;
    const rule = { code: RULE, constraint: 'wallet_transactions_leave_pending_once' };
    const set = (id: string, what: string) =>
      `update wallet_transactions set ${what} where id = '${id}'`;
    expect(await answerOf(bot, set(decided, `status = 'rejected'`))).to.include(rule);
    expect(await answerOf(owner, set(decided, 'amount = 5'))).to.include(rule);
    expect(await answerOf(owner, set(pending, 'amount = 5'))).to.include(rule);
    expect(await answerOf(bot, set(pending, 'decided_at = now()'))).to.include(rule);
    await run(set(pending, `status = 'canceled', decided_at = now()`));
    const again = set(pending, `status = 'pending', decided_at = null`);
    expect(await answerOf(bot, again)).to.include(rule);
  });
}

function typesAndStatuses(): void {
  for (const [type, status] of [
    ['deposit', 'approved'],
    ['withdraw', 'rejected'],
    ['task_reward', 'pending'],
    ['adjustment', 'canceled'],
  ] as const) {
    it(`WAL-6 a ${type} is not born ${status}`, async () => {
      const constraint = 'wallet_transactions_born_as_their_type';
      const answer = await answerOf(ledger.bot, transaction(ledger.user, type, status));
      expect(answer).to.include({ code: RULE, constraint });
    });
  }

  const unfit = { code: RULE, constraint: 'postings_fit_their_type' };
  for (const [type, from, to] of ILLEGAL) {
    it(`WAL-6 a ${type} may not move money from ${from} to ${to}`, async () => {
      const { wallet, hold } = ledger;
      const accounts = { wallet, hold, revenue: REVENUE, outside: OUTSIDE };
      const statement = move(type, accounts[from], accounts[to], 1);
      expect(await answerOf(ledger.bot, statement)).to.include(unfit);
    });
  }

  it('WAL-6 a withdrawal moves only the money of its own user', async () => {
    const other = await ledger.ports.unitOfWork.run((tx) => tx.users.add(aUser()));
    const theirs = await accountsOf(ledger.bot, other.id);
    const statement = move('withdraw', ledger.hold, theirs.wallet, 1);
    expect(await answerOf(ledger.bot, statement)).to.include(unfit);
  });
}
