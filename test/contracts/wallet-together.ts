import { expect } from 'chai';
import type { UserId } from '../../core/kernel/index.ts';
import { walletOf } from '../../core/wallet/index.ts';
import { aTransaction, rupiahs } from '../support/builders.ts';
import { onStage, race, refusalOf } from './harness.ts';
import { enterRich } from './scenes.ts';

const moved = (from: UserId, to: UserId, amount: number) =>
  aTransaction({
    type: 'reversal',
    userId: from,
    postings: [{ from: walletOf(from), to: walletOf(to), amount: rupiahs(amount) }],
  });

/** `WalletRepo.postAll`. */
export const postingTogether = (stage: ReturnType<typeof onStage>): void => {
  const people = async (mine: number, theirs: number) => {
    const [a, b] = [await enterRich(stage, mine), await enterRich(stage, theirs)];
    const wallets = () =>
      stage.run(async (tx) => {
        const [my, their] = [await tx.wallets.balances(a.id), await tx.wallets.balances(b.id)];
        return [my.wallet, their.wallet];
      });
    return { a: a.id, b: b.id, wallets };
  };

  it('WAL-7 posts several in one go, each key once; what comes in may go out again', async () => {
    const { a, b, wallets } = await people(1_000, 100);
    const first = moved(a, b, 300);
    await stage.run((tx) => tx.wallets.post(first));
    const all = [moved(b, a, 450), first, moved(a, b, 500)];
    const posted = await stage.run((tx) => tx.wallets.postAll(all));
    expect(posted.map(({ id }) => id)).to.deep.equal(all.map(({ id }) => id));
    expect(await wallets()).to.deep.equal([650n, 450n]);
    expect(await stage.run((tx) => tx.wallets.postAll([]))).to.deep.equal([]);
  });

  it('WAL-4 WAL-7 posts all of several or none', async () => {
    const { a, b, wallets } = await people(1_000, 100);
    const known = moved(a, b, 100);
    await stage.run((tx) => tx.wallets.post(known));
    const another = { ...moved(a, b, 10), key: known.key };
    const refusalFor = (all: readonly ReturnType<typeof moved>[]) =>
      refusalOf(stage.run((tx) => tx.wallets.postAll(all)));
    const tooMuch = await refusalFor([moved(a, b, 10), moved(a, b, 2_000)]);
    const otherContent = await refusalFor([moved(a, b, 10), another]);
    expect([tooMuch.code, otherContent.code]).to.deep.equal([
      'wallet.overdrawn',
      'wallet.key-reused',
    ]);
    expect(await wallets()).to.deep.equal([900n, 200n]);
  });

  it('WAL-2 twenty pairs that cross each other all arrive', async () => {
    const { a, b, wallets } = await people(1_000, 1_000);
    const { lost } = await race((index) => {
      const pair = [moved(a, b, index + 2), moved(b, a, index + 1)];
      return stage.run((tx) => tx.wallets.postAll(index % 2 === 0 ? pair : pair.toReversed()));
    });
    expect(lost).to.deep.equal([]);
    expect(await wallets()).to.deep.equal([980n, 1_020n]);
  });
};
