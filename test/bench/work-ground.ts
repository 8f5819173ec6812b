import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { withSql } from '../../adapters/postgres/orm.ts';
import {
  asUser,
  createCore,
  DEFAULT_SETTINGS,
  type Actor,
  type Core,
  type LedgerReader,
  type Ports,
  type UserId,
} from '../../core/index.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../support/database.ts';
import { freshNumber } from '../support/builders.ts';
import { OPERATOR } from '../support/market.ts';
import { portsAround } from '../support/ports-around.ts';
import { seedPeople } from './seed-work.ts';

/** Runs statements of the database's administrator, whom no wall stops; gives the last one's rows. */
export type AdminSql = <Row extends object>(text: string) => Promise<readonly Row[]>;

/** A database of a bench's own, the core on it, an admin, and people who work and pay. */
export interface WorkGround {
  readonly database: TestDatabase;
  readonly core: Core;
  readonly ports: Ports;
  readonly admin: { readonly id: UserId; readonly actor: Actor };
  readonly sql: AdminSql;
  /** WAL-8: throws unless the whole history is sound. */
  prove(): Promise<void>;
  close(): Promise<void>;
}

/** No limit of a person's stands in the way of what is measured. */
const SETTINGS = { ...DEFAULT_SETTINGS, takenAtOnceMax: 1_000_000, proofsPerDayMax: 1_000_000 };

export const openGround = async (people: number): Promise<WorkGround> => {
  const database = await cloneDatabase();
  const ports = portsAround(
    createPostgresPorts({ orm: database.orm, settings: SETTINGS }),
    '/nowhere',
  );
  const core = createCore(ports);
  const sql: AdminSql = (text) =>
    withSql(serverUrl('admin', database.name), async (run) => (await run(text)) as never);
  await sql(seedPeople(people));
  return {
    database,
    core,
    ports,
    admin: await anAdmin(core),
    sql,
    prove: () => prove(ports.ledgerReader),
    close: () => database.drop(),
  };
};

const anAdmin = async (core: Core): Promise<WorkGround['admin']> => {
  const telegramId = freshNumber();
  const names = { username: null, displayName: 'Ratih', languageCode: 'id' };
  const { user } = await core.users.register({ telegramId, ...names });
  const actor = asUser(user.id);
  await core.users.acceptTerms({ actor, version: SETTINGS.termsVersion });
  await core.users.grantAdmin({ actor: OPERATOR, telegramId });
  return { id: user.id, actor };
};

const SHOWN = 3;

const prove = async (ledgerReader: LedgerReader): Promise<void> => {
  for await (const { name, violations } of ledgerReader.verify(() => undefined)) {
    if (violations.length === 0) continue;
    throw new Error(`${name}: ${JSON.stringify(violations.slice(0, SHOWN))}`);
  }
};
