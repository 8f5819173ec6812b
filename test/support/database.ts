import { randomUUID } from 'node:crypto';
import { grantDatabase } from '../../adapters/postgres/embedded/index.ts';
import { createOrm, withSql, type Orm } from '../../adapters/postgres/orm.ts';

/** Where a database is, as each of its roles. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly botUrl: string;
}

/** A migrated database of one spec file's own. */
export interface TestDatabase extends DatabaseUrls {
  readonly name: string;
  /** Connected as `upah_bot`. */
  readonly orm: Orm;
  /** Connected as `upah_owner`; the same one at every call. */
  ownerOrm(): Promise<Orm>;
  drop(): Promise<void>;
}

/** Cloned by {@link cloneDatabase}; made by the global fixture. */
export const TEMPLATE = 'template_upah';

/** Where the run's server is: set by the global fixture, inherited by what tests spawn. */
export const SERVER_ENV = {
  admin: 'TEST_PG_ADMIN_URL',
  owner: 'TEST_PG_OWNER_URL',
  bot: 'TEST_PG_BOT_URL',
} as const;

/** The address of a database on the run's server, as one of the roles. */
export function serverUrl(role: keyof typeof SERVER_ENV, database: string): string {
  const base = process.env[SERVER_ENV[role]];
  if (!base) throw new Error('no PostgreSQL in this run: is TEST_SKIP_PG set?');
  return base + database;
}

/**
 * Takes 20 to 50 ms. Call it in `before`, and `drop()` in `after`. Another template is one that
 * nobody is connected to.
 */
export async function cloneDatabase(template: string = TEMPLATE): Promise<TestDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await withSql(serverUrl('admin', 'postgres'), async (sql) => {
    await sql(`create database ${name} template ${template} owner upah_owner strategy file_copy`);
    await grantDatabase(sql, name);
  });
  const ownerUrl = serverUrl('owner', name);
  const botUrl = serverUrl('bot', name);
  const orm = await createOrm({ url: botUrl });
  let owner: Promise<Orm> | undefined;
  return {
    name,
    ownerUrl,
    botUrl,
    orm,
    ownerOrm: () => (owner ??= createOrm({ url: ownerUrl, poolMax: 2 })),
    async drop() {
      await orm.close(true);
      await (await owner)?.close(true);
      await withSql(serverUrl('admin', 'postgres'), (sql) =>
        sql(`drop database ${name} with (force)`),
      );
    },
  };
}
