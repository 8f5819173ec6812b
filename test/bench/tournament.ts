import { availableParallelism } from 'node:os';
import { hold, type Result, type Tournament, type Trial } from './contest.ts';

interface Play {
  readonly name: string;
  readonly bench: Tournament;
  readonly sizes: Readonly<Record<string, number>>;
  readonly limits: { readonly rounds: number; readonly ms: number };
  readonly json: boolean;
}

interface Played extends Result {
  readonly name: string;
  readonly atMost: number;
  readonly why: string | undefined;
  /** How many times as long as the yardstick's ours took, by the medians. */
  readonly times: number;
  /** Milliseconds of one, by the medians. */
  readonly ms: { readonly ours: number; readonly yardstick: number };
}

/** Holds every trial, prints what came of it, and resolves to whether each kept its bound. */
export const playAll = async ({ name, bench, sizes, limits, json }: Play): Promise<boolean> => {
  const { trials, notes, close } = await bench.openAll(sizes);
  const played: Played[] = [];
  try {
    for (const [at, trial] of trials.entries()) {
      progress(at, trials.length, trial.name);
      played.push(await play(trial, { ...limits, ms: limits.ms / trials.length }));
    }
  } finally {
    await close();
  }
  if (json) console.log(JSON.stringify({ name, sizes, notes, trials: played }));
  else print({ name, bench, played, notes });
  return played.every(isWithin);
};

const isWithin = ({ times, atMost }: Played): boolean => times <= atMost;

const play = async (trial: Trial, limits: Play['limits']): Promise<Played> => {
  const { name, atMost, why, ours, yardstick } = trial;
  const result = await hold(trial, { ...limits, rounds: limits.rounds * TURNS });
  const median = (side: string): number => result.speed[side]?.median ?? Number.NaN;
  const [mine, theirs] = [median(ours.name), median(yardstick.name)];
  const ms = { ours: 1_000 / mine, yardstick: 1_000 / theirs };
  return { ...result, name, atMost, why, times: theirs / mine, ms };
};

/** One is soon done: a round of this many in turn, so that what disturbs the machine meets both. */
const TURNS = 7;

const WIDTH = 30;

const progress = (at: number, of: number, name: string): void => {
  const done = Math.round((at / of) * WIDTH);
  console.error(`${'#'.repeat(done)}${'.'.repeat(WIDTH - done)} ${at} of ${of}, now ${name}`);
};

const print = ({
  name,
  bench,
  played,
  notes,
}: Pick<Play, 'name' | 'bench'> & {
  readonly played: readonly Played[];
  readonly notes: Result['notes'];
}): void => {
  const taps = Math.min(...played.map((one) => one.rounds));
  console.log(
    `${name}: ${bench.what}; medians of ${taps} in turn, ${availableParallelism()} cores`,
  );
  for (const [what, value] of Object.entries(notes)) console.log(`  ${what.padEnd(34)} ${value}`);
  for (const one of played) {
    const { ms, times, atMost, why } = one;
    const bound = `at most ${atMost.toFixed(1)}${why === undefined ? '' : ` (${why})`}`;
    console.log(
      `  ${one.name.padEnd(34)} ${ms.yardstick.toFixed(1)} → ${ms.ours.toFixed(1)} ms, ` +
        `${times.toFixed(2)} times, ${bound}${isWithin(one) ? '' : '  TOO SLOW'}`,
    );
  }
};
