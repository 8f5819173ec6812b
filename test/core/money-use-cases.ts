import { freshId, later, rupiahs } from '../support/builders.ts';
import type { Allowed, Call } from './scene.ts';

type Described = Record<string, readonly [Allowed, Call]>;

const GIFT = { direction: 'plus', amount: rupiahs(1_000), side: 'cash' } as const;

/** What moves money by hand, and shows what there is (WAL-10, WAL-12). */
export const byHand: Described = {
  quoteAdjustment: [
    'money',
    (core, actor, { outsider }) =>
      core.wallet.quoteAdjustment({ actor, userId: outsider.id, ...GIFT }),
  ],
  adjust: [
    'money',
    (core, actor, { outsider, key }) => {
      const adjustment = { ...GIFT, reason: 'a gift', mends: null };
      return core.wallet.adjust({ actor, userId: outsider.id, ...adjustment, key });
    },
  ],
  revenue: ['operator', (core, actor) => core.wallet.revenue({ actor })],
  payoutRevenue: [
    'operator',
    (core, actor, { key }) =>
      core.wallet.payoutRevenue({ actor, amount: rupiahs(1), reason: 'rent', key }),
  ],
};

/** What the owner hears. */
export const owner: Described = {
  untold: ['operator', (core, actor) => core.owner.untold({ actor })],
  noteTold: ['operator', (core, actor) => core.owner.noteTold({ actor, id: freshId() })],
};

/** How everything stands. */
export const wellbeing: Described = {
  due: ['operator', (core, actor) => core.wellbeing.due({ actor, botId: 1 })],
  noteTold: ['operator', (core, actor) => core.wellbeing.noteTold({ actor, day: later(0) })],
};
