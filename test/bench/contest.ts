/** One who runs: does its work once, and says how much that was. */
export interface Side {
  readonly name: string;
  /** Makes ready what it works on, before the clock starts. */
  prepare?(): Promise<void>;
  run(): Promise<number | Timed>;
}

/** What was done and how long that took, where not everything in a run counts. */
export interface Timed {
  readonly done: number;
  readonly ms: number;
}

/** Two who do the same in turn: ours, and what it is held against. */
export interface Contest {
  /** What is counted, e.g. `rows`. */
  readonly unit: string;
  readonly ours: Side;
  readonly yardstick: Side;
  /** More that was measured meanwhile, asked for at the end. */
  notes?(): Readonly<Record<string, string | number>>;
  close(): Promise<void>;
}

export interface Bench {
  readonly what: string;
  /** Sizes that may be chosen, with what they are unless chosen. */
  readonly sizes: Readonly<Record<string, number>>;
  /** `goal`: what the ratio should be at least. */
  readonly goal?: number;
  /** False where it runs without PostgreSQL, which is then not started. */
  readonly database?: boolean;
  open(sizes: Readonly<Record<string, number>>): Promise<Contest>;
}

/** One of many contests on the same ground. */
export interface Trial extends Omit<Contest, 'close'> {
  readonly name: string;
  /** How many times as long as the yardstick's ours may take. */
  readonly atMost: number;
  /** Why that is more than others may. */
  readonly why?: string;
}

/** Many contests, one after the other. */
export interface Tournament {
  readonly what: string;
  readonly sizes: Readonly<Record<string, number>>;
  openAll(sizes: Readonly<Record<string, number>>): Promise<{
    readonly trials: readonly Trial[];
    readonly notes: Result['notes'];
    close(): Promise<void>;
  }>;
}

export interface Figures {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Result {
  readonly rounds: number;
  readonly unit: string;
  /** Per second, by name. */
  readonly speed: Readonly<Record<string, Figures>>;
  /** Ours through the yardstick, round by round. */
  readonly ratio: Figures;
  readonly notes: Readonly<Record<string, string | number>>;
}

const figuresOf = (values: readonly number[]): Figures => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return { median: (low + high) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
};

const perSecond = async (side: Side): Promise<number> => {
  await side.prepare?.();
  const start = performance.now();
  const run = await side.run();
  const { done, ms } = typeof run === 'number' ? { done: run, ms: performance.now() - start } : run;
  return (done * 1_000) / ms;
};

/**
 * A first round that does not count, then so many that do: who begins changes with each. It stops
 * early when the time is up.
 */
export const hold = async (
  { unit, ours, yardstick, notes }: Omit<Contest, 'close'>,
  limits: { readonly rounds: number; readonly ms: number },
  onRound: (round: number) => void = () => undefined,
): Promise<Result> => {
  const start = performance.now();
  const mine: number[] = [];
  const theirs: number[] = [];
  await perSecond(ours);
  await perSecond(yardstick);
  for (let round = 0; round < limits.rounds; round += 1) {
    if (round > 0 && performance.now() - start > limits.ms) break;
    onRound(round + 1);
    if (round % 2 === 0) mine.push(await perSecond(ours));
    theirs.push(await perSecond(yardstick));
    if (round % 2 === 1) mine.push(await perSecond(ours));
  }
  const ratio = figuresOf(mine.map((speed, round) => speed / (theirs[round] ?? Number.NaN)));
  const speed = { [ours.name]: figuresOf(mine), [yardstick.name]: figuresOf(theirs) };
  return { rounds: mine.length, unit, speed, ratio, notes: notes?.() ?? {} };
};
