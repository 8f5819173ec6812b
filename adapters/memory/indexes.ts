/** Follows every write of its table (and every undo); derived from the rows alone. */
export interface Index<V> {
  /** It counts, and goes on counting what its table has forgotten. */
  readonly isSum?: true;
  change(before: V | undefined, after: V | undefined): void;
}

/** Negative when `a` comes first; 0 only for two versions of one row. */
export type Compare<V> = (a: V, b: V) => number;

const always = (): boolean => true;

/** Orders by a time, then by id. */
export const byTime =
  <V>(timeOf: (row: V) => Date, idOf: (row: V) => string): Compare<V> =>
  (a, b) =>
    timeOf(a).getTime() - timeOf(b).getTime() || compareText(idOf(a), idOf(b));

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The rows that ended before a moment, oldest end first, so many at most. */
export const endedBefore = <V>(
  rows: Iterable<V>,
  endOf: (row: V) => Date | null,
  { before, limit }: { readonly before: Date; readonly limit: number },
): readonly V[] =>
  [...rows]
    .map((row) => ({ row, at: endOf(row) ?? before }))
    .filter(({ at }) => at < before)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .slice(0, limit)
    .map(({ row }) => row);

/** The rows that `includes` admits, sorted. */
export interface Ordered<V> extends Index<V> {
  readonly items: readonly V[];
}

/** How many rows at the start of a sorted list satisfy `before`. */
export const partition = <V>(items: readonly V[], before: (row: V) => boolean): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(items[middle] as V)) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const createOrdered = <V>(
  compare: Compare<V>,
  includes: (row: V) => boolean = always,
): Ordered<V> => {
  const items: V[] = [];
  const place = (row: V): number => partition(items, (other) => compare(other, row) < 0);
  const insert = (row: V): void => {
    const last = items.at(-1);
    if (last === undefined || compare(last, row) < 0) items.push(row);
    else items.splice(place(row), 0, row);
  };
  return {
    items,
    change: (before, after) => {
      const out = before !== undefined && includes(before) ? before : undefined;
      const into = after !== undefined && includes(after) ? after : undefined;
      if (out !== undefined && into !== undefined && compare(out, into) === 0) {
        items[place(out)] = into;
        return;
      }
      if (out !== undefined) items.splice(place(out), 1);
      if (into !== undefined) insert(into);
    },
  };
};

/** Sorted rows by group; a row may stand in several groups or none. */
export interface Groups<K, V> extends Index<V> {
  of(key: K): readonly V[];
  /** Every group that has rows. */
  entries(): IterableIterator<[K, Ordered<V>]>;
}

const NOWHERE: readonly never[] = [];

export const createGroups = <K, V>(
  keysOf: (row: V) => readonly K[],
  compare: Compare<V>,
): Groups<K, V> => {
  const groups = new Map<K, Ordered<V>>();
  const move = (key: K, before: V | undefined, after: V | undefined): void => {
    let group = groups.get(key);
    if (group === undefined) {
      group = createOrdered(compare);
      groups.set(key, group);
    }
    group.change(before, after);
    if (group.items.length === 0) groups.delete(key);
  };
  return {
    of: (key) => groups.get(key)?.items ?? [],
    entries: () => groups.entries(),
    change: (before, after) => {
      const old = before === undefined ? NOWHERE : keysOf(before);
      const now = after === undefined ? NOWHERE : keysOf(after);
      for (const key of old) move(key, before, now.includes(key) ? after : undefined);
      for (const key of now) if (!old.includes(key)) move(key, undefined, after);
    },
  };
};

/** One row by a unique key. */
export interface Unique<K, V> extends Index<V> {
  get(key: K): V | undefined;
}

export const createUnique = <K, V>(keyOf: (row: V) => K): Unique<K, V> => {
  const rows = new Map<K, V>();
  return {
    get: (key) => rows.get(key),
    change: (before, after) => {
      const isGone = (key: K): boolean => after === undefined || keyOf(after) !== key;
      if (before !== undefined && isGone(keyOf(before))) rows.delete(keyOf(before));
      if (after !== undefined) rows.set(keyOf(after), after);
    },
  };
};

/** How many admitted rows have a pair of keys. */
export interface PairCounts<V> extends Index<V> {
  /** Counts by the second key; only those above 0. */
  of(first: string): ReadonlyMap<string, number>;
}

const NONE: ReadonlyMap<string, number> = new Map();

export const createPairCounts = <V>(
  firstOf: (row: V) => string,
  secondOf: (row: V) => string,
  includes: (row: V) => boolean = always,
): PairCounts<V> => {
  const counts = new Map<string, Map<string, number>>();
  const bump = (first: string, second: string, by: number): void => {
    let inner = counts.get(first);
    if (inner === undefined) {
      inner = new Map();
      counts.set(first, inner);
    }
    const count = (inner.get(second) ?? 0) + by;
    if (count === 0) inner.delete(second);
    else inner.set(second, count);
  };
  return {
    isSum: true,
    of: (first) => counts.get(first) ?? NONE,
    change: (before, after) => {
      const out = before !== undefined && includes(before) ? before : undefined;
      const into = after !== undefined && includes(after) ? after : undefined;
      const isSame =
        out !== undefined &&
        into !== undefined &&
        firstOf(out) === firstOf(into) &&
        secondOf(out) === secondOf(into);
      if (isSame) return;
      if (out !== undefined) bump(firstOf(out), secondOf(out), -1);
      if (into !== undefined) bump(firstOf(into), secondOf(into), 1);
    },
  };
};

/** Unordered rows by group: any one of them in constant time. */
export interface Bags<K, V> extends Index<V> {
  any(key: K): V | undefined;
  all(key: K): readonly V[];
}

interface Bag<K, V> {
  readonly rows: V[];
  readonly places: Map<K, number>;
}

export const createBags = <K, I, V>(
  keyOf: (row: V) => K,
  idOf: (row: V) => I,
  includes: (row: V) => boolean,
): Bags<K, V> => {
  const bags = new Map<K, Bag<I, V>>();
  const put = (row: V): void => {
    let bag = bags.get(keyOf(row));
    if (bag === undefined) {
      bag = { rows: [], places: new Map() };
      bags.set(keyOf(row), bag);
    }
    bag.places.set(idOf(row), bag.rows.push(row) - 1);
  };
  const take = (row: V): void => {
    const bag = bags.get(keyOf(row));
    const place = bag?.places.get(idOf(row));
    const last = bag?.rows.pop();
    if (bag === undefined || place === undefined || last === undefined) return;
    bag.places.delete(idOf(row));
    if (place === bag.rows.length) return;
    bag.rows[place] = last;
    bag.places.set(idOf(last), place);
  };
  return {
    any: (key) => bags.get(key)?.rows.at(-1),
    all: (key) => bags.get(key)?.rows ?? [],
    change: (before, after) => {
      if (before !== undefined && includes(before)) take(before);
      if (after !== undefined && includes(after)) put(after);
    },
  };
};
