/** A commit under way. */
interface HeldCommit {
  readonly updates: readonly unknown[];
  finish(): void;
  fail(error: Error): void;
}

/** Commits that end when the test says so. */
export const heldCommits = () => {
  const begun: HeldCommit[] = [];
  let look: () => void = () => undefined;
  return {
    receive: (updates: readonly unknown[]): Promise<void> =>
      new Promise((finish, fail) => {
        begun.push({ updates, finish, fail });
        look();
      }),
    /** What each commit that has begun was given. */
    given: () => begun.map(({ updates }) => [...updates]),
    /** The n-th commit, from 1, as soon as it has begun. */
    nth: (n: number): Promise<HeldCommit> =>
      new Promise((resolve) => {
        look = () => {
          const commit = begun[n - 1];
          if (commit) resolve(commit);
        };
        look();
      }),
  };
};
