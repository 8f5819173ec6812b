import {
  askTogether,
  refuseCommon,
  type Actor,
  type Json,
  type WithdrawalId,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission, type User } from '../users/index.ts';
import type { WithdrawalPorts } from './request-withdrawal.ts';
import { refuseWithdrawal, type Withdrawal } from './withdrawal.ts';

export interface DecideWithdrawal {
  readonly actor: Actor;
  readonly withdrawalId: WithdrawalId;
}

/** The admin and the withdrawal, locked; one's own is left to others (ADM-1, ACC-7). */
export const lockDecidable = async (
  tx: Tx,
  { actor, withdrawalId }: DecideWithdrawal,
): Promise<{ readonly admin: User; readonly withdrawal: Withdrawal }> => {
  const [admin, withdrawal] = await askTogether([
    requirePermission(tx, actor, 'money'),
    tx.withdrawals.lock(withdrawalId),
  ]);
  if (!withdrawal) throw refuseCommon('not-found', { what: 'withdrawal' });
  if (withdrawal.userId === admin.id) throw refuseWithdrawal('withdrawal.own');
  return { admin, withdrawal };
};

/** Records a change of a withdrawal (AUD-1). */
export const auditWithdrawal = (
  tx: Tx,
  { clock }: Pick<WithdrawalPorts, 'clock'>,
  change: DecideWithdrawal & {
    readonly action: string;
    readonly before: Readonly<Record<string, Json>>;
    readonly after: Readonly<Record<string, Json>>;
  },
): Promise<void> =>
  tx.audit.append({
    actor: change.actor,
    action: change.action,
    subject: 'withdrawal',
    subjectId: change.withdrawalId,
    before: change.before,
    after: change.after,
    at: clock.now(),
  });
