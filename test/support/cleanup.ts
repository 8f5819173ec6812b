/** What a run has to put away again, whatever happens to it. */
export interface Cleanup {
  later(what: () => unknown): void;
  /** The last one first; one that fails stops no other. May be called again. */
  run(): Promise<void>;
}

export const createCleanup = (): Cleanup => {
  const waiting: (() => unknown)[] = [];
  return {
    later: (what) => {
      waiting.push(what);
    },
    run: async () => {
      for (let what = waiting.pop(); what; what = waiting.pop()) {
        await Promise.resolve()
          .then(what)
          .catch((error: unknown) => console.error('could not put away:', error));
      }
    },
  };
};
