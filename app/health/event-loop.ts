const LOOK_MS = 500;
const LAG_MS_MAX = 2_000;

/** A look at whether the process still turns. */
export interface EventLoopWatch {
  /** Whether the last turn came in time. */
  turns(): boolean;
  stop(): void;
}

/**
 * Whoever asks is answered only when the event loop turns again, after the timers: so the first
 * answer after a long standstill tells of it.
 */
export const watchEventLoop = (): EventLoopWatch => {
  let last = performance.now();
  let lagMs = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    lagMs = now - last - LOOK_MS;
    last = now;
  }, LOOK_MS).unref();
  return {
    turns: () => lagMs < LAG_MS_MAX,
    stop: () => clearInterval(timer),
  };
};
