import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 50;

/** Looks again and again, until nothing is left or patience ends; resolves to what was left. */
export const lookUntilNothing = async (
  patienceMs: number,
  look: () => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const left = await look().catch((error: unknown) => [`cannot look: ${String(error)}`]);
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(EVERY_MS);
  }
};
