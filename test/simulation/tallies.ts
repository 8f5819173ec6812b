/** How often things happened, by name. */
export interface Counts {
  add(name: string, by?: number): void;
  of(name: string): number;
  total(): number;
  /** The most frequent first. */
  entries(): readonly (readonly [string, number])[];
}

export const createCounts = (): Counts => {
  const counts = new Map<string, number>();
  return {
    add: (name, by = 1) => void counts.set(name, (counts.get(name) ?? 0) + by),
    of: (name) => counts.get(name) ?? 0,
    total: () => [...counts.values()].reduce((sum, one) => sum + one, 0),
    entries: () => [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)),
  };
};

/** Durations in constant memory, in ms of simulated time. */
export interface Durations {
  add(ms: number): void;
  count(): number;
  /** Right to 2 %; 0 where there were none. */
  quantile(share: number): number;
  max(): number;
  /** Begins again. */
  clear(): void;
}

const WIDTH = Math.log(1.02);
const bucketOf = (ms: number): number => (ms < 1 ? 0 : 1 + Math.floor(Math.log(ms) / WIDTH));
const middleOf = (bucket: number): number => (bucket === 0 ? 0 : Math.exp((bucket - 0.5) * WIDTH));

const createDurations = (): Durations => {
  const buckets = new Map<number, number>();
  let [count, max] = [0, 0];
  return {
    add: (ms) => {
      const bucket = bucketOf(ms);
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
      count += 1;
      max = Math.max(max, ms);
    },
    count: () => count,
    max: () => max,
    quantile: (share) => {
      let left = Math.ceil(count * share);
      for (const [bucket, many] of [...buckets].toSorted(([a], [b]) => a - b)) {
        left -= many;
        if (left <= 0) return Math.min(middleOf(bucket), max);
      }
      return max;
    },
    clear: () => {
      buckets.clear();
      [count, max] = [0, 0];
    },
  };
};

/** Durations of the whole run, and of the day that it is. */
export interface Ages {
  add(ms: number): void;
  readonly all: Durations;
  readonly today: Durations;
}

export const createAges = (): Ages => {
  const [all, today] = [createDurations(), createDurations()];
  return {
    all,
    today,
    add: (ms) => {
      all.add(ms);
      today.add(ms);
    },
  };
};
