import { refusing, type FreezeId, type Violation } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import type { Posting, TransactionType } from '../wallet/index.ts';

/** One check of the books that found rows which break its rule. */
export interface Finding {
  /** The check's name. */
  readonly check: string;
  /** How many rows break the rule. */
  readonly broken: number;
  /** Some of them. */
  readonly violations: readonly Violation[];
}

/** How and why an operator let payments go on. */
export interface Lifting {
  readonly at: Date;
  /** As `actorName` writes it. */
  readonly by: string;
  readonly reason: string;
}

/**
 * Payments stand still because the books do not add up (WAL-13). It grows with what later checks
 * find, and ends when an operator lifts it.
 */
export interface Freeze {
  readonly id: FreezeId;
  readonly begunAt: Date;
  /** Never empty. */
  readonly findings: readonly Finding[];
  /** How often there was something to tell of it: begun, grown, lifted. */
  readonly news: number;
  /** Up to which of these the owner was told. */
  readonly ownerTold: number;
  readonly lifted: Lifting | null;
}

export interface FreezeRefusals {
  /** The books do not add up: nothing is paid until an operator has looked (WAL-13). */
  'freeze.in-force': { readonly since: Date };
  'freeze.none': null;
}
export const refuseFreeze = refusing<FreezeRefusals>();

/**
 * Stops what pays while the books do not add up (WAL-13); `freeze.in-force` says since when. To be
 * asked after "already decided": what was decided before stays as it is.
 */
export const requireNotFrozen = async (tx: Pick<Tx, 'freezes'>): Promise<void> => {
  refuseFrozen((await tx.freezes.current())?.begunAt ?? null);
};

/** As above, where it is known since when a freeze is in force; null: none is. */
export const refuseFrozen = (since: Date | null): void => {
  if (since !== null) throw refuseFreeze('freeze.in-force', { since });
};

const PAYS: ReadonlySet<TransactionType> = new Set([
  'task_reward',
  'platform_fee',
  'reversal',
  'revenue_payout',
]);

/** Whether a posting pays and so waits while a freeze is in force: what ledgers refuse themselves. */
export const stopsWhenFrozen = (
  type: TransactionType,
  { from, to }: Pick<Posting, 'from' | 'to'>,
): boolean =>
  PAYS.has(type) || (type === 'withdraw' && from.kind === 'hold' && to.kind !== 'wallet');

/** Rows that break a rule, all checks together. */
export const brokenIn = (findings: readonly Finding[]): number =>
  findings.reduce((sum, { broken }) => sum + broken, 0);

/** The rules that are broken, each once. */
export const rulesIn = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.flatMap(({ violations }) => violations.map(({ rule }) => rule))),
];

/** The first rows that are named. */
export const firstViolations = (findings: readonly Finding[], atMost = 10): readonly Violation[] =>
  findings.flatMap(({ violations }) => violations).slice(0, atMost);
