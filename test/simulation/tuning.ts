import { asStored } from '../../core/index.ts';
import { actorOf, type Person } from './people.ts';
import type { Town } from './town.ts';
import { ask } from './visits.ts';

/** Settings that change nobody's money and no answer that the run works out for itself. */
const HARMLESS = [
  ['inactiveDays', ['7', '14 hari', '21']],
  ['decisionPauseMs', ['0', '500', '1.000']],
] as const;

/** An admin sets something otherwise, or back to its default (ADM-4). */
export const retune = async (town: Town, admin: Person): Promise<void> => {
  const [actor, { dice }] = [actorOf(admin), admin];
  const views = await town.look('settings.list', (core) => core.settings.list({ actor }));
  const [key, texts] = dice.pick(HARMLESS);
  const view = views?.find((one) => one.key === key);
  if (!view) return;
  const { seen } = view;
  if (dice.chance(0.4)) {
    const call = { name: 'settings.reset' };
    await ask(town, admin, { ...call, call: (core) => core.settings.reset({ actor, key, seen }) });
    return;
  }
  const text = dice.pick(texts);
  await town.look('settings.read', (core) => core.settings.read({ actor, key, text }));
  await ask(town, admin, {
    name: 'settings.change',
    call: (core) => core.settings.change({ actor, key, text, seen }),
  });
};

/** The terms are rewritten by the first admin who can; from then on everybody is asked (ACC-8). */
export const rewriteTerms = async (town: Town): Promise<void> => {
  const seen = asStored(town.settings().termsText);
  for (const admin of town.admins()) {
    const actor = actorOf(admin);
    const { done } = await ask(town, admin, {
      name: 'settings.setTerms',
      call: (core) => core.settings.setTerms({ actor, id: 'Baru', en: 'New', seen }),
    });
    if (done) break;
  }
  await town.readSettings();
};
