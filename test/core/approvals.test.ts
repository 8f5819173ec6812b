import { expect } from 'chai';
import type { ApprovalBatchId, Proof } from '../../core/index.ts';
import { aCopy, aScene, by, ids, JOB, NONE, of, orders } from '../support/approvals.ts';
import { withBooks } from '../support/broken-books.ts';
import { freshId, rupiahs } from '../support/builders.ts';
import { refusal, type Person } from '../support/market.ts';

describe('Approving many: the preview', () => {
  it("REV-8 names a campaign's waiting proofs, oldest first, with rewards and fees", async () => {
    const { market, client, campaign, proofs, preview } = await aScene();
    await market.proof(await market.worker(), await market.campaign(client));
    expect(await preview(of(campaign))).to.deep.equal({
      scope: of(campaign),
      proofIds: ids(proofs),
      total: rupiahs(1_500),
      fees: rupiahs(150),
      skipped: { claimed: 0, flagged: 0, own: 0 },
      beyond: 0,
    });
  });

  it("REV-8 names a worker's waiting proofs, of whichever campaign", async () => {
    const { market, client, campaign, preview } = await aScene();
    const worker = await market.worker();
    const first = await market.proof(worker, campaign);
    market.clock.advance(1_000);
    const dearer = await market.campaign(client, { pricePerTask: rupiahs(2_000) });
    const second = await market.proof(worker, dearer);
    const { proofIds, total } = await preview(by(worker));
    expect(proofIds).to.deep.equal(ids([first, second]));
    expect(total).to.equal(2_500n);
  });

  it('REV-8 leaves out what is own, flagged, or open at another admin, and says so', async () => {
    const { market, admin, campaign, proofs, preview } = await aScene();
    const [first, second, third] = proofs;
    const copy = await aCopy(market, campaign, first);
    const other = await market.admin();
    await market.core.proofs.open({ actor: other.actor, proofId: second?.id ?? freshId() });
    await market.core.proofs.open({ actor: admin.actor, proofId: third?.id ?? freshId() });
    const shown = await preview(of(campaign));
    expect(shown.proofIds, 'what the admin has open themselves is suitable').to.deep.equal(
      ids(proofs.filter((proof) => proof !== second)),
    );
    expect(shown.proofIds).to.not.include(copy.id);
    expect(shown.skipped).to.deep.equal({ claimed: 1, flagged: 1, own: 0 });
    market.clock.advance(6 * 60_000);
    expect((await preview(of(campaign))).skipped, 'their time is over').to.deep.equal({
      claimed: 0,
      flagged: 1,
      own: 0,
    });
  });

  it('ACC-7 REV-8 finds nothing to approve in what is one’s own', async () => {
    const { market, campaign, proofs, client } = await aScene();
    await market.forceRole(client, 'admin');
    const { preview, start } = orders(market, client);
    const shown = await preview(of(campaign));
    expect(shown).to.deep.include({ proofIds: [], total: 0n });
    expect(shown.skipped.own).to.equal(proofs.length);
    expect((await refusal(start(of(campaign)))).code).to.equal('approvals.nothing');
  });

  it('REV-8 knows neither strange campaigns nor strange people', async () => {
    const { preview } = await aScene();
    for (const scope of [of({ id: freshId() }), by({ id: freshId() } as Person)]) {
      expect((await refusal(preview(scope))).code).to.equal('not-found');
    }
  });
});

describe('Approving many: the order', () => {
  it('REV-8 approves exactly the list, not what came after the preview', async () => {
    const { market, admin, campaign, proofs, send, preview, start, run, show } = await aScene();
    const listed = [...proofs];
    const { proofIds, total } = await preview(of(campaign));
    const late = await send();
    const order = await start(of(campaign), freshId(), proofIds);
    expect(order).to.deep.include({ listed: 3, approved: 0, paid: 0n, skipped: NONE });
    expect(await run()).to.deep.equal({ done: 3, faults: [], next: null });
    const report = await show(order);
    expect(report).to.deep.include({ listed: 3, approved: 3, paid: total, skipped: NONE });
    expect(report.batch).to.deep.include({ adminId: admin.id, doneAt: market.clock.now() });
    expect((await market.proofNow(late)).status).to.equal('pending');
    for (const { id, workerId } of listed) {
      expect(await market.see((tx) => tx.proofs.decisions(id))).to.have.length(1);
      expect(await market.wallet({ id: workerId } as Person)).to.equal(500n);
    }
    await market.ledgerIsSound();
  });

  it('REV-8 one key orders once: again it reports, for anything else it is refused', async () => {
    const { market, admin, campaign, proofs, start, run } = await aScene();
    const key = freshId<ApprovalBatchId>();
    const listed = ids(proofs);
    const first = await start(of(campaign), key, listed);
    expect(await start(of(campaign), key, listed)).to.deep.equal(first);
    await run();
    const later = await start(of(campaign), key, listed);
    expect(later.approved, 'also when it is done').to.equal(3);
    const other = orders(market, await market.admin());
    for (const reused of [
      start(of(campaign), key, listed.slice(1)),
      start(of(campaign), key, listed.toReversed()),
      start({ kind: 'worker', workerId: proofs[0]?.workerId ?? admin.id }, key, listed),
      other.start(of(campaign), key, listed),
    ]) {
      expect((await refusal(reused)).code).to.equal('wallet.key-reused');
    }
    expect(market.auditOf(key).map(({ action }) => action)).to.deep.equal([
      'approvals.start',
      'approvals.done',
    ]);
  });

  it('REV-8 a proof twice on the list counts once', async () => {
    const { campaign, proofs, start, run, show } = await aScene({ waiting: 1 });
    const order = await start(of(campaign), freshId(), [...ids(proofs), ...ids(proofs)]);
    await run();
    expect(await show(order)).to.deep.include({ listed: 1, approved: 1, paid: 500n });
  });

  it('REV-8 refuses strange proofs, an empty list and one that is too long', async () => {
    const { market, client, campaign, proofs, start } = await aScene();
    const elsewhere = await market.campaign(client);
    const strange = await market.proof(await market.worker(), elsewhere);
    const codeOf = async (listed: readonly Proof['id'][]) =>
      (await refusal(start(of(campaign), freshId(), listed))).code;
    expect(await codeOf([...ids(proofs), strange.id])).to.equal('not-found');
    expect(await codeOf([...ids(proofs), freshId()])).to.equal('not-found');
    expect(await codeOf([])).to.equal('approvals.nothing');
    const many = Array.from({ length: 501 }, () => freshId<Proof['id']>());
    expect(await codeOf(many)).to.equal('approvals.too-many');
  });

  it('WAL-13 REV-8 is not begun while the books do not add up', async () => {
    const { market, campaign, proofs, start } = await aScene();
    await withBooks(market).freeze();
    const refused = await refusal(start(of(campaign), freshId(), ids(proofs)));
    expect(refused.code).to.equal('freeze.in-force');
  });

  it('REV-8 AUD-1 is in the audit log, each approval in the name of who ordered', async () => {
    const { market, admin, campaign, proofs, start, run } = await aScene();
    const { batch } = await start(of(campaign));
    await run();
    const [begun, done] = market.auditOf(batch.id);
    expect(begun).to.deep.include({ actor: admin.actor, subject: 'approvals' });
    expect(begun?.after).to.deep.equal({ ...of(campaign), proofs: 3, total: '1500' });
    expect(done).to.deep.include({ actor: JOB, subject: 'approvals' });
    expect(done?.after).to.deep.equal({ approved: 3, paid: '1500', skipped: NONE });
    for (const { id } of proofs) {
      expect(market.auditOf(id).at(-1)).to.deep.include({
        actor: admin.actor,
        action: 'proof.approve',
      });
    }
  });
});
