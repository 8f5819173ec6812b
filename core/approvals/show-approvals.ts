import { refuseCommon, type Actor, type ApprovalBatchId } from '../kernel/index.ts';
import { requirePermission } from '../users/index.ts';
import type { ApprovalReport } from './batch.ts';
import type { ApprovalPorts } from './preview-approvals.ts';

export interface ShowApprovals {
  readonly actor: Actor;
  readonly batchId: ApprovalBatchId;
}

/** How far an order is, for every admin (REV-8). */
export const showApprovals =
  ({ unitOfWork }: Pick<ApprovalPorts, 'unitOfWork'>) =>
  ({ actor, batchId }: ShowApprovals): Promise<ApprovalReport> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'review');
      const report = await tx.approvalBatches.report(batchId);
      if (!report) throw refuseCommon('not-found', { what: 'approvals' });
      return report;
    });
