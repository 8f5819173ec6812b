import { expect } from 'chai';
import type {
  ApprovalBatch,
  ApprovalScope,
  ItemOutcome,
  PendingApproval,
} from '../../core/approvals/index.ts';
import { ZERO, type ApprovalBatchId } from '../../core/kernel/index.ts';
import type { Proof } from '../../core/proofs/index.ts';
import { freshId, later, rupiahs } from '../support/builders.ts';
import { inCampaign, previewing } from './approvals-preview.ts';
import {
  abandoned,
  abandonedStep,
  failureOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterCampaign, enterProof, enterUser, enterWorker } from './scenes.ts';

/** What every store of orders to approve many proofs promises. */
export const approvalsContract = (name: string, open: OpenHarness) =>
  describe(`approvals: ${name}`, () => {
    const stage = onStage(open);
    storing(stage);
    workingOff(stage);
    several(stage);
    racing(stage);
    previewing(stage);
  });

const NONE = { decided: 0, claimed: 0, flagged: 0, own: 0, frozen: 0, 'no-right': 0 };

const anOrder = async (
  stage: Stage,
  scope: ApprovalScope,
  change: Partial<ApprovalBatch> = {},
): Promise<ApprovalBatch> => ({
  id: stage.ids.next<ApprovalBatchId>(),
  adminId: (await enterUser(stage, { role: 'admin' })).id,
  scope,
  createdAt: later(0),
  doneAt: null,
  ...change,
});

const add = (stage: Stage, batch: ApprovalBatch, proofs: readonly Proof[]) =>
  stage.run((tx) =>
    tx.approvalBatches.add(
      batch,
      proofs.map(({ id }) => id),
    ),
  );

/** A stored order of so many proofs, one a worker. */
const enterOrder = async (stage: Stage, size: number, change: Partial<ApprovalBatch> = {}) => {
  const campaign = await enterCampaign(stage, { targetTotal: size });
  const proofs: Proof[] = [];
  for (let sent = 0; sent < size; sent += 1) proofs.push(await enterProof(stage, campaign));
  const batch = await anOrder(stage, inCampaign(campaign), change);
  await add(stage, batch, proofs);
  return { batch, proofs, items: itemsOf(batch, proofs) };
};

const itemsOf = (batch: ApprovalBatch, proofs: readonly Proof[]): readonly PendingApproval[] =>
  proofs.map(({ id: proofId }, place) => ({
    batchId: batch.id,
    orderedAt: batch.createdAt,
    place,
    proofId,
  }));

const report = (stage: Stage, { id }: ApprovalBatch) =>
  stage.run((tx) => tx.approvalBatches.report(id));

/** What is pending of these orders, whatever other suites left. */
const pendingOf = async (stage: Stage, ...batches: readonly ApprovalBatch[]) => {
  const all = await stage.run((tx) => tx.approvalBatches.pending({ limit: 10_000 }));
  return all.filter(({ batchId }) => batches.some(({ id }) => id === batchId));
};

const settle = (stage: Stage, item: PendingApproval, outcome: ItemOutcome) =>
  stage.run((tx) => tx.approvalBatches.settle([{ item, outcome }]));

const storing = (stage: Stage): void => {
  it('REV-8 stores an order with its list as it was given', async () => {
    const worker = await enterWorker(stage);
    const proof = await enterProof(stage, await enterCampaign(stage), {
      take: { workerId: worker.id },
    });
    for (const scope of [
      { kind: 'worker', workerId: worker.id },
      { kind: 'campaign', campaignId: proof.campaignId },
    ] as const) {
      const batch = await anOrder(stage, scope);
      expect(await add(stage, batch, [proof])).to.equal(true);
      expect(await report(stage, batch)).to.deep.equal({
        batch,
        listed: 1,
        approved: 0,
        paid: ZERO,
        skipped: NONE,
      });
    }
  });

  it('REV-8 keeps the order of the list', async () => {
    const { batch, proofs } = await enterOrder(stage, 3);
    const turned = await anOrder(stage, batch.scope);
    await add(stage, turned, proofs.toReversed());
    const listed = await stage.run((tx) => tx.approvalBatches.list(turned.id));
    expect(listed).to.deep.equal(proofs.map(({ id }) => id).toReversed());
    expect(await pendingOf(stage, turned)).to.deep.equal(itemsOf(turned, proofs.toReversed()));
  });

  it('REV-8 stores one order per id', async () => {
    const { batch, proofs } = await enterOrder(stage, 2);
    expect(await add(stage, batch, proofs.slice(1))).to.equal(false);
    expect(await stage.run((tx) => tx.approvalBatches.list(batch.id))).to.have.length(2);
  });

  it('REV-8 knows no order that was never stored, or whose run or savepoint threw', async () => {
    const { batch: known, proofs } = await enterOrder(stage, 1);
    const batch = await anOrder(stage, known.scope);
    const ids = proofs.map(({ id }) => id);
    await abandoned(stage, (tx) => tx.approvalBatches.add(batch, ids));
    await stage.run((tx) => abandonedStep(tx, (step) => step.approvalBatches.add(batch, ids)));
    for (const id of [batch.id, freshId<ApprovalBatchId>()]) {
      await stage.run(async ({ approvalBatches }) => {
        expect(await approvalBatches.report(id)).to.equal(undefined);
        expect(await approvalBatches.list(id)).to.deep.equal([]);
      });
    }
    expect(await pendingOf(stage, batch)).to.deep.equal([]);
  });
};

const workingOff = (stage: Stage): void => {
  it('REV-8 gives what is pending, the oldest order first, part by part', async () => {
    const younger = await enterOrder(stage, 2, { createdAt: later(2_000) });
    const older = await enterOrder(stage, 2, { createdAt: later(1_000) });
    const all = [...older.items, ...younger.items];
    expect(await pendingOf(stage, older.batch, younger.batch)).to.deep.equal(all);
    const [first, second] = all;
    const after = (item: PendingApproval | undefined) =>
      stage.run((tx) => tx.approvalBatches.pending({ limit: 1, after: item }));
    expect(await after(first)).to.deep.equal([second]);
    expect((await after(second)).length).to.equal(1);
  });

  it('REV-8 an outcome is noted once, and counted', async () => {
    const { batch, items } = await enterOrder(stage, 3);
    const [first, second, third] = items as [PendingApproval, PendingApproval, PendingApproval];
    await settle(stage, first, { approved: true, paid: rupiahs(500) });
    await settle(stage, second, { skipped: 'claimed' });
    await failureOf(settle(stage, first, { skipped: 'decided' }));
    await abandoned(stage, (tx) =>
      tx.approvalBatches.settle([{ item: third, outcome: { skipped: 'own' } }]),
    );
    expect(await report(stage, batch)).to.deep.equal({
      batch,
      listed: 3,
      approved: 1,
      paid: 500n,
      skipped: { ...NONE, claimed: 1 },
    });
    expect(await pendingOf(stage, batch)).to.deep.equal([third]);
  });

  it('REV-8 keeps each reason apart', async () => {
    const reasons = ['decided', 'claimed', 'flagged', 'own', 'frozen', 'no-right'] as const;
    const { batch, items } = await enterOrder(stage, reasons.length);
    for (const [place, item] of items.entries()) {
      await settle(stage, item, { skipped: reasons[place] ?? 'own' });
    }
    const skipped = Object.fromEntries(reasons.map((reason) => [reason, 1]));
    expect((await report(stage, batch))?.skipped).to.deep.equal(skipped);
  });

  it('REV-8 an order is done once, and only with its last outcome', async () => {
    const { batch, items } = await enterOrder(stage, 2);
    const finish = (at: Date) => stage.run((tx) => tx.approvalBatches.finish(batch.id, at));
    for (const item of items) {
      expect(await finish(later(1))).to.equal(false);
      await settle(stage, item, { skipped: 'decided' });
    }
    expect(await finish(later(2))).to.equal(true);
    expect(await finish(later(3))).to.equal(false);
    expect((await report(stage, batch))?.batch).to.deep.equal({ ...batch, doneAt: later(2) });
  });
};

const several = (stage: Stage): void => {
  it('REV-8 gives what is left of several, in the order of the list', async () => {
    const { batch, items } = await enterOrder(stage, 4);
    const [first, second, third, fourth] = items as [
      PendingApproval,
      PendingApproval,
      PendingApproval,
      PendingApproval,
    ];
    await settle(stage, second, { skipped: 'own' });
    const locked = await stage.run((tx) => tx.approvalBatches.lockPending([fourth, second, first]));
    expect(locked).to.deep.equal({ batch, pending: [first, fourth] });
    const outcome = { approved: true, paid: rupiahs(500) } as const;
    await stage.run((tx) =>
      tx.approvalBatches.settle([
        { item: third, outcome },
        { item: first, outcome: { skipped: 'flagged' } },
      ]),
    );
    expect(await report(stage, batch)).to.deep.include({
      approved: 1,
      paid: 500n,
      skipped: { ...NONE, own: 1, flagged: 1 },
    });
    expect(await pendingOf(stage, batch)).to.deep.equal([fourth]);
  });

  it('REV-8 notes nothing of several where one has its outcome', async () => {
    const { batch, items } = await enterOrder(stage, 2);
    const [first] = items as [PendingApproval, PendingApproval];
    await settle(stage, first, { skipped: 'own' });
    const outcome = { skipped: 'decided' } as const;
    const both = items.map((item) => ({ item, outcome }));
    await failureOf(stage.run((tx) => tx.approvalBatches.settle(both)));
    expect(await pendingOf(stage, batch)).to.deep.equal(items.slice(1));
  });
};

const racing = (stage: Stage): void => {
  it('REV-8 of twenty runs at the same time one works on a proof', async () => {
    const { batch, items } = await enterOrder(stage, 1);
    const [item] = items as [PendingApproval];
    const { won, lost } = await race(() =>
      stage.run(async ({ approvalBatches }) => {
        const locked = await approvalBatches.lockPending([item]);
        if (locked.pending.length === 0) return false;
        expect(locked.batch).to.deep.equal(batch);
        const outcome = { approved: true, paid: rupiahs(1) } as const;
        await approvalBatches.settle(locked.pending.map((one) => ({ item: one, outcome })));
        return approvalBatches.finish(batch.id, later(1));
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((mine) => mine)).to.have.length(1);
    expect(await report(stage, batch)).to.deep.include({ approved: 1, paid: 1n });
  });

  it('REV-8 of twenty orders with one id at the same time one is stored', async () => {
    const { batch: known, proofs } = await enterOrder(stage, 1);
    const batch = await anOrder(stage, known.scope);
    const { won } = await race(() => add(stage, batch, proofs));
    expect(won.filter((mine) => mine)).to.have.length(1);
    expect(await pendingOf(stage, batch)).to.have.length(1);
  });
};
