import { expect } from 'chai';
import {
  createCore,
  type Campaign,
  type Ports,
  type Proof,
  type ProofId,
  type Settlement,
  type Tx,
} from '../../core/index.ts';
import { aCopy, aScene, by, ids, JOB, NONE, of, orders } from '../support/approvals.ts';
import { withBooks } from '../support/broken-books.ts';
import { freshId } from '../support/builders.ts';
import { ofKind, type Market, type Person } from '../support/market.ts';

const balancesTold = (market: Market, worker: Person) =>
  ofKind(market.noticesTo(worker), 'proof.approved').map(({ balance }) => balance);

/** What a client heard of how far a campaign is, in its order. */
const told = (market: Market, client: Person) =>
  market
    .noticesTo(client)
    .map(({ kind }) => kind)
    .filter((kind) => kind === 'campaign.half' || kind === 'campaign.completed');

const someProofs = async (market: Market, campaign: Campaign, howMany: number) => {
  const proofs: Proof[] = [];
  for (let sent = 0; sent < howMany; sent += 1) {
    proofs.push(await market.proof(await market.worker(), campaign));
  }
  return proofs;
};

describe('Approving many: several in one transaction', () => {
  it('CAM-7 CAM-8 counts one after the other: half told once, complete at the last slot', async () => {
    const { market, client, campaign, start, run, show } = await aScene({ waiting: 5, target: 5 });
    const order = await start(of(campaign));
    await run();
    expect(await show(order)).to.deep.include({ approved: 5, paid: 2_500n });
    expect(await market.campaignNow(campaign)).to.include({
      status: 'completed',
      completedCount: 5,
    });
    expect(told(market, client)).to.deep.equal(['campaign.half', 'campaign.completed']);
    const half = ofKind(market.noticesTo(client), 'campaign.half')[0];
    expect(half).to.include({ completed: 3, target: 5 });
    expect(await market.escrow(campaign)).to.equal(0n);
    const completions = market.ports.auditLog().filter((one) => one.action === 'campaign.complete');
    expect(completions.map(({ after }) => after)).to.deep.equal([
      { status: 'completed', completed: 5 },
    ]);
    await market.ledgerIsSound();
  });

  it('CAM-7 a campaign that is complete in the middle of a list leaves the next one alone', async () => {
    const { market, client, admin } = await aScene({ waiting: 0 });
    const worker = await market.worker();
    const campaigns = [
      await market.campaign(client, { target: 1 }),
      await market.campaign(client, { target: 2 }),
      await market.campaign(client, { target: 1 }),
    ];
    for (const campaign of campaigns) {
      market.clock.advance(1_000);
      await market.proof(worker, campaign);
    }
    const { start, run, show } = orders(market, admin);
    const order = await start(by(worker));
    await run();
    expect((await show(order)).approved).to.equal(3);
    const states = await Promise.all(campaigns.map((one) => market.campaignNow(one)));
    expect(states.map(({ status }) => status)).to.deep.equal(['completed', 'active', 'completed']);
    await market.ledgerIsSound();
  });

  it('REV-3 NTF-2 tells a worker of several rewards, each with the balance after it', async () => {
    const { market, client, admin } = await aScene({ waiting: 0 });
    const worker = await market.worker();
    for (let sent = 0; sent < 3; sent += 1) {
      market.clock.advance(1_000);
      await market.proof(worker, await market.campaign(client, { target: 2 }));
    }
    const { start, run } = orders(market, admin);
    await start(by(worker));
    await run();
    expect(balancesTold(market, worker)).to.deep.equal([500n, 1_000n, 1_500n]);
    expect(await market.wallet(worker)).to.equal(1_500n);
  });

  it('REV-8 passes over what is flagged, claimed, decided or the admin’s own in one list', async () => {
    const scene = await aScene({ waiting: 4, target: 10 });
    const { market, client, admin, campaign, proofs, run } = scene;
    const [first, second, third, fourth] = proofs as [Proof, Proof, Proof, Proof];
    const copy = await aCopy(market, campaign, first);
    const own = await market.proof(await market.worker(), campaign);
    const { start, show } = orders(market, admin);
    const list = [...ids(proofs), copy.id, own.id];
    const order = await start(of(campaign), freshId(), list);
    const other = await market.admin();
    await market.core.proofs.open({ actor: other.actor, proofId: second.id });
    await market.reject(third);
    expect((await run()).done).to.equal(6);
    expect(await show(order)).to.deep.include({
      approved: 3,
      skipped: { ...NONE, flagged: 1, claimed: 1, decided: 1 },
    });
    for (const { id } of [first, fourth, own]) {
      expect((await market.proofNow({ id })).status).to.equal('approved');
    }
    await market.forceRole(client, 'admin');
    const [mine] = await someProofs(market, campaign, 1);
    const owners = orders(market, client);
    const theirs = await owners.start(of(campaign), freshId(), [mine?.id ?? freshId()]);
    await owners.run();
    expect(await owners.show(theirs)).to.deep.include({ skipped: { ...NONE, own: 1 } });
    await market.ledgerIsSound();
  });

  it('WAL-13 REV-8 pays none of a list while payments stand still', async () => {
    const { market, campaign, proofs, start, run, show } = await aScene({ waiting: 3 });
    const order = await start(of(campaign));
    await market.reject(proofs[0] as Proof);
    await withBooks(market).freeze();
    await run();
    expect(await show(order)).to.deep.include({
      approved: 0,
      skipped: { ...NONE, decided: 1, frozen: 2 },
    });
  });

  it('REV-8 a defect where several are written: each is tried alone, the bad one is told', async () => {
    const { market, campaign, proofs, start, run, show } = await aScene({ waiting: 4 });
    const order = await start(of(campaign));
    const core = createCore(cannotSettle(market.ports, proofs[2]?.id));
    const { done, faults } = await core.approvals.run({ actor: JOB, limit: 100 });
    expect({ done, faults: faults.length }).to.deep.equal({ done: 3, faults: 1 });
    expect((await show(order)).approved).to.equal(3);
    await run();
    expect(await show(order)).to.deep.include({ approved: 4, paid: 2_000n, skipped: NONE });
    await market.ledgerIsSound();
  });

  it('REV-8 works on two orders found together one after the other', async () => {
    const { market, admin, campaign, start, run, show } = await aScene({ waiting: 3, target: 6 });
    const first = await start(of(campaign));
    market.clock.advance(1_000);
    const more = await someProofs(market, campaign, 2);
    const second = await start(of(campaign), freshId(), ids(more));
    expect(await run()).to.deep.include({ done: 5, faults: [] });
    const reports = await Promise.all([first, second].map(show));
    expect(reports.map(({ approved }) => approved)).to.deep.equal([3, 2]);
    expect(ofKind(market.noticesTo(admin), 'approvals.done')).to.have.length(2);
    await market.ledgerIsSound();
  });

  it('REV-8 a long order is approved a hundred at a time, however many are found together', async () => {
    const { market, campaign, start, show } = await aScene({ waiting: 230, target: 230 });
    const order = await start(of(campaign));
    const written: number[] = [];
    const core = createCore(notingHowMany(market.ports, written));
    const run = await core.approvals.run({ actor: JOB, limit: 500 });
    expect(run).to.deep.equal({ done: 230, faults: [], next: null });
    expect(written).to.deep.equal([100, 100, 30]);
    expect(await show(order)).to.deep.include({ approved: 230, skipped: NONE });
    await market.ledgerIsSound();
  });

  it('REV-8 where all of a piece fail by themselves, what is left is not tried before it is asked for', async () => {
    const { market, campaign, start, show } = await aScene({ waiting: 130, target: 130 });
    const order = await start(of(campaign));
    const broken = createCore(
      settlingBy(market.ports, () => Promise.reject(new Error('a defect'))),
    );
    const first = await broken.approvals.run({ actor: JOB, limit: 500 });
    expect([first.done, first.faults.length, first.next?.place]).to.deep.equal([0, 100, 99]);
    const rest = await broken.approvals.run({
      actor: JOB,
      limit: 500,
      after: first.next ?? undefined,
    });
    expect([rest.done, rest.faults.length]).to.deep.equal([0, 30]);
    await market.core.approvals.run({ actor: JOB, limit: 500 });
    expect(await show(order)).to.deep.include({ approved: 130, skipped: NONE });
  });
});

type Settle = (settlements: readonly Settlement[], tx: Tx) => Promise<void>;

const settlingBy = (ports: Ports, settle: Settle): Ports => ({
  ...ports,
  unitOfWork: {
    run: (work) =>
      ports.unitOfWork.run((tx) =>
        work({ ...tx, cases: { ...tx.cases, settle: (settlements) => settle(settlements, tx) } }),
      ),
  },
});

const notingHowMany = (ports: Ports, written: number[]): Ports =>
  settlingBy(ports, async (settlements, tx) => {
    written.push(settlements.length);
    await tx.cases.settle(settlements);
  });

/** A defect where this proof is written. */
const cannotSettle = (ports: Ports, bad: ProofId | undefined): Ports =>
  settlingBy(ports, async (settlements, tx) => {
    await tx.cases.settle(settlements);
    if (settlements.some(({ decision }) => decision.proofId === bad)) throw new Error('a defect');
  });
