import type { Logger } from '../adapters/logging/index.ts';

/** Work that is done again and again: at the latest every so often, sooner when woken. */
export interface Loop {
  readonly start: () => void;
  /** Work again as soon as the present round is over. */
  wake(): void;
  /** Resolves when the present round is over and no other will follow. */
  stop(): Promise<void>;
}

/** A loop whose rounds never overlap; a round that fails is logged and the next one comes. */
export const repeat = (
  name: string,
  everyMs: number,
  log: Logger,
  round: () => Promise<void>,
): Loop => {
  let stopped = false;
  let woken = false;
  let wakeUp: () => void = () => undefined;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      if (woken || stopped) return resolve();
      const timer = setTimeout(resolve, everyMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      await round().catch((error: unknown) => log.error(`${name} failed`, { error }));
      await pause();
    }
  };
  let running: Promise<void> = Promise.resolve();
  return {
    start: () => {
      running = run();
    },
    wake: () => {
      woken = true;
      wakeUp();
    },
    stop: async () => {
      stopped = true;
      wakeUp();
      await running;
    },
  };
};
