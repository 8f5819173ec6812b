import {
  asSystem,
  createCore,
  type CheckScope,
  type LedgerMark,
  type LedgerReader,
  type VerificationStep,
} from '../../core/index.ts';
import { OPERATOR, type Market } from './market.ts';

const CLERK = asSystem('check-ledger');

/** A row that breaks a rule, by its name. */
const flawOf = (row: string) => ({ rule: 'WAL-3', row: `accounts ${row}`, what: `${row} is off` });

/** A check that finds these rows, or so many more. */
export const found = (rows: readonly string[], broken = rows.length): VerificationStep => ({
  name: 'balances',
  rows: 100,
  broken,
  violations: rows.map(flawOf),
});

/** The core on books that read as a test says; sound until then. */
export const withBooks = (market: Market) => {
  let steps: readonly VerificationStep[] = [found([])];
  let fault: Error | undefined;
  let meanwhile: () => Promise<unknown> = async () => {};
  let checks = 0;
  const sinces: (LedgerMark | null)[] = [];
  const ledgerReader: LedgerReader = {
    ...market.ports.ledgerReader,
    verify: async function* verify(onProgress) {
      onProgress?.({ name: 'balances', done: 0, total: 100 });
      yield* steps;
      await meanwhile();
      if (fault) throw fault;
    },
    verifyRecent: async (since) => {
      sinces.push(since);
      if (fault) throw fault;
      checks += 1;
      const read = steps;
      await meanwhile();
      return { steps: read, mark: `mark ${checks}` as LedgerMark };
    },
  };
  const core = createCore({ ...market.ports, ledgerReader });
  const check = (scope: CheckScope = 'recent') => core.freeze.check({ actor: CLERK, scope });
  return {
    core,
    ledgerReader,
    check,
    /** What each recent check was asked to begin with. */
    sinces,
    read: (...now: readonly VerificationStep[]) => {
      steps = now;
    },
    /** Reading ends with this error, after the steps of a full check. */
    breakOff: (error: Error | undefined) => {
      fault = error;
    },
    /** What happens while a check reads. */
    during: (what: () => Promise<unknown>) => {
      meanwhile = what;
    },
    /** Freezes on a row that is off. */
    freeze: async (row = 'a') => {
      steps = [found([row])];
      await check();
    },
    pass: (ms: number) => market.clock.advance(ms),
    lift: () => core.freeze.lift({ actor: OPERATOR, reason: 'mended by hand' }),
    inForce: async () => (await core.freeze.current({ actor: CLERK })).freeze,
  };
};

export type Books = ReturnType<typeof withBooks>;
