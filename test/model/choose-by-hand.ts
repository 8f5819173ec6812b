import { actor, reason, thing, type Chooser } from './chooser.ts';
import type { Kind } from './requests.ts';
import { balance, type World } from './world.ts';

/** About what the platform has: a little more now and then. */
const share = (world: World, much: number): bigint =>
  1n + (balance(world, 'revenue') * BigInt(much % 70)) / 60n;

type ByHand = Extract<Kind, 'wallet.adjust' | 'revenue.payout'>;

/** Money that an admin or the operator moves by hand. */
export const BY_HAND: { readonly [K in ByHand]: Chooser<K> } = {
  'wallet.adjust': (choice, roll) => {
    const { which, much, stray } = roll;
    const direction = much % 2 === 0 ? 'plus' : 'minus';
    const side = much % 3 === 0 ? 'revenue' : 'cash';
    const isGift = direction === 'plus' && side === 'revenue';
    const amount = isGift ? share(choice.world, much) : BigInt(much % 900);
    return {
      by: actor(choice, roll, 'admin'),
      key: choice.key,
      id: which % 20 === 19 ? actor(choice, roll, 'admin') : thing(choice, roll),
      direction,
      side,
      amount: stray ? BigInt(much * 20) : amount,
      reason: reason(roll),
    };
  },
  'revenue.payout': (choice, roll) => ({
    by: roll.stray ? actor(choice, roll) : 'operator',
    key: choice.key,
    amount: share(choice.world, roll.much),
    reason: reason(roll),
  }),
};
