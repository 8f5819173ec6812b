import { DAY_MS, startOfWibDay, type UserId } from '../../core/index.ts';
import type { Facts } from './facts.ts';
import type { Stage } from './perform.ts';
import type { World } from './world.ts';

/** Where scripts are played. */
export interface Ground {
  /** A scene for one script: people that no other script knows. */
  begin(): Promise<Scene>;
}

/** The real marketplace, as one script meets it. */
export interface Scene extends Stage {
  /** The world as it is at the beginning. */
  readonly start: World;
  /** What is stored of all that this world knows of, and of all that its people own. */
  look(world: World): Promise<Facts>;
  /** What is wrong with the ledger as a whole, one line each. */
  soundness(): Promise<readonly string[]>;
  /** How many lines a person's history has. */
  linesOf(id: UserId): Promise<number>;
}

/** Nine o'clock in Jakarta, days after; the limits of a day begin anew for each script. */
export const nextMorning = (afterMs: number): Date => {
  const from = Math.max(afterMs, Date.parse('2026-01-04T00:00:00Z'));
  return new Date(startOfWibDay(new Date(from + DAY_MS)).getTime() + 9 * 3_600_000);
};
