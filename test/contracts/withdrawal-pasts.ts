import { expect } from 'chai';
import type { UserId } from '../../core/kernel/index.ts';
import type { Withdrawal } from '../../core/withdrawals/index.ts';
import { freshHash, later } from '../support/builders.ts';
import { allOf, type Stage } from './harness.ts';
import { enterRich, enterUser, enterWithdrawal } from './scenes.ts';

type Ending = Extract<Withdrawal['status'], 'paid' | 'rejected' | 'canceled'>;

/** What a case tells of earlier withdrawals: of this person, and to this number. */
export const pasts = (stage: Stage): void => {
  const pastOf = ({ id }: Withdrawal) =>
    stage.run(async (tx) => {
      const found = await tx.withdrawalDesk.case(id);
      return [found?.isFirst, found?.othersWithNumber];
    });

  const end = async (made: Withdrawal, status: Ending, atSecond: number): Promise<void> => {
    const { claim: _claim, ...rest } = made as Extract<Withdrawal, { status: 'pending' }>;
    const by = (await enterUser(stage, { role: 'admin' })).id;
    const decidedAt = later(atSecond * 1_000);
    const decided = { decidedAt, decidedBy: by, claim: { by, at: decidedAt } };
    const ended: Withdrawal =
      status === 'canceled'
        ? { ...rest, status, decidedAt }
        : status === 'paid'
          ? { ...rest, ...decided, status, reference: null, receipt: null }
          : { ...rest, ...decided, status, reason: 'no' };
    await stage.run((tx) => tx.withdrawals.save(ended));
  };

  it('WDR-1 is the first one until something was paid out to this person', async () => {
    const { id: userId } = await enterRich(stage);
    const ask = () => enterWithdrawal(stage, { userId });
    const [old, one, two] = [await ask(), await ask(), await ask()];
    await end(await ask(), 'rejected', 1);
    await end(await ask(), 'canceled', 2);
    const isFirst = async () => (await Promise.all([old, one, two].map(pastOf))).map(([is]) => is);
    expect(await isFirst()).to.deep.equal([true, true, true]);
    await end(one, 'paid', 3);
    expect(await isFirst(), 'the older one waits still').to.deep.equal([false, true, false]);
    await end(two, 'paid', 4);
    expect(await isFirst()).to.deep.equal([false, true, false]);
    const stranger = await enterWithdrawal(stage);
    expect(await pastOf(stranger)).to.deep.equal([true, 0]);
  });

  it('WDR-1 counts each other person who ever asked for this number once', async () => {
    const numberIndex = freshHash();
    const [owner, other, third] = [
      await enterRich(stage),
      await enterRich(stage),
      await enterRich(stage),
    ];
    const ask = (userId: UserId) => enterWithdrawal(stage, { userId, numberIndex });
    const mine = await ask(owner.id);
    await ask(owner.id);
    await enterWithdrawal(stage, { userId: other.id });
    expect(await pastOf(mine)).to.deep.equal([true, 0]);
    const theirs = await ask(other.id);
    await ask(other.id);
    await end(theirs, 'rejected', 1);
    await end(await ask(third.id), 'canceled', 2);
    expect(await pastOf(mine)).to.deep.equal([true, 2]);
    expect(await pastOf(theirs)).to.deep.equal([true, 2]);
    const { id: admin } = await enterUser(stage, { role: 'admin' });
    const listed = await stage.run((tx) => allOf((page) => tx.withdrawalDesk.waiting(admin, page)));
    const inList = listed.find(({ withdrawal }) => withdrawal.id === mine.id);
    expect(inList?.othersWithNumber, 'in lists too').to.equal(2);
  });
};
