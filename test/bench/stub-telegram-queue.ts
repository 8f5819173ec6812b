import type { Load } from './stub-telegram.ts';

/** Which updates of a load may be handed out by now, in order. */
export interface Queue {
  /** How many may be. */
  released(): number;
  /** The number of the update that stands there in their order. */
  at(place: number): number;
  isReleased(n: number): boolean;
  /** By `performance.now()`; only of those that are released. */
  dueAt(n: number): number;
  /** Its person may say the next thing. */
  answered(n: number): void;
  /** Nothing more becomes due. */
  end(): void;
}

export const createQueue = (load: Load, onDue: () => void): Queue => {
  const { updates, people, perSecond, inTurn = false } = load;
  const start = performance.now();
  const order = new Int32Array(updates);
  const dueTimes = new Float64Array(updates).fill(Number.NaN);
  /** By person: how many of theirs are due and wait for their turn, and were released. */
  const held = new Int32Array(people);
  const spoken = new Int32Array(people);
  const isOpen = new Uint8Array(people);
  let released = 0;
  let due = 0;
  let timer: NodeJS.Timeout | undefined;

  const release = (person: number, at: number): void => {
    const n = person + people * (spoken[person] ?? 0);
    spoken[person] = (spoken[person] ?? 0) + 1;
    isOpen[person] = 1;
    order[released] = n;
    dueTimes[n] = at;
    released += 1;
  };
  const becomeDue = (n: number, at: number): void => {
    const person = n % people;
    if (inTurn && isOpen[person] === 1) held[person] = (held[person] ?? 0) + 1;
    else release(person, at);
  };
  const look = (): void => {
    const now = performance.now();
    const before = due;
    const time = (n: number): number =>
      perSecond === undefined ? start : start + (n * 1_000) / perSecond;
    for (; due < updates && time(due) <= now; due += 1) becomeDue(due, time(due));
    if (due < updates) timer = setTimeout(look, Math.max(1, time(due) - now));
    if (due > before) onDue();
  };
  timer = setTimeout(look);
  return {
    released: () => released,
    at: (place) => order[place] ?? 0,
    isReleased: (n) => !Number.isNaN(dueTimes[n] ?? Number.NaN),
    dueAt: (n) => dueTimes[n] ?? Number.NaN,
    answered: (n) => {
      const person = n % people;
      isOpen[person] = 0;
      if ((held[person] ?? 0) === 0) return;
      held[person] = (held[person] ?? 0) - 1;
      release(person, performance.now());
    },
    end: () => clearTimeout(timer),
  };
};
