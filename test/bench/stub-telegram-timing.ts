import type { Load, Report } from './stub-telegram.ts';

/** How long no answer may come before whoever waits for one is told so. */
const SILENCE_MS_MAX = 60_000;

/** When the updates of a load were answered, and how. */
export interface Timing {
  called(method: string): void;
  /** Notes an answer; true for the first one of the kind that counts. */
  note(n: number, how: 'tap' | 'screen', dueAt: number): boolean;
  /** The first update of this person without an answer. */
  oldest(person: number): number;
  /** See `Course.whenAnswered`. */
  whenAnswered(count: number | undefined, back: (error?: string) => void): void;
  report(begunAt: number): Omit<Report, 'handedOut'>;
}

export const createTiming = ({ updates, people, answer }: Load): Timing => {
  const tapMs = new Float64Array(updates).fill(Number.NaN);
  const screenMs = new Float64Array(updates).fill(Number.NaN);
  const counts = answer === 'tap' ? 'tap' : 'screen';
  const ms = counts === 'tap' ? tapMs : screenMs;
  const calls: Record<string, number> = {};
  const oldest = Int32Array.from({ length: people }, (_, person) => person);
  const newest = new Int32Array(people).fill(-1);
  let [answered, repeated, outOfOrder, lastAt] = [0, 0, 0, performance.now()];
  let waiting: { readonly count: number; readonly back: (error?: string) => void } | undefined;

  const first = (n: number, person: number): void => {
    answered += 1;
    if (n < (newest[person] ?? -1)) outOfOrder += 1;
    newest[person] = Math.max(n, newest[person] ?? -1);
    let next = oldest[person] ?? person;
    while (next < updates && !Number.isNaN(ms[next] ?? 0)) next += people;
    oldest[person] = next;
    if (waiting && answered >= waiting.count) settle();
  };
  const settle = (error?: string): void => {
    waiting?.back(error);
    waiting = undefined;
  };
  const watch = (): void => {
    if (!waiting) return;
    const silent = performance.now() - lastAt;
    if (silent < SILENCE_MS_MAX) return void setTimeout(watch, SILENCE_MS_MAX - silent).unref();
    settle(`of ${updates} updates ${answered} were answered, then none for a minute`);
  };
  return {
    called: (method) => {
      calls[method] = (calls[method] ?? 0) + 1;
    },
    note: (n, how, dueAt) => {
      const times = how === 'tap' ? tapMs : screenMs;
      const isFirst = Number.isNaN(times[n] ?? 0);
      if (!isFirst) repeated += 1;
      else times[n] = performance.now() - dueAt;
      if (!isFirst || how !== counts) return false;
      lastAt = performance.now();
      first(n, n % people);
      return true;
    },
    oldest: (person) => oldest[person] ?? person,
    whenAnswered: (count = updates, back) => {
      if (answered >= count) return back();
      lastAt = performance.now();
      waiting = { count, back };
      watch();
    },
    report: (begunAt) => ({
      answered,
      ms,
      tapMs,
      screenMs,
      totalMs: lastAt - begunAt,
      calls,
      repeated,
      outOfOrder,
    }),
  };
};
