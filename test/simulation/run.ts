import { DAY_MS, MINUTE_MS } from '../../core/index.ts';
import { adminVisit } from './admins.ts';
import { clientVisit } from './clients.ts';
import { createInvariants } from './invariants.ts';
import { everyMinute, everyNight, everyTenMinutes } from './jobs.ts';
import { openOffice, operatorMorning } from './operator.ts';
import { momentOfDay, type Person } from './people.ts';
import type { Sums } from './shadow-books.ts';
import type { Ages } from './tallies.ts';
import {
  BEGINNING,
  createTown,
  REVERSAL_DAYS,
  type Figures,
  type Town,
  type TownOptions,
} from './town.ts';
import { workerVisit } from './workers.ts';

/** How one simulated day was. Ages in ms of simulated time. */
export interface Day {
  readonly money: Sums;
  readonly approved: number;
  readonly rejected: number;
  readonly expired: number;
  readonly active: number;
  readonly users: number;
  readonly reviewAge: readonly [median: number, p95: number];
  readonly depositAge: readonly [median: number, p95: number];
  readonly withdrawalAge: readonly [median: number, p95: number];
}

/** What a run came to. */
export interface Result {
  readonly digest: string;
  readonly days: readonly Day[];
  readonly figures: Figures;
  /** Real seconds, and of them those spent on checks and forgetting. */
  readonly seconds: number;
  readonly checkSeconds: number;
  /** Seconds of processor time that the rest took, of all threads. */
  readonly cpuSeconds: number;
  readonly rowsVerified: number;
  /** Rows that the core held at the end, by table. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The largest heap after a day's end, bytes. */
  readonly heapMax: number;
  readonly violation: Broken | undefined;
}

export interface Broken {
  readonly day: number;
  readonly what: string;
  readonly operations: readonly string[];
}

export interface RunOptions extends TownOptions {
  /** Told after each simulated day. */
  readonly onDay?: (day: number, operations: number) => void;
}

const VISITS: Readonly<Record<Person['part'], (town: Town, who: Person) => Promise<void>>> = {
  admin: adminVisit,
  client: clientVisit,
  worker: workerVisit,
};

const ADMIN_VISITS = 20;
const ADMIN_FROM_MS = 8 * 3_600_000;
const ADMIN_FOR_MS = 14 * 3_600_000;

const visitsOf = ({ part, dice, trait }: Person): number => {
  if (part === 'admin') return trait === 'dawdling' ? ADMIN_VISITS / 2 : ADMIN_VISITS;
  if (part === 'client') return dice.chance(0.75) ? dice.between(1, 2) : 0;
  return dice.chance(0.7) ? dice.between(1, 2) : 0;
};

const planDay = (town: Town, day: number): void => {
  const { timetable } = town;
  const begins = BEGINNING.getTime() + day * DAY_MS;
  for (const who of town.people) {
    if (who.firstDay > day) continue;
    for (let left = visitsOf(who); left > 0; left -= 1) {
      const at =
        who.part === 'admin'
          ? ADMIN_FROM_MS + Math.floor(who.dice.next() * ADMIN_FOR_MS)
          : momentOfDay(who.dice);
      timetable.at(begins + at, () => timetable.begin(VISITS[who.part](town, who)));
    }
  }
};

/** What came to pass since the day before. */
const dayOf = (town: Town, day: number, before: Map<string, number>): Day => {
  const { tally, reviewAge, depositAge, withdrawalAge } = town.figures;
  const since = (name: string): number => {
    const now = tally.of(name);
    const change = now - (before.get(name) ?? 0);
    before.set(name, now);
    return change;
  };
  const ageOf = ({ today }: Ages): readonly [number, number] => {
    const age = [today.quantile(0.5), today.quantile(0.95)] as const;
    today.clear();
    return age;
  };
  return {
    money: town.shadow.books.sums(),
    approved: since('approved'),
    rejected: since('rejected'),
    expired: since('expired'),
    active: town.people.filter(({ lastDay }) => lastDay === day).length,
    users: town.persons.size,
    reviewAge: ageOf(reviewAge),
    depositAge: ageOf(depositAge),
    withdrawalAge: ageOf(withdrawalAge),
  };
};

const MINUTES_A_DAY = DAY_MS / MINUTE_MS;

/** From midnight to midnight of Jakarta. */
const liveThrough = async (town: Town, day: number): Promise<void> => {
  const { timetable } = town;
  const begins = BEGINNING.getTime() + day * DAY_MS;
  planDay(town, day);
  timetable.at(begins + 6 * 3_600_000, () => timetable.begin(operatorMorning(town)));
  for (let minute = 1; minute <= MINUTES_A_DAY; minute += 1) {
    await timetable.runUntil(begins + minute * MINUTE_MS);
    await everyMinute(town);
    if (minute % 10 === 0) await everyTenMinutes(town);
  }
  await everyNight(town);
};

/** A whole marketplace for so many days; every day all that must be so is checked. */
export const simulate = async ({ onDay, ...options }: RunOptions): Promise<Result> => {
  const town = createTown(options);
  const invariants = createInvariants(town);
  const days: Day[] = [];
  const before = new Map<string, number>();
  const began = performance.now();
  const cpuBegan = cpuNow();
  let [checkMs, checkCpu, rowsVerified, heapMax] = [0, 0, 0, 0];
  let violation: Broken | undefined;
  const inChecks = async (work: () => Promise<void>): Promise<void> => {
    const [start, cpuStart] = [performance.now(), cpuNow()];
    await work();
    checkMs += performance.now() - start;
    checkCpu += cpuNow() - cpuStart;
  };
  try {
    await town.readSettings();
    town.timetable.begin(openOffice(town));
    for (let day = 0; day < options.days; day += 1) {
      await liveThrough(town, day);
      await inChecks(async () => {
        rowsVerified += await invariants.check();
        const kept = (REVERSAL_DAYS + 1) * DAY_MS;
        await invariants.forget(new Date(town.timetable.moment() - kept));
      });
      days.push(dayOf(town, day, before));
      heapMax = Math.max(heapMax, heapNow());
      onDay?.(day + 1, town.figures.operations.total());
    }
    await inChecks(async () => {
      rowsVerified += await invariants.check();
    });
  } catch (error) {
    if (!isBroken(error)) throw error;
    const operations = town.network.last();
    violation = { day: town.today(), what: error.message, operations };
  }
  return {
    digest: digestOf(town),
    days,
    figures: town.figures,
    seconds: (performance.now() - began) / 1_000,
    checkSeconds: checkMs / 1_000,
    cpuSeconds: cpuNow() - cpuBegan - checkCpu,
    rowsVerified,
    sizes: town.ports.sizes(),
    heapMax,
    violation,
  };
};

/** A broken rule, found by the run itself or by an assertion of the core or its ports; no typing error. */
const isBroken = (error: unknown): error is Error =>
  error instanceof Error && !(error instanceof TypeError);

/** Everything that was answered, and how the books ended. */
const digestOf = (town: Town): string => {
  const { books } = town.shadow;
  town.network.write(JSON.stringify(Object.values(books.sums()).map(String)));
  for (const [user, { wallet, hold }] of books.purses) {
    town.network.write(`${user} ${wallet} ${hold}`);
  }
  town.network.write(JSON.stringify(town.figures.tally.entries()));
  return town.network.digest();
};

const cpuNow = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

const heapNow = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
