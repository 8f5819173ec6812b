import { jobsMigration } from '../adapters/pg-boss/index.ts';
import {
  migrate,
  migrations,
  permissionDenied,
  type MigrateOptions,
  type SqlMigration,
} from '../adapters/postgres/index.ts';

/** Every migration of this release, whichever adapter it belongs to, in the order of their names. */
export const releaseMigrations: readonly SqlMigration[] = [...migrations, jobsMigration].toSorted(
  (one, other) => (one.name < other.name ? -1 : 1),
);

/** Brings the database to what this release needs; a role that may not is told by name. */
export const migrateToRelease = async (
  options: Omit<MigrateOptions, 'list'>,
): Promise<{ readonly applied: readonly string[] }> => {
  try {
    return await migrate({ ...options, list: releaseMigrations });
  } catch (cause) {
    if (!permissionDenied(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const { username } = new URL(options.ownerUrl);
    throw new Error(
      `the role ${username} may not migrate the database (${why}): ` +
        'set DATABASE_OWNER_URL to its address for the owner of the tables',
      { cause },
    );
  }
};
