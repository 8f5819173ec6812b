/** Which page of a list: `page` counts from 0, `size` is 1 … 50. */
export interface PageRequest {
  readonly page: number;
  readonly size: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  /** At least 1, also for an empty list. */
  readonly pageCount: number;
  readonly total: number;
}

/** Makes a request safe whatever a button carried. */
export const pageRequest = (page: number, size: number): PageRequest => ({
  page: Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 0,
  size: Math.min(Math.max(Math.trunc(size) || 1, 1), 50),
});

export const pageOf = <T>(items: readonly T[], total: number, asked: PageRequest): Page<T> => ({
  items,
  page: asked.page,
  pageCount: Math.max(1, Math.ceil(total / asked.size)),
  total,
});
