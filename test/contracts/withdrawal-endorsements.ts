import { expect } from 'chai';
import type { UserId } from '../../core/kernel/index.ts';
import type { PendingWithdrawal, Withdrawal } from '../../core/withdrawals/index.ts';
import { later, MONDAY } from '../support/builders.ts';
import { abandonedStep, failureOf, race, type Stage } from './harness.ts';
import { enterUser, enterWithdrawal } from './scenes.ts';

const NEEDS_TWO = { flags: { newNumber: false, toppedUp: true }, createdAt: MONDAY };

/** What needs two admins, and whose word it has (ADM-2). */
export const endorsements = (stage: Stage): void => {
  const enterAdmin = async (): Promise<UserId> => (await enterUser(stage, { role: 'admin' })).id;
  const enterLarge = async () =>
    (await enterWithdrawal(stage, NEEDS_TWO)) as Withdrawal & PendingWithdrawal;
  const save = (withdrawal: Withdrawal) => stage.run((tx) => tx.withdrawals.save(withdrawal));
  const find = ({ id }: Withdrawal) => stage.run((tx) => tx.withdrawals.find(id));
  const by = (admin: UserId) => ({ by: admin, at: later(1_000) });
  const paidBy = ({ claim: _claim, ...rest }: PendingWithdrawal, admin: UserId): Withdrawal => {
    const decided = { claim: by(admin), decidedBy: admin, decidedAt: later(2_000) };
    return { ...rest, ...decided, status: 'paid', reference: null, receipt: null };
  };

  it('ADM-2 keeps whose word a withdrawal has, and names them; what it needs never changes', async () => {
    const [first, second] = [await enterAdmin(), await enterAdmin()];
    const asked = await enterLarge();
    const endorsed = { ...asked, endorsement: by(first) };
    await save({ ...endorsed, needsSecond: false });
    expect(await find(asked)).to.deep.equal(endorsed);
    const shown = await stage.run((tx) => tx.withdrawalDesk.case(asked.id));
    expect([shown?.endorsedBy?.id, shown?.claimedBy]).to.deep.equal([first, null]);
    const paid = paidBy({ ...endorsed, claim: by(second) }, second);
    await save({ ...endorsed, claim: by(second) });
    await save(paid);
    expect(await find(asked)).to.deep.equal(paid);
  });

  it('ADM-2 a word can be taken back, and goes with its savepoint', async () => {
    const asked = await enterLarge();
    const endorsed = { ...asked, endorsement: by(await enterAdmin()) };
    await stage.run((tx) => abandonedStep(tx, (step) => step.withdrawals.save(endorsed)));
    expect(await find(asked)).to.deep.equal(asked);
    await save(endorsed);
    await save(asked);
    expect(await find(asked)).to.deep.equal(asked);
  });

  it('ADM-2 of twenty admins who endorse at the same time one does', async () => {
    const { id } = await enterLarge();
    const admin = await enterAdmin();
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const locked = await tx.withdrawals.lock(id);
        if (!locked || locked.endorsement !== null) return false;
        await tx.withdrawals.save({ ...locked, endorsement: by(admin) });
        return true;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((took) => took)).to.have.length(1);
  });

  it('ADM-2 ACC-7 no store keeps a claim or a payment without the word of somebody else', async () => {
    const [first, second] = [await enterAdmin(), await enterAdmin()];
    const asked = await enterLarge();
    const endorsed = { ...asked, endorsement: by(first) };
    const wrong: readonly Withdrawal[] = [
      { ...asked, claim: by(second) },
      { ...asked, endorsement: by(asked.userId) },
      { ...endorsed, claim: by(first) },
      paidBy(asked, second),
      paidBy(endorsed, first),
    ];
    for (const one of wrong) {
      expect(await failureOf(save(one)), JSON.stringify(one, asText)).to.be.an('error');
      expect(await find(asked)).to.deep.equal(asked);
    }
    await save({ ...endorsed, claim: by(second) });
    await failureOf(save({ ...endorsed, claim: by(second), endorsement: by(await enterAdmin()) }));
    expect((await find(asked))?.endorsement?.by).to.equal(first);
    const simple = (await enterWithdrawal(stage)) as Withdrawal & PendingWithdrawal;
    await failureOf(save({ ...simple, endorsement: by(first) }));
    expect(await find(simple)).to.deep.equal(simple);
  });

  it('ADM-2 what waits for a second admin is rejected without a claim', async () => {
    const admin = await enterAdmin();
    const { claim: _claim, ...asked } = await enterLarge();
    const decided = { decidedBy: admin, decidedAt: later(2_000), reason: 'no', claim: null };
    const rejected: Withdrawal = { ...asked, ...decided, status: 'rejected' };
    await save(rejected);
    expect(await find(rejected)).to.deep.equal(rejected);
  });

  it('ADM-2 the next one is none that this admin has endorsed', async () => {
    const [first, second] = [await enterAdmin(), await enterAdmin()];
    const long = new Date(1);
    const asked = await enterWithdrawal(stage, { ...NEEDS_TWO, createdAt: long });
    await save({ ...asked, endorsement: by(first) });
    const next = async (admin: UserId) =>
      (await stage.run((tx) => tx.withdrawalDesk.next(admin, [])))?.withdrawal.id;
    expect(await next(first)).not.to.equal(asked.id);
    expect(await next(second)).to.equal(asked.id);
    const { claim: _claim, ...rest } = asked as PendingWithdrawal;
    await save({ ...rest, status: 'canceled', decidedAt: later(9) });
  });
};

const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;
