import type { Actor, ReadyReason, SliceRequest, User, UserId } from '../../core/index.ts';
import { change } from './clients.ts';
import { actorOf, type Person } from './people.ts';
import { demand } from './rule-broken.ts';
import type { Town } from './town.ts';
import { lookBack } from './trail.ts';
import { retune } from './tuning.ts';
import { ask, minutes } from './visits.ts';

const PAGE = { page: 0, size: 50 };

/** An admin stops somebody's campaign, and lets it run again. */
export const meddle = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const running = await town.look('campaigns.all', (core) =>
    core.campaigns.all({ actor, filter: { status: 'active' }, page: PAGE }),
  );
  if (!running || running.items.length === 0) return;
  const { campaign, owner, progress } = admin.dice.pick(running.items);
  const held = await town.look('tasks.holders', (core) =>
    core.tasks.holders({ actor, campaignId: campaign.id, page: PAGE }),
  );
  if (held && progress.taken + progress.underReview === 0) {
    town.checkSame('TSK-1', BigInt(held.total), 0n);
  }
  await lookUp(town, admin, owner.telegramId);
  await change(town, admin, campaign, 'pause');
  await minutes(town, 10, 300);
  await change(town, admin, campaign, admin.dice.chance(0.9) ? 'resume' : 'delete');
  if (admin.dice.chance(0.4)) await lookBack(town, admin, campaign);
  if (admin.dice.chance(0.3)) await rephrase(town, admin);
  if (admin.dice.chance(0.3)) await retune(town, admin);
};

const lookUp = async (town: Town, admin: Person, telegramId: number): Promise<void> => {
  const actor = actorOf(admin);
  const found = await town.look('users.search', (core) =>
    core.users.search({ actor, text: String(telegramId), page: PAGE }),
  );
  const [user] = found?.items ?? [];
  if (found) town.checkSame('ADM-3', BigInt(user?.telegramId ?? 0), BigInt(telegramId));
  if (!user) return;
  const shown = await town.look('users.show', (core) =>
    core.users.show({ actor, userId: user.id }),
  );
  if (shown) town.checkSame('ADM-3', BigInt(shown.telegramId), BigInt(telegramId));
  await readLife(town, actor, user.id);
  if (admin.dice.chance(0.2)) await sideWith(town, admin, user);
};

/** The side that somebody is on already, or the other one, which what they have open forbids. */
const sideWith = async (town: Town, admin: Person, { id: userId, role }: User): Promise<void> => {
  if (role !== 'client') return;
  const wanted = admin.dice.chance(0.5) ? 'client' : 'worker';
  await ask(town, admin, {
    name: 'users.changeRole',
    call: (core) => core.users.changeRole({ actor: actorOf(admin), userId, role: wanted }),
  });
};

/** A person's whole timeline, page by page, is one order without a break, and their sums fit it. */
const readLife = async (town: Town, actor: Actor, userId: UserId): Promise<void> => {
  const profile = await town.look('reports.profile', (core) =>
    core.reports.profile({ actor, userId }),
  );
  let from: SliceRequest['from'] = null;
  let before = Number.POSITIVE_INFINITY;
  for (let pages = 0; profile && pages < 20; pages += 1) {
    const slice: SliceRequest = { from, size: 50 };
    const part = await town.look('reports.timeline', (core) =>
      core.reports.timeline({ actor, userId, slice }),
    );
    for (const { at } of part?.items ?? []) {
      demand(at.getTime() <= before, 'ADM-3', () => 'a timeline jumps back');
      before = at.getTime();
    }
    if (!part?.older) return;
    from = { key: part.older, towards: 'older' };
  }
};

/** What the marketplace comes to, and the cash that must exist for it (RPT-1, WAL-11). */
export const readFigures = async (town: Town, admin: Person): Promise<void> => {
  const actor = actorOf(admin);
  const figures = await town.look('reports.figures', (core) => core.reports.figures({ actor }));
  if (figures) town.checkSame('RPT-1', BigInt(figures.days.length), 14n);
  const liability = await town.look('reports.liability', (core) =>
    core.reports.liability({ actor }),
  );
  if (liability) demand(liability.isSound, 'WAL-11', () => 'cash is not what came from outside');
};

const WORDINGS: readonly (readonly ReadyReason[])[] = [
  [{ id: 'Gambar buram.', en: 'The picture is blurred.' }],
  [
    { id: 'Tugas belum selesai.', en: 'The task is not finished.' },
    { id: 'Bukan tautan yang diminta.', en: 'Not the requested link.' },
  ],
];

/** Puts the ready-made reasons into other words. */
const rephrase = async (town: Town, admin: Person): Promise<void> => {
  const reasons = admin.dice.pick(WORDINGS);
  await ask(town, admin, {
    name: 'settings.setRejectReasons',
    call: (core) => core.settings.setRejectReasons({ actor: actorOf(admin), reasons }),
  });
};
