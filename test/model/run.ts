import fc from 'fast-check';
import type { Ground } from './ground.ts';
import { beginPlay, endPlay, readable, type Listener, type Play } from './script.ts';
import { scripts } from './scripts.ts';
import { createTally, type Tally } from './tally.ts';

/** How much, and how. */
export interface ModelRun {
  /** One after the other on each; they go at once. */
  readonly grounds: readonly Ground[];
  readonly commands: number;
  readonly seed: number;
  /** Some steps are several requests at once. */
  readonly parallel: boolean;
  readonly onProgress?: ((tally: Tally) => void) | undefined;
}

export interface ModelFailure {
  /** Given as the seed, it finds this again. */
  readonly seed: number;
  readonly why: string;
  /** The shortest script that was found, a line each. */
  readonly script: readonly string[];
}

export interface ModelResult {
  readonly tally: Tally;
  readonly failure: ModelFailure | undefined;
}

/** Scripts of a round share a seed. */
const ROUND = 4;
/** What goes at once fails only sometimes: a search for the shortest script might never end. */
const ROUND_MS_MAX = 40_000;

/** Plays scripts until so many commands were played, or one has failed and is shrunk. */
export const runModel = async (run: ModelRun): Promise<ModelResult> => {
  const tally = createTally();
  let round = 0;
  let failure: ModelFailure | undefined;
  const lane = async (ground: Ground): Promise<void> => {
    while (!failure && tally.commands < run.commands) {
      const seed = run.seed + round;
      round += 1;
      failure ??= await playRound(run, { ground, seed, tally });
    }
  };
  await Promise.all(run.grounds.map(lane));
  return { tally, failure };
};

const playRound = async (
  { parallel, onProgress }: ModelRun,
  {
    ground,
    seed,
    tally,
  }: { readonly ground: Ground; readonly seed: number; readonly tally: Tally },
): Promise<ModelFailure | undefined> => {
  let last: { readonly script: readonly string[]; readonly why: string } | undefined;
  const failed = (play: Play, error: unknown): void => {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    last = { script: play.trace.map((one) => readable(one, play)), why: readable(why, play) };
  };
  const listener: Listener = {
    failed,
    played: (one) => {
      tally.count(one);
      onProgress?.(tally);
    },
  };
  const property = fc.asyncProperty(scripts(parallel, listener), async (script) => {
    const play = await beginPlay(ground);
    await fc.asyncModelRun(() => ({ model: play, real: play }), script);
    await endPlay(play).catch((error: unknown) => {
      failed(play, error);
      throw error;
    });
    tally.script(play.asked.length);
  });
  const details = await fc.check(property, {
    seed,
    numRuns: ROUND,
    interruptAfterTimeLimit: ROUND_MS_MAX,
  });
  if (!details.failed) return undefined;
  return { seed, why: last?.why ?? String(details.errorInstance), script: last?.script ?? [] };
};
