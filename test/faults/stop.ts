import { createOrm, type Orm } from '../../adapters/postgres/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { figures, type Report } from '../support/report.ts';
import { createBotProcess } from './bot-process.ts';
import { followCalls } from './calls.ts';
import { compare } from './money/audit.ts';
import { booksOf, type Happened } from './money/books.ts';
import { judge } from './money/judge.ts';
import { findHappened, readStored } from './money/stored.ts';
import { fingerOn, prepareButtons, type Finger } from './presses.ts';
import { settled } from './settled.ts';
import { clerkOf, foundTown, TOWN_RULES, type Town } from './town.ts';

export interface StopRun {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
  readonly updates: number;
}

const STOP_MS_MAX = 10_000;
const ANSWERED_BEFORE = 10;
const PATIENCE_MS = 60_000;

/**
 * SIGTERM while updates that move money are being handled: the bot ends in order and in time, each
 * update is done whole or not at all, and the next start does the rest.
 */
export const runStop = async ({ ground, cleanup, updates }: StopRun): Promise<Report> => {
  const town = await foundTown({ ground, cleanup }, { clients: 10, workers: 5, admins: 4 });
  const { sandbox, ports } = town;
  const clerk = clerkOf(town, cleanup);
  const buttons = await prepareButtons(town.crowd, updates, clerk.submit);
  const orm = await createOrm({ url: ground.ownerUrl, poolMax: 2 });
  cleanup.later(() => orm.close(true));
  const bot = createBotProcess({ ground, sandbox, cleanup, environment: TOWN_RULES });
  const calls = followCalls(sandbox, cleanup);
  const finger = fingerOn(sandbox, buttons);
  await finger.press(updates);
  await bot.start();
  await calls.reached(ANSWERED_BEFORE, ({ method }) => method === 'answerCallbackQuery');
  const told = performance.now();
  const { code, output } = await bot.stop();
  const stopMs = performance.now() - told;
  const halfway = await lookHalfway({ town, orm, finger, done: clerk.done });
  await bot.start();
  const onTheWay = await settled({ sandbox, ports, patienceMs: PATIENCE_MS });
  const verdict = await judge({ ...town, done: clerk.done, abandoned: [], buttons, orm });
  return {
    part: 'stop',
    figures: figures({
      'updates that move money': updates,
      'exit code after SIGTERM': code ?? 'none',
      'time to stop': `${(stopMs / 1_000).toFixed(1)} s`,
      'handled before the end': halfway.handled,
      'left for the next start': updates - halfway.handled,
      ...verdict.figures,
    }),
    losses: [
      ...(code === 0 ? [] : [`it ended with ${code}: ${output.trim().split('\n').at(-1)}`]),
      ...(stopMs <= STOP_MS_MAX ? [] : [`it took ${Math.round(stopMs)} ms to stop`]),
      ...(halfway.handled < updates
        ? []
        : ['nothing was left to do: it was no stop in the middle']),
      ...halfway.losses,
      ...(verdict.readTwice === 0 ? [] : [`${verdict.readTwice} notices were read twice`]),
      ...onTheWay,
      ...bot.losses,
      ...verdict.losses,
    ],
  };
};

interface Halfway {
  readonly town: Town;
  readonly orm: Orm;
  readonly finger: Finger;
  readonly done: readonly Happened[];
}

/** An update is marked done exactly where it happened, and what happened did so whole. */
const lookHalfway = async ({ town, orm, finger, done }: Halfway) => {
  const stored = await readStored(orm);
  const rows = await orm.em
    .fork()
    .execute<{ update_id: bigint; state: string }[]>('select update_id, state from inbox');
  const states = new Map(rows.map((row) => [Number(row.update_id), row.state]));
  const happened: Happened[] = [];
  const losses: string[] = [];
  for (const [operation, updateId] of finger.updates) {
    const id = findHappened(stored, operation, new Set());
    if (id !== undefined) happened.push({ operation, id });
    const isDone = states.get(updateId) === 'done';
    if (isDone === (id !== undefined)) continue;
    losses.push(`half done: update ${updateId} is ${states.get(updateId) ?? 'unknown'}, ${id}`);
  }
  const books = booksOf([...done, ...happened], town.terms);
  return { handled: happened.length, losses: [...losses, ...compare(books, stored)] };
};
