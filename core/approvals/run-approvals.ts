import { asUser, invariant, Refusal, type Actor } from '../kernel/index.ts';
import type { FreezeRefusals } from '../freeze/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { approveWithin, type ProofRefusals } from '../proofs/index.ts';
import { sweep, type Swept, type SweepRequest } from '../tasks/index.ts';
import type { UserRefusals } from '../users/index.ts';
import { skippedIn, type ApprovalBatch, type SkipReason } from './batch.ts';
import type { ItemOutcome, PendingApproval } from './ports.ts';
import type { ApprovalPorts } from './preview-approvals.ts';

export type RunApprovals = SweepRequest<PendingApproval>;
export type ApprovalsRun = Swept<PendingApproval>;

/**
 * Works off what was ordered, oldest order first: each proof in a transaction of its own that
 * approves it for the ordering admin and notes what came of it, so that a crash neither pays twice
 * nor loses one. The last one closes the order and tells the admin (REV-8). A fault stops no other
 * proof; a later run meets it again.
 */
export const runApprovals =
  (ports: ApprovalPorts) =>
  (request: RunApprovals): Promise<ApprovalsRun> =>
    sweep(ports.unitOfWork, request, {
      find: (tx, part) => tx.approvalBatches.pending(part),
      work: (tx, item) => workOff(tx, ports, { item, job: request.actor }),
    });

const workOff = async (
  tx: Tx,
  ports: ApprovalPorts,
  { item, job }: { readonly item: PendingApproval; readonly job: Actor },
): Promise<boolean> => {
  const batch = await tx.approvalBatches.lockPending(item);
  if (!batch) return false;
  await tx.approvalBatches.settle(item, await outcomeOf(tx, ports, { batch, item }));
  await finishIfLast(tx, ports, { batch, job });
  return true;
};

interface Working {
  readonly batch: ApprovalBatch;
  readonly item: PendingApproval;
}

/** Looked at again under the proof's lock: the preview was of another moment. */
const outcomeOf = async (
  tx: Tx,
  ports: ApprovalPorts,
  { batch: { adminId }, item: { proofId } }: Working,
): Promise<ItemOutcome> => {
  await tx.proofs.lock(proofId);
  const seen = await tx.reviewDesk.case(proofId, ports.clock.now());
  invariant(seen, 'an order names stored proofs');
  if (seen.proof.status !== 'pending') return { skipped: 'decided' };
  if (seen.flags.length > 0) return { skipped: 'flagged' };
  if (seen.claim !== null && seen.claim.by.id !== adminId) return { skipped: 'claimed' };
  const approving = { actor: asUser(adminId), proofId };
  try {
    const result = await tx.savepoint((inner) => approveWithin(inner, ports, approving));
    invariant(result.outcome === 'approved', 'a pending proof under our lock is not decided');
    return { approved: true, paid: result.reward };
  } catch (error) {
    const reason = error instanceof Refusal ? REFUSED.get(error.code) : undefined;
    if (reason === undefined) throw error;
    return { skipped: reason };
  }
};

type Approving = ProofRefusals & UserRefusals & FreezeRefusals;

const REFUSED: ReadonlyMap<string, SkipReason> = new Map<keyof Approving, SkipReason>([
  ['proof.own', 'own'],
  ['freeze.in-force', 'frozen'],
  ['user.suspended', 'no-right'],
  ['user.terms-not-accepted', 'no-right'],
  ['user.role-missing', 'no-right'],
  ['user.role-required', 'no-right'],
  ['user.permission-required', 'no-right'],
]);

const finishIfLast = async (
  tx: Tx,
  ports: ApprovalPorts,
  { batch, job }: { readonly batch: ApprovalBatch; readonly job: Actor },
): Promise<void> => {
  const at = ports.clock.now();
  if (!(await tx.approvalBatches.finish(batch.id, at))) return;
  const report = await tx.approvalBatches.report(batch.id);
  invariant(report, 'an order is never removed while it is worked on');
  const { approved, paid, skipped } = report;
  await tx.audit.append({
    actor: job,
    action: 'approvals.done',
    subject: 'approvals',
    subjectId: batch.id,
    before: null,
    after: { approved, paid: paid.toString(), skipped: { ...skipped } },
    at,
  });
  await notify(tx, ports, {
    to: batch.adminId,
    notice: {
      kind: 'approvals.done',
      batchId: batch.id,
      approved,
      paid,
      skipped: skippedIn(report),
    },
    key: `approvals:${batch.id}:done`,
  });
};
