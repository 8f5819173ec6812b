import type { Actor } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import type { LedgerMark, LedgerReader, VerificationProgress } from './ports.ts';
import { adjustWallet, quoteAdjustment } from './adjust-wallet.ts';
import { payOutRevenue, showRevenue, type RevenuePorts } from './pay-out-revenue.ts';
import { showEarnings } from './show-earnings.ts';
import { showLedger } from './show-ledger.ts';
import { showBalances, showHistory } from './show-wallet.ts';

export * from './idempotency.ts';
export * from './ports.ts';
export * from './post-entry.ts';
export * from './transaction.ts';
export * from './trial-balance.ts';
export { requireRevenue } from './adjust-wallet.ts';
export type { AdjustmentQuote, AdjustWallet, QuoteAdjustment } from './adjust-wallet.ts';
export type { PayOutRevenue } from './pay-out-revenue.ts';
export type { EarningsView } from './show-earnings.ts';
export type { ShowLedger } from './show-ledger.ts';
export type { ShowHistory } from './show-wallet.ts';

interface WalletPorts extends RevenuePorts {
  readonly ledgerReader: LedgerReader;
}

export interface VerifyLedger {
  readonly actor: Actor;
  /** Told how far it is, several times a second. */
  readonly onProgress?: (progress: VerificationProgress) => void;
}

export interface VerifyRecent {
  readonly actor: Actor;
  /** What the last `verifyRecent` gave; null where there was none. */
  readonly since: LedgerMark | null;
}

/** Wallets and the ledger under them. */
export const createWallet = (ports: WalletPorts) => ({
  balances: showBalances(ports),
  history: showHistory(ports),
  earnings: showEarnings(ports),
  ledger: showLedger(ports),
  quoteAdjustment: quoteAdjustment(ports),
  adjust: adjustWallet(ports),
  revenue: showRevenue(ports),
  payoutRevenue: payOutRevenue(ports),
  /** Sums by kind of account; their total is 0 (WAL-2). For the operator and for jobs. */
  trialBalance: async ({ actor }: { readonly actor: Actor }) => {
    requireJob(actor);
    return ports.ledgerReader.trialBalance();
  },
  /** Proves the whole ledger, step by step (WAL-8). For the operator and for jobs. */
  verify: ({ actor, onProgress }: VerifyLedger) => {
    requireJob(actor);
    return ports.ledgerReader.verify(onProgress);
  },
  /**
   * Proves what was written since the mark, in time that does not grow with the history (WAL-8).
   * For the operator and for jobs.
   */
  verifyRecent: async ({ actor, since }: VerifyRecent) => {
    requireJob(actor);
    return ports.ledgerReader.verifyRecent(since);
  },
});
