import type { SqlMigration } from './migrations/index.ts';
import type { Orm } from './orm.ts';

/** What the database was brought to. */
export interface SchemaVersion {
  /** The newest migration in it, which may be a newer release's. */
  readonly newest: string | null;
  /** Whether it has everything that this release needs. */
  readonly complete: boolean;
}

/** Reads it as whoever `orm` is connected as; `needed` are the migrations of this release. */
export const readSchemaVersion = async (
  orm: Orm,
  needed: readonly SqlMigration[],
): Promise<SchemaVersion> => {
  const rows = await orm.em
    .fork()
    .execute<{ name: string }[]>('select name from schema_migration order by name', [], 'all');
  const applied = rows.map(({ name }) => name);
  return {
    newest: applied.at(-1) ?? null,
    complete: needed.every(({ name }) => applied.includes(name)),
  };
};
