/** So many callers work off a list, in its order, each taking the next when it is done with one. */
export const workOff = async <Item>(
  items: readonly Item[],
  callers: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> => {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
};
