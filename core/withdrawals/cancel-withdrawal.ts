import { refuseCommon } from '../kernel/index.ts';
import { requireActor } from '../users/index.ts';
import { auditWithdrawal, type DecideWithdrawal } from './decidable.ts';
import { returned } from './process-withdrawal.ts';
import type { WithdrawalPorts } from './request-withdrawal.ts';
import { refuseWithdrawal, requirePendingWithdrawal, type Withdrawal } from './withdrawal.ts';

/** The owner takes it back while no admin has begun; the hold returns (WDR-2). */
export const cancelWithdrawal =
  (ports: WithdrawalPorts) =>
  ({ actor, withdrawalId }: DecideWithdrawal): Promise<Withdrawal> =>
    ports.unitOfWork.run(async (tx) => {
      const user = await requireActor(tx, actor);
      const withdrawal = await tx.withdrawals.lock(withdrawalId);
      if (!withdrawal || withdrawal.userId !== user.id) {
        throw refuseCommon('not-found', { what: 'withdrawal' });
      }
      const { claim, ...pending } = requirePendingWithdrawal(withdrawal);
      if (claim) throw refuseWithdrawal('withdrawal.being-processed');
      const at = ports.clock.now();
      await tx.wallets.decide({
        id: withdrawal.transactionId,
        decision: 'canceled',
        postings: returned(withdrawal),
        at,
      });
      const canceled: Withdrawal = { ...pending, status: 'canceled', decidedAt: at };
      await tx.withdrawals.save(canceled);
      await auditWithdrawal(tx, ports, {
        actor,
        withdrawalId,
        action: 'withdrawal.cancel',
        before: { status: 'pending' },
        after: { status: 'canceled', amount: withdrawal.amount.toString() },
      });
      return canceled;
    });
