import {
  asSystem,
  createCore,
  DAY_MS,
  MINUTE_MS,
  type Core,
  type LedgerMark,
  type Ports,
} from '../../core/index.ts';
import { aScene } from '../core/scene.ts';
import { anUpdate, freshNumber } from '../support/builders.ts';
import { aPicture } from '../support/chat.ts';
import { BROADCAST_SCENES } from './broadcast-scenes.ts';
import { OPERATOR, type People, type PeoplePorts } from '../support/market.ts';
import { NO_PACE } from '../support/unhurried.ts';
import type { Prepare } from './ground.ts';
import { WITHDRAWAL_SCENES } from './withdrawal-scenes.ts';

const JOB = asSystem('test');

export type InCore = (core: Core) => Promise<unknown>;
export type Scenery = (people: People, ports: PeoplePorts) => Promise<InCore>;

const register = (telegramId: number): InCore => {
  const person = { telegramId, username: 'budi', displayName: 'Budi', languageCode: 'id' };
  return (core) => core.users.register(person);
};

/** Somebody who has blocked the bot, and was owed a notice since. */
const anUnreachable = async (people: People) => {
  const worker = await people.worker();
  const proof = await people.proof(worker, await people.campaign(await people.client()));
  await people.core.users.noteReach({ telegramId: worker.telegramId, reachable: false });
  await people.approve(proof);
  return worker;
};

const anOffer = async (people: People) => {
  const campaign = await people.campaign(await people.client());
  return { actor: (await people.worker()).actor, campaignId: campaign.id };
};

/** As `means` where the ledger does not add up. */
const withBrokenBooks = (ports: Ports): Core => {
  const violations = [{ rule: 'WAL-8', row: 'account 1', what: 'is broken' }];
  const step = { name: 'balances', rows: 1, broken: 1, violations };
  const verifyRecent = async () => ({ steps: [step], mark: 'here' as LedgerMark });
  return createCore({ ...ports, ledgerReader: { ...ports.ledgerReader, verifyRecent } });
};

const CHECK = { actor: JOB, scope: 'recent' } as const;

const frozen = async (people: People, ports: Ports) => {
  await people.admin();
  await withBrokenBooks(ports).freeze.check(CHECK);
  const { freeze } = await people.core.freeze.current({ actor: JOB });
  if (!freeze) throw new Error('nothing is frozen');
  return freeze;
};

const sealed = async (people: People): Promise<void> => {
  await aScene(people);
  await people.core.audit.seal({ actor: JOB, limit: 1_000 });
};

/** Where the request of the table of rights would be refused, or do nothing. */
export const SPECIAL: Readonly<Record<string, Scenery>> = {
  'users.register': async () => register(freshNumber()),
  'users.register, who was away': async (people) =>
    register((await anUnreachable(people)).telegramId),
  'users.noteReach': async (people) => {
    const { telegramId } = await people.worker();
    return (core) => core.users.noteReach({ telegramId, reachable: false });
  },
  'users.noteReach, again': async (people) => {
    const { telegramId } = await anUnreachable(people);
    return (core) => core.users.noteReach({ telegramId, reachable: true });
  },
  'users.acceptTerms': async (people) => {
    const { actor } = await people.newcomer();
    return (core) => core.users.acceptTerms({ actor, version: 1 });
  },
  'users.chooseRole': async (people) => {
    const { actor } = await people.person();
    return (core) => core.users.chooseRole({ actor, role: 'worker' });
  },
  'users.grantAdmin': async (people) => {
    const { telegramId } = await people.worker();
    return (core) => core.users.grantAdmin({ actor: OPERATOR, telegramId });
  },
  'users.revokeAdmin': async (people) => {
    const { telegramId } = await people.admin();
    return (core) => core.users.revokeAdmin({ actor: OPERATOR, telegramId });
  },
  'users.setPermissions': async (people) => {
    const { telegramId } = await people.admin();
    const permissions = ['review', 'users'] as const;
    return (core) => core.users.setPermissions({ actor: OPERATOR, telegramId, permissions });
  },
  'users.applyConfiguredAdmins': async (people) => {
    const telegramIds = [(await people.worker()).telegramId, freshNumber()];
    return (core) => core.users.applyConfiguredAdmins({ actor: OPERATOR, telegramIds });
  },
  'users.suspend, a client': async (people) => {
    const [{ actor }, { client }] = [await people.admin(), await aScene(people)];
    return (core) => core.users.suspend({ actor, userId: client.id, reason: 'fraud' });
  },
  'users.unsuspend': async (people) => {
    const [{ actor }, { client }] = [await people.admin(), await aScene(people)];
    await people.core.users.suspend({ actor, userId: client.id, reason: 'fraud' });
    return (core) => core.users.unsuspend({ actor, userId: client.id });
  },
  'campaigns.resume': async (people) => {
    const client = await people.client();
    const campaign = await people.campaign(client);
    const request = { actor: client.actor, campaignId: campaign.id };
    await people.core.campaigns.pause(request);
    return (core) => core.campaigns.resume(request);
  },
  'tasks.take': async (people) => {
    const request = await anOffer(people);
    return (core) => core.tasks.take(request);
  },
  'tasks.offer': async (people) => {
    const request = await anOffer(people);
    return (core) => core.tasks.offer(request);
  },
  'tasks.expireDue': async (people, { clock }) => {
    await aScene(people);
    clock.advance(60 * MINUTE_MS);
    return (core) => core.tasks.expireDue({ actor: JOB, limit: 10 });
  },
  'tasks.remindDue': async (people, { clock }) => {
    await aScene(people);
    clock.advance(26 * MINUTE_MS);
    return (core) => core.tasks.remindDue({ actor: JOB, limit: 10 });
  },
  'approvals.run': async (people) => {
    await aScene(people);
    return (core) => core.approvals.run({ actor: JOB, limit: 10 });
  },
  ...BROADCAST_SCENES,
  ...WITHDRAWAL_SCENES,
  'proofs.approve, the last one': async (people) => {
    const campaign = await people.campaign(await people.client(), { target: 1 });
    const proof = await people.proof(await people.worker(), campaign);
    const { actor } = await people.admin();
    return (core) => core.proofs.approve({ actor, proofId: proof.id });
  },
  'proofs.release': async (people) => {
    await aScene(people);
    const { actor } = await people.admin();
    await people.core.proofs.next({ actor, skipped: [] });
    return (core) => core.proofs.release({ actor });
  },
  'proofs.reverse, an approval': async (people) => {
    const proof = await people.proof(
      await people.worker(),
      await people.campaign(await people.client()),
    );
    await people.approve(proof);
    const { actor } = await people.admin();
    return (core) => core.proofs.reverse({ actor, proofId: proof.id, reason: 'not done' });
  },
  'freeze.lift': async (people, ports) => {
    await frozen(people, ports);
    return (core) => core.freeze.lift({ actor: OPERATOR, reason: 'mended' });
  },
  'freeze.noteOwnerTold': async (people, ports) => {
    const { id: freezeId, news } = await frozen(people, ports);
    return (core) => core.freeze.noteOwnerTold({ actor: JOB, freezeId, news });
  },
  'audit.seal': async (people) => {
    await aScene(people);
    return (core) => core.audit.seal({ actor: JOB, limit: 1_000 });
  },
  'audit.announceHead': async (people) => {
    await sealed(people);
    return (core) => core.audit.announceHead({ actor: JOB });
  },
  'files.storeScreenshot': async () => {
    const bytes = aPicture();
    return (core) => core.files.storeScreenshot({ bytes, maxBytes: 1_000 });
  },
  'files.storeTransferProof': async () => {
    const bytes = aPicture();
    return (core) => core.files.storeTransferProof({ bytes, maxBytes: 1_000 });
  },
  'outbox.claimDue': async (people) => {
    await aScene(people);
    return claimed;
  },
  'outbox.renew': async (people, { clock }) => {
    await aScene(people);
    const tries = (await claimed(people.core)).messages;
    clock.advance(MINUTE_MS / 2);
    return (core) => core.outbox.renew({ tries, leaseMs: MINUTE_MS });
  },
  'outbox.settle': (people) => settled(people, { outcome: 'sent' }),
  'outbox.settle, later': (people) =>
    settled(people, { outcome: 'later', afterMs: 1_000, scope: 'all', why: 'too many' }),
  'outbox.settle, unreachable': (people) => settled(people, { outcome: 'unreachable' }),
  'outbox.prune': async (people, { clock }) => {
    await (
      await settled(people, { outcome: 'sent' })
    )(people.core);
    clock.advance(15 * DAY_MS);
    return (core) => core.outbox.prune({ actor: JOB, limit: 10 });
  },
  'channel.park': async (people, { inbox }) => {
    const { telegramId } = await people.worker();
    await people.admin();
    const update = anUpdate({ botId: 1, lane: telegramId });
    await inbox.receive([update]);
    const { updateId } = update;
    const parked = { actor: JOB, botId: 1, updateId, telegramId, error: 'a defect' };
    return (core) => core.channel.park(parked);
  },
  'channel.prune': async (_people, { inbox, unitOfWork, clock }) => {
    const update = anUpdate({ botId: 1 });
    await inbox.receive([update]);
    const { updateId } = update;
    await unitOfWork.run((tx) => tx.inbox.done({ botId: 1, updateId, at: clock.now() }));
    clock.advance(15 * DAY_MS);
    return (core) => core.channel.prune({ actor: JOB, limit: 10 });
  },
  'reports.closeDays': async (people, { clock }) => {
    await aScene(people);
    clock.advance(2 * DAY_MS);
    return (core) => core.reports.closeDays({ actor: JOB });
  },
  'reports.pruneActivity': async (people, { clock }) => {
    await people.worker();
    clock.advance(61 * DAY_MS);
    return (core) => core.reports.pruneActivity({ actor: JOB, limit: 10 });
  },
  'reports.daily': async (people, { clock }) => {
    await people.admin();
    await aScene(people);
    clock.advance(DAY_MS);
    return (core) => core.reports.daily({ actor: JOB });
  },
  'settings.reset': async (people) => {
    const { actor } = await people.admin();
    const changed = { actor, key: 'holdMinutes', text: '45', seen: 30 };
    await people.core.settings.change(changed);
    return (core) => core.settings.reset({ actor, key: 'holdMinutes', seen: 45 });
  },
  'settings.current': async () => (core) => core.settings.current(),
};

const claimed = (core: Core) =>
  core.outbox.claimDue({ limit: 3, leaseMs: MINUTE_MS, pace: NO_PACE });

type Outcome = Parameters<Core['outbox']['settle']>[0]['outcome'];

const settled = async (people: People, outcome: Outcome): Promise<InCore> => {
  await aScene(people);
  const [tried] = (await claimed(people.core)).messages;
  if (!tried) throw new Error('nothing is due in the scene');
  return (core) => core.outbox.settle({ tried, outcome });
};

/** A check of books that do not add up. */
export const whatDoesNotAddUp: Prepare = async (people) => {
  await people.admin();
  return ({ ports }) => withBrokenBooks(ports).freeze.check(CHECK);
};
