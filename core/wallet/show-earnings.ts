import {
  askTogether,
  DAY_MS,
  plusMs,
  startOfWibDay,
  sum,
  ZERO,
  type Actor,
  type Clock,
  type Rupiah,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { personOf, requireActor } from '../users/index.ts';
import type { EarningsDay } from './ports.ts';

/**
 * What rewards brought, less what reversals took back out of the same wallet, rupiah. What is taken
 * back counts on the day on which it is, whenever it was earned: so days and sums agree with the
 * history, past days never change, and a day (or a week) with a reversal may stand below zero.
 */
export interface EarningsView {
  readonly today: Rupiah;
  /** Seven days, today included. */
  readonly week: Rupiah;
  readonly all: Rupiah;
  /** Fourteen days of Jakarta up to today, oldest first, those without any at 0. */
  readonly days: readonly EarningsDay[];
}

const DAYS_SHOWN = 14;

/** What the acting person has earned (WAL-9). */
export const showEarnings =
  ({ unitOfWork, clock }: { readonly unitOfWork: UnitOfWork<Tx>; readonly clock: Clock }) =>
  ({ actor }: { readonly actor: Actor }): Promise<EarningsView> =>
    unitOfWork.run(async (tx) => {
      const id = personOf(actor);
      const today = startOfWibDay(clock.now());
      const first = plusMs(today, -(DAYS_SHOWN - 1) * DAY_MS);
      const [, { earned: all }, byDay] = await askTogether([
        requireActor(tx, actor),
        tx.wallets.earnings(id),
        tx.wallets.earningsByDay(id, first),
      ]);
      const known = new Map(byDay.map(({ day, earned }) => [day.getTime(), earned]));
      const days = Array.from({ length: DAYS_SHOWN }, (_, place) => {
        const day = plusMs(first, place * DAY_MS);
        return { day, earned: known.get(day.getTime()) ?? ZERO };
      });
      const lastOf = (howMany: number) => sum(days.slice(-howMany).map(({ earned }) => earned));
      return { today: lastOf(1), week: lastOf(7), all, days };
    });
