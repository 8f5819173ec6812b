import { expect } from 'chai';
import type { Sealed } from '../../core/kernel/index.ts';
import type { User } from '../../core/users/index.ts';
import type { Withdrawal, WithdrawalCase } from '../../core/withdrawals/index.ts';
import {
  aFile,
  aWithdrawal,
  aWithdrawTransaction,
  freshHash,
  freshId,
  later,
  MONDAY,
  rupiahs,
} from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  allOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterRich, enterUser, enterWithdrawal } from './scenes.ts';
import { endorsements } from './withdrawal-endorsements.ts';
import { pasts } from './withdrawal-pasts.ts';

/** What every store of withdrawals promises, and every withdrawal desk. */
export const withdrawalsContract = (name: string, open: OpenHarness) =>
  describe(`withdrawals: ${name}`, () => {
    const stage = onStage(open);
    storing(stage);
    changing(stage);
    loads(stage);
    desk(stage);
    endorsements(stage);
    pasts(stage);
  });

const find = (stage: Stage, { id }: Pick<Withdrawal, 'id'>) =>
  stage.run((tx) => tx.withdrawals.find(id));

const enterAdmin = (stage: Stage) => enterUser(stage, { role: 'admin' });

const claimed = (withdrawal: Withdrawal, by: User, at = later(1_000)): Withdrawal => ({
  ...withdrawal,
  status: 'pending',
  claim: { by: by.id, at },
});

const canceled = (withdrawal: Withdrawal): Withdrawal => {
  const { claim: _claim, ...rest } = withdrawal as Extract<Withdrawal, { status: 'pending' }>;
  return { ...rest, status: 'canceled', decidedAt: later(60_000) };
};

const save = (stage: Stage, withdrawal: Withdrawal) =>
  stage.run((tx) => tx.withdrawals.save(withdrawal));

const storing = (stage: Stage): void => {
  it('WDR-1 stores a withdrawal with its sealed number and flags', async () => {
    const withdrawal = await enterWithdrawal(stage, {
      amount: rupiahs(33_000),
      fee: rupiahs(1_000),
      number: 'another sealed number' as Sealed,
      flags: { newNumber: false, toppedUp: true },
    });
    expect(await find(stage, withdrawal)).to.deep.equal(withdrawal);
    expect(await stage.run((tx) => tx.withdrawals.lock(withdrawal.id))).to.deep.equal(withdrawal);
    const id = freshId<Withdrawal['id']>();
    expect(await find(stage, { id })).to.equal(undefined);
    expect(await stage.run((tx) => tx.withdrawals.lock(id))).to.equal(undefined);
  });

  it('WDR-1 keeps neither withdrawal nor change of a run or savepoint that throws', async () => {
    const waiting = await enterWithdrawal(stage);
    const { id: userId } = await enterRich(stage);
    const made = aWithdrawTransaction(userId);
    const withdrawal = aWithdrawal({ userId, transactionId: made.id });
    await abandoned(stage, async (tx) => {
      await tx.wallets.post(made);
      await tx.withdrawals.add(withdrawal);
    });
    await stage.run((tx) => abandonedStep(tx, (step) => step.withdrawals.save(canceled(waiting))));
    expect(await find(stage, withdrawal)).to.equal(undefined);
    expect(await find(stage, waiting)).to.deep.equal(waiting);
  });
};

const changing = (stage: Stage): void => {
  it('WDR-2 saves claim and every way of ending, and nothing else', async () => {
    const admin = await enterAdmin(stage);
    const claim = { by: admin.id, at: later(1_000) };
    const decided = { claim, decidedAt: later(60_000), decidedBy: admin.id };
    const { channelFileId: _channelFileId, ...receipt } = aFile();
    const changes = [
      { status: 'pending', claim },
      { status: 'paid', ...decided, reference: null, receipt: null },
      { status: 'paid', ...decided, reference: 'DANA 123', receipt },
      { status: 'rejected', ...decided, reason: 'number unknown' },
    ] as const;
    for (const change of changes) {
      const { claim: _claim, ...withdrawal } = (await enterWithdrawal(stage)) as Extract<
        Withdrawal,
        { status: 'pending' }
      >;
      const changed: Withdrawal = { ...withdrawal, ...change };
      await save(stage, { ...changed, amount: rupiahs(1), createdAt: later(9), numberIndex: 'x' });
      expect(await find(stage, withdrawal)).to.deep.equal(changed);
    }
  });

  it('WDR-1 saves that the owner canceled', async () => {
    const withdrawal = await enterWithdrawal(stage);
    await save(stage, canceled(withdrawal));
    expect(await find(stage, withdrawal)).to.deep.equal(canceled(withdrawal));
  });

  it('WDR-2 a claim can be taken over and given back', async () => {
    const withdrawal = await enterWithdrawal(stage);
    for (const admin of [await enterAdmin(stage), await enterAdmin(stage)]) {
      await save(stage, claimed(withdrawal, admin));
      expect(await find(stage, withdrawal)).to.deep.equal(claimed(withdrawal, admin));
    }
    await save(stage, withdrawal);
    expect(await find(stage, withdrawal)).to.deep.equal(withdrawal);
  });

  it('WDR-2 of twenty admins who claim what is unclaimed one does', async () => {
    const withdrawal = await enterWithdrawal(stage);
    const admin = await enterAdmin(stage);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const locked = await tx.withdrawals.lock(withdrawal.id);
        if (locked?.status !== 'pending' || locked.claim !== null) return false;
        await tx.withdrawals.save(claimed(locked, admin));
        return true;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((took) => took)).to.have.length(1);
  });
};

const loads = (stage: Stage): void => {
  it('WDR-4 sums what was asked for since a moment, not canceled or rejected', async () => {
    const { id: userId } = await enterRich(stage);
    const admin = await enterAdmin(stage);
    const ask = (amount: number, createdAt: Date) =>
      enterWithdrawal(stage, { userId, amount: rupiahs(amount), createdAt });
    await ask(10_000, later(-1));
    await ask(20_000, MONDAY);
    const paid = claimed(await ask(30_000, later(1)), admin);
    const rejected = claimed(await ask(40_000, later(2)), admin);
    await save(stage, canceled(await ask(50_000, later(3))));
    const decision = { decidedAt: later(9), decidedBy: admin.id } as const;
    const claim = { by: admin.id, at: later(1_000) };
    const paidWith = { ...decision, claim, reference: null, receipt: null } as const;
    await save(stage, { ...paid, ...paidWith, status: 'paid' });
    await save(stage, { ...rejected, ...decision, claim, status: 'rejected', reason: 'no' });
    const load = await stage.run((tx) => tx.withdrawals.load(userId, MONDAY));
    expect(load).to.deep.equal({ pending: 2, askedSince: 50_000n });
  });

  it('WDR-4 a user who never asked has nothing on their account', async () => {
    const { id } = await enterUser(stage);
    const found = await stage.run(async (tx) => [
      await tx.withdrawals.load(id, MONDAY),
      await tx.withdrawals.pendingOf(id),
    ]);
    expect(found).to.deep.equal([{ pending: 0, askedSince: 0n }, []]);
  });

  it('WDR-4 knows whether this person used the number before', async () => {
    const { userId, numberIndex } = await enterWithdrawal(stage);
    const stranger = await enterUser(stage);
    const found = await stage.run(async (tx) => [
      await tx.withdrawals.hasUsed(userId, numberIndex),
      await tx.withdrawals.hasUsed(userId, freshHash()),
      await tx.withdrawals.hasUsed(stranger.id, numberIndex),
    ]);
    expect(found).to.deep.equal([true, false, false]);
  });

  it('WDR-4 a number that was only asked for and canceled was not used', async () => {
    const withdrawal = await enterWithdrawal(stage);
    await save(stage, canceled(withdrawal));
    const { userId, numberIndex } = withdrawal;
    expect(await stage.run((tx) => tx.withdrawals.hasUsed(userId, numberIndex))).to.equal(false);
  });

  it('WDR-4 lists what a user waits for', async () => {
    const { id: userId } = await enterRich(stage);
    const ask = () => enterWithdrawal(stage, { userId });
    const [one, two, gone] = [await ask(), await ask(), await ask()];
    await save(stage, canceled(gone));
    const pending = await stage.run((tx) => tx.withdrawals.pendingOf(userId));
    expect(pending).to.have.deep.members([one, two]);
  });
};

const desk = (stage: Stage): void => {
  const among = (mine: readonly Withdrawal[], found: readonly WithdrawalCase[]) =>
    found
      .map(({ withdrawal }) => withdrawal.id)
      .filter((id) => mine.some((withdrawal) => withdrawal.id === id));

  it('WDR-2 an admin sees their own claims first, and what others have claimed apart', async () => {
    const [admin, other] = [await enterAdmin(stage), await enterAdmin(stage)];
    const ask = (second: number) => enterWithdrawal(stage, { createdAt: later(second) });
    const all = [await ask(1), await ask(3), await ask(2), await ask(4), await ask(0)];
    const [free, mine, theirs, theirsToo, gone] = all as [
      Withdrawal,
      Withdrawal,
      Withdrawal,
      Withdrawal,
      Withdrawal,
    ];
    await save(stage, claimed(mine, admin));
    await save(stage, claimed(theirs, other, later(9_000)));
    await save(stage, claimed(theirsToo, other, later(8_000)));
    await save(stage, canceled(gone));
    const waiting = await stage.run((tx) =>
      allOf((page) => tx.withdrawalDesk.waiting(admin.id, page)),
    );
    expect(among(all, waiting)).to.deep.equal([mine.id, free.id]);
    const taken = await stage.run((tx) =>
      allOf((page) => tx.withdrawalDesk.claimedByOthers(admin.id, page)),
    );
    expect(among(all, taken)).to.deep.equal([theirsToo.id, theirs.id]);
  });

  it('WDR-2 ACC-7 the next one: own claims, then the oldest free one, never the own', async () => {
    const [admin, other] = [await enterAdmin(stage), await enterAdmin(stage)];
    const ask = (ms: number, userId?: Withdrawal['userId']) =>
      enterWithdrawal(stage, { createdAt: new Date(ms), ...(userId && { userId }) });
    const rich = await enterRich(stage);
    const [own, theirs] = [await ask(1, rich.id), await ask(2)];
    const [second, first, mine] = [await ask(4), await ask(3), await ask(5)];
    await save(stage, claimed(theirs, other));
    await save(stage, claimed(mine, admin));
    const next = (by: User, ...skipped: readonly Withdrawal['id'][]) =>
      stage.run((tx) => tx.withdrawalDesk.next(by.id, skipped));
    const found = await next(admin);
    expect(found).to.deep.equal(await stage.run((tx) => tx.withdrawalDesk.case(mine.id)));
    const forged = 'no id at all' as Withdrawal['id'];
    expect((await next(admin, forged, mine.id))?.withdrawal.id).to.equal(own.id);
    expect((await next(rich))?.withdrawal.id, 'asked by its owner').to.equal(first.id);
    expect((await next(rich, first.id))?.withdrawal.id).to.equal(second.id);
    for (const one of [own, theirs, second, first, mine]) await save(stage, canceled(one));
  });

  it('WDR-2 counts what is pending, claimed or not, and knows since when', async () => {
    const count = () => stage.run((tx) => tx.withdrawalDesk.count());
    const oldest = () => stage.run((tx) => tx.withdrawalDesk.oldest());
    const before = await count();
    const one = await enterWithdrawal(stage, { createdAt: later(-2_000) });
    const two = await enterWithdrawal(stage, { createdAt: later(-3_000) });
    await save(stage, claimed(one, await enterAdmin(stage)));
    expect(await count()).to.equal(before + 2);
    expect(await oldest()).to.deep.equal(later(-3_000));
    await save(stage, canceled(two));
    expect(await count()).to.equal(before + 1);
    expect(await oldest()).to.deep.equal(later(-2_000));
  });

  it('WDR-2 a case shows the withdrawal, its owner, who claimed it and who decided it', async () => {
    const [user, admin] = [await enterRich(stage), await enterAdmin(stage)];
    const withdrawal = await enterWithdrawal(stage, { userId: user.id });
    const read = () => stage.run((tx) => tx.withdrawalDesk.case(withdrawal.id));
    const past = { isFirst: true, othersWithNumber: 0 };
    const unclaimed = { withdrawal, user, claimedBy: null, endorsedBy: null, decidedBy: null };
    expect(await read()).to.deep.equal({ ...unclaimed, ...past });
    const taken = claimed(withdrawal, admin);
    await save(stage, taken);
    const claimedNow = { ...unclaimed, withdrawal: taken, claimedBy: admin };
    expect(await read()).to.deep.equal({ ...claimedNow, ...past });
    const end = { decidedAt: later(60_000), decidedBy: admin.id, reason: 'wrong number' };
    const claim = { by: user.id, at: later(1_000) };
    const rejected: Withdrawal = { ...withdrawal, ...end, status: 'rejected', claim };
    await save(stage, rejected);
    const decidedNow = { ...claimedNow, withdrawal: rejected, claimedBy: user, decidedBy: admin };
    expect(await read()).to.deep.equal({ ...decidedNow, ...past });
    const unknown = await stage.run((tx) => tx.withdrawalDesk.case(freshId<Withdrawal['id']>()));
    expect(unknown).to.equal(undefined);
  });
};
