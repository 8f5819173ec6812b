/** A deliberate bug, and the tests that are there to catch it. */
export interface Mutant {
  /** A few words, as people would name the bug. */
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Test files, from the checkout's root. */
  readonly tests: readonly string[];
  /** Of their tests those whose title has this. */
  readonly grep: string;
  /** It may hang its tests: that counts as caught. */
  readonly mayHang?: boolean;
}

/** A piece of source that stands in its file exactly once, and what it becomes. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The text with the edit; throws where the piece does not stand there exactly once. */
export const edited = (text: string, { file, find, replace }: Edit): string => {
  const pieces = text.split(find);
  if (pieces.length !== 2) {
    const times = pieces.length - 1;
    throw new Error(`out of date: stands ${times} times in ${file}, not once:\n${find}`);
  }
  return pieces.join(replace);
};

/** Whether a test run needs PostgreSQL. */
export const needsDatabase = (tests: readonly string[]): boolean =>
  tests.some((file) => /postgres|connections|test\/app|pg-boss|e2e|bank/.test(file));
