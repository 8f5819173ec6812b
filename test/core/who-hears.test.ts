import { expect } from 'chai';
import { asSystem, INTAKE_GRACE_MS, REMINDER_MS, type NoticeKind } from '../../core/index.ts';
import { broadcastsBy } from '../support/broadcasts.ts';
import { withBooks } from '../support/broken-books.ts';
import { anUpdate, freshId, rupiahs } from '../support/builders.ts';
import { deliverDue } from '../support/deliver.ts';
import { aMarket, ofKind, OPERATOR, type Market, type Person } from '../support/market.ts';

const HALF_AN_HOUR = 30 * 60_000;
const BOT = 1;
const GIFT = { amount: rupiahs(1_000), reason: 'counted short', mends: null } as const;

const aScene = async () => {
  const market = aMarket();
  const [client, worker, admin] = [
    await market.client(),
    await market.worker(),
    await market.house(),
  ];
  const campaign = await market.campaign(client, { target: 2 });
  return { market, client, worker, admin, campaign, campaignId: campaign.id };
};
type Scene = Awaited<ReturnType<typeof aScene>>;

const reversed = async ({ market, worker, campaign, admin: { actor } }: Scene): Promise<void> => {
  const { id: proofId } = await market.proof(worker, campaign);
  await market.approve({ id: proofId });
  await market.core.proofs.reverse({ actor, proofId, reason: 'fake' });
};

const claimed = async ({ market, client, admin }: Scene) => {
  await market.topUp(client, 50_000);
  const withdrawal = await market.withdraw(client, 10_000);
  await market.claim(withdrawal, admin);
  return withdrawal;
};

const parked = async ({ market, client }: Scene): Promise<void> => {
  const update = anUpdate({ botId: BOT, lane: client.telegramId });
  await market.ports.inbox.receive([update]);
  const { telegramId } = client;
  const { updateId } = update;
  const actor = asSystem('lanes');
  await market.core.channel.park({ actor, botId: BOT, updateId, telegramId, error: 'poison' });
};

const suspend = ({ market, admin }: Scene, { id: userId }: Person) =>
  market.core.users.suspend({ actor: admin.actor, userId, reason: 'fake proofs' });

/** For every notice: what brings it about, and who hears of it. */
const CAUSES: Readonly<Record<NoticeKind, (scene: Scene) => Promise<Person>>> = {
  'proof.approved': async ({ market, worker, campaign }) => {
    await market.approve(await market.proof(worker, campaign));
    return worker;
  },
  'proof.rejected': async ({ market, worker, campaign }) => {
    await market.reject(await market.proof(worker, campaign));
    return worker;
  },
  'proof.unapproved': async (scene) => {
    await reversed(scene);
    return scene.worker;
  },
  'campaign.approval-undone': async (scene) => {
    await reversed(scene);
    return scene.client;
  },
  'task.reminder': async ({ market, worker, campaign }) => {
    await market.take(worker, campaign);
    market.clock.advance(HALF_AN_HOUR - REMINDER_MS);
    await market.core.tasks.remindDue({ actor: asSystem('remind'), limit: 1 });
    return worker;
  },
  'task.expired': async ({ market, worker, campaign }) => {
    await market.take(worker, campaign);
    market.clock.advance(HALF_AN_HOUR + INTAKE_GRACE_MS + 1);
    await market.core.tasks.expireDue({ actor: asSystem('expire'), limit: 1 });
    return worker;
  },
  'task.withdrawn': async (scene) => {
    await scene.market.take(scene.worker, scene.campaign);
    await suspend(scene, scene.worker);
    return scene.worker;
  },
  'campaign.started': async ({ client }) => client,
  'campaign.half': async ({ market, client, worker, campaign }) => {
    await market.approve(await market.proof(worker, campaign));
    return client;
  },
  'campaign.completed': async ({ market, client, worker, campaign }) => {
    await market.approve(await market.proof(worker, campaign));
    await market.approve(await market.proof(await market.worker(), campaign));
    return client;
  },
  'campaign.paused-by-admin': async ({ market, client, admin: { actor }, campaignId }) => {
    await market.core.campaigns.pause({ actor, campaignId, reason: 'broken link' });
    return client;
  },
  'campaign.resumed-by-admin': async ({ market, client, admin: { actor }, campaignId }) => {
    await market.core.campaigns.pause({ actor, campaignId, reason: 'broken link' });
    await market.core.campaigns.resume({ actor, campaignId, reason: 'it works again' });
    return client;
  },
  'campaign.deleted-by-admin': async ({ market, client, admin: { actor }, campaignId }) => {
    await market.core.campaigns.delete({ actor, campaignId, reason: 'broken link' });
    return client;
  },
  'campaign.slot-refunded': async ({ market, client, worker, campaign, campaignId }) => {
    const proof = await market.proof(worker, campaign);
    await market.core.campaigns.delete({ actor: client.actor, campaignId });
    await market.reject(proof);
    return client;
  },
  'deposit.approved': async ({ client }) => client,
  'deposit.rejected': async ({ market, client, admin: { actor } }) => {
    const { id: depositId } = await market.request(client, 10_000);
    await market.core.deposits.reject({ actor, depositId, reason: 'no money came' });
    return client;
  },
  'wallet.adjusted': async ({ market, client, admin: { actor } }) => {
    const asked = { actor, userId: client.id, ...GIFT, key: freshId<never>() };
    await market.core.wallet.adjust({ ...asked, direction: 'plus', side: 'cash' });
    return client;
  },
  'revenue.paid-out': async ({ market, client, admin }) => {
    const { wallet } = market.core;
    await market.topUp(client, 1_000);
    const taken = { actor: admin.actor, userId: client.id, ...GIFT, key: freshId<never>() };
    await wallet.adjust({ ...taken, direction: 'minus', side: 'revenue' });
    await wallet.payoutRevenue({ actor: OPERATOR, ...GIFT, key: 'profit-of-may' });
    return admin;
  },
  'withdrawal.processing': async (scene) => {
    await claimed(scene);
    return scene.client;
  },
  'withdrawal.taken-over': async (scene) => {
    const withdrawal = await claimed(scene);
    await scene.market.claim(withdrawal, await scene.market.admin(), scene.admin);
    return scene.admin;
  },
  'withdrawal.paid': async (scene) => {
    const { id: withdrawalId } = await claimed(scene);
    const { actor } = scene.admin;
    const paid = { actor, withdrawalId, reference: null, receipt: null };
    await scene.market.core.withdrawals.pay(paid);
    return scene.client;
  },
  'withdrawal.rejected': async (scene) => {
    const { id: withdrawalId } = await claimed(scene);
    const { actor } = scene.admin;
    await scene.market.core.withdrawals.reject({ actor, withdrawalId, reason: 'wrong number' });
    return scene.client;
  },
  'account.suspended': async (scene) => {
    await suspend(scene, scene.worker);
    return scene.worker;
  },
  'account.unsuspended': async (scene) => {
    await suspend(scene, scene.worker);
    const { actor } = scene.admin;
    await scene.market.core.users.unsuspend({ actor, userId: scene.worker.id });
    return scene.worker;
  },
  'account.admin-granted': async ({ admin }) => admin,
  'account.permissions': async ({ market, admin: { telegramId }, admin }) => {
    const permissions = ['review', 'users'] as const;
    await market.core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
    return admin;
  },
  'account.role': async ({ market, admin: { actor } }) => {
    const worker = await market.worker();
    await market.core.users.changeRole({ actor, userId: worker.id, role: 'client' });
    return worker;
  },
  'account.admin-revoked': async ({ market, admin: { telegramId }, admin }) => {
    await market.core.users.revokeAdmin({ actor: OPERATOR, telegramId });
    return admin;
  },
  'account.missed': async ({ market, client, admin: { actor }, campaignId }) => {
    const { telegramId } = client;
    await market.core.users.noteReach({ telegramId, reachable: false });
    await market.core.campaigns.pause({ actor, campaignId, reason: 'broken link' });
    await market.core.users.noteReach({ telegramId, reachable: true });
    return client;
  },
  'update.failed': async (scene) => {
    await parked(scene);
    return scene.client;
  },
  'update.parked': async (scene) => {
    await parked(scene);
    return scene.admin;
  },
  'approvals.done': async ({ market, worker, campaign, campaignId }) => {
    const { id } = await market.proof(worker, campaign);
    const { actor, ...admin } = await market.admin();
    const scope = { kind: 'campaign', campaignId } as const;
    await market.core.approvals.start({ actor, scope, proofIds: [id], key: freshId() });
    await market.core.approvals.run({ actor: asSystem('approve-many'), limit: 1 });
    return { actor, ...admin };
  },
  'broadcast.done': async ({ market }) => {
    const admin = await market.admin();
    const { start, cancel } = broadcastsBy(market, admin);
    await cancel(await start());
    return admin;
  },
  'audit.head': async ({ market, admin }) => {
    const actor = asSystem('audit-head');
    await market.core.audit.seal({ actor, limit: 1_000 });
    await market.core.audit.announceHead({ actor });
    return admin;
  },
  'payments.frozen': async ({ market, admin }) => {
    await withBooks(market).freeze();
    return admin;
  },
  'payments.resumed': async ({ market, admin }) => {
    const books = withBooks(market);
    await books.freeze();
    await books.lift();
    return admin;
  },
  'report.daily': async ({ market, admin }) => {
    market.clock.advance(24 * 60 * 60_000);
    await market.core.reports.daily({ actor: asSystem('daily-report') });
    return admin;
  },
  'desk.waiting': async ({ market, client, admin }) => {
    market.clock.advance(60_000);
    await deliverDue(market); // what the scene itself brought about
    const before = ofKind(market.noticesTo(admin), 'desk.waiting').length;
    await market.request(client, 10_000);
    expect(ofKind(market.noticesTo(admin), 'desk.waiting')).to.have.length(before + 1);
    return admin;
  },
};

const everybody = async ({ market, client, worker, admin }: Scene): Promise<readonly Person[]> => [
  client,
  worker,
  admin,
  await market.client(),
  await market.worker(),
];

const hears = (market: Market, who: Person, kind: NoticeKind): boolean =>
  ofKind(market.noticesTo(who), kind).length > 0;

describe('Who hears of what', () => {
  for (const [kind, cause] of Object.entries(CAUSES) as [
    NoticeKind,
    (typeof CAUSES)[NoticeKind],
  ][]) {
    it(`NTF-1 ${kind} reaches whom it concerns, and nobody else`, async () => {
      const scene = await aScene();
      const concerned = await cause(scene);
      expect(hears(scene.market, concerned, kind)).to.equal(true);
      for (const other of await everybody(scene)) {
        if (other === concerned) continue;
        expect(hears(scene.market, other, kind)).to.equal(false);
      }
    });
  }

  it('NTF-1 who changes something themselves is shown it, not told in a notice', async () => {
    const { market, client, worker, campaign, campaignId } = await aScene();
    const told = () => [...market.noticesTo(client), ...market.noticesTo(worker)].length;
    const before = told();
    const { actor } = client;
    await market.core.campaigns.pause({ actor, campaignId });
    await market.core.campaigns.resume({ actor, campaignId });
    const { id: takeId } = await market.take(worker, campaign);
    await market.core.tasks.release({ actor: worker.actor, takeId });
    const deposit = await market.request(client, 10_000);
    await market.core.deposits.cancel({ actor, depositId: deposit.id });
    await market.core.campaigns.delete({ actor, campaignId });
    expect(told()).to.equal(before);
  });
});
