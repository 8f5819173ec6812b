import { expect } from 'chai';
import { connectionLost } from '../../adapters/postgres/index.ts';
import { asRefusal } from '../../core/index.ts';
import { canonical, difference, pathsIn, type Dump } from './dump.ts';
import type { Way } from './faults.ts';
import type { Ground, World } from './ground.ts';

/** How a request is expected to behave, and how thoroughly it is tried. */
export interface Trial {
  /** In which ways this call is to fail; each is a run. */
  readonly ways: (nth: number, call: string) => readonly Way[];
  /** Whether it only looks, and the state must never change; absent: it may be either. */
  readonly reads?: boolean;
  /** Tries leave marks, and time passes between them: neither is compared. */
  readonly timeless?: boolean;
  /** The files that it speaks of are its own to store: none may be missing. */
  readonly stores?: boolean;
  /** Begins with transactions that only read. */
  readonly looksFirst?: boolean;
  /** May leave a part of it; sent again, it must still come to the same end. */
  readonly partly?: boolean;
  /** Goes on with something else where this one's success was not heard of. */
  readonly moves?: boolean;
}

/** What a trial took. */
export interface Tried {
  /** Calls of an undisturbed run, in order. */
  readonly calls: readonly string[];
  readonly runs: number;
}

/** After it a try that failed is due again, and no text says another minute. */
const PAUSE_MS = 1_001;
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Sends the request again and again, and lets its 1st, 2nd, 3rd … call fail. Each run must leave
 * all or nothing: the state before, that after one of the commits of an undisturbed run, or that at
 * its end. Then the same request, sent again, must bring about what it does undisturbed; only what
 * had happened already may be refused.
 */
export const failEach = async (ground: Ground, trial: Trial): Promise<Tried> => {
  const stops = await undisturbed(ground, trial);
  const calls = await callsOf(ground, stops.at(-1), trial);
  let runs = 0;
  for (const [index, call] of calls.entries()) {
    for (const way of trial.ways(index + 1, call)) {
      await failOnce(ground, { trial, stops, nth: index + 1, way });
      runs += 1;
    }
  }
  return { calls, runs };
};

/** The states that a run may stop in, first to last. */
const undisturbed = async (ground: Ground, trial: Trial): Promise<readonly string[]> => {
  const world = await ground.fresh();
  const stops = [canonical(await world.dump(), trial)];
  const note = async (): Promise<void> => {
    stops.push(canonical(await world.dump(), trial));
  };
  await world.sendWatched(note);
  await note();
  const reads = stops.at(-1) === stops[0];
  expect(reads, 'whether it only looks').to.equal(trial.reads ?? reads);
  return stops;
};

const callsOf = async (
  { faults, fresh }: Ground,
  end: string | undefined,
  trial: Trial,
): Promise<readonly string[]> => {
  const world = await fresh();
  faults.arm(NEVER, 'refused');
  await world.send();
  faults.disarm();
  same(canonical(await world.dump(), trial), end, 'an undisturbed run');
  return faults.counted();
};

interface Failing {
  readonly trial: Trial;
  readonly stops: readonly string[];
  readonly nth: number;
  readonly way: Way;
}

const failOnce = async (
  { faults, fresh }: Ground,
  { trial, stops, nth, way }: Failing,
): Promise<void> => {
  const end = stops.at(-1);
  const world = await fresh();
  const begun = await world.dump();
  same(canonical(begun, trial), stops[0], 'two scenes differ: a fault of this test');
  faults.arm(nth, way);
  const [ended] = await Promise.allSettled([sent(world)]);
  const met = faults.disarm();
  const about = `call ${nth} (${met}) ${way}`;
  expect(met, `call ${nth} came`).to.not.equal(undefined);
  const left = await world.dump();
  const state = canonical(left, trial);
  const whole = stops.includes(state) || trial.partly === true;
  if (!whole) same(state, nearest(stops, state), `${about} left a part`);
  if (ended.status === 'fulfilled' && !hasFaults(ended.value)) {
    if (!trial.timeless) same(state, end, `${about}: success, but it did not happen`);
  }
  if (way === 'conflict' && repeats(trial)) {
    expect(ended.status, `${about} is repeated`).to.equal('fulfilled');
  }
  if (trial.stores) await filesAreThere(world, newPaths(begun, left), about);
  const happened = state === end;
  if (happened && trial.moves) return;
  if (trial.timeless) world.clock.advance(PAUSE_MS);
  const again = await sentAgain(world);
  if (again.status === 'rejected' && !(happened && asRefusal(again.reason))) throw again.reason;
  same(canonical(await world.dump(), trial), end, `sent again after ${about}`);
};

/** What only reads one snapshot meets no conflict. */
const repeats = ({ reads = false, looksFirst = false }: Trial): boolean => !reads && !looksFirst;

/**
 * A connection that was killed may come out of the pool once more before anybody has noticed: that
 * is an outage, after which everybody asks again.
 */
const sentAgain = async (world: World): Promise<PromiseSettledResult<unknown>> => {
  const [again] = await Promise.allSettled([sent(world)]);
  if (again.status === 'fulfilled' || !isLost(again.reason)) return again;
  const [atLast] = await Promise.allSettled([sent(world)]);
  return atLast;
};

const isLost = (error: unknown): boolean =>
  connectionLost(error) || (error instanceof AggregateError && error.errors.some(connectionLost));

/** A port that throws at once is a failure like others. */
const sent = async (world: World): Promise<unknown> => world.send();

const hasFaults = (result: unknown): boolean =>
  typeof result === 'object' &&
  result !== null &&
  'faults' in result &&
  Array.isArray(result.faults) &&
  result.faults.length > 0;

/** The one that goes along with this state for longest. */
const nearest = (stops: readonly string[], state: string): string | undefined => {
  const lines = state.split('\n');
  const along = (stop: string): number =>
    stop.split('\n').findIndex((line, index) => line !== lines[index]);
  return stops.toSorted((one, other) => along(other) - along(one))[0];
};

const same = (found: string, wanted: string | undefined, about: string): void => {
  const unlike = difference(found, wanted ?? '');
  if (unlike !== undefined) expect.fail(`${about}: the state ${unlike}`);
};

const newPaths = (before: Dump, after: Dump): readonly string[] => {
  const known = new Set(pathsIn(before));
  return pathsIn(after).filter((path) => !known.has(path));
};

const filesAreThere = async (
  { files }: World,
  paths: readonly string[],
  about: string,
): Promise<void> => {
  for (const path of paths) {
    const bytes = await files.read(path).catch(() => undefined);
    expect(bytes, `${about}: ${path} is spoken of and not there`).to.not.equal(undefined);
  }
};
