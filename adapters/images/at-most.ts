/** Runs at most `limit` of the tasks it is given at once, the others in the order they came. */
export const atMost = (limit: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The place is handed over, never free in between: nobody can overtake.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
};
