import { jobsMigration } from '../adapters/pg-boss/index.ts';
import { migrations, type SqlMigration } from '../adapters/postgres/index.ts';

/** Every migration of this release, whichever adapter it belongs to, in the order of their names. */
export const releaseMigrations: readonly SqlMigration[] = [...migrations, jobsMigration].toSorted(
  (one, other) => (one.name < other.name ? -1 : 1),
);
