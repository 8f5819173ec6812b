import { createOrm, plainSql, type Orm } from '../../adapters/postgres/index.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from './database.ts';
import { keepEverything, type Kept } from './kept.ts';

/** A database that every test finds as it was prepared. */
export interface KeptDatabase {
  readonly database: TestDatabase;
  /** What somebody does with psql whom no trigger and no foreign key stops. */
  asSuperuser(statements: string): Promise<void>;
}

interface Opened {
  readonly database: TestDatabase;
  readonly admin: Orm;
  readonly kept: Kept;
}

/** What putting rows back does not undo. */
const CHANGES_TABLES = /\b(?:alter|create|drop)\b/i;

/** Call it inside `describe`; it can be used inside tests. */
export const aKeptDatabase = (
  prepare: (database: TestDatabase) => Promise<unknown>,
): KeptDatabase => {
  let original: TestDatabase | undefined;
  let opened: Opened | undefined;
  let isSpoilt = false;
  const now = (): Opened => {
    if (!opened) throw new Error('a database is there while tests run');
    return opened;
  };
  const close = async (): Promise<void> => {
    await opened?.admin.close(true);
    await opened?.database.drop();
    opened = undefined;
  };

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    original = await cloneDatabase();
    await prepare(original);
    await original.orm.close(true);
    opened = await openCopy(original);
  });
  beforeEach(async () => {
    if (!original || !isSpoilt) return now().kept.putBack();
    await close();
    opened = await openCopy(original);
    isSpoilt = false;
  });
  after(async () => {
    await close();
    await original?.drop();
  });

  return {
    get database() {
      return now().database;
    },
    asSuperuser: async (statements) => {
      const wasSpoilt = isSpoilt;
      isSpoilt = true; // where it fails halfway
      await plainSql(now().admin)(
        `begin; set local session_replication_role = replica; ${statements}; commit`,
      );
      isSpoilt = wasSpoilt || CHANGES_TABLES.test(statements);
    },
  };
};

const openCopy = async (original: TestDatabase): Promise<Opened> => {
  const database = await cloneDatabase(original.name);
  const admin = await createOrm({ url: serverUrl('admin', database.name), poolMax: 1 });
  return { database, admin, kept: await keepEverything(plainSql(admin), 'kept') };
};
