import { asSystem, startOfWibDay } from '../../core/index.ts';
import { freshId, rupiahs } from '../support/builders.ts';
import { OPERATOR, type People } from '../support/market.ts';
import type { Scenery } from './scenes.ts';

const JOB = asSystem('test');

/** Somebody whose money may be moved by hand, with this much. */
const aWish = async (people: People, amount: number) => {
  const [{ actor }, { id: userId }] = [await people.admin(), await people.worker()];
  const wish = { actor, userId, side: 'cash', reason: 'counted short', mends: null } as const;
  const gift = { ...wish, direction: 'plus', amount: rupiahs(amount) } as const;
  return {
    gift: { ...gift, key: freshId<never>() as string },
    again: { ...gift, key: freshId<never>() as string },
  };
};

/** The platform earns so much. */
const earned = async (people: People, amount: number): Promise<void> => {
  const { gift, again } = await aWish(people, amount);
  await people.core.wallet.adjust(gift);
  await people.core.wallet.adjust({ ...again, direction: 'minus', side: 'revenue' });
};

/** Money that is moved by hand, and what the owner hears of it. */
export const byHand: Readonly<Record<string, Scenery>> = {
  'wallet.adjust, what it mends': async (people) => {
    const { gift, again } = await aWish(people, 1_000);
    const { id: mends } = await people.core.wallet.adjust(gift);
    return (core) => core.wallet.adjust({ ...again, direction: 'minus', mends });
  },
  'wallet.adjust, a gift of the platform': async (people) => {
    await earned(people, 1_000);
    const { gift } = await aWish(people, 400);
    return (core) => core.wallet.adjust({ ...gift, side: 'revenue' });
  },
  'wallet.payoutRevenue': async (people) => {
    await earned(people, 1_000);
    const payout = { amount: rupiahs(600), reason: 'profit', key: freshId<never>() as string };
    return (core) => core.wallet.payoutRevenue({ actor: OPERATOR, ...payout });
  },
  'owner.noteTold': async (people) => {
    await people.core.wallet.adjust((await aWish(people, 1_000)).gift);
    const [notice] = await people.core.owner.untold({ actor: JOB });
    return (core) => core.owner.noteTold({ actor: JOB, id: notice?.id ?? freshId() });
  },
  'wellbeing.noteTold': async (_people, { clock }) => {
    const day = startOfWibDay(clock.now());
    return (core) => core.wellbeing.noteTold({ actor: JOB, day });
  },
};
