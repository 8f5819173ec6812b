import {
  DAY_MS,
  findOut,
  plusMs,
  smaller,
  subtract,
  ZERO,
  type Rupiah,
  type TaskId,
} from '../kernel/index.ts';
import { refuseFrozen } from '../freeze/index.ts';
import type { Tx } from '../ports.ts';
import { refuseTask, type Take } from '../tasks/index.ts';
import type { User } from '../users/index.ts';
import { requireRevenue, REVENUE, walletOf } from '../wallet/index.ts';
import { lockDecidable, type ApproveProof } from './approve-proof.ts';
import type { DecidePorts } from './pay-proof.ts';
import { refuseProof } from './proof.ts';
import type { LockedCase } from './settlement.ts';

/** What a reversal would move, all of it rupiah (REV-7). */
export type ReversalPreview =
  | {
      /** An approval would be undone. */
      readonly turns: 'approval';
      /** From the worker's wallet to the client's: what it has of the reward, held money untouched. */
      readonly returned: Rupiah;
      /** From revenue to the client's wallet. */
      readonly feeReturned: Rupiah;
      /** What the worker's wallet lacks. */
      readonly shortfall: Rupiah;
    }
  | {
      /** A rejection would be undone. */
      readonly turns: 'rejection';
      /** From escrow to the worker's wallet. */
      readonly reward: Rupiah;
      /** From escrow to revenue. */
      readonly fee: Rupiah;
    };

interface Reversible {
  readonly admin: User;
  readonly seen: LockedCase;
  readonly at: Date;
}

/** What is to be done, with the take that closes or the slot that is taken; everything is locked. */
export type ReversalPlan = Reversible &
  (
    | { readonly take: Take; readonly moves: Extract<ReversalPreview, { turns: 'approval' }> }
    | { readonly taskId: TaskId; readonly moves: Extract<ReversalPreview, { turns: 'rejection' }> }
  );

/**
 * What turning a decision round would move, refused exactly as turning it would be (REV-7). Neither
 * slot nor account is held for longer than the look takes, however long the caller's transaction is.
 */
export const previewReversal =
  (ports: DecidePorts) =>
  (input: ApproveProof): Promise<ReversalPreview> =>
    findOut(ports.unitOfWork, async (tx) => (await planReversal(tx, ports, input)).moves);

/**
 * All rules of a reversal, for its preview and for itself: once per proof, within the days that the
 * settings allow, and, since both ways move money, not while the books do not add up (REV-7,
 * WAL-13). Until the transaction ends the plan stays true: what it says is locked.
 */
export const planReversal = async (
  tx: Tx,
  ports: DecidePorts,
  input: ApproveProof,
): Promise<ReversalPlan> => {
  const { admin, seen, frozenSince } = await lockDecidable(tx, input, 'judge');
  const [first, second] = await tx.proofs.decisions(seen.proof.id);
  if (!first) throw refuseProof('proof.not-decided');
  if (second) throw refuseProof('proof.already-reversed');
  refuseFrozen(frozenSince);
  const { reversalDays: days } = await tx.settings.current();
  const at = ports.clock.now();
  if (at.getTime() > plusMs(first.at, days * DAY_MS).getTime()) {
    throw refuseProof('proof.reversal-too-late', { days });
  }
  const reversible = { admin, seen, at };
  return first.verdict === 'approved'
    ? planUnApproval(tx, reversible)
    : planUnRejection(tx, reversible);
};

/** An available slot of an active or paused campaign, to pay the proof from. */
const planUnRejection = async (tx: Tx, reversible: Reversible): Promise<ReversalPlan> => {
  const { proof, campaign } = reversible.seen;
  if (await tx.tasks.hasDone(proof.workerId, campaign.kind, campaign.link.key)) {
    throw refuseTask('task.already-done');
  }
  const taskId = await tx.tasks.claimSlot(campaign.id, ['active', 'paused']);
  if (!taskId) throw refuseProof('proof.no-slot-left');
  const { pricePerTask: reward, feePerTask: fee } = campaign;
  return { ...reversible, taskId, moves: { turns: 'rejection', reward, fee } };
};

/** What the worker's wallet still has goes back, with the whole fee. */
const planUnApproval = async (tx: Tx, reversible: Reversible): Promise<ReversalPlan> => {
  const { proof, campaign, take } = reversible.seen;
  const [balance = ZERO, , revenue = ZERO] = await tx.wallets.lockBalances([
    walletOf(proof.workerId),
    walletOf(campaign.clientId),
    REVENUE,
  ]);
  const returned = smaller(balance, campaign.pricePerTask);
  const feeReturned = campaign.feePerTask;
  requireRevenue(revenue, feeReturned);
  const shortfall = subtract(campaign.pricePerTask, returned);
  return { ...reversible, take, moves: { turns: 'approval', returned, feeReturned, shortfall } };
};
