import { AsyncLocalStorage } from 'node:async_hooks';

/** Undoes one write. */
type Undo = () => void;

/** The undo log of the one transaction that is open. */
export interface Journal {
  /** Notes how to undo a write; refuses a write that stands outside the open transaction. */
  record(undo: Undo): void;
  /** Runs `work` as a transaction: its writes stay when it resolves, are undone when it throws. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` inside the open transaction; undoes only what `work` wrote when it throws. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** Whether the caller stands inside the open transaction. */
  inside(): boolean;
}

interface Scope {
  /** How many savepoints stand around the caller. */
  depth: number;
}

/** Makes an empty undo log. The caller sees to it that transactions come one after the other. */
export const createJournal = (): Journal => {
  const scopes = new AsyncLocalStorage<Scope>();
  let current: Scope | undefined;
  let undos: Undo[] = [];

  const undoTo = (mark: number): void => {
    while (undos.length > mark) undos.pop()?.();
  };
  const inside = (): boolean => current !== undefined && scopes.getStore() === current;

  const work = async <T>(scope: Scope, body: () => Promise<T>): Promise<T> => {
    current = scope;
    try {
      return await body();
    } catch (error) {
      undoTo(0);
      throw error;
    } finally {
      current = undefined;
      undos = [];
    }
  };

  return {
    inside,
    record: (undo) => {
      if (!inside()) throw new Error('memory: a write outside its transaction (await missing?)');
      undos.push(undo);
    },
    transaction: <T>(body: () => Promise<T>) => {
      const scope: Scope = { depth: 0 };
      return scopes.run(scope, () => work(scope, body));
    },
    savepoint: async <T>(body: () => Promise<T>): Promise<T> => {
      const scope = current;
      if (scope === undefined || !inside()) throw new Error('memory: savepoint outside run');
      const depth = ++scope.depth;
      const mark = undos.length;
      try {
        const result = await body();
        if (scope.depth !== depth) throw new Error('memory: savepoints side by side');
        return result;
      } catch (error) {
        undoTo(mark);
        throw error;
      } finally {
        scope.depth -= 1;
      }
    },
  };
};
