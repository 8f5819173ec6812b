import { AsyncLocalStorage } from 'node:async_hooks';

/** One try of a unit of work, from BEGIN to COMMIT or ROLLBACK. */
export interface Attempt {
  /**
   * The first conflict the database reported. Once it is set, this attempt must not commit, whoever
   * swallowed it.
   */
  conflict?: unknown;
  /** COMMIT or ROLLBACK was sent: its connection may serve somebody else by now. */
  ended?: true;
}

/** The attempt that the current asynchronous call belongs to, if any. */
export const attempts = new AsyncLocalStorage<Attempt>();
