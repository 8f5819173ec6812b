import {
  asSystem,
  INTAKE_GRACE_MS,
  type ClaimedMessage,
  type DeliveryOutcome,
} from '../../core/index.ts';
import { approveOrdered } from './approving.ts';
import { broadcastSent, moveBroadcasts } from './broadcasting.ts';
import { tellOwner } from './by-hand.ts';
import { demand } from './rule-broken.ts';
import { sweep } from './sweeping.ts';
import type { Town } from './town.ts';

const PRUNE = asSystem('prune');
const PACE = { perSecond: 0, perChatPerSecond: 0 };
const LEASE_MS = 45_000;

/** Each minute: what is overdue comes back, workers are reminded, what is owed is sent. */
export const everyMinute = async (town: Town): Promise<void> => {
  const { timetable, shadow } = town;
  await sweep(town, { name: 'tasks.expireDue', of: ({ tasks }) => tasks.expireDue });
  shadow.work.expired(timetable.moment() - INTAKE_GRACE_MS);
  await sweep(town, { name: 'tasks.remindDue', of: ({ tasks }) => tasks.remindDue });
  await approveOrdered(town);
  await moveBroadcasts(town);
  await deliver(town);
};

/** Some block the bot, some servers stumble; what was sent once may be settled twice. */
const outcomeFor = (town: Town, message: ClaimedMessage): DeliveryOutcome => {
  const person = town.persons.get(message.to);
  const luck = town.dice.next();
  if (person?.isAway || (person && person.part !== 'admin' && luck < 0.0006)) {
    if (person) person.isAway = true;
    return { outcome: 'unreachable' };
  }
  if (luck < 0.01) return { outcome: 'later', afterMs: 90_000, scope: 'message', why: 'HTTP 500' };
  if (luck < 0.014) return { outcome: 'later', afterMs: 30_000, scope: 'chat', why: 'HTTP 429' };
  return luck < 0.0145 ? { outcome: 'failed', why: 'HTTP 400' } : { outcome: 'sent' };
};

const deliver = async (town: Town): Promise<void> => {
  const { core, figures, dice } = town;
  for (;;) {
    const { messages } = await core.outbox.claimDue({ limit: 50, leaseMs: LEASE_MS, pace: PACE });
    (messages.length > 0 ? figures.operations : figures.reads).add('outbox.claimDue');
    if (messages.length === 0) return;
    if (dice.chance(0.02)) {
      await core.outbox.renew({ tries: messages, leaseMs: LEASE_MS });
      figures.operations.add('outbox.renew');
    }
    if (town.faults && dice.chance(0.01)) {
      figures.survived.add('senders that died with messages in hand');
      return; // the lease ends, and somebody else sends them
    }
    for (const message of messages) {
      const settle = { tried: message, outcome: outcomeFor(town, message) };
      await core.outbox.settle(settle);
      if (settle.outcome.outcome === 'sent') await broadcastSent(town, message);
      if (dice.chance(0.01)) await core.outbox.settle(settle);
      figures.operations.add('outbox.settle');
      figures.tally.add(`messages ${settle.outcome.outcome}`);
    }
  }
};

/** The owner hears; the audit log is sealed; admins are told of yesterday, once a morning. */
export const everyTenMinutes = async (town: Town): Promise<void> => {
  await tellOwner(town);
  const rows = await town.core.audit.seal({ actor: asSystem('seal'), limit: 10_000 });
  (rows > 0 ? town.figures.operations : town.figures.reads).add('audit.seal');
  const told = await town.core.reports.daily({ actor: asSystem('daily-report') });
  (told > 0 ? town.figures.operations : town.figures.reads).add('reports.daily');
};

/** Somebody blocks the bot and comes back; poisoned updates; old messages are removed. */
export const everyNight = async (town: Town): Promise<void> => {
  const { core, figures, dice } = town;
  const away = town.people.filter(({ isAway }) => isAway);
  for (const person of away.filter(() => dice.chance(0.3))) {
    person.isAway = false;
    await core.users.noteReach({ telegramId: person.telegramId, reachable: true });
    figures.operations.add('users.noteReach');
  }
  const gone = dice.pick(town.people);
  if (gone.part !== 'admin' && gone.id !== undefined) {
    gone.isAway = true;
    await core.users.noteReach({ telegramId: gone.telegramId, reachable: false });
    figures.operations.add('users.noteReach');
    await park(town, gone.telegramId);
  }
  await core.outbox.prune({ actor: PRUNE, limit: 100_000 });
  await core.channel.prune({ actor: PRUNE, limit: 100_000 });
  await core.audit.announceHead({ actor: asSystem('audit-head') });
  await core.reports.closeDays({ actor: asSystem('close-days') });
  await core.reports.pruneActivity({ actor: PRUNE, limit: 100_000 });
  for (const name of [
    'outbox.prune',
    'channel.prune',
    'audit.announceHead',
    'reports.closeDays',
    'reports.pruneActivity',
  ]) {
    figures.operations.add(name);
  }
};

const POISON_BOT = 2;

/** An update that nobody can handle is given up, once. */
const park = async (town: Town, telegramId: number): Promise<void> => {
  const updateId = town.today() + 1;
  const update = { botId: POISON_BOT, updateId, lane: telegramId, payload: 'poison' };
  await town.ports.inbox.receive([{ ...update, receivedAt: town.timetable.now() }]);
  const give = { actor: asSystem('lanes'), botId: POISON_BOT, updateId, telegramId };
  const first = await town.core.channel.park({ ...give, error: 'a defect' });
  const second = await town.core.channel.park({ ...give, error: 'a defect' });
  town.figures.operations.add('channel.park', 2);
  demand(first.parked && !second.parked, 'NTF-2', () => 'an update was not given up once');
};
