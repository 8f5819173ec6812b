import { expect } from 'chai';
import type { TransactionId } from '../../core/kernel/index.ts';
import { holdOf, OUTSIDE, REVENUE, walletOf, type Posting } from '../../core/wallet/index.ts';
import type { User } from '../../core/users/index.ts';
import { aDepositTransaction, aWithdrawTransaction, later, rupiahs } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  codesOf,
  failureOf,
  race,
  refusalOf,
  type Stage,
} from './harness.ts';
import { enterRich, enterUser } from './scenes.ts';

const back = (user: User, amount = 20_000): readonly Posting[] => [
  { from: holdOf(user.id), to: walletOf(user.id), amount: rupiahs(amount) },
];
const paid = (user: User, amount = 20_000): readonly Posting[] => [
  { from: holdOf(user.id), to: OUTSIDE, amount: rupiahs(amount) },
];

const waiting = async (stage: Stage) => {
  const user = await enterRich(stage, 30_000);
  const { id, key } = await stage.run((tx) => tx.wallets.post(aWithdrawTransaction(user.id)));
  return { user, id, key };
};

const standing = (stage: Stage, user: User) => stage.run((tx) => tx.wallets.balances(user.id));

const decide = (
  stage: Stage,
  id: TransactionId,
  decision: 'approved' | 'rejected' | 'canceled',
  postings: readonly Posting[],
) => stage.run((tx) => tx.wallets.decide({ id, decision, postings, at: later(60_000) }));

/** `WalletRepo.decide`. */
export const deciding = (stage: Stage): void => {
  endings(stage);
  onlyOnce(stage);
};

const endings = (stage: Stage): void => {
  it('WAL-6 a withdrawal that was paid leaves the hold, its fee goes to revenue', async () => {
    const user = await enterRich(stage, 30_000);
    const made = aWithdrawTransaction(user.id, { amount: 20_000, fee: 1_000 });
    const { id } = await stage.run((tx) => tx.wallets.post(made));
    const fee = { from: holdOf(user.id), to: REVENUE, amount: rupiahs(1_000) };
    await decide(stage, id, 'approved', [...paid(user), fee]);
    expect(await standing(stage, user)).to.deep.equal({ wallet: 9_000n, hold: 0n });
    const after = await stage.run((tx) => tx.wallets.findByKey(made.key));
    expect(after).to.include({ id, status: 'approved', amount: 20_000n });
    expect(after?.decidedAt).to.deep.equal(later(60_000));
  });

  for (const decision of ['rejected', 'canceled'] as const) {
    it(`WAL-6 a withdrawal that was ${decision} goes back to the wallet`, async () => {
      const { user, id, key } = await waiting(stage);
      await decide(stage, id, decision, back(user));
      expect(await standing(stage, user)).to.deep.equal({ wallet: 30_000n, hold: 0n });
      const after = await stage.run((tx) => tx.wallets.findByKey(key));
      expect(after?.status).to.equal(decision);
    });
  }

  it('DEP-2 a deposit is credited with what arrived, or moves nothing', async () => {
    const user = await enterUser(stage);
    const post = () => stage.run((tx) => tx.wallets.post(aDepositTransaction(user.id)));
    const [good, bad] = [await post(), await post()];
    const arrived = { from: OUTSIDE, to: walletOf(user.id), amount: rupiahs(45_000) };
    await decide(stage, good.id, 'approved', [arrived]);
    await decide(stage, bad.id, 'rejected', []);
    expect(await standing(stage, user)).to.deep.equal({ wallet: 45_000n, hold: 0n });
  });

  it('WAL-4 refuses to pay out more than the hold has, and leaves it pending', async () => {
    const { user, id } = await waiting(stage);
    await failureOf(decide(stage, id, 'approved', paid(user, 20_001)));
    expect(await standing(stage, user)).to.deep.equal({ wallet: 10_000n, hold: 20_000n });
    await decide(stage, id, 'approved', paid(user));
    expect(await standing(stage, user)).to.deep.equal({ wallet: 10_000n, hold: 0n });
  });

  it('WAL-6 a decision cannot move the money of somebody else', async () => {
    const { user, id } = await waiting(stage);
    const other = await waiting(stage);
    await failureOf(decide(stage, id, 'approved', paid(other.user)));
    for (const person of [user, other.user]) {
      expect(await standing(stage, person)).to.deep.equal({ wallet: 10_000n, hold: 20_000n });
    }
  });
};

const onlyOnce = (stage: Stage): void => {
  it('WAL-5 a decided transaction is decided for good; nothing moves', async () => {
    const { user, id } = await waiting(stage);
    await decide(stage, id, 'canceled', back(user));
    const refusal = await refusalOf(decide(stage, id, 'approved', paid(user)));
    expect(refusal.code).to.equal('wallet.already-decided');
    expect(refusal.details).to.deep.equal({ status: 'canceled' });
    expect(await standing(stage, user)).to.deep.equal({ wallet: 30_000n, hold: 0n });
  });

  it('WAL-6 of twenty who decide at the same time one wins', async () => {
    const { user, id } = await waiting(stage);
    const { won, lost } = await race((index) =>
      index % 2 === 0
        ? decide(stage, id, 'approved', paid(user))
        : decide(stage, id, 'rejected', back(user)),
    );
    expect(won).to.have.length(1);
    expect(codesOf(lost)).to.deep.equal(['wallet.already-decided']);
    expect((await standing(stage, user)).hold).to.equal(0n);
  });

  it('WAL-6 a decision in a run or savepoint that throws was never made', async () => {
    const { user, id } = await waiting(stage);
    await abandoned(stage, (tx) =>
      tx.wallets.decide({ id, decision: 'approved', postings: paid(user), at: later(1) }),
    );
    await stage.run((tx) =>
      abandonedStep(tx, (step) =>
        step.wallets.decide({ id, decision: 'approved', postings: paid(user), at: later(1) }),
      ),
    );
    expect(await standing(stage, user)).to.deep.equal({ wallet: 10_000n, hold: 20_000n });
    await decide(stage, id, 'rejected', back(user));
    expect(await standing(stage, user)).to.deep.equal({ wallet: 30_000n, hold: 0n });
  });
};
