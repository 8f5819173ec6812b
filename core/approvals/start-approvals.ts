import { invariant, refuseCommon, type ApprovalBatchId, type ProofId } from '../kernel/index.ts';
import { requireNotFrozen } from '../freeze/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from '../users/index.ts';
import { refuseWallet } from '../wallet/index.ts';
import {
  APPROVALS_MAX,
  isSameScope,
  refuseApprovals,
  type ApprovalBatch,
  type ApprovalReport,
} from './batch.ts';
import type { ApprovalPorts, PreviewApprovals } from './preview-approvals.ts';

export interface StartApprovals extends PreviewApprovals {
  /** The list of the preview: exactly these are approved, whatever has come since (REV-8). */
  readonly proofIds: readonly ProofId[];
  /** Made when the preview was shown; the same key orders once. */
  readonly key: ApprovalBatchId;
}

/**
 * An admin orders what a preview showed; the job works it off (`runApprovals`). The same key again
 * gives the same order's report, and is refused with anything else (`wallet.key-reused`). Not while
 * the books do not add up (WAL-13).
 */
export const startApprovals =
  (ports: ApprovalPorts) =>
  ({ actor, scope, key, proofIds: given }: StartApprovals): Promise<ApprovalReport> =>
    ports.unitOfWork.run(async (tx) => {
      const admin = await requirePermission(tx, actor, 'review');
      const proofIds = [...new Set(given)];
      const createdAt = ports.clock.now();
      const batch: ApprovalBatch = { id: key, adminId: admin.id, scope, createdAt, doneAt: null };
      const earlier = await findReplay(tx, batch, proofIds);
      if (earlier) return earlier;
      if (proofIds.length === 0) throw refuseApprovals('approvals.nothing');
      if (proofIds.length > APPROVALS_MAX) {
        throw refuseApprovals('approvals.too-many', { max: APPROVALS_MAX });
      }
      await requireNotFrozen(tx);
      const { proofs, rewards } = await tx.approvalBatches.sum(scope, proofIds);
      if (proofs < proofIds.length) throw refuseCommon('not-found', { what: 'proof' });
      const isFirst = await tx.approvalBatches.add(batch, proofIds);
      if (isFirst) {
        await tx.audit.append({
          actor,
          action: 'approvals.start',
          subject: 'approvals',
          subjectId: batch.id,
          before: null,
          after: { ...scope, proofs, total: rewards.toString() },
          at: createdAt,
        });
      }
      const report = isFirst
        ? await tx.approvalBatches.report(key)
        : await findReplay(tx, batch, proofIds);
      invariant(report, 'an order is stored, by this request or by its twin of the same moment');
      return report;
    });

const findReplay = async (
  tx: Tx,
  { id, adminId, scope }: ApprovalBatch,
  proofIds: readonly ProofId[],
): Promise<ApprovalReport | undefined> => {
  const report = await tx.approvalBatches.report(id);
  if (!report) return undefined;
  const { batch } = report;
  const list = await tx.approvalBatches.list(id);
  const isSame =
    batch.adminId === adminId &&
    isSameScope(batch.scope, scope) &&
    list.length === proofIds.length &&
    list.every((proofId, place) => proofId === proofIds[place]);
  if (!isSame) throw refuseWallet('wallet.key-reused', { key: id });
  return report;
};
