import { setTimeout as sleep } from 'node:timers/promises';

const CONFLICTS = new Set(['40001', '40P01']);
const FEATURE_NOT_SUPPORTED = '0A000';
/** Where PostgreSQL finds that the plan of a name does not fit its tables any more. */
const PLAN_CHECKED_IN = 'RevalidateCachedQuery';
const UNIQUE_VIOLATION = '23505';
const INSUFFICIENT_PRIVILEGE = '42501';
const IDEMPOTENCY_CONSTRAINT = /_idempotency_key_key$/;

const LOST_STATES = /^(08...|57P0[123])$/;
/** Not 57014: a statement that is too slow every time would hold up its lane for ever. */
const OUTAGE_STATES = /^(?:(?:08|53)...|57P..)$/;
/** The pool had no connection to give in time. */
const NO_CONNECTION = /^timeout exceeded when trying to connect/;
const LOST_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const LOST_MESSAGES = /^(Connection terminated|Client has encountered a connection error)/;

/** How often a transaction is tried before its conflict is thrown. */
const ATTEMPTS_MAX = 5;

/** Limits of the retries. */
export interface RetryOptions {
  readonly maxAttempts?: number;
  /** Hears of every conflict after which work runs again. */
  readonly onRetry?: () => void;
}

/** Runs a transaction, and runs it again after a conflict: see {@link isRetryable}. */
export async function retrying<T>(
  transaction: () => Promise<T>,
  { maxAttempts = ATTEMPTS_MAX, onRetry }: RetryOptions,
): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (number >= maxAttempts || !isRetryable(error)) throw error;
      onRetry?.();
      await sleep(backOffMs(number));
    }
  }
}

/** Full jitter: callers that collided once should not meet again. */
const backOffMs = (attempt: number): number => Math.random() * 10 * 2 ** attempt;

/**
 * Whether the same work, run again from its beginning in a new transaction, may succeed: a
 * serialization conflict, a deadlock, a plan that a migration has outdated, or two callers that raced
 * for one idempotency key (the second run finds the first one's result). Drivers and libraries wrap
 * errors differently: the code decides, anywhere in the chain of causes, never the class.
 */
export function isRetryable(error: unknown): boolean {
  if (planOutdated(error)) return true;
  return causes(error).some((cause) => {
    const code = field(cause, 'code');
    if (code === UNIQUE_VIOLATION) return IDEMPOTENCY_CONSTRAINT.test(field(cause, 'constraint'));
    return CONFLICTS.has(code);
  });
}

/**
 * Whether a table has changed since its connection planned a statement by name: under that name the
 * connection can never run it again.
 */
export function planOutdated(error: unknown): boolean {
  return causes(error).some(
    (cause) =>
      field(cause, 'code') === FEATURE_NOT_SUPPORTED && field(cause, 'routine') === PLAN_CHECKED_IN,
  );
}

/**
 * Whether the server went away or could not be reached. Not retried by the unit of work: when it
 * happens during a COMMIT nobody knows whether the work was done; an idempotency key tells.
 */
export function connectionLost(error: unknown): boolean {
  return causes(error).some((cause) => {
    const code = field(cause, 'code');
    return (
      LOST_STATES.test(code) || LOST_CODES.has(code) || LOST_MESSAGES.test(field(cause, 'message'))
    );
  });
}

/**
 * Whether the database could not serve for reasons that lie outside the work: unreachable, shutting
 * down, out of disk, memory or connections. The same work may succeed later, however often it has
 * failed.
 */
export function isOutage(error: unknown): boolean {
  return (
    connectionLost(error) ||
    causes(error).some(
      (cause) =>
        OUTAGE_STATES.test(field(cause, 'code')) || NO_CONNECTION.test(field(cause, 'message')),
    )
  );
}

/** Whether the role was refused what it asked for, for want of a right. */
export function permissionDenied(error: unknown): boolean {
  return causes(error).some((cause) => field(cause, 'code') === INSUFFICIENT_PRIVILEGE);
}

function causes(error: unknown): object[] {
  const chain: object[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && !chain.includes(next)) {
    chain.push(next);
    next = 'cause' in next ? next.cause : undefined;
  }
  return chain;
}

function field(error: object, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}
