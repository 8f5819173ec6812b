import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { Logger } from '../../adapters/logging/index.ts';

/**
 * Lanes that are worked on at once. More than there are connections: a lane that downloads or
 * decodes a picture holds none, and must not hold up the others.
 */
const LANES_AT_ONCE = 50;
/** After how many ms to look again at a lane that another process had in hand. */
const IN_HAND_MS = 50;
/** How often to look for what no wake-up announced: retries, another process, a crash. */
const SWEEP_MS = 1_000;

export interface LanesParts {
  /**
   * Handles the oldest waiting update of a lane; false where there is nothing left to do for now,
   * `in-hand` where another process is at it, which may not know what is new.
   */
  readonly work: (lane: number) => Promise<boolean | 'in-hand'>;
  /** The lanes that have something to do. */
  readonly waiting: () => Promise<readonly number[]>;
  readonly log: Logger;
}

/**
 * One update of a person after the other, different people at the same time, and after each update
 * whoever waits longest: a person with a thousand updates delays nobody else's.
 */
export interface Lanes {
  readonly start: () => void;
  /** There is something new in these lanes. */
  readonly wake: (lanes: readonly number[]) => void;
  /** Finishes the updates under way and begins no other (OPS-3). */
  stop(): Promise<void>;
}

/** See {@link Lanes}. */
export const createLanes = (parts: LanesParts): Lanes => {
  const { work, log } = parts;
  const queue = new PQueue({ concurrency: LANES_AT_ONCE });
  const underWay = new Map<number, { again: boolean }>();
  const stopping = new AbortController();
  const turn = async (lane: number, state: { again: boolean }): Promise<void> => {
    let more: boolean | 'in-hand' = false;
    state.again = false;
    try {
      more = await work(lane);
      if (more === 'in-hand') await later(stopping.signal);
    } catch (error) {
      log.error('a lane stopped; the next sweep goes on with it', { error });
    }
    if ((more || state.again) && !stopping.signal.aborted) line(lane, state);
    else underWay.delete(lane);
  };
  /** Puts a lane at the end of the queue. */
  const line = (lane: number, state: { again: boolean }): void =>
    void queue.add(() => (stopping.signal.aborted ? undefined : turn(lane, state)));
  const wake = (lanes: readonly number[]): void => {
    if (stopping.signal.aborted) return;
    for (const lane of lanes) {
      const state = underWay.get(lane);
      if (state) {
        state.again = true;
        continue;
      }
      const fresh = { again: false };
      underWay.set(lane, fresh);
      line(lane, fresh);
    }
  };
  const sweep = sweeping(parts, wake);
  return {
    start: sweep.start,
    wake,
    stop: async () => {
      stopping.abort();
      await sweep.stop();
      await queue.onIdle();
    },
  };
};

const later = (signal: AbortSignal): Promise<void> =>
  sleep(IN_HAND_MS, undefined, { signal }).catch(() => undefined);

/** Looks for waiting lanes again and again; a look that fails is logged, and the next one comes. */
const sweeping = ({ waiting, log }: LanesParts, wake: Lanes['wake']) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await waiting().then(wake, (error: unknown) => log.error('sweep failed', { error }));
      await sleep(SWEEP_MS, undefined, { signal }).catch(() => undefined);
    }
  };
  let running: Promise<void> = Promise.resolve();
  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
