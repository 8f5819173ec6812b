import { createManualClock } from '../../adapters/memory/index.ts';
import { asSystem, asUser, type UserId } from '../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { aDesk, type Desk } from '../support/desk-on-postgres.ts';
import { figuresOf, type Side, type Tournament, type Trial } from './contest.ts';
import { seedLedger } from './seed-ledger.ts';
import { ordinaryPerson, seedStage, STAGE, type StageSize } from './seed-stage.ts';

/** A ledger with a stage on it. */
export interface Ground {
  readonly name: string;
  readonly database: TestDatabase;
  readonly desk: Desk;
}

/** Enough of what can be done once: a round takes `CALLS` of it on each side. */
const STAGE_SIZE: StageSize = { waiting: 6_000, lines: 5_500 };
/** Of which a run tells the median. */
const CALLS = 15;
const AT_MOST = 1.2;
/** How many people of the history take turns; the shortest one has a hundred. */
const PEOPLE = 50;

/** One call; `n` counts the calls of a ground. */
type Call = (ground: Ground, n: number) => Promise<unknown>;

const expecting = async (is: Promise<boolean>, what: string): Promise<void> => {
  if (!(await is)) throw new Error(what);
};

const historyOf = ({ desk }: Ground, person: UserId, atLeast: number): Promise<void> =>
  expecting(
    desk.core.wallet
      .history({ actor: asUser(person), page: { page: 0, size: 8 } })
      .then(({ items, total }) => items.length === 8 && total >= atLeast),
    'a page of history is short',
  );

const CALLED: Readonly<Record<string, Call>> = {
  approve: ({ desk }, n) =>
    expecting(
      desk.core.proofs
        .approve({ actor: asUser(STAGE.admin), proofId: STAGE.proof(n) })
        .then(({ outcome }) => outcome === 'approved'),
      `proof ${n} waits no more`,
    ),
  take: ({ desk }, n) =>
    desk.core.tasks.take({
      actor: asUser(STAGE.worker(n)),
      campaignId: STAGE.campaignFor(n, STAGE_SIZE),
    }),
  balance: ({ desk }, n) =>
    desk.core.wallet.balances({ actor: asUser(ordinaryPerson(n % PEOPLE)) }),
  'history, page 1, 50 lines': (ground, n) => historyOf(ground, ordinaryPerson(n % PEOPLE), 40),
  'history, page 1, 5,500 lines': (ground) => historyOf(ground, STAGE.veteran, STAGE_SIZE.lines),
  'review queue': ({ desk }) =>
    expecting(
      desk.core.proofs.queue({ actor: asUser(STAGE.admin) }).then(({ waiting }) => waiting > 0),
      'nothing waits',
    ),
  'next case': ({ desk }) =>
    expecting(
      desk.core.proofs.next({ actor: asUser(STAGE.admin), skipped: [] }).then((next) => !!next),
      'there is no next case',
    ),
  liability: ({ desk }) =>
    expecting(
      desk.core.reports.liability({ actor: asUser(STAGE.admin) }).then(({ isSound }) => isSound),
      'the books do not add up',
    ),
};

/** Every call on that ground against the same one on the shortest, in turn. */
export const growthTrials = (long: Ground, short: Ground): readonly Trial[] =>
  Object.entries(CALLED).map(([name, call]) => ({
    name: `${name}, ${long.name}`,
    unit: 'ms',
    measure: 'value',
    reach: { atMost: AT_MOST },
    ours: sideOf(long, name, call),
    yardstick: sideOf(short, name, call),
  }));

/** How often each call was made on a ground. */
const made = new WeakMap<Ground, Map<string, number>>();

const sideOf = (ground: Ground, name: string, call: Call): Side => ({
  name: ground.name,
  run: async () => {
    const counts = made.get(ground) ?? new Map<string, number>();
    made.set(ground, counts);
    const times: number[] = [];
    for (let turn = 0; turn < CALLS; turn += 1) {
      const n = counts.get(name) ?? 0;
      counts.set(name, n + 1);
      const start = performance.now();
      await call(ground, n);
      times.push(performance.now() - start);
    }
    return { value: figuresOf(times).median };
  },
});

/** The days of a history that is over are closed, as the job of each night would have it. */
export const groundOn = async (database: TestDatabase, name: string): Promise<Ground> => {
  const desk = aDesk(database.orm, createManualClock(new Date()));
  while ((await desk.core.reports.closeDays({ actor: asSystem('bench') })) > 0);
  return { name, database, desk };
};

/** The same calls over a short history and over long ones: what was done long ago costs nothing now. */
export const growth: Tournament = {
  what: 'a call over a long history against the same one over a short one, medians of single calls',
  sizes: { short: 10_000, long: 1_000_000, longest: 10_000_000 },
  turns: 5,
  openAll: async ({ short = 0, long = 0, longest = 0 }) => {
    const grounds: Ground[] = [];
    const notes: Record<string, string> = {};
    for (const postings of new Set([short, long, longest])) {
      const name = `${postings.toLocaleString('en-US')} postings`;
      const start = performance.now();
      const database = await cloneDatabase();
      await seedLedger(database, postings);
      await seedStage(database, STAGE_SIZE);
      grounds.push(await groundOn(database, name));
      notes[name] = `${await sizeOf(database)}, made in ${since(start)} s`;
    }
    const [shortest, ...others] = grounds;
    return {
      trials: shortest ? others.flatMap((ground) => growthTrials(ground, shortest)) : [],
      notes,
      close: async () => {
        for (const { database } of grounds) await database.drop();
      },
    };
  },
};

const since = (start: number): string => ((performance.now() - start) / 1_000).toFixed(0);

const sizeOf = async ({ orm }: TestDatabase): Promise<string> => {
  const [row] = await orm.em
    .fork()
    .execute<{ size: string }[]>(
      `select pg_size_pretty(pg_database_size(current_database())) as size`,
    );
  return row?.size ?? 'unknown';
};
