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
  values(): IterableIterator<V>;
}

/** Makes a table: the journal can undo its writes, its indexes follow every write and undo. */
export const createTable = <K, V>(
  name: string,
  journal: Journal,
  indexes: readonly Index<V>[] = [],
): Table<K, V> => {
  const rows = new Map<K, V>();
  const put = (key: K, before: V | undefined, after: V | undefined): void => {
    if (after === undefined) rows.delete(key);
    else rows.set(key, after);
    for (const index of indexes) index.change(before, after);
  };
  const write = (key: K, after: V | undefined): void => {
    const before = rows.get(key);
    journal.record(() => put(key, after, before));
    put(key, before, after);
  };
  return {
    get: (key) => rows.get(key),
    need: (key) => {
      const row = rows.get(key);
      if (row === undefined) throw new Error(`memory: no such row in ${name}: ${String(key)}`);
      return row;
    },
    set: write,
    remove: (key) => write(key, undefined),
    values: () => rows.values(),
  };
};

/** An append-only list with undo. */
export interface Log<V> {
  append(row: V): void;
  all(): readonly V[];
}

export const createLog = <V>(journal: Journal): Log<V> => {
  const rows: V[] = [];
  return {
    append: (row) => {
      journal.record(() => rows.pop());
      rows.push(row);
    },
    all: () => rows,
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
