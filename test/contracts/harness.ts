import { after, before } from 'mocha';
import {
  Refusal,
  type Clock,
  type Ids,
  type Page,
  type PageRequest,
} from '../../core/kernel/index.ts';
import type { Ports, Tx } from '../../core/ports.ts';

/**
 * One backend, opened for one suite. Rows of earlier suites may be there (except for the ledger
 * reader's suite, which needs an empty ledger); while a suite runs, nobody else writes.
 */
export interface Harness {
  readonly ports: Pick<
    Ports,
    'unitOfWork' | 'inbox' | 'outboxQueue' | 'ledgerReader' | 'auditChain'
  >;
  readonly clock: Clock & {
    /** Moves on by so many ms. */
    advance(ms: number): void;
  };
  readonly ids: Ids;
  dispose(): Promise<void>;
}

/** Opens a backend. */
export type OpenHarness = () => Promise<Harness>;

/** The backend as a suite's tests use it. */
export interface Stage extends Omit<Harness, 'dispose'> {
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Opens the backend before the suite's tests, closes it after them. Call it inside `describe`. */
export const onStage = (open: OpenHarness): Stage => {
  let harness: Harness | undefined;
  const opened = (): Harness => {
    if (harness === undefined) throw new Error('the harness is open only while tests run');
    return harness;
  };
  before('opens the backend', async () => {
    harness = await open();
  });
  after('closes the backend', async () => {
    await harness?.dispose();
  });
  return {
    get ports() {
      return opened().ports;
    },
    get clock() {
      return opened().clock;
    },
    get ids() {
      return opened().ids;
    },
    run: (work) => opened().ports.unitOfWork.run(work),
  };
};

/** The code of the refusal that `work` ends with; fails when it ends otherwise. */
export const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await failureOf(work);
  if (error instanceof Refusal) return error;
  throw error;
};

/** What `work` rejects with, whatever it is; fails when it resolves. */
export const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  const [result] = await Promise.allSettled([work]);
  if (result.status === 'rejected') return result.reason;
  throw new Error('this should have been refused, and was not');
};

/** How twenty callers at the same time fared. */
export interface RaceResult<T> {
  readonly won: readonly T[];
  readonly lost: readonly unknown[];
}

export const RACERS = 20;

/** Lets twenty callers go at the same time. */
export const race = async <T>(caller: (index: number) => Promise<T>): Promise<RaceResult<T>> => {
  const results = await Promise.allSettled(
    Array.from({ length: RACERS }, async (_, index) => caller(index)),
  );
  const won = results.filter((result) => result.status === 'fulfilled');
  const lost = results.filter((result) => result.status === 'rejected');
  return { won: won.map(({ value }) => value), lost: lost.map(({ reason }) => reason as unknown) };
};

/** The codes of refusals, each once; anything else is thrown on. */
export const codesOf = (errors: readonly unknown[]): readonly string[] => [
  ...new Set(
    errors.map((error) => {
      if (error instanceof Refusal) return error.code;
      throw error;
    }),
  ),
];

class Abandoned extends Error {}

/** Does `work` in a transaction that is then thrown away. */
export const abandoned = async (
  stage: Stage,
  work: (tx: Tx) => Promise<unknown>,
): Promise<void> => {
  const error = await failureOf(
    stage.run(async (tx) => {
      await work(tx);
      throw new Abandoned();
    }),
  );
  if (!(error instanceof Abandoned)) throw error;
};

/** Does `work` in a savepoint that is thrown away, inside a transaction that goes on. */
export const abandonedStep = async (tx: Tx, work: (tx: Tx) => Promise<unknown>): Promise<void> => {
  const error = await failureOf(
    tx.savepoint(async (inner) => {
      await work(inner);
      throw new Abandoned();
    }),
  );
  if (!(error instanceof Abandoned)) throw error;
};

/** All pages of a list, one after the other. */
export const allOf = async <T>(
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const items: T[] = [];
  for (let page = 0; ; page += 1) {
    const found = await read({ page, size: 50 });
    items.push(...found.items);
    if (page + 1 >= found.pageCount) return items;
  }
};
