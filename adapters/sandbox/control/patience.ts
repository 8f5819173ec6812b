/** How long to wait. */
export interface WaitOptions {
  /** 5000 unless told. */
  readonly timeoutMs?: number;
}

export const TIMEOUT_MS = 5000;
/** Longer than this the sandbox holds no answer. */
const HOLD_MS = 25_000;

/**
 * The first answer of `ask`, which is asked again and again and told how long it may hold its answer
 * (milliseconds). Refuses in the words of `inVain` when the time is over.
 */
export async function patiently<T>(
  { timeoutMs = TIMEOUT_MS }: WaitOptions,
  ask: (waitMs: number) => Promise<T | undefined>,
  inVain: (timeoutMs: number) => string,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const left = Math.floor(deadline - performance.now());
    if (left <= 0) throw new Error(inVain(timeoutMs));
    const found = await ask(Math.min(left, HOLD_MS));
    if (found !== undefined) return found;
  }
}
