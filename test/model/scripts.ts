import fc from 'fast-check';
import type { Roll } from './choose.ts';
import type { Kind } from './requests.ts';
import { commandOf, type Listener } from './script.ts';

const STEPS_MAX = 100;

/** How often each kind is asked for: what begins things more often than what ends them. */
const WEIGHTS: Readonly<Record<Kind, number>> = {
  'user.register': 2,
  'user.accept-terms': 2,
  'user.choose-role': 2,
  'user.grant-admin': 1,
  'user.revoke-admin': 1,
  'user.permit': 2,
  'user.change-role': 2,
  'user.suspend': 1,
  'user.unsuspend': 2,
  'deposit.request': 3,
  'deposit.approve': 3,
  'deposit.reject': 1,
  'deposit.cancel': 1,
  'campaign.create': 7,
  'campaign.raise': 3,
  'campaign.pause': 2,
  'campaign.resume': 3,
  'campaign.delete': 2,
  'task.take': 16,
  'task.release': 2,
  'task.expire': 2,
  'proof.submit': 14,
  'proof.approve': 8,
  'proof.reject': 4,
  'proof.reverse': 5,
  'approvals.start': 4,
  'approvals.run': 6,
  'withdrawal.request': 5,
  'withdrawal.endorse': 5,
  'withdrawal.take-back': 1,
  'withdrawal.claim': 5,
  'withdrawal.pay': 3,
  'withdrawal.reject': 2,
  'withdrawal.cancel': 2,
  'wallet.adjust': 3,
  'revenue.payout': 2,
  wait: 3,
};

export const KINDS = Object.keys(WEIGHTS) as Kind[];

const kinds = (suits: (kind: Kind) => boolean): fc.Arbitrary<Kind> =>
  fc.constantFrom(
    ...KINDS.filter(suits).flatMap((kind) => Array.from({ length: WEIGHTS[kind] }, () => kind)),
  );

const rolls = (kind: fc.Arbitrary<Kind>): fc.Arbitrary<Roll> =>
  fc.record({
    kind,
    who: fc.nat({ max: 30 }),
    which: fc.nat({ max: 60 }),
    much: fc.nat({ max: 4_000 }),
    stray: fc.nat({ max: 9 }).map((side) => side === 9),
  });

const again = fc
  .nat({ max: 19 })
  .map((side) => (side === 19 ? 'key' : side >= 17 ? 'same' : undefined));

/** Time stands while several go at once. */
const AT_ONCE_MAX = 6;

/** Scripts of single requests, and of several at once where that is wanted. */
export const scripts = (parallel: boolean, listener: Listener) => {
  const single = fc
    .record({ roll: rolls(kinds(() => true)), again })
    .map((one) => commandOf({ rolls: [one.roll], again: one.again }, listener));
  const roll = rolls(kinds((kind) => kind !== 'wait'));
  const several = fc
    .record({
      first: roll,
      more: fc.array(roll, { maxLength: AT_ONCE_MAX - 1 }),
      twice: fc.nat({ max: 3 }),
      again,
    })
    .map(({ first, more, twice, again: how }) => {
      const copies = Array.from({ length: twice % 3 }, () => first);
      return commandOf(
        { rolls: [first, ...copies, ...more].slice(0, AT_ONCE_MAX), again: how },
        listener,
      );
    });
  const steps = parallel ? [single, several] : [single];
  return fc.commands(steps, { maxCommands: STEPS_MAX, size: 'max' });
};
