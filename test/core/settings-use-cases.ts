import type { Allowed, Call } from './scene.ts';

/** Of every setting (see every-use-case.ts). */
export const settings: Record<string, readonly [Allowed, Call]> = {
  current: ['no actor', async () => {}],
  list: ['settings', (core, actor) => core.settings.list({ actor })],
  read: [
    'settings',
    (core, actor) => core.settings.read({ actor, key: 'holdMinutes', text: '45' }),
  ],
  change: [
    'settings',
    (core, actor) => core.settings.change({ actor, key: 'holdMinutes', text: '45', seen: 30 }),
  ],
  reset: [
    'settings',
    (core, actor) => core.settings.reset({ actor, key: 'holdMinutes', seen: 30 }),
  ],
  setTerms: [
    'settings',
    async (core, actor) => {
      const seen = { ...(await core.settings.current()).termsText };
      return core.settings.setTerms({ actor, id: 'Baru', en: 'New', seen });
    },
  ],
  setRejectReasons: [
    'settings',
    (core, actor) =>
      core.settings.setRejectReasons({ actor, reasons: [{ id: 'Buram', en: 'Blurred' }] }),
  ],
};
