import { expect } from 'chai';
import type { Deposit } from '../../core/deposits/index.ts';
import {
  aDeposit,
  aDepositTransaction,
  aFile,
  freshHash,
  freshId,
  later,
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
import { enterDeposit, enterUser } from './scenes.ts';

/** What every store of deposits promises, and every deposit desk. */
export const depositsContract = (name: string, open: OpenHarness) =>
  describe(`deposits: ${name}`, () => {
    const stage = onStage(open);
    storing(stage);
    files(stage);
    desk(stage);
  });

const find = (stage: Stage, { id }: Pick<Deposit, 'id'>) => stage.run((tx) => tx.deposits.find(id));

const storing = (stage: Stage): void => {
  it('DEP-1 stores a deposit with its proof of transfer', async () => {
    const file = aFile({ type: 'application/pdf', perceptualHash: null, channelFileId: null });
    const deposit = await enterDeposit(stage, { file, claimed: rupiahs(75_000) });
    expect(await find(stage, deposit)).to.deep.equal(deposit);
    expect(await stage.run((tx) => tx.deposits.lock(deposit.id))).to.deep.equal(deposit);
    const id = freshId<Deposit['id']>();
    expect(await find(stage, { id })).to.equal(undefined);
    expect(await stage.run((tx) => tx.deposits.lock(id))).to.equal(undefined);
  });

  it('DEP-2 saves how each way of ending went, and nothing else', async () => {
    const { id: decidedBy } = await enterUser(stage, { role: 'admin' });
    const decidedAt = later(60_000);
    const endings = [
      { status: 'approved', decidedAt, decidedBy, credited: rupiahs(49_000), reason: 'less came' },
      { status: 'approved', decidedAt, decidedBy, credited: rupiahs(50_000), reason: null },
      { status: 'rejected', decidedAt, decidedBy, reason: 'nothing came' },
      { status: 'canceled', decidedAt },
    ] as const;
    for (const ending of endings) {
      const deposit = await enterDeposit(stage);
      const ended: Deposit = { ...deposit, ...ending };
      await stage.run((tx) => tx.deposits.save({ ...ended, createdAt: later(1), file: aFile() }));
      expect(await find(stage, deposit)).to.deep.equal(ended);
    }
  });

  it('DEP-1 lists what a user waits for', async () => {
    const { id: userId } = await enterUser(stage);
    const one = await enterDeposit(stage, { userId, createdAt: later(1) });
    const two = await enterDeposit(stage, { userId, createdAt: later(2) });
    const canceled = await enterDeposit(stage, { userId });
    await enterDeposit(stage);
    await stage.run((tx) =>
      tx.deposits.save({ ...canceled, status: 'canceled', decidedAt: later(1) }),
    );
    const pending = await stage.run((tx) => tx.deposits.pendingOf(userId));
    expect(pending).to.have.deep.members([one, two]);
  });

  it('DEP-2 of twenty who lock a deposit and decide it while pending one does', async () => {
    const deposit = await enterDeposit(stage);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const locked = await tx.deposits.lock(deposit.id);
        if (locked?.status !== 'pending') return false;
        await tx.deposits.save({ ...locked, status: 'canceled', decidedAt: later(1) });
        return true;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((decided) => decided)).to.have.length(1);
  });

  it('DEP-1 keeps neither deposit nor decision of a run or savepoint that throws', async () => {
    const waiting = await enterDeposit(stage);
    const { id: userId } = await enterUser(stage);
    const made = aDepositTransaction(userId);
    const deposit = aDeposit({ userId, transactionId: made.id });
    const cancel = { ...waiting, status: 'canceled', decidedAt: later(1) } as const;
    await abandoned(stage, async (tx) => {
      await tx.wallets.post(made);
      await tx.deposits.add(deposit);
    });
    await stage.run((tx) => abandonedStep(tx, (step) => step.deposits.save(cancel)));
    expect(await find(stage, deposit)).to.equal(undefined);
    expect(await find(stage, waiting)).to.deep.equal(waiting);
  });
};

const files = (stage: Stage): void => {
  it('DEP-3 knows whether this person sent this file before, by bytes or by channel', async () => {
    const deposit = await enterDeposit(stage);
    const { file, userId } = deposit;
    const hasSent = (user: Deposit['userId'], change: Partial<Deposit['file']>) =>
      stage.run((tx) => tx.deposits.hasSent(user, { ...file, ...change }));
    const sha256Received = freshHash();
    expect(await hasSent(userId, {}), 'the same').to.equal(true);
    expect(await hasSent(userId, { channelFileId: null }), 'the same bytes').to.equal(true);
    expect(await hasSent(userId, { sha256Received }), 'the same for the channel').to.equal(true);
    const other = { sha256Received, channelFileId: freshHash() };
    expect(await hasSent(userId, other), 'another file').to.equal(false);
    expect(await hasSent((await enterUser(stage)).id, {}), 'another person').to.equal(false);
  });

  it('DEP-3 two files without a channel id are not the same one for that', async () => {
    const { userId } = await enterDeposit(stage, { file: aFile({ channelFileId: null }) });
    const other = aFile({ channelFileId: null });
    expect(await stage.run((tx) => tx.deposits.hasSent(userId, other))).to.equal(false);
  });

  it('DEP-3 counts earlier deposits with the same file, of anybody, each once', async () => {
    const file = aFile();
    const first = await enterDeposit(stage, { file, createdAt: later(1_000) });
    const sameBytes = { ...file, channelFileId: null };
    await enterDeposit(stage, { file: sameBytes, createdAt: later(2_000) });
    const sameForChannel = { ...file, sha256Received: freshHash() };
    const third = await enterDeposit(stage, { file: sameForChannel, createdAt: later(3_000) });
    const fourth = await enterDeposit(stage, { file, createdAt: later(4_000) });
    const counts = await stage.run(async (tx) => [
      (await tx.depositDesk.case(first.id))?.sameFile,
      (await tx.depositDesk.case(third.id))?.sameFile,
      (await tx.depositDesk.case(fourth.id))?.sameFile,
    ]);
    expect(counts).to.deep.equal([0, 1, 3]);
  });

  it('DEP-3 shows the newest three of them, the newest first, each with who sent it', async () => {
    const file = aFile();
    const send = async (second: number) => {
      const user = await enterUser(stage);
      const createdAt = later(second * 1_000);
      return { user, deposit: await enterDeposit(stage, { userId: user.id, file, createdAt }) };
    };
    const [first, second, fourth, third] = [
      await send(1),
      await send(2),
      await send(4),
      await send(3),
    ];
    const decidedAt = later(60_000);
    const canceled = { ...third.deposit, status: 'canceled', decidedAt } as const;
    await stage.run((tx) => tx.deposits.save(canceled));
    await send(6);
    const last = await send(5);
    const shown = (id: Deposit['id']) => stage.run((tx) => tx.depositDesk.case(id));
    const canceledThird = { ...third, deposit: canceled };
    expect(await shown(last.deposit.id)).to.deep.equal({
      ...last,
      decidedBy: null,
      sameFile: 4,
      earlier: [fourth, canceledThird, second],
    });
    expect((await shown(second.deposit.id))?.earlier).to.deep.equal([first]);
    const waiting = await stage.run((tx) => allOf((page) => tx.depositDesk.waiting(page)));
    const listed = waiting.find(({ deposit }) => deposit.id === last.deposit.id);
    expect(listed?.earlier, 'in lists too').to.deep.equal([fourth, canceledThird, second]);
  });
};

const desk = (stage: Stage): void => {
  it('DEP-2 a case shows the deposit, its owner and who decided it', async () => {
    const user = await enterUser(stage);
    const deposit = await enterDeposit(stage, { userId: user.id });
    const shown = await stage.run((tx) => tx.depositDesk.case(deposit.id));
    expect(shown).to.deep.equal({ deposit, user, decidedBy: null, sameFile: 0, earlier: [] });
    const decidedBy = await enterUser(stage, { role: 'admin' });
    const end = { decidedAt: later(60_000), decidedBy: decidedBy.id, reason: 'no money came' };
    const rejected: Deposit = { ...deposit, ...end, status: 'rejected' };
    await stage.run((tx) => tx.deposits.save(rejected));
    const decided = await stage.run((tx) => tx.depositDesk.case(deposit.id));
    expect(decided).to.deep.equal({ ...shown, deposit: rejected, decidedBy });
    const unknown = await stage.run((tx) => tx.depositDesk.case(freshId<Deposit['id']>()));
    expect(unknown).to.equal(undefined);
  });

  it('DEP-2 lists what waits, oldest first, and nothing decided', async () => {
    const make = (second: number) => enterDeposit(stage, { createdAt: later(second * 1_000) });
    const [two, one, gone, three] = [await make(2), await make(1), await make(4), await make(3)];
    await stage.run((tx) => tx.deposits.save({ ...gone, status: 'canceled', decidedAt: later(1) }));
    const mine = new Set([one, two, three, gone].map(({ id }) => id));
    const waiting = await stage.run((tx) => allOf((page) => tx.depositDesk.waiting(page)));
    const found = waiting.map(({ deposit }) => deposit).filter(({ id }) => mine.has(id));
    expect(found).to.deep.equal([one, two, three]);
  });

  it('DEP-2 ACC-7 the next one is the oldest that waits and is not this admin’s own', async () => {
    const admin = await enterUser(stage, { role: 'admin' });
    const next = (...skipped: readonly Deposit['id'][]) =>
      stage.run((tx) => tx.depositDesk.next(admin.id, skipped));
    const early = (ms: number, userId?: Deposit['userId']) =>
      enterDeposit(stage, { createdAt: new Date(ms), ...(userId && { userId }) });
    await early(1, admin.id);
    const [second, first] = [await early(3), await early(2)];
    const found = await next();
    expect(found).to.deep.equal(await stage.run((tx) => tx.depositDesk.case(first.id)));
    const forged = 'no id at all' as Deposit['id'];
    expect((await next(forged, first.id))?.deposit, 'put aside').to.deep.equal(second);
    for (const deposit of [first, second]) {
      expect((await next())?.deposit).to.deep.equal(deposit);
      const canceled = { ...deposit, status: 'canceled', decidedAt: later(1) } as const;
      await stage.run((tx) => tx.deposits.save(canceled));
    }
    expect((await next())?.deposit.id).not.to.equal(second.id);
  });
};
