import type { Clock } from '../../core/kernel/index.ts';

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  set(at: Date): void;
  /** Moves on by so many ms. */
  advance(ms: number): void;
}

/** Monday, 5 January 2026, 09:00 WIB. */
export const DEFAULT_START = new Date('2026-01-05T02:00:00.000Z');

/** Makes a clock that stands at `start`. */
export const createManualClock = (start: Date = DEFAULT_START): ManualClock => {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    set: (at) => {
      now = at.getTime();
    },
    advance: (ms) => {
      now += ms;
    },
  };
};
