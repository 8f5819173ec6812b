import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { entities } from './schema.ts';

/** A connection pool with the entity mapping on top. */
export type Orm = MikroORM;

/** After how many ms the database gives up on a connection. */
export interface Patience {
  /** One statement, its waiting for locks included: it is cancelled. */
  readonly statementMs: number;
  /** A transaction that does nothing and keeps its locks: it is rolled back, its connection closed. */
  readonly idleInTransactionMs: number;
}

/**
 * For a bot at work, whose statements take milliseconds: one that hangs must not hold its locks, its
 * connection and its person's lane for ever.
 */
export const WORKING_PATIENCE: Patience = { statementMs: 30_000, idleInTransactionMs: 60_000 };

/** Silence after which the system asks the other side whether it is still there. */
const KEEP_ALIVE_MS = 10_000;

/** Where to connect, and how. */
export interface OrmOptions {
  readonly url: string;
  readonly poolMax?: number;
  /** Absent: statements may take as long as they need, as migrations and a look at everything do. */
  readonly patience?: Patience;
}

/** The part of a pg.Pool used here; `pg` itself is MikroORM's dependency, not ours. */
export interface Pool {
  readonly options: {
    readonly types: { setTypeParser(oid: number, parse: (text: string) => unknown): void };
  };
  on(event: 'connect', listener: (client: object) => void): unknown;
}

/** Connects lazily: a wrong address shows at the first statement. Close with `orm.close(true)`. */
export const createOrm = (options: OrmOptions): Promise<Orm> => MikroORM.init(ormOptions(options));

/** What every MikroORM of this adapter has in common. */
export function ormOptions(given: OrmOptions): Options {
  const { url, poolMax = 10, patience } = given;
  return {
    clientUrl: url,
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    pool: { min: 0, max: poolMax },
    driverOptions: {
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      ...(patience && {
        statement_timeout: patience.statementMs,
        idle_in_transaction_session_timeout: patience.idleInTransactionMs,
      }),
      // statements sent in one go travel together: see `session.ts`
      pipeline: true,
      onPoolCreated: (pool: Pool) => truthfulTypes(pool.options.types),
    },
  };
}

/** Runs `work` with a function that executes plain SQL on one connection, and closes it after. */
export async function withSql<T>(
  url: string,
  work: (sql: (text: string) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  const orm = await MikroORM.init({ ...ormOptions({ url, poolMax: 1 }), entities: [] });
  try {
    return await work((text) => orm.em.fork().execute<Record<string, unknown>[]>(text));
  } finally {
    await orm.close(true);
  }
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;

/**
 * The entity mapping converts bigint and timestamptz, but a Kysely join, alias or aggregate and
 * em.execute() get what the driver parsed: by default strings, whatever the TypeScript type says.
 * Parsed once, in the driver. (jsonb arrives parsed anyway.)
 */
function truthfulTypes(types: Pool['options']['types']): void {
  types.setTypeParser(INT8, BigInt);
  types.setTypeParser(TIMESTAMPTZ, (text) => {
    const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');
    return new Date(iso);
  });
}
