/** What of each item came. */
type Run<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

/**
 * Runs what is asked for together: the first at once with all that is asked in the same go, then, as
 * soon as that has ended, all that came meanwhile. So nothing waits for a clock, and the more there
 * is to do the more is done in one. `run` gives the results in the order of its items. Where it
 * throws, each of several is run once more by itself: what is wrong with one is no other's trouble.
 */
export const gathering = <Item, Result>(
  run: Run<Item, Result>,
  atMost: number,
): ((item: Item) => Promise<Result>) => {
  interface Asked {
    readonly item: Item;
    readonly settle: PromiseWithResolvers<Result>;
  }
  const waiting: Asked[] = [];
  let isRunning = false;
  const serve = async (batch: readonly Asked[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ settle }, at) => settle.resolve(results[at] as Result));
    } catch (error) {
      if (batch.length > 1) await Promise.all(batch.map((one) => serve([one])));
      else batch[0]?.settle.reject(error);
    }
  };
  const work = async (): Promise<void> => {
    isRunning = true;
    await Promise.resolve(); // what is asked in the same go comes along
    while (waiting.length > 0) await serve(waiting.splice(0, atMost));
    isRunning = false;
  };
  return (item) => {
    const settle = Promise.withResolvers<Result>();
    waiting.push({ item, settle });
    if (!isRunning) void work();
    return settle.promise;
  };
};
