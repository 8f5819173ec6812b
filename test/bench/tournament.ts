import { hold, type Bench, type Limits, type Notes, type Result } from './contest.ts';
import type { Sizes, Tournament } from './contest.ts';
import type { Bar } from './progress-bar.ts';

/** What came of a bench: a row for each of its trials. */
export interface Outcome {
  readonly bench: string;
  readonly what: string;
  readonly sizes: Sizes;
  readonly notes: Notes;
  readonly rows: readonly Result[];
}

/** A bench with one trial is a tournament of one. */
const tournamentOf = (bench: Bench | Tournament): Tournament =>
  'openAll' in bench
    ? bench
    : {
        ...bench,
        openAll: async (sizes) => {
          const { close, prove = () => Promise.resolve(), ...trial } = await bench.open(sizes);
          const reach = bench.goal === undefined ? {} : { reach: { atLeast: bench.goal } };
          return { trials: [{ name: '', ...trial, ...reach }], prove, close };
        },
      };

export interface Play {
  readonly name: string;
  readonly sizes: Sizes;
  readonly limits: Limits;
  readonly bar: Bar;
}

/** Holds every trial, one after the other, within the time that all of them have together. */
export const playAll = async (
  bench: Bench | Tournament,
  { name, sizes, limits, bar }: Play,
): Promise<Outcome> => {
  const { what, turns = 1, openAll } = tournamentOf(bench);
  bar.show(0, `${name}: getting ready`);
  const { trials, notes = {}, prove, close } = await openAll(sizes);
  const rounds = limits.rounds * turns;
  const share = { rounds, ms: limits.ms / trials.length };
  const rows: Result[] = [];
  try {
    for (const [at, trial] of trials.entries()) {
      const called = [name, trial.name].filter(Boolean).join(': ');
      const onRound = (round: number): void =>
        bar.show(
          (at + round / (rounds + 1)) / trials.length,
          round === 0 ? `${called}, warming up` : `${called}, round ${round} of ${rounds}`,
        );
      rows.push(await hold(trial, share, onRound));
    }
    bar.show(1, `${name}: looking at what is left`);
    await prove?.();
  } finally {
    await close();
    bar.end();
  }
  return { bench: name, what, sizes, notes, rows };
};

/** Whether every row is within its reach. */
export const isKept = ({ rows }: Outcome): boolean => rows.every(({ kept = true }) => kept);
