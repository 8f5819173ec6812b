import type { VerificationStep, Violation } from '../../core/wallet/index.ts';

const NAMED_AT_MOST = 10;

/** One check, as it goes through its rows. */
export const checking = (name: string) => {
  const broken = new Set<string>();
  const violations: Violation[] = [];
  let rows = 0;
  return {
    examined: (): void => {
      rows += 1;
    },
    /** Names a row where `what` says what is wrong with it. */
    note: (rule: string, row: string, what: string | false | undefined): void => {
      if (what === false || what === undefined) return;
      broken.add(row);
      if (violations.length < NAMED_AT_MOST) violations.push({ rule, row, what });
    },
    result: (): VerificationStep => ({ name, rows, broken: broken.size, violations }),
  };
};

export type Checking = ReturnType<typeof checking>;

/** Goes through rows and names what is wrong with them. */
export const step = <R>(
  name: string,
  rows: Iterable<R>,
  look: (row: R, check: Checking) => void,
): VerificationStep => {
  const check = checking(name);
  for (const row of rows) {
    check.examined();
    look(row, check);
  }
  return check.result();
};
