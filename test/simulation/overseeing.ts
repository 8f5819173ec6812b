import type { ReadyReason } from '../../core/index.ts';
import { change } from './clients.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
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
  if (admin.dice.chance(0.3)) await rephrase(town, admin);
};

const lookUp = async (town: Town, admin: Person, telegramId: number): Promise<void> => {
  const actor = actorOf(admin);
  const found = await town.look('users.search', (core) =>
    core.users.search({ actor, text: String(telegramId), page: PAGE }),
  );
  if (found) town.checkSame('ADM-3', BigInt(found.items[0]?.telegramId ?? 0), BigInt(telegramId));
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
