import { plusMs, type Clock } from '../../core/kernel/index.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs ahead of another one, to try what happens past a deadline. */
export interface OffsetClock extends Clock {
  /** How far ahead it is. */
  aheadMs(): number;
  /**
   * Jumps `ms` ≥ 0 ahead, for good. Throws a RangeError for anything else: time never goes back.
   */
  advance(ms: number): void;
}

/** A clock that shows `base` until it is advanced, and keeps its lead from then on. */
export const offsetClock = (base: Clock): OffsetClock => {
  let aheadMs = 0;
  return {
    now: () => plusMs(base.now(), aheadMs),
    aheadMs: () => aheadMs,
    advance: (ms) => {
      if (!Number.isSafeInteger(ms) || ms < 0) {
        throw new RangeError(`a clock advances by whole milliseconds, not by ${ms}`);
      }
      aheadMs += ms;
    },
  };
};
