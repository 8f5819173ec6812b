import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM, type Constructor, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { SqlMigration } from './migrations/index.ts';
import { ormOptions } from './orm.ts';

/** Any number, as long as every Upah uses the same: only one process migrates at a time. */
const MIGRATION_LOCK = 4_242_001;

/** What to migrate. */
export interface MigrateOptions {
  /** Address of the database, as its owner. */
  readonly ownerUrl: string;
  /** Told the name of each migration when it has run (and before the common commit). */
  readonly onStep?: (name: string) => void;
  /** All migrations of this release, other adapters' included, in their order. */
  readonly list: readonly SqlMigration[];
}

/**
 * Brings the schema to what this release needs: runs the pending migrations in one transaction, all
 * or none. Of several processes that start together one runs them and the others wait. Refuses a
 * database that a newer release has migrated already, and one that is not UTF-8.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const { ownerUrl, onStep, list } = options;
  const orm = await MikroORM.init({
    ...ormOptions({ url: ownerUrl, poolMax: 3 }), // the lock's connection, and the migrator's
    extensions: [Migrator],
    migrations: {
      tableName: 'schema_migration',
      snapshot: false,
      silent: true,
      disableForeignKeys: false, // would need a superuser
      migrationsList: list.map(({ name, sql }) => ({ name, class: migrationClass(sql) })),
    },
  });
  try {
    const lock = orm.em.fork();
    return await lock.transactional(async (em) => {
      await em.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
      await requireUtf8(em);
      await refuseNewerSchema(orm, list);
      return { applied: await runPending(orm, onStep) };
    });
  } finally {
    await orm.close(true);
  }
}

async function runPending(orm: MikroORM, onStep?: (name: string) => void): Promise<string[]> {
  let running = '';
  orm.migrator.on('migrating', ({ name }) => {
    running = name;
  });
  orm.migrator.on('migrated', ({ name }) => onStep?.(name));
  try {
    const applied = await orm.migrator.up();
    return applied.map(({ name }) => name);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`migration ${running} failed, nothing was applied: ${reason}`, { cause });
  }
}

function migrationClass(sql: string): Constructor<Migration> {
  return class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  };
}

async function requireUtf8(em: SqlEntityManager): Promise<void> {
  const [row] = await em.execute<{ encoding: string }[]>(
    `select current_setting('server_encoding') as encoding`,
  );
  if (row?.encoding === 'UTF8') return;
  throw new Error(
    `the database stores text as ${row?.encoding ?? 'nobody knows what'}, which has no room for every name: ` +
      `make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
  );
}

async function refuseNewerSchema(orm: MikroORM, list: readonly SqlMigration[]): Promise<void> {
  const known = new Set(list.map(({ name }) => name));
  const executed = await orm.migrator.getExecuted();
  const unknown = executed.map(({ name }) => name).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Error(
    `the database has a newer schema than this release of Upah knows (${unknown.join(', ')}): ` +
      'install the newer release again, or restore the backup made before it',
  );
}
