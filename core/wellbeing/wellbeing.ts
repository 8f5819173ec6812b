import type { Head } from '../audit/index.ts';
import { brokenIn, type BooksNow } from '../freeze/index.ts';
import { DAY_MS, MINUTE_MS, type Rupiah } from '../kernel/index.ts';
import type { Desk, OutboxDepth } from '../outbox/index.ts';
import type { Ports } from '../ports.ts';
import { imbalanceOf, type TrialBalance } from '../wallet/index.ts';

/** What waits on one desk, and since when; null where nothing does. */
export interface Waiting {
  readonly count: number;
  readonly oldest: Date | null;
}

/** How much waits in the inbox. */
export type InboxDepth = Awaited<ReturnType<Ports['inbox']['depth']>>;

/** Everything that an owner looks at once a day (WAL-13). */
export interface Overview {
  readonly at: Date;
  readonly books: BooksNow;
  readonly audit: { readonly head: Head | null; readonly unsealedSince: Date | null };
  readonly desks: Readonly<Record<Desk, Waiting>>;
  readonly inbox: InboxDepth;
  readonly outbox: OutboxDepth;
  readonly money: TrialBalance;
}

/** One thing that is not well; `since` is null where it never was. */
export type Trouble =
  | { readonly kind: 'frozen'; readonly since: Date; readonly broken: number }
  /** What exists by kind is not what came in from outside less what went out (WAL-2). */
  | { readonly kind: 'out-of-balance'; readonly by: Rupiah }
  /** Rows that were accepted when a freeze was lifted, and still break a rule. */
  | { readonly kind: 'not-mended'; readonly broken: number }
  | { readonly kind: 'recent-check-late'; readonly since: Date | null }
  | { readonly kind: 'full-check-late'; readonly since: Date | null }
  | { readonly kind: 'sealing-late'; readonly since: Date }
  | { readonly kind: 'inbox-late'; readonly since: Date; readonly waiting: number }
  | { readonly kind: 'outbox-late'; readonly since: Date; readonly waiting: number }
  | { readonly kind: 'desk-late'; readonly desk: Desk; readonly since: Date };

/** How everything stands, and what of it is not well. */
export interface Wellbeing extends Overview {
  /** The day of Jakarta that it is told for. */
  readonly day: Date;
  /** Cash that must exist: wallets, holds, escrows and revenue (WAL-11). */
  readonly cash: Rupiah;
  /** The worst first; empty: all is well. */
  readonly troubles: readonly Trouble[];
}

/** The recent check runs each minute, sealing twice, queues are worked on at once. */
const QUIET_MS_MAX = 15 * MINUTE_MS;
/** The full check runs each night, and may take hours. */
const FULL_MS_MAX = 36 * 60 * MINUTE_MS;

/**
 * What is not well. `isFirst`: nothing was told before, and what runs once a night may not have
 * come round yet.
 */
export const troublesIn = (overview: Overview, isFirst: boolean): readonly Trouble[] => {
  const { at, audit, desks, inbox, outbox } = overview;
  const since = (then: Date | null, msMax: number): Date | undefined =>
    then && at.getTime() - then.getTime() > msMax ? then : undefined;
  const unsealed = since(audit.unsealedSince, QUIET_MS_MAX);
  const unhandled = since(inbox.oldestReceivedAt, QUIET_MS_MAX);
  const unsent = since(outbox.oldestDue, QUIET_MS_MAX);
  const late = (Object.keys(desks) as Desk[]).flatMap((desk): Trouble[] => {
    const waiting = since(desks[desk].oldest, DAY_MS);
    return waiting ? [{ kind: 'desk-late', desk, since: waiting }] : [];
  });
  return [
    ...troublesOfBooks(overview, isFirst),
    ...(unsealed ? [{ kind: 'sealing-late', since: unsealed } as const] : []),
    ...(unhandled
      ? [{ kind: 'inbox-late', since: unhandled, waiting: inbox.waiting } as const]
      : []),
    ...(unsent ? [{ kind: 'outbox-late', since: unsent, waiting: outbox.waiting } as const] : []),
    ...late,
  ];
};

const troublesOfBooks = (overview: Overview, isFirst: boolean): readonly Trouble[] => {
  const { at, books, money } = overview;
  const { freeze, recent, full } = books;
  const troubles: Trouble[] = [];
  if (freeze) {
    troubles.push({ kind: 'frozen', since: freeze.begunAt, broken: brokenIn(freeze.findings) });
  }
  const by = imbalanceOf(money);
  if (by !== 0n) troubles.push({ kind: 'out-of-balance', by });
  if (!freeze && full && full.broken > 0) {
    troubles.push({ kind: 'not-mended', broken: full.broken });
  }
  const isLate = (done: Date | undefined, msMax: number): boolean =>
    done ? at.getTime() - done.getTime() > msMax : !isFirst;
  if (isLate(recent?.at, QUIET_MS_MAX)) {
    troubles.push({ kind: 'recent-check-late', since: recent?.at ?? null });
  }
  if (isLate(full?.at, FULL_MS_MAX)) {
    troubles.push({ kind: 'full-check-late', since: full?.at ?? null });
  }
  return troubles;
};
