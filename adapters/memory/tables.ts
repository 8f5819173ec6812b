import { pageOf, type Page, type PageRequest } from '../../core/kernel/index.ts';
import type { Index } from './indexes.ts';
import type { Journal } from './journal.ts';

/** Rows by key, with undo and indexes. Rows are readonly data: replaced, never changed. */
export interface Table<K, V> {
  get(key: K): V | undefined;
  /** The row; a missing one is a defect. */
  need(key: K): V;
  set(key: K, row: V): void;
  remove(key: K): void;
  /** Removes a row that only history knows: what indexes have counted of it stays counted. */
  forget(key: K): void;
  size(): number;
  values(): IterableIterator<V>;
  entries(): IterableIterator<[K, V]>;
}

/** Makes a table: the journal can undo its writes, its indexes follow every write and undo. */
export const createTable = <K, V>(
  name: string,
  journal: Journal,
  indexes: readonly Index<V>[] = [],
): Table<K, V> => {
  const rows = new Map<K, V>();
  const notSums = indexes.filter(({ isSum }) => !isSum);
  const write = (key: K, after: V | undefined, followers: readonly Index<V>[] = indexes): void => {
    const before = rows.get(key);
    const put = (from: V | undefined, to: V | undefined): void => {
      if (to === undefined) rows.delete(key);
      else rows.set(key, to);
      for (const index of followers) index.change(from, to);
    };
    journal.record(() => put(after, before));
    put(before, after);
  };
  return {
    get: (key) => rows.get(key),
    need: (key) => {
      const row = rows.get(key);
      if (row === undefined) throw new Error(`memory: no such row in ${name}: ${String(key)}`);
      return row;
    },
    set: (key, row) => write(key, row),
    remove: (key) => write(key, undefined),
    forget: (key) => {
      if (rows.has(key)) write(key, undefined, notSums);
    },
    size: () => rows.size,
    values: () => rows.values(),
    entries: () => rows.entries(),
  };
};

/** An append-only list with undo. Places count from 0, forgotten rows included. */
export interface Log<V> {
  append(row: V): void;
  /** What is not forgotten. */
  all(): readonly V[];
  /** How many were ever appended. */
  size(): number;
  /** How many of the first ones are forgotten. */
  forgotten(): number;
  /** Those of the places from `from` to before `until` that are not forgotten. */
  slice(from: number, until: number): readonly V[];
  at(place: number): V | undefined;
  /** Forgets the oldest ones that it still has. */
  forget(howMany: number): void;
}

export const createLog = <V>(journal: Journal): Log<V> => {
  let rows: V[] = [];
  let forgotten = 0;
  return {
    append: (row) => {
      journal.record(() => rows.pop());
      rows.push(row);
    },
    all: () => rows,
    size: () => forgotten + rows.length,
    forgotten: () => forgotten,
    slice: (from, until) =>
      rows.slice(Math.max(0, from - forgotten), Math.max(0, until - forgotten)),
    at: (place) => rows[place - forgotten],
    forget: (howMany) => {
      const gone = rows.slice(0, howMany);
      journal.record(() => {
        rows = [...gone, ...rows];
        forgotten -= gone.length;
      });
      rows = rows.slice(gone.length);
      forgotten += gone.length;
    },
  };
};

/** Cuts one page out of a whole sorted list. */
export const pageFrom = <V, T>(
  sorted: readonly V[],
  asked: PageRequest,
  show: (row: V) => T,
): Page<T> => {
  const start = asked.page * asked.size;
  return pageOf(sorted.slice(start, start + asked.size).map(show), sorted.length, asked);
};

/** As `pageFrom`, of those that suit, without a list of them all. */
export const pageWhere = <V, T>(
  sorted: readonly V[],
  asked: PageRequest,
  { suits, show }: { readonly suits: (row: V) => boolean; readonly show: (row: V) => T },
): Page<T> => {
  const start = asked.page * asked.size;
  const shown: T[] = [];
  let total = 0;
  for (const row of sorted) {
    if (!suits(row)) continue;
    if (total >= start && shown.length < asked.size) shown.push(show(row));
    total += 1;
  }
  return pageOf(shown, total, asked);
};

/** As `pageFrom`, from the end of the list backwards: newest first out of a list sorted by age. */
export const pageFromEnd = <V, T>(
  sorted: readonly V[],
  asked: PageRequest,
  show: (row: V) => T,
): Page<T> => {
  const end = Math.max(0, sorted.length - asked.page * asked.size);
  const rows = sorted.slice(Math.max(0, end - asked.size), end).toReversed();
  return pageOf(rows.map(show), sorted.length, asked);
};
