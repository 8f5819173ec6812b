import type { Sql } from '../../../adapters/postgres/sql.ts';
import {
  createPostgresUnitOfWork,
  type PostgresUnitOfWork,
  type Savepoint,
} from '../../../adapters/postgres/unit-of-work.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

/** Writes into a table of the tests' own. */
export interface NotesTx {
  readonly savepoint: Savepoint<NotesTx>;
  write(text: string): Promise<unknown>;
  writeLater(text: string | null): void;
  conflictLater(): void;
  sql(text: string): Promise<Record<string, unknown>[]>;
}

export const bindNotes = (sql: Sql, savepoint: Savepoint<NotesTx>): NotesTx => ({
  savepoint,
  write: (text) => sql`insert into notes (text) values (${text})`,
  writeLater: (text) => sql.later`insert into notes (text) values (${text})`,
  conflictLater: () => sql.later`do $$ begin raise sqlstate '40001'; end $$`,
  sql: (text) => sql(Object.assign([text], { raw: [text] })),
});

export interface Notes {
  readonly database: TestDatabase;
  readonly unitOfWork: PostgresUnitOfWork<NotesTx>;
  /** What is written, in order of the alphabet. */
  read(): Promise<readonly string[]>;
  clear(): Promise<unknown>;
  drop(): Promise<void>;
}

/** A database with the tables `notes` and `pages`, and a unit of work on it. */
export const openNotes = async (): Promise<Notes> => {
  const database = await cloneDatabase();
  const owner = (await database.ownerOrm()).em.fork();
  await owner.execute(`
    create table notes (text text not null, key text constraint notes_idempotency_key_key unique);
    create table pages (id int primary key, reads bigint not null);
    insert into pages values (1, 0), (2, 0);
    grant select, insert, delete on notes to upah_bot;
    grant select, update on pages to upah_bot;
  `);
  const bot = database.orm.em;
  return {
    database,
    unitOfWork: createPostgresUnitOfWork(database.orm, bindNotes),
    read: async () => {
      const order = 'select text from notes order by text';
      const rows = await bot.fork().execute<{ text: string }[]>(order);
      return rows.map(({ text }) => text);
    },
    clear: () => bot.fork().execute('delete from notes'),
    drop: () => database.drop(),
  };
};

/** Resolves for everybody once `parties` have called it. */
export function barrier(parties: number): () => Promise<void> {
  let waiting = parties;
  const { promise, resolve } = Promise.withResolvers<void>();
  return () => {
    waiting -= 1;
    if (waiting === 0) resolve();
    return promise;
  };
}
