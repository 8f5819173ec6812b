import { askTogether, asUser, invariant, Refusal, type Actor } from '../kernel/index.ts';
import type { FreezeRefusals } from '../freeze/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import {
  approvingAs,
  lockCases,
  type LockedCase,
  type ProofRefusals,
  type Settlement,
} from '../proofs/index.ts';
import { sweepPieces, type Swept, type SweepRequest } from '../tasks/index.ts';
import type { UserRefusals } from '../users/index.ts';
import { skippedIn, type ApprovalBatch, type SkipReason } from './batch.ts';
import type {
  ItemOutcome,
  LockedBatch,
  PendingApproval,
  PendingOfOne,
  SettledApproval,
} from './ports.ts';
import type { ApprovalPorts } from './preview-approvals.ts';

export type RunApprovals = SweepRequest<PendingApproval>;
export type ApprovalsRun = Swept<PendingApproval>;

/** How many proofs one transaction approves: so long their campaign and its escrow stay locked. */
const TOGETHER = 100;

/**
 * Works off what was ordered, oldest order first: up to a hundred proofs of an order in one
 * transaction that approves them for the ordering admin and notes what came of each proof, so that
 * a crash neither pays twice nor loses one. The last one closes the order and tells the admin
 * (REV-8). Where that meets a fault, each proof is tried alone: a fault stops no other proof, and a
 * later run meets it again.
 */
export const runApprovals =
  (ports: ApprovalPorts) =>
  (request: RunApprovals): Promise<ApprovalsRun> =>
    sweepPieces(ports.unitOfWork, request, {
      find: (tx, part) => tx.approvalBatches.pending(part),
      split: piecesOf,
      work: (tx, [first, ...more]) => {
        invariant(first, 'a piece is never empty');
        return workOff(tx, ports, { items: [first, ...more], job: request.actor });
      },
    });

function* piecesOf(found: readonly PendingApproval[]): Generator<readonly PendingApproval[]> {
  for (const ofOne of Map.groupBy(found, ({ batchId }) => batchId).values()) {
    for (let from = 0; from < ofOne.length; from += TOGETHER) {
      yield ofOne.slice(from, from + TOGETHER);
    }
  }
}

const workOff = async (
  tx: Tx,
  ports: ApprovalPorts,
  { items, job }: { readonly items: PendingOfOne; readonly job: Actor },
): Promise<number> => {
  const { batch, pending } = await tx.approvalBatches.lockPending(items);
  if (pending.length === 0) return 0;
  const { settled, settlements } = await judge(tx, ports, { batch, pending });
  const at = ports.clock.now();
  const [, , isLast] = await askTogether([
    settlements.length > 0 ? tx.cases.settle(settlements) : Promise.resolve(),
    tx.approvalBatches.settle(settled),
    tx.approvalBatches.finish(batch.id, at),
  ]);
  if (isLast) await announce(tx, ports, { batch, job, at });
  return pending.length;
};

interface Judged {
  readonly settled: readonly SettledApproval[];
  readonly settlements: readonly Settlement[];
}

/** Looked at again under the locks of the proofs: the preview was of another moment. */
const judge = async (
  tx: Tx,
  ports: ApprovalPorts,
  { batch: { adminId }, pending }: LockedBatch,
): Promise<Judged> => {
  const actor = asUser(adminId);
  const proofIds = pending.map(({ proofId }) => proofId);
  const { cases, ...deciding } = await lockCases(tx, actor, { proofIds, to: 'pay' });
  const seen = new Map(cases.map((one) => [one.proof.id, one]));
  const approve = await approvingAs(tx, ports, deciding).catch((error: unknown) => () => {
    throw error; // who may not approve any more, may approve none of those that are left
  });
  const at = ports.clock.now();
  const settlements: Settlement[] = [];
  const outcomeOf = ({ proofId }: PendingApproval): ItemOutcome => {
    const one = seen.get(proofId);
    invariant(one, 'an order names stored proofs');
    const reason = reasonToSkip(one, adminId, at);
    if (reason !== undefined) return { skipped: reason };
    try {
      const { reward, settlement } = approve(one);
      settlements.push(settlement);
      return { approved: true, paid: reward };
    } catch (error) {
      return { skipped: skipReasonOf(error) };
    }
  };
  return { settled: pending.map((item) => ({ item, outcome: outcomeOf(item) })), settlements };
};

const reasonToSkip = (
  { proof, isFlagged, opened }: LockedCase,
  admin: ApprovalBatch['adminId'],
  at: Date,
): SkipReason | undefined => {
  if (proof.status !== 'pending') return 'decided';
  if (isFlagged) return 'flagged';
  const isElsewhere = opened !== null && opened.by !== admin && opened.until > at;
  return isElsewhere ? 'claimed' : undefined;
};

/** Why a proof was refused to the admin; a fault is thrown on. */
const skipReasonOf = (error: unknown): SkipReason => {
  const reason = error instanceof Refusal ? REFUSED.get(error.code) : undefined;
  if (reason === undefined) throw error;
  return reason;
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

const announce = async (
  tx: Tx,
  ports: ApprovalPorts,
  { batch, job, at }: { readonly batch: ApprovalBatch; readonly job: Actor; readonly at: Date },
): Promise<void> => {
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
