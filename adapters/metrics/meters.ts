import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { backlogGauges, type Backlog } from './backlog.ts';
import { booksGauges, type BooksState } from './books.ts';
import { marketGauges, type MarketState } from './market.ts';
import { readinessGauges, type ReadinessState } from './readiness.ts';

/** One try to handle an update. Kind and outcome are words of ours: each makes a series. */
export interface UpdateTry {
  readonly kind: string;
  readonly outcome: string;
  readonly ms: number;
}

/** One call of the Bot API. */
export interface ApiCall {
  readonly method: string;
  /** Telegram's error code, '200', or 'network' and 'timeout' where none came. */
  readonly code: string;
  readonly ms: number;
  /** How long Telegram told us to wait. */
  readonly retryAfterSeconds?: number;
}

/** What is looked up for a report; absent where it could not be read. */
export interface Looked {
  readonly backlog?: Backlog | undefined;
  readonly books?: BooksState | undefined;
  readonly market?: MarketState | undefined;
  readonly readiness?: ReadinessState | undefined;
}

/** What is counted and timed (OPS-2). */
export interface Meters {
  readonly updateHandled: (update: UpdateTry) => void;
  readonly apiCalled: (call: ApiCall) => void;
  /** How one delivery of a message ended. */
  readonly delivered: (outcome: string) => void;
  /** A message's markup could not be read and it went out as plain text: a defect of ours. */
  readonly markupRefused: () => void;
  /** A transaction met a conflict and runs again. */
  readonly transactionRetried: () => void;
  /**
   * Everything in the text format of Prometheus, with what was looked up, as far as it is known.
   */
  report(now: Looked): Promise<{
    readonly contentType: string;
    readonly text: string;
  }>;
}

const HANDLING_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Up to the wait of a long poll. */
const CALL_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counters of this process; each has its own, so that tests and several bots do not add up. */
export const createMeters = (): Meters => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const setBacklog = backlogGauges(registry);
  const setBooks = booksGauges(registry);
  const setMarket = marketGauges(registry);
  const setReadiness = readinessGauges(registry);
  const { handled, handling } = updateMetrics(registry);
  const { calls, callTime, pauses } = apiMetrics(registry);
  const registers = [registry];
  const deliveries = new Counter({
    name: 'upah_deliveries_total',
    help: 'Messages tried, by what came of it.',
    labelNames: ['outcome'],
    registers,
  });
  const unreadable = new Counter({
    name: 'upah_markup_refused_total',
    help: 'Messages that went out as plain text because Telegram could not read their markup.',
    registers,
  });
  const retries = new Counter({
    name: 'upah_transaction_retries_total',
    help: 'Transactions that met a conflict and ran again.',
    registers,
  });
  return {
    updateHandled: ({ kind, outcome, ms }) => {
      handled.inc({ kind, outcome });
      handling.observe({ kind }, ms / 1_000);
    },
    apiCalled: ({ method, code, ms, retryAfterSeconds = 0 }) => {
      calls.inc({ method, code });
      callTime.observe({ method }, ms / 1_000);
      pauses.inc(retryAfterSeconds);
    },
    delivered: (outcome) => deliveries.inc({ outcome }),
    markupRefused: () => unreadable.inc(),
    transactionRetried: () => retries.inc(),
    report: async ({ backlog, books, market, readiness }) => {
      setBacklog(backlog);
      setBooks(books);
      setMarket(market);
      setReadiness(readiness);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
};

const updateMetrics = (registry: Registry) => ({
  handled: new Counter({
    name: 'upah_updates_handled_total',
    help: 'Tries to handle an update, by kind and by what came of it.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  }),
  handling: new Histogram({
    name: 'upah_update_handling_seconds',
    help: 'Time to handle an update, from its lane to the commit.',
    labelNames: ['kind'],
    buckets: HANDLING_SECONDS,
    registers: [registry],
  }),
});

const apiMetrics = (registry: Registry) => ({
  calls: new Counter({
    name: 'upah_bot_api_calls_total',
    help: 'Calls of the Bot API, by method and answer: 200, an error code, network or timeout.',
    labelNames: ['method', 'code'],
    registers: [registry],
  }),
  callTime: new Histogram({
    name: 'upah_bot_api_call_seconds',
    help: 'Time a call of the Bot API took; getUpdates waits up to 25 s by design.',
    labelNames: ['method'],
    buckets: CALL_SECONDS,
    registers: [registry],
  }),
  pauses: new Counter({
    name: 'upah_bot_api_retry_after_seconds_total',
    help: 'Seconds that Telegram told us to wait (429).',
    registers: [registry],
  }),
});
