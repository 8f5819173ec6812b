import type { Check, Readiness } from '../../adapters/http/index.ts';
import type { Backlog, BooksState, ReadinessState } from '../../adapters/metrics/index.ts';
import type { SchemaVersion } from '../../adapters/postgres/index.ts';
import { within } from '../within.ts';

const ANSWER_MS_MAX = 2_000;
/** A long poll is answered every 25 s, a webhook looked at every minute. */
const RECEIVING_SECONDS_MAX = 150;
const INBOX_SECONDS_MAX = 60;
const OUTBOX_SECONDS_MAX = 300;
/** More than the longest time that may be set for a seal (AUD-2). */
const UNSEALED_SECONDS_MAX = 300;
const DISK_FREE_PERCENT_MIN = 10;

export interface ReadinessParts {
  /** Any statement. */
  readonly ping: () => Promise<unknown>;
  readonly schema: () => Promise<SchemaVersion>;
  /** Whether the bot's role is kept from what only the owner may do (WAL-3). */
  readonly grantsEnforced: boolean;
  readonly backlog: () => Promise<Backlog | undefined>;
  readonly books: () => Promise<BooksState | undefined>;
  /** Since when updates were last known to reach us; undefined: not yet. */
  readonly receivingSeconds: () => number | undefined;
  readonly diskFreePercent: () => Promise<number>;
}

/** Whether the bot does its work now (OPS-2). */
export interface ReadinessWatch {
  look(): Promise<Readiness>;
  /** From now on it is not ready: nobody should send it anything any more. */
  stopping(): void;
}

/** See {@link ReadinessWatch}. Nothing of an error is shown: only what was looked at, and figures. */
export const createReadiness = (parts: ReadinessParts): ReadinessWatch => {
  let stopping = false;
  return {
    look: async () => {
      const books = await within(ANSWER_MS_MAX, parts.books());
      const checks: Record<string, Check> = {
        running: { ok: !stopping },
        ...(await inTheDatabase(parts)),
        receiving: receiving(parts.receivingSeconds()),
        disk: await disk(parts),
        grants: { state: parts.grantsEnforced ? 'enforced' : 'not enforced' },
        payments: payments(books),
        sealing: sealing(books),
      };
      return { ready: Object.values(checks).every(({ ok }) => ok !== false), checks };
    },
    stopping: () => {
      stopping = true;
    },
  };
};

const inTheDatabase = async ({
  ping,
  schema,
  backlog,
}: ReadinessParts): Promise<Record<string, Check>> => {
  const [answer, version, waiting] = await Promise.all([
    within(
      ANSWER_MS_MAX,
      ping().then(() => true),
    ),
    within(ANSWER_MS_MAX, schema()),
    within(ANSWER_MS_MAX, backlog()),
  ]);
  return {
    database: { ok: answer === true },
    schema: { ok: version?.complete === true, newest: version?.newest ?? null },
    inbox: waiting
      ? { ok: waiting.inbox.oldestSeconds < INBOX_SECONDS_MAX, ...waiting.inbox }
      : { ok: false },
    outbox: waiting
      ? { ok: waiting.outbox.oldestDueSeconds < OUTBOX_SECONDS_MAX, ...waiting.outbox }
      : { ok: false },
  };
};

/** A freeze does not make it unready: taking and submitting go on (WAL-13). */
const payments = (books: BooksState | undefined): Check => {
  if (!books) return { state: 'unknown' };
  const { frozenSince: since } = books;
  return since ? { state: 'frozen', since: since.toISOString() } : { state: 'go on' };
};

/** Nor does a standstill of sealing: what waits is sealed when it goes on, and nobody waits for it. */
const sealing = (books: BooksState | undefined): Check => {
  if (!books) return { state: 'unknown' };
  const { unsealedSeconds } = books;
  const state = unsealedSeconds > UNSEALED_SECONDS_MAX ? 'stands still' : 'goes on';
  return { state, unsealedSeconds };
};

const receiving = (seconds: number | undefined): Check => ({
  ok: seconds !== undefined && seconds < RECEIVING_SECONDS_MAX,
  confirmedSecondsAgo: seconds ?? null,
});

const disk = async ({ diskFreePercent }: ReadinessParts): Promise<Check> => {
  const freePercent = await within(ANSWER_MS_MAX, diskFreePercent());
  return {
    ok: freePercent !== undefined && freePercent > DISK_FREE_PERCENT_MIN,
    freePercent: freePercent ?? null,
  };
};

/** The same for `/metrics`: of what cannot fail there is nothing to say. */
export const asFigures = ({ ready, checks }: Readiness): ReadinessState => {
  const freePercent = checks['disk']?.['freePercent'];
  return {
    ready,
    checks: Object.fromEntries(
      Object.entries(checks).flatMap(([name, { ok }]) => (ok === undefined ? [] : [[name, ok]])),
    ),
    diskFreePercent: typeof freePercent === 'number' ? freePercent : null,
  };
};
