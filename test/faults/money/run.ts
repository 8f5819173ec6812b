import { setTimeout as sleep } from 'node:timers/promises';
import { createOrm, type Orm, type PostgresPorts } from '../../../adapters/postgres/index.ts';
import type { Sandbox } from '../../../adapters/sandbox/index.ts';
import { APPROVALS_MAX, asSystem, createCore, type Role } from '../../../core/index.ts';
import type { Cleanup } from '../../support/cleanup.ts';
import type { DatabaseUrls } from '../../support/database.ts';
import type { Dice } from '../../support/dice.ts';
import { ENCRYPTION_KEY, portsAround } from '../../support/ports-around.ts';
import type { Progress } from '../../support/progress.ts';
import { figures, spread, type Report } from '../../support/report.ts';
import { temporaryDir, type Server } from '../../support/server.ts';
import { createBotProcess, type BotProcess } from '../bot-process.ts';
import type { Mutant } from '../mutants.ts';
import { enterPeople, newcomers } from '../people.ts';
import { fingerOn, prepareButtons, type Button, type Finger } from '../presses.ts';
import { settled } from '../settled.ts';
import { feeOf, foundTown, TOWN_RULES, TOWN_SETTINGS } from '../town.ts';
import { createDriver, StoryEnded, type Driver } from './driver.ts';
import { judge } from './judge.ts';
import { killAll, type Killed } from './kills.ts';
import { openLine, type Line } from './line.ts';
import { REPEATABLE, type Operation } from './operations.ts';
import { lifeOf, type Household, type Story } from './stories.ts';

/** How much of it. */
export interface MoneySize {
  /** Operations to be acknowledged by the worker. */
  readonly operations: number;
  readonly kills: number;
  /** Operations that go through the whole pipeline: button, inbox, lane, outbox, phone. */
  readonly presses: number;
  readonly households: number;
  /** A recovery that takes longer is a loss. */
  readonly recoveryMsMax: number;
  /** For the whole part. */
  readonly patienceMs: number;
}

export interface MoneyRun {
  readonly ground: DatabaseUrls;
  readonly server: Server;
  readonly cleanup: Cleanup;
  readonly dice: Dice;
  readonly progress: Progress;
  readonly size: MoneySize;
  readonly mutant?: Mutant | undefined;
}

const WORKERS_EACH = 3;

/**
 * Money operations of the real flow while PostgreSQL, the worker that does them and the bot are
 * killed again and again; then every one of them is looked up by its key.
 */
export const runMoney = async (run: MoneyRun): Promise<Report> => {
  const town = await foundTown(run, { clients: 12, workers: 12, admins: 4 });
  const { sandbox, ports } = town;
  const households = await settle(ports, run.size);
  const line = await openLine(workerEnvironment(run), run.cleanup);
  const driver = createDriver(line);
  const buttons = await prepareButtons(town.crowd, run.size.presses, driver.submit);
  const prepared = driver.counts.acknowledged;
  const bot = createBotProcess({ ...run, sandbox, environment: TOWN_RULES });
  await bot.start();
  const weather = { driver, line, sandbox, bot, buttons, households };
  const { killed, abandoned, late } = await storm(run, weather);
  const orm = await ownerOrm(run);
  await quiet(orm);
  await workOff(run, ports);
  const onTheWay = await settled({ sandbox, ports, patienceMs: 60_000 });
  const verdict = await judge({ ...town, done: driver.done, abandoned, buttons, orm });
  const recoveries = [...killed.server, ...killed.worker, ...killed.bot];
  const slow = recoveries.filter((ms) => ms > run.size.recoveryMsMax);
  return {
    part: 'money',
    figures: figures({
      'operations acknowledged': driver.counts.acknowledged,
      '  of these before the first kill': prepared,
      'sent again, outcome unknown': driver.counts.resent,
      'acknowledged and asked again': driver.counts.repeated,
      'never acknowledged': `${abandoned.length}, of which ${verdict.abandonedHappened} happened`,
      'through update, inbox, lane, outbox': buttons.length,
      'kill -9 of PostgreSQL': killed.server.length,
      'kill -9 of worker and bot': killed.worker.length,
      'recovery of PostgreSQL': spread(killed.server),
      'recovery of the worker': spread(killed.worker),
      'recovery of the bot': spread(killed.bot),
      ...verdict.figures,
    }),
    losses: [
      ...late,
      ...onTheWay,
      ...driver.losses,
      ...bot.losses,
      ...verdict.losses,
      ...slow.map((ms) => `recovery took ${Math.round(ms)} ms`),
    ],
  };
};

/** Households that nobody can reach: what they are told is kept as dropped, and not sent. */
const settle = async (
  ports: PostgresPorts,
  { households }: MoneySize,
): Promise<readonly Household[]> => {
  const enter = (count: number, first: number, role: Role) =>
    enterPeople(ports, newcomers(count, first, { role, reachable: false }));
  const [admin] = await enter(1, 300_000, 'admin');
  const clients = await enter(households, 400_000, 'client');
  const workers = await enter(households * WORKERS_EACH, 500_000, 'worker');
  if (!admin) throw new Error('somebody has to decide');
  return clients.map(({ id: client }, index) => {
    const from = index * WORKERS_EACH;
    const own = workers.slice(from, from + WORKERS_EACH).map(({ id }) => id);
    return { client, admin: admin.id, workers: own };
  });
};

const workerEnvironment = ({ ground, cleanup, mutant }: MoneyRun): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
  ...TOWN_RULES,
  DATABASE_URL: ground.botUrl,
  ENCRYPTION_KEY,
  DATA_DIR: temporaryDir(cleanup),
  ...(mutant !== undefined && { FAULTS_MUTANT: mutant }),
});

interface Weather {
  readonly driver: Driver;
  readonly line: Line;
  readonly sandbox: Sandbox;
  readonly bot: BotProcess;
  readonly buttons: readonly Button[];
  readonly households: readonly Household[];
}

interface Aftermath {
  readonly killed: Killed;
  /** Sent, and never answered: the worker was killed. */
  readonly abandoned: readonly Operation[];
  readonly late: readonly string[];
}

/** Households live, buttons are pressed, things are killed, until enough was acknowledged. */
const storm = async (run: MoneyRun, weather: Weather): Promise<Aftermath> => {
  const { driver, line, sandbox, bot, buttons } = weather;
  const { size, dice, progress, server } = run;
  const over = new AbortController();
  const finger = fingerOn(sandbox, buttons);
  const prices = { feeOf, ...TOWN_SETTINGS };
  for (const [index, household] of weather.households.entries()) {
    const own = dice.fork(`household ${index}`);
    void live(lifeOf(household, prices, own), driver, { dice: own, over: over.signal });
  }
  const before = driver.counts.acknowledged;
  const target = before + size.operations;
  const pressing = pressAlong(finger, driver, { from: before, operations: size.operations });
  const pressedAtKill = Math.ceil(buttons.length / 2 / Math.max(1, size.kills));
  const unwatch = progress.watch(() => `${driver.counts.acknowledged} of ${target} operations`);
  const everything = Promise.all([
    killAll({ driver, line, server, bot, finger, pressedAtKill, ...size, from: before }),
    driver.reached(target),
    pressing,
  ]);
  const late = sleep(size.patienceMs, undefined, { signal: over.signal }).then(() => undefined);
  const done = await Promise.race([everything, late.catch(() => undefined)]);
  over.abort();
  const abandoned = driver.end();
  unwatch();
  await finger.press(finger.left());
  if (done) return { killed: done[0], abandoned, late: [] };
  const reached = `${driver.counts.acknowledged} of ${target} operations`;
  const killed = { server: [], worker: [], bot: [] };
  return { killed, abandoned, late: [`not done in ${size.patienceMs} ms: ${reached}`] };
};

const ROUNDS = 50;

/** Half of the buttons in the rhythm of the operations; the other half is pressed at the kills. */
const pressAlong = async (
  finger: Finger,
  driver: Driver,
  { from, operations }: { readonly from: number; readonly operations: number },
): Promise<void> => {
  const each = Math.ceil(finger.left() / 2 / ROUNDS);
  for (let round = 1; round <= ROUNDS; round += 1) {
    await driver.reached(from + Math.floor((round * operations) / ROUNDS));
    await finger.press(each);
  }
};

const IMMEDIATELY = 0.04;
const LATER = 0.04;

/** Lives a story; now and then asks again for what was acknowledged. */
const live = async (
  story: Story,
  driver: Driver,
  { dice, over }: { readonly dice: Dice; readonly over: AbortSignal },
): Promise<void> => {
  let step = story.next();
  try {
    while (step.done !== true && !over.aborted) {
      const operation = step.value;
      const id = await driver.submit(operation);
      const isRepeatable = REPEATABLE.has(operation.kind);
      if (isRepeatable && dice.chance(IMMEDIATELY)) await driver.repeat({ operation, id });
      const earlier = dice.chance(LATER) ? dice.pick(driver.done) : undefined;
      if (earlier && REPEATABLE.has(earlier.operation.kind)) await driver.repeat(earlier);
      step = story.next(id);
    }
  } catch (error) {
    if (!(error instanceof StoryEnded)) throw error;
  }
};

const ownerOrm = async ({ ground, cleanup }: MoneyRun): Promise<Orm> => {
  const orm = await createOrm({ url: ground.ownerUrl, poolMax: 2 });
  cleanup.later(() => orm.close(true));
  return orm;
};

/** What was ordered and never acknowledged is worked off all the same. */
const workOff = async ({ cleanup }: MoneyRun, stored: PostgresPorts): Promise<void> => {
  const { approvals } = createCore(portsAround(stored, temporaryDir(cleanup)));
  for (let more = true; more;) {
    const { next, faults } = await approvals.run({
      actor: asSystem('approve-many'),
      limit: APPROVALS_MAX,
    });
    if (faults.length > 0) throw new AggregateError(faults, 'what was ordered is not worked off');
    more = next !== null;
  }
};

/** What the killed worker had sent may still commit: until nothing runs that began before now. */
const quiet = async (orm: Orm): Promise<void> => {
  const [now] = await orm.em.fork().execute<{ at: Date }[]>('select clock_timestamp() as at');
  for (;;) {
    const [running] = await orm.em.fork().execute<{ count: number }[]>(
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start < ?`,
      [now?.at.toISOString()],
    );
    if (running?.count === 0) return;
    await sleep(50);
  }
};
