/**
 * For functions that look up a few rows by their keys: one plan for a connection's life, and never
 * one that reads a whole table because it was small when the plan was made.
 */
export const BY_KEYS = `set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off`;

/**
 * A row of a join found by its key, whatever the size of its table: for a plain comparison the
 * planner may also sort or hash the whole table, or go through it where it is small at that moment.
 */
export const found = (key: string, by: string): string => `${key} = any(array[${by}])`;
