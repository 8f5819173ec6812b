import { expect } from 'chai';
import {
  asSystem,
  noticeFromJson,
  noticeToJson,
  OUTBOX_KEPT_MS,
  type Notice,
  type NoticeKind,
} from '../../core/index.ts';
import { freshId, later, rupiahs } from '../support/builders.ts';
import { deliverDue } from '../support/deliver.ts';
import { aMarket, ofKind, refusal, type Market, type Person } from '../support/market.ts';

/** One of each kind that carries something. */
const SAMPLES: readonly Notice[] = [
  {
    kind: 'proof.approved',
    campaign: { taskKind: 'like', link: 'https://x.com/a' },
    reward: rupiahs(500),
    balance: rupiahs(1_000_000_000),
  },
  { kind: 'proof.rejected', campaign: { taskKind: 'view', link: 'https://x.com/b' }, reason: null },
  { kind: 'account.unsuspended' },
  {
    kind: 'withdrawal.paid',
    amount: rupiahs(10_000),
    maskedNumber: '+62 ••••••••890',
    reference: '{"rupiah":"1"}',
    receipt: null,
    balance: rupiahs(0),
  },
  { kind: 'desk.waiting', desk: 'proofs', waiting: 3 },
  {
    kind: 'task.reminder',
    takeId: freshId(),
    campaign: { taskKind: 'like', link: 'https://x.com/a' },
    deadline: later(0).toISOString(),
  },
  {
    kind: 'account.missed',
    total: 7,
    newest: [
      { kind: 'account.unsuspended' },
      {
        kind: 'campaign.deleted-by-admin',
        campaign: { taskKind: 'like', link: 'https://x.com/a' },
        reason: 'broken link',
        refunded: rupiahs(1_500),
        balance: rupiahs(2_000),
      },
    ],
  },
];

/** What waits for them on the topic of a desk. */
const deskNews = ({ ports }: Market, { id }: Person, desk: string) =>
  ports
    .outboxMessages()
    .filter(({ to, topic, state }) => to === id && topic === `desk:${desk}` && state === 'waiting');

describe('Notices', () => {
  it('NTF-1 the worker hears of an approval with reward and new balance', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const campaign = await market.campaign(await market.client());
    await market.approve(await market.proof(worker, campaign));
    expect(ofKind(market.noticesTo(worker), 'proof.approved')).to.deep.equal([
      {
        kind: 'proof.approved',
        campaign: { taskKind: 'like', link: campaign.link.target },
        reward: 500n,
        balance: 500n,
      },
    ]);
  });

  it('NTF-1 every admin hears how many things wait on each desk', async () => {
    const market = aMarket();
    const [one, two] = [await market.admin(), await market.admin()];
    const client = await market.client();
    const campaign = await market.campaign(client);
    await market.proof(await market.worker(), campaign);
    await market.proof(await market.worker(), campaign);
    await market.topUp(client, 20_000);
    await market.withdraw(client, 10_000);
    for (const admin of [one, two]) {
      const told = ofKind(market.noticesTo(admin), 'desk.waiting');
      const last = (desk: string) => told.findLast((notice) => notice.desk === desk)?.waiting;
      expect(['proofs', 'deposits', 'withdrawals'].map(last)).to.deep.equal([2, 1, 1]);
    }
  });

  it('NTF-1 news for admins are bundled: a newer one replaces what was not sent yet', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const campaign = await market.campaign(await market.client());
    for (let sent = 0; sent < 3; sent += 1) await market.proof(await market.worker(), campaign);
    const open = deskNews(market, admin, 'proofs');
    expect(open.map(({ payload }) => noticeFromJson(payload))).to.deep.equal([
      { kind: 'desk.waiting', desk: 'proofs', waiting: 3 },
    ]);
  });

  it('NTF-1 news for admins go out at full minutes, also when new things keep coming', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const client = await market.client();
    const dueAt = () => deskNews(market, admin, 'deposits').map(({ notBefore }) => notBefore);
    market.clock.advance(20_000);
    await market.request(client, 10_000);
    expect(dueAt()).to.deep.equal([later(60_000)]);
    market.clock.advance(39_999);
    await market.request(client, 10_000);
    await deliverDue(market);
    expect(dueAt(), 'not put off').to.deep.equal([later(60_000)]);
    market.clock.advance(1);
    await deliverDue(market);
    expect(ofKind(market.noticesTo(admin), 'desk.waiting')).to.have.length(1);
    await market.request(client, 10_000);
    expect(dueAt(), 'at a full minute means the next one').to.deep.equal([later(120_000)]);
  });

  it('NTF-1 with no pause set, admins hear at once', async () => {
    const market = aMarket({ settings: { deskNoticeSeconds: 0 } });
    const admin = await market.admin();
    market.clock.advance(20_001);
    await market.request(await market.client(), 10_000);
    const [news] = deskNews(market, admin, 'deposits');
    expect(news?.notBefore).to.deep.equal(later(20_001));
    expect(news?.createdAt).to.deep.equal(later(20_001));
  });

  it('NTF-1 a worker, client or suspended admin hears nothing of the desks', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const client = await market.client();
    await market.proof(worker, await market.campaign(client));
    for (const who of [worker, client]) {
      expect(ofKind(market.noticesTo(who), 'desk.waiting')).to.deep.equal([]);
    }
  });

  it('NTF-2 a notice is written with its change and vanishes with it', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const proof = await market.proof(worker, await market.campaign(await market.client()));
    const { actor } = await market.house();
    const before = market.ports.outboxMessages().length;
    const dying = market.see(async (tx) => {
      await market.core.within(tx).proofs.approve({ actor, proofId: proof.id });
      throw new Error('the process dies');
    });
    await Promise.allSettled([dying]);
    expect(market.ports.outboxMessages().length).to.equal(before);
    expect(market.ports.notifier.delivered).to.have.length(0);
  });

  it('NTF-2 what is due is sent once; a lost answer repeats it, and never loses it', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const campaign = await market.campaign(await market.client());
    await market.approve(await market.proof(worker, campaign));
    const { notifier } = market.ports;
    const kinds = () =>
      notifier.delivered
        .filter(({ to }) => to === worker.id)
        .map(({ payload }) => noticeFromJson(payload).kind);
    notifier.answerWith(
      ...Array.from(
        { length: 20 },
        () => ({ outcome: 'later', afterMs: 1_000, scope: 'chat', why: 'timeout' }) as const,
      ),
    );
    await deliverDue(market);
    expect(kinds()).to.deep.equal(['proof.approved']);
    for (let round = 0; round < 60; round += 1) {
      market.clock.advance(1_000);
      await deliverDue(market);
    }
    expect(kinds().length).to.be.greaterThan(1);
    expect(new Set(kinds())).to.deep.equal(new Set<NoticeKind>(['proof.approved']));
    const waiting = market.ports.outboxMessages().filter(({ state }) => state === 'waiting');
    expect(waiting).to.deep.equal([]);
  });

  it('NTF-2 who blocked the bot is marked, and reachable when they write', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const campaign = await market.campaign(await market.client());
    await market.reject(await market.proof(worker, campaign));
    const { notifier } = market.ports;
    notifier.answerWith(...Array.from({ length: 10 }, () => ({ outcome: 'unreachable' }) as const));
    await deliverDue(market);
    expect((await market.userOf(worker)).unreachableSince).to.deep.equal(market.clock.now());
    const names = { username: null, displayName: 'Siti', languageCode: 'id' };
    await market.core.users.register({ telegramId: worker.telegramId, ...names });
    expect((await market.userOf(worker)).unreachableSince).to.equal(null);
  });

  it('NTF-2 what was sent is forgotten after fourteen days, what is owed never', async () => {
    const market = aMarket();
    const actor = asSystem('prune');
    const prune = (limit = 1_000) => market.core.outbox.prune({ actor, limit });
    const worker = await market.worker();
    const campaign = await market.campaign(await market.client());
    await market.reject(await market.proof(worker, campaign));
    market.clock.advance(60_000);
    await deliverDue(market);
    await market.reject(await market.proof(await market.worker(), campaign));
    const owed = () => market.ports.outboxMessages().filter(({ state }) => state === 'waiting');
    const [all, waiting] = [market.ports.outboxMessages().length, owed().length];
    market.clock.advance(OUTBOX_KEPT_MS);
    expect(await prune()).to.equal(0);
    market.clock.advance(1);
    expect(await prune(1)).to.equal(1);
    expect(await prune()).to.equal(all - waiting - 1);
    expect(owed()).to.have.length(waiting);
    expect(waiting).to.be.greaterThan(0);
  });

  it('NTF-2 a notice survives storing as JSON, money included', () => {
    for (const notice of SAMPLES) {
      const stored = JSON.parse(JSON.stringify(noticeToJson(notice))) as ReturnType<
        typeof noticeToJson
      >;
      expect(noticeFromJson(stored)).to.deep.equal(notice);
    }
  });

  it('NTF-1 who is refused causes no notice to anybody', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const proof = await market.proof(worker, await market.campaign(await market.client()));
    const before = market.ports.outboxMessages().length;
    await refusal(market.approve(proof, worker));
    expect(market.ports.outboxMessages().length).to.equal(before);
  });
});
