import { expect } from 'chai';
import type { AuditEntry } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, type Market } from '../support/market.ts';

/** Their digits are chance. */
const ID_OR_HASH = /[0-9a-f-]{32,}/g;

/** A day in which everything happens once; fee 10 %. */
const aWholeDay = async () => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000, withdrawFee: rupiahs(1_000) } });
  const { deposits, withdrawals, campaigns, tasks, proofs } = market.core;
  const [client, worker, admin] = [
    await market.client(),
    await market.worker(),
    await market.admin(),
  ];
  const { actor: by } = admin;
  const order = { pricePerTask: rupiahs(20_000), target: 4 };
  const campaign = await market.campaign(client, order);
  const own = { actor: client.actor, campaignId: campaign.id };
  await market.topUp(client, 100_000);
  await campaigns.raise({ ...own, more: 1, key: 'raise' });
  await campaigns.pause(own);
  await campaigns.resume(own);
  const released = await market.take(worker, campaign);
  await tasks.release({ actor: worker.actor, takeId: released.id });
  const approved = await market.proof(worker, campaign);
  await market.approve(approved, admin);
  const rejected = await market.proof(await market.worker(), campaign);
  await market.reject(rejected, admin);
  await proofs.reverse({ actor: by, proofId: rejected.id, reason: 'looked again' });
  const afterwards = await market.proof(await market.worker(), campaign);
  const canceled = await market.request(client, 10_000);
  await deposits.cancel({ actor: client.actor, depositId: canceled.id });
  const refused = await market.request(client, 10_000);
  await deposits.reject({ actor: by, depositId: refused.id, reason: 'nothing arrived' });
  const paid = await market.withdraw(worker, 15_000);
  await market.payOut(paid, admin);
  const back = await market.withdraw(client, 10_000);
  await withdrawals.cancel({ actor: client.actor, withdrawalId: back.id });
  const rejectedOut = await market.withdraw(client, 10_000);
  await market.claim(rejectedOut, admin);
  await withdrawals.reject({ actor: by, withdrawalId: rejectedOut.id, reason: 'wrong number' });
  await campaigns.delete(own);
  await market.reject(afterwards, admin);
  await proofs.reverse({ actor: by, proofId: approved.id, reason: 'fake' });
  return { market, client, worker, admin, campaign, approved, rejected, afterwards, paid };
};

const actionsOn = (market: Market, id: string) => market.auditOf(id).map(({ action }) => action);

const text = (row: AuditEntry | undefined): string => JSON.stringify(row?.after ?? null);

describe('The audit log', () => {
  it('AUD-1 every decision and change stands in it, in order', async () => {
    const { market, campaign, approved, rejected, paid } = await aWholeDay();
    expect(actionsOn(market, campaign.id)).to.deep.equal([
      'campaign.create',
      'campaign.raise',
      'campaign.pause',
      'campaign.resume',
      'campaign.delete',
      'campaign.refund-slot',
    ]);
    expect(actionsOn(market, approved.id)).to.deep.equal([
      'proof.submit',
      'proof.approve',
      'proof.un-approve',
    ]);
    expect(actionsOn(market, rejected.id)).to.deep.equal([
      'proof.submit',
      'proof.reject',
      'proof.un-reject',
    ]);
    expect(actionsOn(market, paid.id)).to.deep.equal([
      'withdrawal.request',
      'withdrawal.claim',
      'withdrawal.pay',
    ]);
    const all = new Set(market.ports.auditLog().map(({ action }) => action));
    for (const action of ['take.take', 'take.release', 'withdrawal.cancel', 'withdrawal.reject']) {
      expect(all).to.include(action);
    }
    for (const status of ['request', 'approved', 'rejected', 'canceled']) {
      expect(all).to.include(`deposit.${status}`);
    }
  });

  it('AUD-1 a row says who, when, and what was before and after', async () => {
    const { market, admin, paid } = await aWholeDay();
    expect(market.auditOf(paid.id).at(-1)).to.deep.equal({
      actor: admin.actor,
      action: 'withdrawal.pay',
      subject: 'withdrawal',
      subjectId: paid.id,
      before: { status: 'pending' },
      after: { status: 'paid', amount: '15000', fee: '1000' },
      at: market.clock.now(),
    });
  });

  it('AUD-1 the rows of money that moved name its amount', async () => {
    const { market, campaign, approved } = await aWholeDay();
    const row = (id: string, action: string) =>
      market.auditOf(id).find((one) => one.action === action);
    expect(row(campaign.id, 'campaign.create')?.after).to.include({ funded: '88000' });
    expect(row(campaign.id, 'campaign.raise')?.after).to.include({ funded: '22000' });
    expect(row(campaign.id, 'campaign.delete')?.after).to.include({ refunded: '44000' });
    expect(row(approved.id, 'proof.approve')?.after).to.include({ reward: '20000', fee: '2000' });
  });

  it('AUD-1 the row of an un-rejection names the reward that it paid', async () => {
    const { market, rejected } = await aWholeDay();
    expect(text(market.auditOf(rejected.id).at(-1))).to.include('20000');
  });

  it('AUD-1 the refund of a slot that came free after the deletion stands in the log', async () => {
    const { market, campaign, afterwards } = await aWholeDay();
    const related = [afterwards.id, afterwards.takeId, afterwards.taskId, campaign.id];
    const rows = market.ports
      .auditLog()
      .filter(
        ({ subjectId, action }) =>
          related.includes(subjectId as never) && action !== 'campaign.create',
      );
    expect(
      rows.some((row) => text(row).includes('"22000"') && row.action !== 'campaign.raise'),
    ).to.equal(true);
  });

  it('AUD-1 the completion of a campaign, a change of its status, stands in the log', async () => {
    const market = aMarket();
    const campaign = await market.campaign(await market.client(), { target: 1 });
    await market.approve(await market.proof(await market.worker(), campaign));
    const completed = market.auditOf(campaign.id).filter((row) => text(row).includes('completed'));
    expect(completed).to.have.length(1);
  });

  it('AUD-1 no row holds a name, a number, a link or what was said of a person', async () => {
    const { market } = await aWholeDay();
    const content = market.ports.auditLog().map(({ before, after }) => ({ before, after }));
    const written = JSON.stringify(content).replaceAll(ID_OR_HASH, '');
    expect(written).not.to.match(/Siti|u\d{9}|\+62|0812|instagram|looked again|nothing arrived/);
    expect(written).not.to.match(/wrong number|blurred|fake/);
  });

  it('AUD-1 what was refused leaves no row', async () => {
    const market = aMarket();
    const [worker, admin] = [await market.worker(), await market.admin()];
    const before = market.ports.auditLog().length;
    const { actor } = worker;
    await Promise.allSettled([
      market.core.users.suspend({ actor, userId: worker.id, reason: 'x' }),
      market.core.users.grantAdmin({ actor, telegramId: worker.telegramId }),
      market.core.users.suspend({ actor: admin.actor, userId: admin.id, reason: 'x' }),
    ]);
    expect(market.ports.auditLog().length).to.equal(before);
  });

  it('AUD-1 what was done twice by the same key or tap stands once', async () => {
    const market = aMarket();
    const proof = await market.proof(
      await market.worker(),
      await market.campaign(await market.client()),
    );
    await Promise.all([market.approve(proof), market.approve(proof), market.reject(proof)]);
    expect(actionsOn(market, proof.id)).to.have.length(2);
  });
});
