import type { UserId } from '../../../core/index.ts';
import type { AccountName, Move } from './names.ts';
import type { Operation } from './operations.ts';
import { openLedger, write } from './writers.ts';

/** A transaction as it must stand, by its key. */
export interface Entry {
  readonly key: string;
  readonly type: string;
  readonly user: string | null;
  readonly amount: bigint;
  status: string;
  readonly moves: Move[];
}

/** Everything that the operations must have left behind, by key, and nothing else may be there. */
export interface Books {
  readonly entries: Map<string, Entry>;
  /** `deposit.request 0199…`: as often as it must stand in the audit log. */
  readonly audits: Map<string, number>;
  /** Dedupe keys in the outbox. */
  readonly notices: Set<string>;
}

/** An operation that happened, and the id of what it made or changed. */
export interface Happened {
  readonly operation: Operation;
  readonly id: string;
}

/** What a run's settings say of money, and who hears of new things on a desk. */
export interface Terms {
  readonly feeOf: (price: bigint) => bigint;
  readonly withdrawFee: bigint;
  readonly reachableAdmins: readonly UserId[];
}

/** Writes the books of what happened, in an order in which it can have happened. */
export const booksOf = (happened: readonly Happened[], terms: Terms): Books => {
  const ledger = openLedger(terms);
  for (const { operation, id } of happened) {
    write(ledger, operation, id);
  }
  return ledger;
};

/** The account of each name, from the entries alone. */
export const balancesOf = ({ entries }: Books): Map<AccountName, bigint> => {
  const balances = new Map<AccountName, bigint>();
  for (const move of [...entries.values()].flatMap(({ moves }) => moves)) {
    const [, from = '', to = '', amount = '0'] = /^(.+) → (.+): (\d+)$/.exec(move) ?? [];
    balances.set(from, (balances.get(from) ?? 0n) - BigInt(amount));
    balances.set(to, (balances.get(to) ?? 0n) + BigInt(amount));
  }
  return balances;
};
