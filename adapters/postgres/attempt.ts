import { AsyncLocalStorage } from 'node:async_hooks';
import { connectionLost, isRetryable } from './retry.ts';

/** One try of a unit of work, from BEGIN to COMMIT or ROLLBACK. */
export interface Attempt {
  /** The first conflict the database reported. Once it is set, this attempt must not commit. */
  conflict?: unknown;
  /** COMMIT or ROLLBACK was sent: its connection may serve somebody else by now. */
  ended?: true;
}

/** The attempt that the current asynchronous call belongs to, if any. */
export const attempts = new AsyncLocalStorage<Attempt>();

/** COMMIT of a transaction in which a statement had failed and somebody swallowed the error. */
export class AbortedTransaction extends Error {
  override readonly name = 'AbortedTransaction';
}

const TOO_LATE =
  'a statement was sent after its unit of work had ended: something in it is not awaited';

interface Client {
  query(...args: unknown[]): unknown;
  end(): Promise<void>;
}

/** The part of a pg.Pool used here; `pg` itself is MikroORM's dependency, not ours. */
export interface Pool {
  readonly options: {
    readonly types: { setTypeParser(oid: number, parse: (text: string) => unknown): void };
  };
  on(event: 'connect', listener: (client: Client) => void): unknown;
}

/**
 * Watches every statement of every connection of the pool, because the layers above cannot be
 * trusted with four things:
 * - a conflict that some code swallowed still has to make the unit of work run again;
 * - PostgreSQL answers COMMIT of a failed transaction with "ROLLBACK" and no error, and the ORM
 *   takes that for success: money would be reported as moved that was not;
 * - the ORM gives a connection back only if BEGIN and ROLLBACK do not throw, whatever happens to it;
 * - when one of several parallel calls inside a work fails, the others go on, and what they still
 *   send after the ROLLBACK would be committed on its own, or in a stranger's transaction.
 */
export function guardTransactions(pool: Pool): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client);
    let broken: { readonly why: unknown } | undefined;
    const giveUp = (why: unknown): void => {
      broken = { why };
      void client.end().catch(() => undefined); // the pool sees that it has ended, and drops it
    };
    client.query = (...args: unknown[]) => {
      const attempt = attempts.getStore();
      const ending = args[0] === 'commit' || args[0] === 'rollback';
      if (attempt?.ended && !ending) return Promise.reject(new Error(TOO_LATE));
      if (attempt && ending) attempt.ended = true;
      if (broken) return args[0] === 'rollback' ? Promise.resolve(UNDONE) : fail(broken.why);
      const answer = query(...args);
      return isPromise(answer) ? watch(answer, { statement: args[0], giveUp }) : answer;
    };
  });
}

interface Watched {
  readonly statement: unknown;
  /** Never uses this connection again; what is asked of it fails with this error. */
  readonly giveUp: (why: unknown) => void;
}

async function fail(why: unknown): Promise<never> {
  throw why;
}

async function watch(answer: Promise<unknown>, { statement, giveUp }: Watched): Promise<unknown> {
  try {
    const result = await answer;
    if (statement === 'commit' && command(result) === 'ROLLBACK') {
      throw new AbortedTransaction('a statement had failed, so PostgreSQL rolled back on COMMIT');
    }
    return result;
  } catch (error) {
    const attempt = attempts.getStore();
    if (attempt && isRetryable(error)) attempt.conflict ??= error;
    if (!OPENS_OR_UNDOES.test(String(statement))) throw error;
    if (!connectionLost(error)) giveUp(error);
    return UNDONE;
  }
}

/**
 * Where one of these throws, the ORM keeps the connection for good, and ten of them are the whole
 * pool. Nothing is hidden: what comes next on a connection that is dead or given up fails, and a
 * COMMIT does too; what a ROLLBACK did not undo goes with its connection.
 */
const OPENS_OR_UNDOES = /^(?:rollback$|begin|start transaction)/;
const UNDONE = { command: 'ROLLBACK', rowCount: null, rows: [] };

function isPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function command(result: unknown): unknown {
  return typeof result === 'object' && result !== null ? Reflect.get(result, 'command') : undefined;
}
