/** One who runs: does its work once, and says how much that was. */
export interface Side {
  readonly name: string;
  /** Makes ready what it works on, before the clock starts. */
  prepare?(): Promise<void>;
  run(): Promise<number | Timed | Measured>;
  /** Looks at what a run has left, after the clock stopped; throws where that is not right. */
  check?(): Promise<void>;
}

/** What was done and how long that took, where not everything in a run counts. */
export interface Timed {
  readonly done: number;
  readonly ms: number;
}

/** What a run measured by itself, such as a percentile or bytes. */
export interface Measured {
  readonly value: number;
}

/** How far ours should come: a ratio, of which more is better, or less. */
export type Reach = { readonly atLeast: number } | { readonly atMost: number };

/** Two who do the same in turn: ours, and what it is held against. */
export interface Trial {
  readonly name: string;
  /** What is counted, e.g. `rows`; of measured values their unit, e.g. `MB`. */
  readonly unit: string;
  /** `speed`: so many each second, the default. `time`: milliseconds of one. */
  readonly measure?: 'speed' | 'time' | 'value';
  readonly ours: Side;
  /** None where ours is only reported. */
  readonly yardstick?: Side;
  /** What ours through the yardstick should be; none where the ratio is only told. */
  readonly reach?: Reach;
  /** Why that is another bound than others have. */
  readonly why?: string;
  /** More that was measured meanwhile, asked for at the end. */
  notes?(): Notes;
}

export type Notes = Readonly<Record<string, string | number>>;
export type Sizes = Readonly<Record<string, number>>;

/** What all sides of a bench stand on. */
interface Ground {
  /** Looks at what all rounds together have left; throws where that is not right. */
  prove?(): Promise<void>;
  close(): Promise<void>;
}

/** A bench with one trial. */
export interface Contest extends Omit<Trial, 'name' | 'reach' | 'yardstick'>, Ground {
  readonly yardstick: Side;
}

export interface Bench {
  readonly what: string;
  /** Sizes that may be chosen, with what they are unless chosen. */
  readonly sizes: Sizes;
  /** What the ratio should be at least. */
  readonly goal?: number;
  /** False where it runs without PostgreSQL, which is then not started. */
  readonly database?: boolean;
  open(sizes: Sizes): Promise<Contest>;
}

/** Many trials on the same ground, one after the other: each is a row of the table. */
export interface Tournament {
  readonly what: string;
  readonly sizes: Sizes;
  readonly database?: boolean;
  /** How many runs in turn make one round, where one is soon done; 1 unless told. */
  readonly turns?: number;
  openAll(sizes: Sizes): Promise<Opened>;
}

export interface Opened extends Ground {
  readonly trials: readonly Trial[];
  readonly notes?: Notes;
}

export interface Figures {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Named extends Figures {
  readonly name: string;
}

/** What came of a trial. */
export interface Result {
  readonly name: string;
  /** What the figures of both sides are in. */
  readonly unit: string;
  readonly rounds: number;
  readonly ours: Named;
  readonly yardstick?: Named;
  /** Ours through the yardstick, round by round. */
  readonly ratio?: Figures;
  readonly reach?: Reach;
  /** Whether the median of the ratio is within reach. */
  readonly kept?: boolean;
  readonly why?: string;
  readonly notes: Notes;
}

export interface Limits {
  readonly rounds: number;
  readonly ms: number;
}

export const figuresOf = (values: readonly number[]): Figures => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return { median: (low + high) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
};

export const isWithin = (reach: Reach, ratio: number): boolean =>
  'atLeast' in reach ? ratio >= reach.atLeast : ratio <= reach.atMost;

const valueOf = async (side: Side, measure: Trial['measure']): Promise<number> => {
  await side.prepare?.();
  const start = performance.now();
  const run = await side.run();
  const elapsed = performance.now() - start;
  await side.check?.();
  if (typeof run !== 'number' && 'value' in run) return run.value;
  const { done, ms } = typeof run === 'number' ? { done: run, ms: elapsed } : run;
  return measure === 'time' ? ms / done : (done * 1_000) / ms;
};

const unitOf = ({ unit, measure }: Trial): string =>
  measure === 'time' ? 'ms' : measure === 'value' ? unit : `${unit}/s`;

/**
 * A first round that does not count, then so many that do: who begins changes with each. It stops
 * early when the time is up.
 */
export const hold = async (
  trial: Trial,
  limits: Limits,
  onRound: (round: number) => void = () => undefined,
): Promise<Result> => {
  const { measure, ours, yardstick } = trial;
  const start = performance.now();
  const mine: number[] = [];
  const theirs: number[] = [];
  const play = async (side: Side | undefined, into: number[]): Promise<void> => {
    if (side) into.push(await valueOf(side, measure));
  };
  onRound(0);
  await play(ours, []);
  await play(yardstick, []);
  for (let round = 0; round < limits.rounds; round += 1) {
    if (round > 0 && performance.now() - start > limits.ms) break;
    onRound(round + 1);
    if (round % 2 === 0) await play(ours, mine);
    await play(yardstick, theirs);
    if (round % 2 === 1) await play(ours, mine);
  }
  return resultOf(trial, mine, theirs);
};

const resultOf = (trial: Trial, mine: readonly number[], theirs: readonly number[]): Result => {
  const { name, ours, yardstick, reach, why, notes } = trial;
  const ratio = figuresOf(mine.map((value, round) => value / (theirs[round] ?? Number.NaN)));
  return {
    name,
    unit: unitOf(trial),
    rounds: mine.length,
    ours: { name: ours.name, ...figuresOf(mine) },
    ...(yardstick && { yardstick: { name: yardstick.name, ...figuresOf(theirs) }, ratio }),
    ...(yardstick && reach && { reach, kept: isWithin(reach, ratio.median) }),
    ...(why !== undefined && { why }),
    notes: notes?.() ?? {},
  };
};
