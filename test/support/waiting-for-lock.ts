import { plainSql, type Orm } from '../../adapters/postgres/index.ts';

/**
 * Resolves when somebody on this database waits for a lock. A role sees what its own sessions wait
 * for, so ask as the one that will.
 */
export const somebodyWaits = async (orm: Orm): Promise<void> => {
  const sql = plainSql(orm);
  for (;;) {
    const { rows } = await sql(`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
    if (rows.length > 0) return;
  }
};
