/**
 * Which part of a list that only grows at its head, newest first, and may be very long: read from a
 * row on instead of counted. `key` is a row's own, as `Slice` gave it; null: from the newest.
 */
export interface SliceRequest {
  readonly from: { readonly key: string; readonly towards: 'older' | 'newer' } | null;
  /** 1 … 50. */
  readonly size: number;
}

/** Part of such a list, newest first. */
export interface Slice<T> {
  readonly items: readonly T[];
  /** Where the next older part begins; null: there is none. Opaque, at most 40 characters of [A-Za-z0-9_-]. */
  readonly older: string | null;
  /** Where the next newer part begins; null: this is the newest. */
  readonly newer: string | null;
}

/**
 * The part of a list that was asked for, out of what was read from there on: at most `size` + 1 rows
 * in the direction of reading, the nearest first. The one too many says that there are more.
 */
export const sliceOf = <T>(
  read: readonly T[],
  { from, size }: SliceRequest,
  keyOf: (item: T) => string,
): Slice<T> => {
  const near = read.slice(0, size);
  const goesOn = read.length > size;
  const items = from?.towards === 'newer' ? near.toReversed() : near;
  const [first, last] = [items[0], items.at(-1)];
  const more = { older: last && keyOf(last), newer: first && keyOf(first) };
  if (from === null) return { items, older: goesOn ? (more.older ?? null) : null, newer: null };
  // Where somebody comes from there is at least the row whose key they brought.
  return from.towards === 'older'
    ? { items, older: goesOn ? (more.older ?? null) : null, newer: more.newer ?? from.key }
    : { items, older: more.older ?? null, newer: goesOn ? (more.newer ?? null) : null };
};
