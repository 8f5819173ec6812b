import { expect } from 'chai';
import type { Proof } from '../../core/proofs/index.ts';
import { aFile, aProof, freshId, later } from '../support/builders.ts';
import {
  abandoned,
  abandonedStep,
  failureOf,
  onStage,
  race,
  type OpenHarness,
  type Stage,
} from './harness.ts';
import { copies } from './proof-copies.ts';
import { aDecision, decide, enterAdmin, storedProof } from './proof-scenes.ts';
import { claims } from './review-claims.ts';
import { desk } from './review-desk.ts';
import { enterCampaign, enterProof, enterTake } from './scenes.ts';

/** What every store of proofs promises, and every review desk. */
export const proofsContract = (name: string, open: OpenHarness) =>
  describe(`proofs: ${name}`, () => {
    const stage = onStage(open);
    storing(stage);
    deciding(stage);
    racing(stage);
    copies(stage);
    desk(stage);
    claims(stage);
  });

const decisionsOf = (stage: Stage, { id }: Proof) => stage.run((tx) => tx.proofs.decisions(id));

const storing = (stage: Stage): void => {
  it('PRF-4 stores a proof with its file', async () => {
    const file = aFile({ type: 'image/webp', channelFileId: null, size: 77 });
    const proof = await enterProof(stage, await enterCampaign(stage), { file });
    expect(await storedProof(stage, proof.id)).to.deep.equal(proof);
    expect(await decisionsOf(stage, proof)).to.deep.equal([]);
  });

  it('PRF-4 knows no proof that was never stored', async () => {
    const id = freshId<Proof['id']>();
    expect(await storedProof(stage, id)).to.equal(undefined);
  });

  it('PRF-4 keeps no proof of a run or savepoint that throws', async () => {
    const take = await enterTake(stage, await enterCampaign(stage), { status: 'pending_review' });
    const proof = aProof(take);
    await abandoned(stage, (tx) => tx.proofs.add(proof, []));
    await stage.run((tx) => abandonedStep(tx, (step) => step.proofs.add(proof, [])));
    expect(await storedProof(stage, proof.id)).to.equal(undefined);
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
    const after = await storedProof(stage, proof.id);
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
    expect((await storedProof(stage, proof.id))?.status).to.equal('rejected');
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
    const after = await storedProof(stage, proof.id);
    expect(after?.status).to.equal(decision?.verdict);
  });

  it('REV-4 whoever locks the proof sees what was decided before them', async () => {
    const proof = await enterProof(stage, await enterCampaign(stage));
    const admin = await enterAdmin(stage);
    const { won, lost } = await race(() =>
      stage.run(async (tx) => {
        const { cases } = await tx.cases.lock([proof.id], { by: admin.id, to: 'judge' });
        if (cases[0]?.proof.status !== 'pending') return false;
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
    expect(await storedProof(stage, proof.id)).to.deep.equal(proof);
  });
};
