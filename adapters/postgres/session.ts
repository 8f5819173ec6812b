import { attempts } from './attempt.ts';
import type { Orm } from './orm.ts';
import { renamePlans } from './plan-names.ts';
import { connectionLost, isRetryable, planOutdated } from './retry.ts';

/** One statement, `$1` in the text standing for `values[0]`; with a name it is planned once. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Where statements go: into a transaction, or each on whichever connection is free. */
export interface Session {
  /** Sends a statement and waits for its rows. What is sent in one go travels together. */
  send<Row extends object>(statement: Statement): Promise<Row[]>;
  /**
   * Sends a write and does not wait. Where it fails, so does what is asked next, or the end of its
   * savepoint, or the commit: nothing is lost in silence.
   */
  sendLater(statement: Statement): void;
}

/** A transaction, or a savepoint in it. */
export interface Scope extends Session {
  /**
   * Runs `work`; where it fails, what it sent is undone and its error thrown on. Until it ends nothing
   * else may be sent here: it would be undone with it. What `work` leaves unawaited is refused after
   * its end: it would be kept although `work` was undone.
   */
  savepoint<T>(work: (inner: Scope) => Promise<T>): Promise<T>;
}

/** A transaction whose end its owner sees to. */
export interface Transaction extends Scope {
  /** Throws where something of it failed, even if that was swallowed: nothing of it stays then. */
  commit(): Promise<void>;
  /** Never throws: what it cannot undo goes with its connection. */
  rollback(): Promise<void>;
}

export const READ_COMMITTED = 'begin isolation level read committed';
export const ONE_SNAPSHOT = 'begin isolation level repeatable read read only';
export type Begin = typeof READ_COMMITTED | typeof ONE_SNAPSHOT;

/** COMMIT of a transaction in which a statement had failed and somebody swallowed the error. */
export class AbortedTransaction extends Error {
  override readonly name = 'AbortedTransaction';
}

/** What is used of a connection of the pool; it is in pipeline mode (see `orm.ts`). */
interface Client {
  query(
    statement: Statement | string,
  ): Promise<{ readonly command: string; readonly rows: object[] }>;
  /** Gives it back; a broken one is closed and serves nobody again. */
  release(isBroken: boolean): void;
}

const connect = async (orm: Orm): Promise<Client> => {
  const pool: unknown = await orm.em.getConnection().getNativeClient();
  return (pool as { connect(): Promise<Client> }).connect();
};

/** Whether its connection has planned this statement for what was before: then so have others. */
const notedOutdated = (error: unknown): boolean => {
  if (!planOutdated(error)) return false;
  renamePlans();
  return true;
};

/** Each statement is a transaction by itself. */
export const aloneOn = (orm: Orm): Session => ({
  send: async <Row extends object>(statement: Statement) => {
    const client = await connect(orm);
    let isBroken = false;
    try {
      return (await client.query(statement)).rows as Row[];
    } catch (error) {
      isBroken = connectionLost(error) || notedOutdated(error);
      throw error;
    } finally {
      client.release(isBroken);
    }
  },
  sendLater: () => {
    throw new Error('outside a transaction nobody would hear that a statement failed: await it');
  },
});

/** Runs `work` in a transaction: commits when it resolves, rolls back when it throws. */
export const inTransaction = async <T>(
  orm: Orm,
  begin: Begin,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => {
  const transaction = await beginOn(orm, begin);
  try {
    const result = await work(transaction);
    await transaction.commit();
    return result;
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
};

/** A BEGIN is waited for: what travels with one that fails would be done outside a transaction. */
export const beginOn = async (orm: Orm, begin: Begin): Promise<Transaction> => {
  const client = await connect(orm);
  try {
    await client.query(begin);
  } catch (error) {
    client.release(true);
    throw error;
  }
  const wire = new Wire(client);
  return {
    ...scopeOn(wire).scope,
    commit: () => commit(wire),
    rollback: () => rollback(wire),
  };
};

const commit = async (wire: Wire): Promise<void> => {
  await wire.requireSound();
  wire.end();
  const { command } = await wire.query('commit');
  await wire.answered();
  if (command === 'ROLLBACK') {
    throw (
      wire.failure?.why ??
      new AbortedTransaction('a statement had failed, so PostgreSQL rolled back on COMMIT')
    );
  }
  wire.release();
};

const rollback = async (wire: Wire): Promise<void> => {
  wire.end();
  await wire.query('rollback').catch(() => wire.giveUp());
  wire.release();
};

const scopeOn = (wire: Wire): { readonly scope: Scope; readonly end: () => void } => {
  let refusal: string | undefined;
  const requireOpen = (): void => {
    if (refusal !== undefined) throw new Error(refusal);
  };
  const scope: Scope = {
    send: async (statement) => {
      requireOpen();
      return wire.send(statement);
    },
    sendLater: (statement) => {
      requireOpen();
      wire.sendLater(statement);
    },
    savepoint: async (work) => {
      requireOpen();
      refusal = LENT;
      try {
        return await savepointOn(wire, work);
      } finally {
        if (refusal === LENT) refusal = undefined;
      }
    },
  };
  return { scope, end: () => void (refusal = TOO_LATE) };
};

const savepointOn = async <T>(wire: Wire, work: (inner: Scope) => Promise<T>): Promise<T> => {
  await wire.requireSound();
  const name = wire.nextSavepoint();
  wire.sendLater({ text: `savepoint ${name}` });
  const inner = scopeOn(wire);
  try {
    const result = await work(inner.scope).finally(inner.end);
    await wire.requireSound();
    await wire.send({ text: `release savepoint ${name}` });
    return result;
  } catch (error) {
    await wire.undo(name);
    throw error;
  }
};

const TOO_LATE =
  'a statement was sent after its unit of work or savepoint had ended: something is not awaited';
const LENT =
  'a savepoint of this transaction is open: what comes beside it would be undone with it';

/** A connection in a transaction: what was sent, what of it failed, whether it may still be used. */
class Wire {
  /** Of what nobody waits for: the first that failed. */
  failure: { readonly why: unknown } | undefined;
  readonly #client: Client;
  readonly #attempt = attempts.getStore();
  #underWay: Promise<void>[] = [];
  #savepoints = 0;
  #state: 'open' | 'ended' | 'released' = 'open';
  #isBroken = false;

  constructor(client: Client) {
    this.#client = client;
  }

  async send<Row extends object>(statement: Statement): Promise<Row[]> {
    this.#requireOpen();
    this.#requireNoFailure();
    try {
      return (await this.query(statement)).rows as Row[];
    } catch (error) {
      this.#requireNoFailure(); // it is why this one failed
      throw error;
    }
  }

  sendLater(statement: Statement): void {
    this.#requireOpen();
    if (this.failure) return; // told already, or about to be
    const fail = (why: unknown): void => {
      this.failure ??= { why };
    };
    this.#underWay.push(this.query(statement).then(() => undefined, fail));
  }

  /** Sends whatever the state, and notes the conflicts that make the whole work run again. */
  async query(statement: Statement | string): ReturnType<Client['query']> {
    try {
      return await this.#client.query(statement);
    } catch (error) {
      if (notedOutdated(error)) this.giveUp();
      if (this.#attempt && isRetryable(error)) this.#attempt.conflict ??= error;
      throw error;
    }
  }

  /**
   * Throws what is known to have failed. What fails before it reaches the server does so within this
   * turn; the server itself refuses COMMIT and RELEASE after whatever else fails.
   */
  async requireSound(): Promise<void> {
    if (this.#underWay.length > 0) await new Promise<void>((go) => process.nextTick(go));
    this.#requireNoFailure();
  }

  /** Resolves when nothing is under way that nobody waits for. */
  async answered(): Promise<void> {
    await Promise.all(this.#underWay);
    this.#underWay = [];
  }

  nextSavepoint(): string {
    this.#savepoints += 1;
    return `s${this.#savepoints}`;
  }

  /** What came before the savepoint is sound where this succeeds; else nothing can be sent again. */
  async undo(savepoint: string): Promise<void> {
    try {
      await this.query(`rollback to savepoint ${savepoint}; release savepoint ${savepoint}`);
      await this.answered();
      this.failure = undefined;
    } catch (why) {
      this.failure ??= { why };
    }
  }

  end(): void {
    this.#state = 'ended';
    if (this.#attempt) this.#attempt.ended = true;
  }

  giveUp(): void {
    this.#isBroken = true;
  }

  release(): void {
    if (this.#state === 'released') return;
    this.#state = 'released';
    this.#client.release(this.#isBroken);
  }

  #requireNoFailure(): void {
    if (this.failure) throw this.failure.why;
  }

  #requireOpen(): void {
    if (this.#state !== 'open') throw new Error(TOO_LATE);
  }
}
