import { expect } from 'chai';
import type { Proof } from '../../core/proofs/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import { freshId, later, MONDAY } from '../support/builders.ts';
import { allOf, type Stage } from './harness.ts';
import { aDecision, decide, enterAdmin, waitingIds } from './proof-scenes.ts';
import { enterCampaign, enterProof, enterWorker } from './scenes.ts';

/** What `ReviewDesk` shows. */
export const desk = (stage: Stage): void => {
  queueing(stage);
  listing(stage);
  cases(stage);
};

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

const listing = (stage: Stage): void => {
  it('REV-7 lists what was decided, the newest first decision first', async () => {
    const [campaign, admin] = [await enterCampaign(stage), await enterAdmin(stage)];
    const proofs: Proof[] = [];
    for (const second of [2, 1, 3]) {
      const proof = await enterProof(stage, campaign);
      await decide(stage, aDecision(proof, admin, { at: later(second * 1_000) }));
      proofs.push(proof);
    }
    const [two, one, three] = proofs as [Proof, Proof, Proof];
    const reversal = { order: 'reversal', verdict: 'rejected', reason: 'a copy' } as const;
    await decide(stage, aDecision(one, admin, { ...reversal, at: later(9_000) }));
    const read = () =>
      stage
        .run((tx) => allOf((page) => tx.reviewDesk.decided(page, later(0))))
        .then((all) => all.filter(({ campaign: { id } }) => id === campaign.id));
    const list = await read();
    expect(list.map(({ proof }) => proof.id)).to.deep.equal([three.id, two.id, one.id]);
    expect(list.map(({ decisions }) => decisions.length)).to.deep.equal([1, 1, 2]);
    await enterProof(stage, await enterCampaign(stage));
    expect(await read()).to.have.length(3);
  });

  it('REV-7 a page of decided cases is cut out of the whole list', async () => {
    const [campaign, admin] = [await enterCampaign(stage), await enterAdmin(stage)];
    const far = (day: number) => later(day * 86_400_000, new Date('2090-01-01T00:00:00.000Z'));
    const ids: Proof['id'][] = [];
    for (const day of [0, 1, 2]) {
      const proof = await enterProof(stage, campaign);
      await decide(stage, aDecision(proof, admin, { at: far(day) }));
      ids.unshift(proof.id);
    }
    const page = (number: number) =>
      stage.run((tx) => tx.reviewDesk.decided({ page: number, size: 2 }, later(0)));
    const [first, second] = [await page(0), await page(1)];
    expect(
      [...first.items, ...second.items].slice(0, 3).map(({ proof }) => proof.id),
    ).to.deep.equal(ids);
    expect(first.total).to.be.greaterThan(2);
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
    const shown = {
      proof,
      campaign,
      worker,
      record,
      flags: [],
      claim: null,
      decisions: [],
      reviewers: [],
    };
    const read = () => stage.run((tx) => tx.reviewDesk.case(proof.id, later(0)));
    expect(await read()).to.deep.equal(shown);
    const decision = aDecision(proof, admin);
    await decide(stage, decision);
    expect(await read()).to.deep.equal({
      ...shown,
      proof: { ...proof, status: 'approved' },
      record: { ...record, approved: 3 },
      decisions: [decision],
      reviewers: [admin],
    });
    const unknown = freshId<Proof['id']>();
    expect(await stage.run((tx) => tx.reviewDesk.case(unknown, later(0)))).to.equal(undefined);
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
    const history = await stage.run((tx) => tx.reviewDesk.historyOf(first.taskId, later(0)));
    expect(history.map(({ proof, decisions }) => ({ proof, decisions }))).to.deep.equal([
      { proof: { ...first, status: 'rejected' }, decisions: [rejection] },
      { proof: second, decisions: [] },
    ]);
  });
};
