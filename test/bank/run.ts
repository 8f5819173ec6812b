import { createOrm, createPostgresPorts, type Orm } from '../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import type { Dice } from '../support/dice.ts';
import type { Progress } from '../support/progress.ts';
import { figures, type Report } from '../support/report.ts';
import { addPayFunction, inDatabase } from './in-database.ts';
import { judge } from './judge.ts';
import { moveWith, takeWallsDown, type Mutant } from './mutants.ts';
import { enterCustomers, type Customers } from './people.ts';
import { read, type Reading } from './readers.ts';
import { write, type Ended, type Work } from './writers.ts';

/** How much of it. */
export interface BankSize {
  readonly writers: number;
  readonly readers: number;
  /** Ends after so many seconds, */
  readonly seconds?: number;
  /**
   * and not before so many payments were done and so many snapshots read; on a slow disk that takes
   * longer, but never more than {@link LONGER_MAX} times as long.
   */
  readonly payments?: number;
  readonly snapshots?: number;
}

export interface BankRun {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
  readonly dice: Dice;
  readonly progress: Progress;
  readonly size: BankSize;
  readonly mutant?: Mutant | undefined;
}

/** Figures that a run is held against. */
export const TRANSFERS = 'transfers done, two a payment';
export const SNAPSHOTS = 'snapshots read';

/** After so many there is nothing more to learn. */
const LOSSES_MAX = 200;

/** Of so many writers one goes through the wallet port, the others straight to the database. */
const PORT_EVERY = 4;

/** How much longer than asked for a run may take to do enough. */
const LONGER_MAX = 4;

/** Two for a payment that is sent twice at once. */
const CONNECTIONS_EACH = 2;

/** Money of few and many moved by everybody at once, while others look. */
export const runBank = async (run: BankRun): Promise<Report> => {
  const { ground, cleanup, size, mutant } = run;
  const open = async (url: string, poolMax: number): Promise<Orm> => {
    const orm = await createOrm({ url, poolMax });
    cleanup.later(() => orm.close(true));
    return orm;
  };
  const settings = DEFAULT_SETTINGS;
  const house = await open(ground.botUrl, 1);
  const ports = createPostgresPorts({ orm: house, settings });
  const customers = await enterCustomers(ports.unitOfWork);
  if (mutant === 'read-modify-write') await takeWallsDown(ground);
  await addPayFunction(ground);
  const busy = await work(run, { customers, open });
  const losses = [
    ...busy.work.losses,
    ...busy.reading.losses,
    ...(await judge({ orm: house, ports, customers, ended: busy.work.ended })),
  ];
  const count = (end: string): number => busy.work.ended.filter((one) => one.end === end).length;
  return {
    part: mutant === undefined ? 'bank' : `bank, ${mutant}`,
    figures: figures({
      writers: size.writers,
      'payments done': count('done'),
      [TRANSFERS]: 2 * count('done'),
      seconds: Math.round(busy.seconds),
      'transfers per second': Math.round((2 * count('done')) / busy.seconds),
      'refused, overdrawn': count('refused'),
      'given up after posting': count('given up'),
      'asked for again with the same key': busy.work.repeated,
      'other content under a used key': busy.work.reused,
      'conflicts and deadlocks, run again': busy.retries,
      [SNAPSHOTS]: busy.reading.snapshots,
      '  over all accounts and postings': busy.reading.whole,
      'looked up by key': busy.work.ended.length,
    }),
    losses,
  };
};

/** Many end otherwise: refused, given up. Counted as they come, not each time anew. */
const counting = () => {
  let seen = 0;
  let done = 0;
  return (ended: readonly Ended[]): number => {
    for (; seen < ended.length; seen += 1) if (ended[seen]?.end === 'done') done += 1;
    return done;
  };
};

interface Parts {
  readonly customers: Customers;
  readonly open: (url: string, poolMax: number) => Promise<Orm>;
}

const work = async (
  { ground, dice, progress, size, mutant }: BankRun,
  { customers, open }: Parts,
) => {
  const done: Work = { ended: [], repeated: 0, reused: 0, losses: [] };
  const reading: Reading = { snapshots: 0, whole: 0, losses: [] };
  let retries = 0;
  const owner = await open(ground.ownerUrl, 2 * size.writers);
  const writers = await Promise.all(
    Array.from({ length: size.writers }, async (_one, index) => {
      const orm = await open(ground.botUrl, CONNECTIONS_EACH);
      const onRetry = (): void => void (retries += 1);
      const ports = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS, onRetry });
      const isByPort = mutant !== undefined || index % PORT_EVERY === 0;
      const move = isByPort ? moveWith({ ports, owner }, mutant) : inDatabase(orm, { onRetry });
      return { name: `${index + 1}`, move };
    }),
  );
  const eyes = await Promise.all(
    Array.from({ length: size.readers }, () => open(ground.botUrl, 1)),
  );
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1_000;
  const { payments = 0, snapshots = 0 } = size;
  const paid = counting();
  const least = size.seconds ?? 0;
  const most = size.seconds === undefined ? Infinity : LONGER_MAX * size.seconds;
  const isOver = (have: number, wanted: number): boolean =>
    seconds() >= most || (seconds() >= least && have >= wanted);
  const hasWritten = (): boolean =>
    done.losses.length > LOSSES_MAX || isOver(paid(done.ended), payments);
  const hasRead = (): boolean =>
    hasWritten() && (done.losses.length > 0 || isOver(reading.snapshots, snapshots));
  const stop = progress.watch(
    () =>
      `${done.ended.length} payments, ${reading.snapshots} snapshots, ${Math.floor(seconds())} s`,
  );
  let writing = 0;
  await Promise.all([
    ...writers.map(async ({ name, move }) => {
      writing += 1;
      const own = dice.fork(`writer ${name}`);
      await write({ name, move, customers, dice: own, work: done, goesOn: () => !hasWritten() });
      writing -= 1;
    }),
    ...eyes.map((orm, index) => {
      const own = dice.fork(`reader ${index}`);
      return read({ orm, customers, dice: own, reading, goesOn: () => !hasRead() || writing > 0 });
    }),
  ]);
  stop();
  return { work: done, reading, retries, seconds: seconds() };
};
