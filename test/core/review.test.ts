import { expect } from 'chai';
import { rupiahs } from '../support/builders.ts';
import { aMarket, FIRST_PAGE, ofKind, refusal } from '../support/market.ts';

const aScene = async (target = 3) => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000 } });
  const [client, worker, admin] = [
    await market.client(),
    await market.worker(),
    await market.admin(),
  ];
  const campaign = await market.campaign(client, { target });
  return { market, client, worker, admin, campaign };
};

describe('The review desk', () => {
  it('REV-1 the desk shows how many wait since when, and gives the oldest first', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const first = await market.proof(worker, campaign);
    const since = market.clock.now();
    market.clock.advance(60_000);
    const second = await market.proof(await market.worker(), campaign);
    const { actor } = admin;
    const { queue, next, waiting } = market.core.proofs;
    expect(await queue({ actor })).to.deep.equal({ waiting: 2, oldest: since });
    expect((await next({ actor, skipped: [] }))?.proof.id).to.equal(first.id);
    const list = await waiting({ actor, page: FIRST_PAGE });
    expect(list.items.map(({ proof }) => proof.id)).to.deep.equal([first.id, second.id]);
  });

  it('REV-2 a skipped case comes later, a decided one never', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const first = await market.proof(worker, campaign);
    const second = await market.proof(await market.worker(), campaign);
    const { actor } = admin;
    const { next } = market.core.proofs;
    expect((await next({ actor, skipped: [first.id] }))?.proof.id).to.equal(second.id);
    await market.approve(second, admin);
    expect(await next({ actor, skipped: [first.id] })).to.equal(null);
    expect((await next({ actor, skipped: [] }))?.proof.id).to.equal(first.id);
  });

  it("REV-1 a case shows the campaign and the worker's record", async () => {
    const { market, client, worker, admin } = await aScene();
    await market.approve(await market.proof(worker, await market.campaign(client)));
    await market.reject(await market.proof(worker, await market.campaign(client)));
    const campaign = await market.campaign(client);
    const { id: proofId } = await market.proof(worker, campaign);
    const shown = await market.core.proofs.case({ actor: admin.actor, proofId });
    const { createdAt: memberSince } = await market.userOf(worker);
    expect(shown.record).to.deep.equal({ approved: 1, rejected: 1, memberSince });
    expect(shown.campaign.id).to.equal(campaign.id);
    expect(shown.worker.id).to.equal(worker.id);
  });

  it('PRF-4 every proof of a task is kept with its decisions', async () => {
    const { market, worker, admin, campaign } = await aScene(1);
    const rejected = await market.proof(worker, campaign);
    market.clock.advance(60_000);
    await market.reject(rejected, admin);
    const decidedAt = market.clock.now();
    const approved = await market.proof(await market.worker(), campaign);
    await market.approve(approved);
    const asked = { actor: admin.actor, taskId: rejected.taskId };
    const history = await market.core.proofs.taskHistory(asked);
    expect(history.map(({ proof }) => [proof.id, proof.status, proof.file])).to.deep.equal([
      [rejected.id, 'rejected', rejected.file],
      [approved.id, 'approved', approved.file],
    ]);
    expect(history[0]?.decisions).to.deep.equal([
      {
        proofId: rejected.id,
        order: 'first',
        verdict: 'rejected',
        by: admin.id,
        reason: 'blurred',
        takeId: rejected.takeId,
        at: decidedAt,
      },
    ]);
  });
});

describe('Approving and rejecting proofs', () => {
  it('REV-3 approving pays reward and fee together', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const proof = await market.proof(worker, campaign);
    expect(await market.approve(proof, admin)).to.deep.equal({
      outcome: 'approved',
      reward: 500n,
      workerBalance: 500n,
    });
    expect(await market.wallet(worker)).to.equal(500n);
    expect(await market.escrow(campaign)).to.equal(1_100n);
    expect((await market.trialBalance()).revenue).to.equal(50n);
    expect((await market.proofNow(proof)).status).to.equal('approved');
    expect((await market.takeNow({ id: proof.takeId })).status).to.equal('approved');
    expect(await market.campaignNow(campaign)).to.include({ completedCount: 1 });
    await market.ledgerIsSound();
  });

  it('REV-3 without a fee no fee is posted', async () => {
    const market = aMarket();
    const campaign = await market.campaign(await market.client());
    await market.approve(await market.proof(await market.worker(), campaign));
    expect((await market.trialBalance()).revenue).to.equal(0n);
    expect(await market.escrow(campaign)).to.equal(1_000n);
  });

  it('REV-3 a failure anywhere in it leaves nothing done', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const proof = await market.proof(worker, campaign);
    const before = [market.ports.auditLog().length, market.ports.outboxMessages().length];
    const dying = market.see(async (tx) => {
      const { proofs } = market.core.within(tx);
      await proofs.approve({ actor: admin.actor, proofId: proof.id });
      throw new Error('the process dies');
    });
    await Promise.allSettled([dying]);
    expect((await market.proofNow(proof)).status).to.equal('pending');
    expect(await market.wallet(worker)).to.equal(0n);
    expect([market.ports.auditLog().length, market.ports.outboxMessages().length]).to.deep.equal(
      before,
    );
    await market.ledgerIsSound();
  });

  it('REV-4 the second admin is told who decided what and when', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const proof = await market.proof(worker, campaign);
    await market.reject(proof, admin);
    const at = market.clock.now();
    market.clock.advance(60_000);
    const by = await market.userOf(admin);
    const told = { outcome: 'already-decided', verdict: 'rejected', by, at };
    expect(await market.approve(proof)).to.deep.equal(told);
    expect(await market.reject(proof)).to.deep.equal(told);
    expect(await market.wallet(worker)).to.equal(0n);
  });

  it('REV-4 SEC-A20 of approvals and rejections at the same time exactly one decides', async () => {
    for (const first of [0, 1]) {
      const { market, worker, campaign } = await aScene();
      const proof = await market.proof(worker, campaign);
      const admins = [await market.admin(), await market.admin()] as const;
      const results = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 2 === first ? market.approve(proof, admins[0]) : market.reject(proof, admins[1]),
        ),
      );
      const decided = results.filter(({ outcome }) => outcome !== 'already-decided');
      expect(decided).to.have.length(1);
      const approved = decided[0]?.outcome === 'approved';
      expect(await market.wallet(worker)).to.equal(approved ? 500n : 0n);
      const reviewed = await market.see((tx) => tx.proofs.decisions(proof.id));
      expect(reviewed).to.have.length(1);
      await market.ledgerIsSound();
    }
  });

  it('REV-5 rejecting returns the slot, tells the reason and moves no money', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const proof = await market.proof(worker, campaign);
    const before = await market.trialBalance();
    await market.reject(proof, admin);
    expect(await market.trialBalance()).to.deep.equal(before);
    expect(await market.progress(campaign)).to.include({ available: 3, underReview: 0 });
    expect((await market.takeNow({ id: proof.takeId })).status).to.equal('rejected');
    expect(ofKind(market.noticesTo(worker), 'proof.rejected')).to.deep.equal([
      {
        kind: 'proof.rejected',
        campaign: { taskKind: 'like', link: campaign.link.target },
        reason: 'blurred',
      },
    ]);
  });

  it('REV-2 a reason is optional, but not empty, and has at most 500 characters', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const { id: proofId } = await market.proof(worker, campaign);
    const reject = (reason: string | null) =>
      market.core.proofs.reject({ actor: admin.actor, proofId, reason });
    expect((await refusal(reject('x'.repeat(501)))).code).to.equal('text.too-long');
    expect((await refusal(reject(' ')))?.code).to.equal('text.empty');
    expect(await reject(null)).to.deep.equal({ outcome: 'rejected' });
  });

  it('REV-3 PRF-1 nothing is approved or paid without a proof', async () => {
    const { market, worker, admin, campaign } = await aScene();
    const take = await market.take(worker, campaign);
    const guess = { actor: admin.actor, proofId: take.id as never };
    expect((await refusal(market.core.proofs.approve(guess))).code).to.equal('not-found');
    await market.submit(worker, take);
    expect((await refusal(market.submit(worker, take))).code).to.equal('take.not-open');
    expect(await market.wallet(worker)).to.equal(rupiahs(0));
  });
});
