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
