import { expect } from 'chai';
import type { Proof, ProofDecision } from '../../core/proofs/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import type { User } from '../../core/users/index.ts';
import { aFile, aProof, freshId, later, MONDAY } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  allOf,
  failureOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { enterCampaign, enterProof, enterTake, enterUser, enterWorker } from './scenes.ts';

/** What every store of proofs promises, and every review desk. */
export const proofsContract = (name: string, open: OpenHarness) =>
  describe(`proofs: ${name}`, () => {
    const stage = onStage(open);
    storing(stage);
    deciding(stage);
    racing(stage);
    queueing(stage);
    cases(stage);
  });

const aDecision = (proof: Proof, by: User, change: Partial<ProofDecision> = {}): ProofDecision => ({
  proofId: proof.id,
  order: 'first',
  verdict: 'approved',
  by: by.id,
  reason: null,
  takeId: proof.takeId,
  at: later(60_000),
  ...change,
});

const enterAdmin = (stage: Stage) => enterUser(stage, { role: 'admin' });

const decide = (stage: Stage, decision: ProofDecision) =>
  stage.run((tx) => tx.proofs.decide(decision));

const decisionsOf = (stage: Stage, { id }: Proof) => stage.run((tx) => tx.proofs.decisions(id));

const storing = (stage: Stage): void => {
  it('PRF-4 stores a proof with its file', async () => {
    const file = aFile({ type: 'image/webp', channelFileId: null, size: 77 });
    const proof = await enterProof(stage, await enterCampaign(stage), { file });
    expect(await stage.run((tx) => tx.proofs.lock(proof.id))).to.deep.equal(proof);
    expect(await decisionsOf(stage, proof)).to.deep.equal([]);
  });

  it('PRF-4 knows no proof that was never stored', async () => {
    const id = freshId<Proof['id']>();
    expect(await stage.run((tx) => tx.proofs.lock(id))).to.equal(undefined);
  });

  it('PRF-4 keeps no proof of a run or savepoint that throws', async () => {
    const take = await enterTake(stage, await enterCampaign(stage), { status: 'pending_review' });
    const proof = aProof(take);
    await abandoned(stage, (tx) => tx.proofs.add(proof));
    await stage.run((tx) => abandonedStep(tx, (step) => step.proofs.add(proof)));
    expect(await stage.run((tx) => tx.proofs.lock(proof.id))).to.equal(undefined);
  });
};

const deciding = (stage: Stage): void => {
  it('REV-4 keeps the first decision and sets the status', async () => {
    const [proof, admin] = [
      await enterProof(stage, await enterCampaign(stage)),
      await enterAdmin(stage),
    ];
    const decision = aDecision(proof, admin, { verdict: 'rejected', reason: 'not the right post' });
    await decide(stage, decision);
    expect(await decisionsOf(stage, proof)).to.deep.equal([decision]);
    const after = await stage.run((tx) => tx.proofs.lock(proof.id));
    expect(after).to.deep.equal({ ...proof, status: 'rejected' });
  });

  it('REV-7 keeps one reversal beside the first decision', async () => {
    const [proof, admin] = [
      await enterProof(stage, await enterCampaign(stage)),
      await enterAdmin(stage),
    ];
    const first = aDecision(proof, admin);
    const reversal = aDecision(proof, admin, {
      order: 'reversal',
      verdict: 'rejected',
      reason: 'was a copy',
      at: later(90_000),
    });
    await decide(stage, first);
    await decide(stage, reversal);
    expect(await decisionsOf(stage, proof)).to.deep.equal([first, reversal]);
    expect((await stage.run((tx) => tx.proofs.lock(proof.id)))?.status).to.equal('rejected');
    await failureOf(decide(stage, reversal));
    expect(await decisionsOf(stage, proof)).to.have.length(2);
  });
};

const racing = (stage: Stage): void => {
  it('REV-4 of twenty admins at the same time one decides first', async () => {
    const proof = await enterProof(stage, await enterCampaign(stage));
    const admin = await enterAdmin(stage);
    const { won } = await race((index) =>
      decide(stage, aDecision(proof, admin, { verdict: index % 2 ? 'approved' : 'rejected' })),
    );
    expect(won).to.have.length(1);
    const [decision, ...more] = await decisionsOf(stage, proof);
    expect(more).to.deep.equal([]);
    const after = await stage.run((tx) => tx.proofs.lock(proof.id));
    expect(after?.status).to.equal(decision?.verdict);
  });

  it('REV-4 whoever locks the proof sees what was decided before them', async () => {
    const proof = await enterProof(stage, await enterCampaign(stage));
    const admin = await enterAdmin(stage);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const locked = await tx.proofs.lock(proof.id);
        if (locked?.status !== 'pending') return false;
        await tx.proofs.decide(aDecision(proof, admin));
        return true;
      }),
    );
    expect(lost).to.deep.equal([]);
    expect(won.filter((first) => first)).to.have.length(1);
  });

  it('REV-3 takes a decision back with its run or savepoint', async () => {
    const [proof, admin] = [
      await enterProof(stage, await enterCampaign(stage)),
      await enterAdmin(stage),
    ];
    await abandoned(stage, (tx) => tx.proofs.decide(aDecision(proof, admin)));
    await stage.run((tx) =>
      abandonedStep(tx, (step) => step.proofs.decide(aDecision(proof, admin))),
    );
    expect(await decisionsOf(stage, proof)).to.deep.equal([]);
    expect(await stage.run((tx) => tx.proofs.lock(proof.id))).to.deep.equal(proof);
  });
};

const waitingIds = (stage: Stage) =>
  stage.run(async (tx) => {
    const all = await allOf((page) => tx.reviewDesk.waiting(page));
    return all.map(({ proof }) => proof.id);
  });

const queueing = (stage: Stage): void => {
  it('REV-1 says how many wait and since when', async () => {
    const before = await stage.run((tx) => tx.reviewDesk.queue());
    const submittedAt = new Date('2001-01-01T00:00:00.000Z');
    const proof = await enterProof(stage, await enterCampaign(stage), { submittedAt });
    const after = await stage.run((tx) => tx.reviewDesk.queue());
    expect(after).to.deep.equal({ waiting: before.waiting + 1, oldest: submittedAt });
    await decide(stage, aDecision(proof, await enterAdmin(stage)));
    expect(await stage.run((tx) => tx.reviewDesk.queue())).to.deep.equal(before);
  });

  it('REV-2 opens the oldest case next, passing over skipped ones', async () => {
    const others = await waitingIds(stage);
    const admin = await enterAdmin(stage);
    const campaign = await enterCampaign(stage);
    const second = await enterProof(stage, campaign, { submittedAt: later(2_000) });
    const first = await enterProof(stage, campaign, { submittedAt: later(1_000) });
    const next = (...skipped: readonly Proof[]) =>
      stage.run((tx) => tx.reviewDesk.next(admin.id, [...others, ...skipped.map(({ id }) => id)]));
    expect(await next()).to.equal(first.id);
    expect(await next(first)).to.equal(second.id);
    expect(await next(first, second)).to.equal(undefined);
    await decide(stage, aDecision(first, admin));
    expect(await next()).to.equal(second.id);
  });

  it('ACC-7 never opens an admin’s own proof, nor one of their own campaign', async () => {
    const others = await waitingIds(stage);
    const admin = await enterAdmin(stage);
    await enterProof(stage, await enterCampaign(stage), { take: { workerId: admin.id } });
    await enterProof(stage, await enterCampaign(stage, { clientId: admin.id }));
    const next = (who: User) => stage.run((tx) => tx.reviewDesk.next(who.id, others));
    expect(await next(admin)).to.equal(undefined);
    expect(await next(await enterAdmin(stage))).to.be.a('string');
  });

  it('REV-1 lists what waits, oldest first', async () => {
    const campaign = await enterCampaign(stage);
    const at = [later(2_000), later(1_000), later(3_000)];
    const proofs: Proof[] = [];
    for (const submittedAt of at) proofs.push(await enterProof(stage, campaign, { submittedAt }));
    const [two, one, three] = proofs.map(({ id }) => id);
    const ids = (await waitingIds(stage)).filter((id) => proofs.some((proof) => proof.id === id));
    expect(ids).to.deep.equal([one, two, three]);
  });
};

const cases = (stage: Stage): void => {
  it('REV-1 a case shows proof, campaign, worker, record and decisions', async () => {
    const worker = await enterWorker(stage, { createdAt: later(-500_000) });
    const admin = await enterAdmin(stage);
    const send = async () =>
      enterProof(stage, await enterCampaign(stage), { take: { workerId: worker.id } });
    for (const verdict of ['approved', 'approved', 'rejected'] as const) {
      await decide(stage, aDecision(await send(), admin, { verdict }));
    }
    const campaign = await enterCampaign(stage);
    const proof = await enterProof(stage, campaign, { take: { workerId: worker.id } });
    const record = { approved: 2, rejected: 1, memberSince: worker.createdAt };
    const shown = { proof, campaign, worker, record, decisions: [] };
    const read = () => stage.run((tx) => tx.reviewDesk.case(proof.id));
    expect(await read()).to.deep.equal(shown);
    const decision = aDecision(proof, admin);
    await decide(stage, decision);
    expect(await read()).to.deep.equal({
      ...shown,
      proof: { ...proof, status: 'approved' },
      record: { ...record, approved: 3 },
      decisions: [decision],
    });
    const unknown = await stage.run((tx) => tx.reviewDesk.case(freshId<Proof['id']>()));
    expect(unknown).to.equal(undefined);
  });

  it('PRF-4 shows every proof ever sent for a task, oldest first', async () => {
    const campaign = await enterCampaign(stage, { targetTotal: 1 });
    const first = await enterProof(stage, campaign, { submittedAt: MONDAY });
    await stage.run(async (tx) => {
      const take = (await tx.tasks.lock(first.takeId)) as Take;
      await tx.tasks.save({ ...take, status: 'rejected', endedAt: later(1) }, 'available');
    });
    const rejection = aDecision(first, await enterAdmin(stage), { verdict: 'rejected' });
    await decide(stage, rejection);
    const second = await enterProof(stage, campaign, { submittedAt: later(5) });
    const history = await stage.run((tx) => tx.reviewDesk.historyOf(first.taskId));
    expect(history.map(({ proof, decisions }) => ({ proof, decisions }))).to.deep.equal([
      { proof: { ...first, status: 'rejected' }, decisions: [rejection] },
      { proof: second, decisions: [] },
    ]);
  });
};
