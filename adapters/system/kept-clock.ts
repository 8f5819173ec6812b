import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DAY_MS, type Clock } from '../../core/kernel/index.ts';
import { offsetClock } from './clock.ts';
import { hasCode, syncDirectory, writeDurably } from './durable-file.ts';

/** A clock that runs ahead, with a lead that the next process takes over. */
export interface KeptClock extends Clock {
  /** How far ahead it is. */
  aheadMs(): number;
  /**
   * Jumps `ms` ahead, for good: the lead is on disk before the jump takes effect, so no row is ever
   * of a time that a later process takes for the future. Refuses with a RangeError what is no whole
   * number of at least 0, or leads too far; jumps one after the other.
   */
  advance(ms: number): Promise<void>;
}

/** Further than anybody plays; years of five digits are far off. */
const AHEAD_MS_MAX = 36_500 * DAY_MS;

/**
 * The clock whose lead over `base` is kept in the file at `path`: whole milliseconds in digits, no
 * file for none. Throws where the file holds anything else, and never replaces it: with another
 * lead the database would hold rows of the future.
 */
export const keptClock = async (base: Clock, path: string): Promise<KeptClock> => {
  const clock = offsetClock(base);
  clock.advance(await readLead(path));
  let last: Promise<void> = Promise.resolve();
  const advance = async (ms: number): Promise<void> => {
    const aheadMs = clock.aheadMs() + ms;
    if (!Number.isSafeInteger(ms) || ms < 0 || aheadMs > AHEAD_MS_MAX) {
      throw new RangeError(
        `a clock advances by whole milliseconds, 100 years in all at most, not by ${ms}`,
      );
    }
    await keepLead(path, aheadMs);
    clock.advance(ms);
  };
  return {
    now: () => clock.now(),
    aheadMs: () => clock.aheadMs(),
    advance: (ms) => {
      const turn = last.then(() => advance(ms));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
};

const readLead = async (path: string): Promise<number> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '0';
    throw error;
  });
  const digits = text.trim();
  const lead = Number(digits);
  if (/^\d{1,13}$/.test(digits) && lead <= AHEAD_MS_MAX) return lead;
  throw new Error(
    `${path} is malformed: it must hold the milliseconds by which the sandbox's clock is ahead. ` +
      'Put it back, or remove the whole folder to begin anew',
  );
};

/** Whole or not at all. */
const keepLead = async (path: string, aheadMs: number): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.tmp`;
  await rm(draft, { force: true }); // of a process that was killed at this
  try {
    await writeDurably(draft, `${aheadMs}\n`);
    await rename(draft, path);
    await syncDirectory(dirname(path));
  } finally {
    await rm(draft, { force: true });
  }
};
