import { expect } from 'chai';
import { noticeFromJson, noticeToJson, type Notice, type NoticeKind } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, ofKind, refusal } from '../support/market.ts';

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
];

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
    const open = market.ports
      .outboxMessages()
      .filter(
        ({ to, topic, state }) => to === admin.id && topic === 'desk:proofs' && state === 'waiting',
      );
    expect(open.map(({ payload }) => noticeFromJson(payload))).to.deep.equal([
      { kind: 'desk.waiting', desk: 'proofs', waiting: 3 },
    ]);
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
    const deliver = () => market.core.outbox.deliverDue({ notifier, limit: 20, leaseMs: 60_000 });
    await deliver();
    expect(kinds()).to.deep.equal(['proof.approved']);
    market.clock.advance(1_000);
    for (let round = 0; round < 30; round += 1) {
      market.clock.advance(1_000);
      await deliver();
    }
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
    await market.core.outbox.deliverDue({ notifier, limit: 10, leaseMs: 60_000 });
    expect((await market.userOf(worker)).unreachableSince).to.deep.equal(market.clock.now());
    const names = { username: null, displayName: 'Siti', languageCode: 'id' };
    await market.core.users.register({ telegramId: worker.telegramId, ...names });
    expect((await market.userOf(worker)).unreachableSince).to.equal(null);
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
