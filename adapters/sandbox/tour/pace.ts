import type { Haste, TourStep } from '../host.ts';

/** What a step takes beside its reading, in letters: the act, and a look at what came of it. */
const BEAT = 22;

/**
 * How long each step lasts, in milliseconds; together `seconds`. A long caption gets more of it; one
 * that repeats the caption before it goes on with that sentence, so nothing is to be read.
 */
export function paceOf(steps: readonly TourStep[], seconds: number): number[] {
  const letters = steps.map(({ caption }, index) =>
    caption === steps[index - 1]?.caption ? BEAT : BEAT + caption.length,
  );
  const all = letters.reduce((sum, many) => sum + many, 0);
  return letters.map((many) => (many / all) * seconds * 1000);
}

/** Thrown out of everything that waits when the tour is stopped. */
export class TourStopped extends Error {}

/** Time for what is played: it can be held, and ended. */
export class Playback {
  #held: PromiseWithResolvers<void> | undefined;
  #rested: (() => void) | undefined;
  readonly #ending = new AbortController();
  readonly ended: AbortSignal;

  /** `stopping` ends it, too. */
  constructor(stopping: AbortSignal) {
    this.ended = AbortSignal.any([stopping, this.#ending.signal]);
    this.ended.addEventListener('abort', () => this.resume());
  }

  hold(): void {
    this.#held ??= Promise.withResolvers();
    this.#rested?.();
  }

  resume(): void {
    this.#held?.resolve();
    this.#held = undefined;
    this.#rested?.();
  }

  end(): void {
    this.#ending.abort();
  }

  /** Resolves at once, or when it is no longer held. */
  async going(): Promise<void> {
    while (this.#held) await this.#held.promise;
    if (this.ended.aborted) throw new TourStopped('the tour was stopped');
  }

  /** Lets `ms` pass in which it is not held. */
  async rest(ms: number): Promise<void> {
    await this.going();
    for (let left = ms; left > 0;) {
      const began = performance.now();
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, left);
      this.#rested = resolve;
      await promise;
      clearTimeout(timer);
      left -= performance.now() - began;
      await this.going();
    }
  }
}

/** Nobody's watch is that of the bot: what is done in time here shall be in time there. */
const CAUTION = 1.05;

/** Keeps each person below the haste that the bot refuses: acts are spread where they are too many. */
export class Leisure {
  readonly #haste: Haste | undefined;
  /** Per person, the moment up to which the acts so far use up the pace. */
  readonly #usedUntil = new Map<string, number>();

  constructor(haste: Haste | undefined) {
    this.#haste = haste;
  }

  /** Counts an act at `now`, and answers the milliseconds that it has to wait. */
  waitMs(person: string, now: number): number {
    if (!this.#haste) return 0;
    const costMs = (1000 / this.#haste.perSecond) * CAUTION;
    const used = Math.max(this.#usedUntil.get(person) ?? now, now) + costMs;
    this.#usedUntil.set(person, used);
    const atOnceMs = Math.max(1, this.#haste.burst - 1) * costMs;
    return Math.max(0, used - atOnceMs - now);
  }
}
