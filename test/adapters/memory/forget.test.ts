import { expect } from 'chai';
import { asSystem, DAY_MS, plusMs, type Campaign } from '../../../core/index.ts';
import { aScene, of } from '../../support/approvals.ts';
import { aFile, freshId, rupiahs } from '../../support/builders.ts';
import {
  aMarket,
  anOrder,
  FIRST_PAGE,
  numberOf,
  refusal,
  type Market,
  type Person,
} from '../../support/market.ts';

const JOB = asSystem('test');
const A_MONTH = 40 * DAY_MS;

/** Time goes by, the log is sealed, and what came to rest before that is forgotten. */
const forgetAll = async (market: Market) => {
  await market.core.audit.seal({ actor: JOB, limit: 10_000 });
  await market.core.audit.seal({ actor: JOB, limit: 10_000 });
  market.clock.advance(A_MONTH);
  await market.newcomer();
  await market.core.audit.seal({ actor: JOB, limit: 10_000 });
  return market.ports.forget(plusMs(market.clock.now(), -A_MONTH / 2));
};

/** One task, done and paid. */
const paidTask = async (market: Market, client: Person, worker: Person): Promise<Campaign> => {
  const campaign = await market.campaign(client, { target: 1 });
  await market.approve(await market.proof(worker, campaign));
  return campaign;
};

describe('memory: forgetting', () => {
  it('WAL-3 keeps every balance, and proves it from the sums it has carried forward', async () => {
    const market = aMarket({ settings: { feeBasisPoints: 1_000 } });
    const [client, worker, admin] = [
      await market.client(),
      await market.worker(),
      await market.admin(),
    ];
    await market.topUp(client, 123_456);
    for (let times = 0; times < 30; times += 1) await paidTask(market, client, worker);
    await market.payOut(await market.withdraw(worker, 10_000), admin);
    const before = [await market.trialBalance(), await market.wallet(worker)];
    const gone = await forgetAll(market);
    expect(gone).to.include({ campaigns: 30, takes: 30, proofs: 30, deposits: 31, withdrawals: 1 });
    expect(gone.transactions).to.equal(31 + 3 * 30 + 1);
    expect(gone.auditRows).to.be.greaterThan(100);
    expect([await market.trialBalance(), await market.wallet(worker)]).to.deep.equal(before);
    await market.ledgerIsSound();
    await paidTask(market, client, await market.worker());
    await market.ledgerIsSound();
  });

  it('WAL-3 can forget again and again', async () => {
    const market = aMarket();
    const client = await market.client();
    await market.topUp(client, 50_000);
    await forgetAll(market);
    await market.ports.forget(plusMs(market.clock.now(), -A_MONTH / 2));
    await market.ledgerIsSound();
    expect(market.ports.sizes()).to.include({ deposits: 0, entries: 0 });
    expect(await market.wallet(client)).to.equal(50_000n);
  });

  it('REV-8 forgets orders that are done, and keeps what is still to be approved', async () => {
    const { market, campaign, start, run, show, send } = await aScene();
    await start(of(campaign));
    await run();
    const waiting = await send();
    const open = await start(of(campaign), freshId(), [waiting.id]);
    expect((await forgetAll(market)).approvals).to.equal(1);
    expect(market.ports.sizes()).to.include({ approvalBatches: 1, approvalItems: 1 });
    await run();
    expect((await show(open)).approved).to.equal(1);
    await market.ledgerIsSound();
  });

  it('keeps what is alive: running campaigns with all that belongs to them', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    const campaign = await market.campaign(client, { target: 4 });
    const proof = await market.proof(worker, campaign);
    await market.approve(proof);
    const waiting = await market.proof(await market.worker(), campaign);
    const pending = await market.request(client, 10_000);
    const gone = await forgetAll(market);
    expect(gone).to.include({ campaigns: 0, takes: 0, proofs: 0 });
    await market.ledgerIsSound();
    await market.approve(waiting);
    const actor = (await market.house()).actor;
    const found = await market.core.deposits.show({ actor, depositId: pending.id });
    expect(found.deposit.status).to.equal('pending');
    expect((await market.progress(campaign)).approved).to.equal(2);
    await market.ledgerIsSound();
  });

  it('keeps what came to rest lately', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    await paidTask(market, client, worker);
    await market.core.audit.seal({ actor: JOB, limit: 1_000 });
    market.clock.advance(DAY_MS);
    const gone = await market.ports.forget(plusMs(market.clock.now(), -2 * DAY_MS));
    expect(Object.values(gone).every((count) => count === 0)).to.equal(true);
  });

  it('CAM-6 keeps an old campaign that was deleted lately', async () => {
    const market = aMarket();
    const client = await market.client();
    const { id: campaignId } = await market.campaign(client);
    market.clock.advance(A_MONTH);
    await market.core.campaigns.delete({ actor: client.actor, campaignId });
    const gone = await market.ports.forget(plusMs(market.clock.now(), -A_MONTH / 2));
    expect(gone.campaigns).to.equal(0);
    await market.ledgerIsSound();
  });

  it('REV-7 keeps an old campaign of which a decision was turned round lately', async () => {
    const market = aMarket({ settings: { reversalDays: 365 } });
    const [client, worker, admin] = [
      await market.client(),
      await market.worker(),
      await market.admin(),
    ];
    const campaign = await market.campaign(client, { target: 1, pricePerTask: rupiahs(20_000) });
    const proof = await market.proof(worker, campaign);
    await market.approve(proof);
    await market.payOut(await market.withdraw(worker, 20_000), admin); // nothing is left
    market.clock.advance(A_MONTH);
    await market.core.proofs.reverse({ actor: admin.actor, proofId: proof.id, reason: 'fake' });
    const gone = await market.ports.forget(plusMs(market.clock.now(), -A_MONTH / 2));
    expect(gone).to.include({ campaigns: 0, proofs: 0, withdrawals: 1 });
    await market.ledgerIsSound();
  });

  it('TSK-2 still refuses what a worker was paid for', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    const { link, kind } = anOrder();
    const order = { link, kind, target: 1 };
    await market.approve(await market.proof(worker, await market.campaign(client, order)));
    await forgetAll(market);
    const again = await market.campaign(client, order);
    expect((await refusal(market.take(worker, again))).code).to.equal('task.already-done');
    const offers = await market.core.tasks.offers({ actor: worker.actor, page: FIRST_PAGE });
    expect(offers.total).to.equal(0);
  });

  it('REV-1 still knows the record of a worker', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    await paidTask(market, client, worker);
    await forgetAll(market);
    const proof = await market.proof(worker, await market.campaign(client));
    const { actor } = await market.house();
    const { record } = await market.core.proofs.case({ actor, proofId: proof.id });
    expect(record).to.include({ approved: 1, rejected: 0 });
  });

  it('DEP-3 still refuses a file that was sent before, and flags it for others', async () => {
    const market = aMarket();
    const [client, other, admin] = [
      await market.client(),
      await market.client(),
      await market.admin(),
    ];
    const file = aFile();
    const send = ({ actor }: Person) =>
      market.core.deposits.request({ actor, amount: rupiahs(10_000), key: freshId(), file });
    const { id } = await send(client);
    await market.core.deposits.reject({ actor: admin.actor, depositId: id, reason: 'no money' });
    await forgetAll(market);
    expect((await refusal(send(client))).code).to.equal('deposit.same-file');
    const second = await send(other);
    const shown = await market.core.deposits.show({ actor: admin.actor, depositId: second.id });
    expect(shown.sameFile).to.equal(1);
  });

  it('WDR-1, WDR-4 still knows what was earned and which numbers were used', async () => {
    const market = aMarket();
    const [client, worker, admin] = [
      await market.client(),
      await market.worker(),
      await market.admin(),
    ];
    const campaign = await market.campaign(client, { target: 1, pricePerTask: rupiahs(50_000) });
    await market.approve(await market.proof(worker, campaign));
    await market.payOut(await market.withdraw(worker, 20_000), admin);
    await forgetAll(market);
    const { flags } = await market.withdraw(worker, 20_000, numberOf(worker));
    expect(flags).to.deep.equal({ newNumber: false, toppedUp: false });
  });

  it('WDR-1 still knows who was paid out before, and who else used a number', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const rich = async () => {
      const person = await market.client();
      await market.topUp(person, 50_000);
      return person;
    };
    const [paid, canceled, third] = [await rich(), await rich(), await rich()];
    const number = numberOf(paid);
    await market.payOut(await market.withdraw(paid, 10_000), admin);
    const { id: withdrawalId } = await market.withdraw(canceled, 10_000, number);
    await market.core.withdrawals.cancel({ actor: canceled.actor, withdrawalId });
    await forgetAll(market);
    const seen = async (person: Person) => {
      const { id } = await market.withdraw(person, 10_000, number);
      const asked = { actor: admin.actor, withdrawalId: id };
      const { isFirst, othersWithNumber } = await market.core.withdrawals.show(asked);
      return [isFirst, othersWithNumber];
    };
    expect(await seen(paid)).to.deep.equal([false, 1]);
    expect(await seen(canceled)).to.deep.equal([true, 1]);
    expect(await seen(third)).to.deep.equal([true, 2]);
  });

  it('AUD-2 still proves the part of the log that it has, and goes on with the chain', async () => {
    const market = aMarket();
    const [client, worker] = [await market.client(), await market.worker()];
    await paidTask(market, client, worker);
    const { auditRows } = await forgetAll(market);
    expect(auditRows).to.be.greaterThan(5);
    await paidTask(market, client, await market.worker());
    await market.core.audit.seal({ actor: JOB, limit: 1_000 });
    const { broken, unsealed, rows } = await market.core.audit.verify({ actor: JOB, newest: 2 });
    expect({ broken, unsealed }).to.deep.equal({ broken: 0, unsealed: 0 });
    expect(rows).to.equal(market.ports.auditLog().length);
  });
});
