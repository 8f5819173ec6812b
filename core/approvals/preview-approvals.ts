import { refuseCommon, sum, type Actor, type UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, requirePermission } from '../users/index.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { APPROVALS_MAX, type ApprovalPreview, type ApprovalScope } from './batch.ts';

export interface ApprovalPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface PreviewApprovals {
  readonly actor: Actor;
  readonly scope: ApprovalScope;
}

const requireScope = async (tx: Tx, scope: ApprovalScope): Promise<void> => {
  if (scope.kind === 'worker') await getUser(tx, scope.workerId);
  else if (!(await tx.campaigns.find(scope.campaignId))) {
    throw refuseCommon('not-found', { what: 'campaign' });
  }
};

/** What an order would approve as things stand, and what it would cost (REV-8). Changes nothing. */
export const previewApprovals =
  ({ unitOfWork, clock }: ApprovalPorts) =>
  ({ actor, scope }: PreviewApprovals): Promise<ApprovalPreview> =>
    unitOfWork.run(async (tx) => {
      const { id: admin } = await requirePermission(tx, actor, 'review');
      await requireScope(tx, scope);
      const seen = { admin, now: clock.now(), limit: APPROVALS_MAX };
      const { named, count } = await tx.approvalBatches.candidates(scope, seen);
      const { suitable, ...skipped } = count;
      return {
        scope,
        proofIds: named.map(({ proofId }) => proofId),
        total: sum(named.map(({ reward }) => reward)),
        fees: sum(named.map(({ fee }) => fee)),
        skipped,
        beyond: suitable - named.length,
      };
    });
