/** The only way to the repositories. */
export interface UnitOfWork<Tx> {
  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it throws, runs it
   * again (bounded) after a serialization conflict or deadlock. So `work` must have no effect
   * outside `tx`.
   */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Part of every `Tx`: a step that can be undone alone. */
export interface Savepoints<Tx> {
  /**
   * A refusal thrown by `work` undoes only what `work` did; conflicts undo and repeat the whole
   * run.
   */
  savepoint<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What `work` finds out: whatever it wrote is undone, and whatever it locked is free again. */
export const findOut = async <Tx, T>(
  unitOfWork: UnitOfWork<Tx>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  class FoundOut extends Error {
    readonly found: T;
    constructor(found: T) {
      super('found out: nothing of it stays');
      this.found = found;
    }
  }
  try {
    return await unitOfWork.run(async (tx) => {
      throw new FoundOut(await work(tx));
    });
  } catch (error) {
    if (error instanceof FoundOut) return error.found;
    throw error;
  }
};
