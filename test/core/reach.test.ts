import { expect } from 'chai';
import { asSystem, type Notices } from '../../core/index.ts';
import { withBooks } from '../support/broken-books.ts';
import { anUpdate, later, rupiahs } from '../support/builders.ts';
import { deliverDue } from '../support/deliver.ts';
import { aMarket, ofKind, type Market, type Person } from '../support/market.ts';
import { NO_PACE } from '../support/unhurried.ts';

const reach = ({ core }: Market, { telegramId }: Person, reachable: boolean) =>
  core.users.noteReach({ telegramId, reachable });

const writes = ({ core }: Market, { telegramId }: Person) =>
  core.users.register({
    telegramId,
    username: null,
    displayName: 'Siti',
    languageCode: 'id',
  });

const stateOfNotices = ({ ports }: Market, { id }: Person) =>
  ports.outboxMessages().flatMap(({ to, state }) => (to === id ? [state] : []));

/** A worker who cannot be reached while so many proofs of theirs are rejected. */
const aScene = async (rejected: number) => {
  const market = aMarket({ settings: { takenAtOnceMax: 100 } });
  const [client, worker] = [await market.client(), await market.worker()];
  const reject = async (howMany: number) => {
    for (let count = 0; count < howMany; count += 1) {
      await market.reject(await market.proof(worker, await market.campaign(client)));
    }
  };
  await reach(market, worker, false);
  await reject(rejected);
  const missed = () => ofKind(market.noticesTo(worker), 'account.missed');
  return { market, client, worker, reject, missed };
};

const kinds = ({ newest }: Notices['account.missed']) => newest.map(({ kind }) => kind);

describe('Reaching people', () => {
  it('NTF-2 who blocks the bot is marked, and reachable when they come back', async () => {
    const { market, worker } = await aScene(0);
    expect((await market.userOf(worker)).unreachableSince).to.deep.equal(later(0));
    market.clock.advance(1_000);
    await reach(market, worker, false);
    expect((await market.userOf(worker)).unreachableSince, 'the first moment').to.deep.equal(
      later(0),
    );
    await reach(market, worker, true);
    expect((await market.userOf(worker)).unreachableSince).to.equal(null);
  });

  it('NTF-2 nothing is sent to who cannot be reached', async () => {
    const { market, worker } = await aScene(2);
    await deliverDue(market);
    expect(stateOfNotices(market, worker)).to.deep.equal(['dropped', 'dropped']);
    expect(market.ports.notifier.delivered.filter(({ to }) => to === worker.id)).to.deep.equal([]);
  });

  it('NTF-2 who comes back hears in one notice what was dropped, newest first', async () => {
    const { market, client, worker, missed } = await aScene(1);
    await market.approve(await market.proof(worker, await market.campaign(client)));
    market.clock.advance(1_000);
    await reach(market, worker, true);
    expect(missed()).to.have.length(1);
    const [notice] = missed();
    expect(notice?.total).to.equal(2);
    expect(notice?.newest.map(({ kind }) => kind)).to.deep.equal([
      'proof.approved',
      'proof.rejected',
    ]);
    expect(notice?.newest[0]).to.deep.include({ reward: rupiahs(500), balance: rupiahs(500) });
    expect(stateOfNotices(market, worker).at(-1)).to.equal('waiting');
  });

  it('NTF-2 any word of theirs says that they are back, and tells it once', async () => {
    const { market, worker, missed } = await aScene(1);
    await writes(market, worker);
    await writes(market, worker);
    await reach(market, worker, true);
    expect(missed().map(({ total }) => total)).to.deep.equal([1]);
    expect((await market.userOf(worker)).unreachableSince).to.equal(null);
  });

  it('NTF-2 a send that Telegram refuses as blocked is told like that, too', async () => {
    const market = aMarket();
    const worker = await market.worker();
    await market.reject(await market.proof(worker, await market.campaign(await market.client())));
    const { notifier } = market.ports;
    notifier.answerWith(...Array.from({ length: 15 }, () => ({ outcome: 'unreachable' }) as const));
    await deliverDue(market);
    expect((await market.userOf(worker)).unreachableSince).to.deep.equal(market.clock.now());
    market.clock.advance(1_000);
    await writes(market, worker);
    const [notice] = ofKind(market.noticesTo(worker), 'account.missed');
    expect(notice?.newest.map(({ kind }) => kind)).to.deep.equal(['proof.rejected']);
  });

  it('NTF-2 a send that was refused before they came back, and noted after it, is told later', async () => {
    const { market, client, worker, missed } = await aScene(0);
    await reach(market, worker, true);
    await market.reject(await market.proof(worker, await market.campaign(client)));
    const { notifier } = market.ports;
    const claimed = await market.core.outbox.claimDue({
      limit: 50,
      leaseMs: 60_000,
      pace: NO_PACE,
    });
    await reach(market, worker, false);
    await reach(market, worker, true);
    notifier.answerWith(...claimed.messages.map(() => ({ outcome: 'unreachable' }) as const));
    for (const tried of claimed.messages) {
      await market.core.outbox.settle({ tried, outcome: await notifier.deliver(tried) });
    }
    expect(missed()).to.deep.equal([]);
    await writes(market, worker);
    expect(missed().map(({ total }) => total)).to.deep.equal([1]);
  });

  it('NTF-2 of much that was missed the ten newest are told, and how many there are', async () => {
    const { market, worker, missed } = await aScene(12);
    await reach(market, worker, true);
    const [notice] = missed();
    expect([notice?.total, notice?.newest.length]).to.deep.equal([12, 10]);
  });

  it('NTF-2 each time away is told by itself', async () => {
    const { market, worker, reject, missed } = await aScene(1);
    await reach(market, worker, true);
    await deliverDue(market);
    market.clock.advance(1_000);
    await reach(market, worker, false);
    await reject(2);
    await reach(market, worker, true);
    expect(missed().map(({ total }) => total)).to.deep.equal([1, 2]);
  });

  it('NTF-2 what was missed is not lost when they are gone again before hearing it', async () => {
    const { market, worker, reject, missed } = await aScene(11);
    await reach(market, worker, true);
    market.clock.advance(1_000);
    const { notifier } = market.ports;
    notifier.answerWith(...Array.from({ length: 10 }, () => ({ outcome: 'unreachable' }) as const));
    await deliverDue(market);
    await reject(1);
    await reach(market, worker, true);
    const again = missed().at(-1);
    expect(again?.total).to.equal(12);
    expect(again && kinds(again)).to.deep.equal(Array(10).fill('proof.rejected'));
  });

  it('NTF-2 who missed nothing hears nothing, nor who has no role, nor a stranger', async () => {
    const { market, worker, missed } = await aScene(0);
    await reach(market, worker, true);
    expect(missed()).to.deep.equal([]);
    const newcomer = await market.person();
    await reach(market, newcomer, false);
    await market.core.users.suspend({
      actor: (await market.house()).actor,
      userId: newcomer.id,
      reason: 'spam',
    });
    await reach(market, newcomer, true);
    expect(ofKind(market.noticesTo(newcomer), 'account.missed')).to.deep.equal([]);
    const messages = market.ports.outboxMessages().length;
    await market.core.users.noteReach({ telegramId: 404, reachable: false });
    expect(await market.see((tx) => tx.users.findByTelegramId(404))).to.equal(undefined);
    expect(market.ports.outboxMessages().length).to.equal(messages);
  });

  it('NTF-1 NTF-2 an admin who is away misses no counts of desks: they would be old', async () => {
    const { market, client } = await aScene(0);
    const admin = await market.admin();
    await market.request(client, 10_000);
    market.clock.advance(60_000);
    const { notifier } = market.ports;
    notifier.answerWith(...Array.from({ length: 10 }, () => ({ outcome: 'unreachable' }) as const));
    await deliverDue(market);
    const dropped = stateOfNotices(market, admin);
    expect(dropped.at(-1)).to.equal('dropped');
    await market.request(client, 10_000);
    expect(stateOfNotices(market, admin), 'and none is written').to.deep.equal(dropped);
    await reach(market, admin, true);
    const [notice] = ofKind(market.noticesTo(admin), 'account.missed');
    expect(notice && kinds(notice)).to.deep.equal(['account.admin-granted']);
  });

  it('WAL-13 UX-4 an admin who is away hears later of a freeze and of an update given up', async () => {
    const { market } = await aScene(0);
    const admin = await market.admin();
    await reach(market, admin, false);
    market.clock.advance(1_000);
    const update = anUpdate({ botId: 1, receivedAt: market.clock.now() });
    await market.ports.inbox.receive([update]);
    await market.core.channel.park({
      actor: asSystem('lanes'),
      botId: 1,
      updateId: update.updateId,
      telegramId: update.lane,
      error: 'a defect',
    });
    market.clock.advance(1_000);
    await withBooks(market).freeze();
    await reach(market, admin, true);
    const [notice] = ofKind(market.noticesTo(admin), 'account.missed');
    expect(notice && kinds(notice)).to.deep.equal(['payments.frozen', 'update.parked']);
  });

  it('NTF-2 coming back and the notice of it are one transaction', async () => {
    const { market, worker, missed } = await aScene(1);
    const { id } = worker;
    const dying = market.see(async (tx) => {
      await market.core.within(tx).users.noteReach({ ...worker, reachable: true });
      expect((await tx.users.find(id))?.unreachableSince).to.equal(null);
      throw new Error('the process dies');
    });
    await Promise.allSettled([dying]);
    expect((await market.userOf(worker)).unreachableSince).to.deep.equal(later(0));
    expect(missed()).to.deep.equal([]);
    await writes(market, worker);
    expect(missed()).to.have.length(1);
  });
});
