import { BOT_ROLE } from '../migrations/index.ts';
import { withSql } from '../orm.ts';
import { OWNER_ROLE, type Credentials } from './credentials.ts';

/** Makes the two roles if they are missing. Neither may create roles or databases. */
export async function ensureRoles(adminUrl: string, credentials: Credentials): Promise<void> {
  await withSql(adminUrl, async (sql) => {
    const rows = await sql('select rolname from pg_roles');
    const existing = new Set(rows.map(({ rolname }) => rolname));
    for (const role of [OWNER_ROLE, BOT_ROLE] as const) {
      if (existing.has(role)) continue;
      await sql(`create role ${role} login password '${credentials[role]}'`);
    }
  });
}

/** Makes a database for the owner if it is missing, and keeps everybody but the bot out of it. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  await withSql(adminUrl, async (sql) => {
    const [found] = await sql(`select from pg_database where datname = '${plainName(name)}'`);
    if (!found) await sql(`create database ${name} owner ${OWNER_ROLE}`);
    await grantDatabase(sql, name);
  });
}

/** Rights on a database itself, which a clone does not take over from its template. */
export async function grantDatabase(
  sql: (text: string) => Promise<unknown>,
  name: string,
): Promise<void> {
  await sql(`revoke all on database ${plainName(name)} from public`);
  await sql(`grant connect on database ${name} to ${BOT_ROLE}`);
}

/** Refuses a server on which committed money could vanish in a crash. */
export async function checkDurability(url: string): Promise<void> {
  const off = await withSql(url, (sql) =>
    sql(`select name from pg_settings
         where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting <> 'on'`),
  );
  if (off.length === 0) return;
  const names = off.map(({ name }) => String(name)).join(', ');
  throw new Error(
    `PostgreSQL runs without ${names} and could lose committed money in a crash: ` +
      'remove that setting (postgresql.auto.conf, alter role, alter database) and start again',
  );
}

function plainName(name: string): string {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
  throw new Error(`"${name}" is no plain lower-case name for a database`);
}
