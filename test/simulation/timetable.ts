import type { Clock } from '../../core/index.ts';
import type { Dice } from '../support/dice.ts';

/** What happens when, in simulated time: the only clock of a run. Moments are ms since 1970. */
export interface Timetable extends Clock {
  moment(): number;
  /** Lets something happen then; it may begin lives that go on. */
  at(moment: number, what: () => unknown): void;
  /** Resolves so many simulated ms later. */
  pause(ms: number): Promise<void>;
  /** Begins a life: what it throws ends the run. */
  begin(life: Promise<unknown>): void;
  /** Whether nothing else happens in this very step. */
  isAlone(): boolean;
  /** Goes on until then, one step after the other. */
  runUntil(moment: number): Promise<void>;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly what: () => unknown;
}

/** How likely two things that are due close together go at once. */
const AT_ONCE = 0.05;
const CLOSE_MS = 5_000;

const isEarlier = (a: Happening, b: Happening): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

/** The earliest first; a binary heap. */
const createQueue = () => {
  const heap: Happening[] = [];
  const swapDown = (moved: Happening): void => {
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isEarlier(right, left);
      const child = isRight ? right : left;
      if (!isEarlier(child, moved)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = moved;
  };
  return {
    add: (happening: Happening): void => {
      let at = heap.push(happening) - 1;
      while (at > 0) {
        const above = (at - 1) >>> 1;
        const parent = heap[above] as Happening;
        if (!isEarlier(happening, parent)) break;
        heap[at] = parent;
        at = above;
      }
      heap[at] = happening;
    },
    first: (): Happening | undefined => heap[0],
    take: (): void => {
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) swapDown(last);
    },
  };
};

/** All promises that can go on by themselves have gone on: nothing here waits for real time. */
const settled = (): Promise<void> => new Promise(setImmediate);

export const createTimetable = (start: Date, dice: Dice): Timetable => {
  const queue = createQueue();
  const failures: unknown[] = [];
  let [moment, now] = [start.getTime(), start];
  let [order, alone] = [0, true];
  const fail = (error: unknown): void => {
    failures.push(error);
  };
  const step = ({ at, what }: Happening): void => {
    if (at > moment) [moment, now] = [at, new Date(at)];
    queue.take();
    what();
  };
  const at = (when: number, what: () => unknown): void => {
    order += 1;
    queue.add({ at: Math.max(when, moment), order, what });
  };
  return {
    now: () => now,
    moment: () => moment,
    at,
    pause: (ms) =>
      new Promise((resolve) => {
        at(moment + ms, resolve);
      }),
    begin: (life) => void life.catch(fail),
    isAlone: () => alone,
    runUntil: async (end) => {
      for (let next = queue.first(); next && next.at <= end; next = queue.first()) {
        const both = dice.chance(AT_ONCE);
        step(next);
        const other = both ? queue.first() : undefined;
        alone = other === undefined || other.at > moment + CLOSE_MS || other.at > end;
        if (other && !alone) step(other);
        await settled();
        if (failures.length > 0) throw failures[0];
      }
      [moment, now] = [end, new Date(end)];
    },
  };
};
