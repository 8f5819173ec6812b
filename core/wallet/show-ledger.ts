import type { Actor, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from '../users/index.ts';
import type { ExcerptSize, LedgerExcerpt, LedgerReader } from './ports.ts';
import type { Account } from './transaction.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly ledgerReader: LedgerReader;
}

export interface ShowLedger extends ExcerptSize {
  readonly actor: Actor;
}

/** More than this nobody takes in at a glance. */
const SHOWN_MAX = 500;

/** From where money comes to where it may leave again. */
const ORDER: readonly Account['kind'][] = ['outside', 'revenue', 'escrow', 'wallet', 'hold'];

/**
 * The ledger at a glance (WAL-2): balances by kind of account, the largest first, and the newest
 * postings; 1 to 500 of each. For admins, the operator and jobs.
 */
export const showLedger =
  ({ unitOfWork, ledgerReader }: ShowPorts) =>
  async ({ actor, accounts, postings }: ShowLedger): Promise<LedgerExcerpt> => {
    if (actor.kind === 'user') await unitOfWork.run((tx) => requirePermission(tx, actor, 'money'));
    const excerpt = await ledgerReader.excerpt({
      accounts: bounded(accounts),
      postings: bounded(postings),
    });
    const place = ({ account }: { readonly account: Account }) => ORDER.indexOf(account.kind);
    return { ...excerpt, accounts: excerpt.accounts.toSorted((a, b) => place(a) - place(b)) };
  };

const bounded = (wanted: number): number =>
  Math.min(Math.max(Math.trunc(wanted) || 1, 1), SHOWN_MAX);
