/**
 * Waits for things that were asked for at once. Nothing of it is still under way afterwards; of
 * several that failed the first in the order given decides, whichever was answered first.
 */
export const askTogether = async <const T extends readonly Promise<unknown>[]>(
  asked: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> => {
  for (const answer of await Promise.allSettled(asked)) {
    if (answer.status === 'rejected') throw answer.reason;
  }
  return Promise.all(asked);
};
