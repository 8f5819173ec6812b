import {
  asSystem,
  type Broadcast,
  type BroadcastId,
  type BroadcastReport,
  type ClaimedMessage,
  type UserId,
} from '../../core/index.ts';
import { once } from './network.ts';
import { actorOf, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import type { Town } from './town.ts';
import { ask, minutes } from './visits.ts';

const FEEDER = asSystem('feed-broadcast');
const NEWEST = { page: 0, size: 1 };
/** In the outbox at a time: some runs are needed for one broadcast. */
const LIMIT = 40;

/** Who got which broadcast, as far as Telegram said so. */
export type Announced = Map<BroadcastId, Set<UserId>>;

/** An admin says something to many, and may think again while it is on its way. */
export const announce = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const audience: Broadcast['audience'] = admin.dice.pick([
    'all',
    'clients',
    'workers',
    'inactive',
  ]);
  const listed = await town.look('broadcasts.list', (core) =>
    core.broadcasts.list({ actor, page: NEWEST }),
  );
  const newest = listed?.items[0]?.broadcast;
  if (newest?.status === 'paused') await steer(town, admin, { id: newest.id, how: 'resume' });
  const reach = await town.look('broadcasts.preview', (core) => core.broadcasts.preview({ actor }));
  const key = town.ports.ids.next<BroadcastId>();
  const words = { audience, text: 'Kabar dari admin.', photo: null };
  const started = await ask(town, admin, {
    name: 'broadcasts.start',
    call: (core) => core.broadcasts.start({ actor, key, ...words }),
    learn: once<BroadcastReport>(({ broadcast }) => {
      town.announced.set(broadcast.id, new Set());
      town.figures.audit.add('broadcast.start');
    }),
    says: ({ progress }) => String(progress.recipients),
  });
  if (!reach || !started.done) return;
  await thinkAgain(town, admin, key);
  await town.look('broadcasts.show', (core) => core.broadcasts.show({ actor, broadcastId: key }));
};

const thinkAgain = async (town: Town, admin: Person, id: BroadcastId): Promise<void> => {
  if (admin.dice.chance(0.5)) {
    await minutes(town, 0, 2);
    await steer(town, admin, { id, how: 'pause' });
    await minutes(town, 1, 3);
    await steer(town, admin, { id, how: 'resume' });
  }
  if (admin.dice.chance(0.3)) await steer(town, admin, { id, how: 'cancel' });
};

const steer = (
  town: Town,
  admin: Person,
  {
    id: broadcastId,
    how,
  }: { readonly id: BroadcastId; readonly how: 'pause' | 'resume' | 'cancel' },
) =>
  ask(town, admin, {
    name: `broadcasts.${how}`,
    call: (core) => core.broadcasts[how]({ actor: actorOf(admin), broadcastId }),
    says: ({ broadcast }) => broadcast.status,
  });

/** Telegram took a message: nobody gets the same broadcast twice (ADM-5). */
export const broadcastSent = async (town: Town, { kind, dedupeKey }: ClaimedMessage) => {
  const [what, id, to] = dedupeKey.split(':');
  if (what !== 'broadcast' || kind === 'notice') return;
  const broadcastId = id as BroadcastId;
  if (kind === 'broadcast-progress') {
    await town.core.broadcasts.noteShown({ actor: FEEDER, broadcastId, messageId: 1 });
    town.figures.operations.add('broadcasts.noteShown');
    return;
  }
  const got = town.announced.get(broadcastId) ?? new Set();
  demand(!got.has(to as UserId), 'ADM-5', () => `${to} got ${id} twice`);
  town.announced.set(broadcastId, got.add(to as UserId));
};

/** Each minute: what is on its way moves on, and what has ended adds up. */
export const moveBroadcasts = async (town: Town): Promise<void> => {
  const moved = await town.core.broadcasts.feed({ actor: FEEDER, limit: LIMIT });
  (moved > 0 ? town.figures.operations : town.figures.reads).add('broadcasts.feed');
  for (const [id, got] of town.announced) {
    const report = await town.ports.unitOfWork.run((tx) => tx.broadcasts.report(id));
    if (!report) continue;
    const { recipients, sent, blocked, failed, canceled, waiting } = report.progress;
    const isWhole = sent + blocked + failed + canceled + waiting === recipients;
    demand(isWhole && sent <= got.size, 'ADM-5', () => `${id} does not add up`);
    if (report.broadcast.endedAt === null) continue;
    demand(sent === got.size && waiting === 0, 'ADM-5', () => `${id}: ${sent}, not ${got.size}`);
    town.figures.audit.add('broadcast.done');
    town.figures.tally.add(`broadcasts ${report.broadcast.status}`);
    town.announced.delete(id);
  }
};
