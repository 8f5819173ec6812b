import type { LedgerCheck } from './check.ts';
import { freezes } from './freezes.ts';
import { accounts, postings, transactions } from './money.ts';
import { auditRows, users } from './people.ts';
import { deposits, withdrawals } from './requests.ts';
import { campaigns, proofs } from './work.ts';

export { ADDING_UP, LOOKING_UP, type LedgerCheck, type Within } from './check.ts';
export { TALLIES, TOTAL } from './money.ts';
export { fallenWalls, WALLS_STANDING } from './walls.ts';

/** In the order in which they run; named by the table whose rows they examine. */
export const LEDGER_CHECKS = {
  postings,
  accounts,
  wallet_transactions: transactions,
  campaigns,
  task_proofs: proofs,
  deposits,
  withdrawals,
  users,
  freezes,
  audit_logs: auditRows,
} as const satisfies Readonly<Record<string, LedgerCheck>>;

export type CheckedTable = keyof typeof LEDGER_CHECKS;
