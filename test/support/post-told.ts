import {
  asSystem,
  type NewTransaction,
  type Tx,
  type WalletTransaction,
} from '../../core/index.ts';

const ACTIONS: Partial<Record<WalletTransaction['type'], string>> = {
  adjustment: 'wallet.adjust',
  revenue_payout: 'revenue.payout',
};

/** The row of the log that AUD-1 wants of an adjustment or a payout of revenue. */
export const tellMoved = async (
  tx: Pick<Tx, 'audit'>,
  { id, type, amount, createdAt }: WalletTransaction,
): Promise<void> => {
  const action = ACTIONS[type];
  if (action === undefined) return;
  await tx.audit.append({
    actor: asSystem('test'),
    action,
    subject: 'transaction',
    subjectId: id,
    before: null,
    after: { amount: amount.toString() },
    at: createdAt,
  });
};

/** Posts a transaction with that row; of a key that was used before, the first one told already. */
export const postTold = async (
  tx: Pick<Tx, 'wallets' | 'audit'>,
  made: NewTransaction,
): Promise<WalletTransaction> => {
  const posted = await tx.wallets.post(made);
  if (posted.id === made.id) await tellMoved(tx, posted);
  return posted;
};
