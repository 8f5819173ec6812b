/**
 * One step of the schema. Forward only and never edited once released; a mistake is corrected by
 * the next one. `sql` may hold many statements; all pending migrations run in one transaction, as
 * the owner of the database, who is no superuser.
 */
export interface SqlMigration {
  /** `0001-what-it-does`, unique, in order. */
  readonly name: string;
  readonly sql: string;
}

/**
 * The role the running bot connects as. With only one DATABASE_URL it may not exist, so a migration
 * never grants to it directly: use {@link forBotRole}.
 */
export const BOT_ROLE = 'upah_bot';

/**
 * Wraps statements about {@link BOT_ROLE} (grants, revokes, policies), so that they are left out
 * where that role does not exist:
 *
 * ```ts
 * export const ledger: SqlMigration = {
 *   name: '0001-ledger',
 *   sql: `
 *     create table postings (…);
 *     ${forBotRole(`
 *       grant select, insert on postings to upah_bot;
 *       grant update (status) on withdrawals to upah_bot;
 *     `)}
 *   `,
 * };
 * ```
 */
export const forBotRole = (statements: string): string => `do $bot_role$
begin
  if exists (select from pg_roles where rolname = '${BOT_ROLE}') then
    ${statements}
  end if;
end
$bot_role$;`;
