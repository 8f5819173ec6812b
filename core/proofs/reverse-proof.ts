import {
  add,
  requireReason,
  type Actor,
  type ProofId,
  type Rupiah,
  type TakeId,
} from '../kernel/index.ts';
import { labelOf } from '../campaigns/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { reversed, type Take } from '../tasks/index.ts';
import { postEntry, REVENUE, walletOf } from '../wallet/index.ts';
import { payProof, type DecidePorts } from './pay-proof.ts';
import { planReversal, type ReversalPlan, type ReversalPreview } from './plan-reversal.ts';
import { refuseProof, type ProofDecision } from './proof.ts';

export interface ReverseProof {
  readonly actor: Actor;
  readonly proofId: ProofId;
  /** Required (REV-7). */
  readonly reason: string;
  /**
   * The worker's part as the preview showed it: `returned` or `reward`. Where it is another by now,
   * nothing moves.
   */
  readonly shown?: Rupiah;
}

export type ReversalResult =
  /** A rejection undone: a new slot was taken and the reward paid. */
  | { readonly outcome: 'un-rejected'; readonly reward: Rupiah }
  /**
   * An approval undone: what came back to the client, and what the worker's wallet no longer had.
   */
  | {
      readonly outcome: 'un-approved';
      readonly returned: Rupiah;
      readonly feeReturned: Rupiah;
      readonly shortfall: Rupiah;
    };

type Told = { readonly actor: Actor; readonly reason: string };
type UnRejection = Extract<ReversalPlan, { taskId: unknown }> & Told;
type UnApproval = Extract<ReversalPlan, { take: unknown }> & Told;

/** Turns a first decision round, by the rules of `planReversal` (REV-7). */
export const reverseProof =
  (ports: DecidePorts) =>
  ({ reason: text, shown, ...input }: ReverseProof): Promise<ReversalResult> =>
    ports.unitOfWork.run(async (tx) => {
      const reason = requireReason(text);
      const plan = await planReversal(tx, ports, input);
      const moves = workersPart(plan.moves);
      if (shown !== undefined && shown !== moves) {
        throw refuseProof('proof.reversal-changed', { moves });
      }
      const { actor } = input;
      return 'take' in plan
        ? unApprove(tx, ports, { ...plan, actor, reason })
        : unReject(tx, ports, { ...plan, actor, reason });
    });

const workersPart = (moves: ReversalPreview): Rupiah =>
  moves.turns === 'approval' ? moves.returned : moves.reward;

/** Takes the slot and pays the proof from it. */
const unReject = async (
  tx: Tx,
  ports: DecidePorts,
  reversal: UnRejection,
): Promise<ReversalResult> => {
  const { proof, campaign, taskId, at } = reversal;
  const take: Take = {
    id: ports.ids.next<TakeId>(),
    taskId,
    campaignId: campaign.id,
    workerId: proof.workerId,
    kind: campaign.kind,
    linkKey: campaign.link.key,
    status: 'approved',
    takenAt: at,
    deadline: at,
    endedAt: at,
  };
  await tx.tasks.addTake(take, 'approved');
  await decide(tx, reversal, { verdict: 'approved', takeId: take.id });
  await audit(tx, reversal, {
    action: 'proof.un-reject',
    task: taskId,
    reward: campaign.pricePerTask.toString(),
    fee: campaign.feePerTask.toString(),
  });
  const { reward } = await payProof(tx, ports, reversal);
  return { outcome: 'un-rejected', reward };
};

/**
 * Wallet and fee go to the client; the slot closes and never reopens. The shortfall is shown and
 * audited.
 */
const unApprove = async (
  tx: Tx,
  ports: DecidePorts,
  reversal: UnApproval,
): Promise<ReversalResult> => {
  const { proof, campaign, take, moves } = reversal;
  const { returned, feeReturned, shortfall } = moves;
  await tx.tasks.save(reversed(take, reversal.at), 'closed');
  await decide(tx, reversal, { verdict: 'rejected', takeId: take.id });
  await moveBack(tx, ports, reversal);
  await audit(tx, reversal, {
    action: 'proof.un-approve',
    returned: returned.toString(),
    fee: feeReturned.toString(),
    shortfall: shortfall.toString(),
  });
  await tx.campaigns.settle(campaign.id, { completed: -1, closed: 1 });
  const { wallet } = await tx.wallets.balances(proof.workerId);
  await notify(tx, ports, {
    to: proof.workerId,
    notice: {
      kind: 'proof.unapproved',
      campaign: labelOf(campaign),
      reason: reversal.reason,
      taken: returned,
      balance: wallet,
    },
    key: `proof:${proof.id}:unapproved`,
  });
  await tellClient(tx, ports, reversal);
  return { outcome: 'un-approved', returned, feeReturned, shortfall };
};

const tellClient = async (
  tx: Tx,
  ports: DecidePorts,
  { proof, campaign, moves }: UnApproval,
): Promise<void> => {
  const { wallet: balance } = await tx.wallets.balances(campaign.clientId);
  const returned = add(moves.returned, moves.feeReturned);
  await notify(tx, ports, {
    to: campaign.clientId,
    notice: { kind: 'campaign.approval-undone', campaign: labelOf(campaign), returned, balance },
    key: `proof:${proof.id}:approval-undone`,
  });
};

const moveBack = async (tx: Tx, ports: DecidePorts, reversal: UnApproval): Promise<void> => {
  const { proof, campaign, actor } = reversal;
  const { returned, feeReturned } = reversal.moves;
  const client = walletOf(campaign.clientId);
  const postings = [
    { from: walletOf(proof.workerId), to: client, amount: returned },
    { from: REVENUE, to: client, amount: feeReturned },
  ].filter(({ amount }) => amount > 0n);
  if (postings.length === 0) return;
  await postEntry(tx, ports, {
    type: 'reversal',
    userId: proof.workerId,
    amount: add(returned, feeReturned),
    reference: { kind: 'proof', id: proof.id },
    request: `proof:${proof.id}:reversal`,
    actor,
    postings,
  });
};

const decide = (
  tx: Tx,
  { proof, admin, reason, at }: ReversalPlan & Told,
  verdict: Pick<ProofDecision, 'verdict' | 'takeId'>,
): Promise<void> =>
  tx.proofs.decide({ proofId: proof.id, order: 'reversal', by: admin.id, reason, at, ...verdict });

const audit = (
  tx: Tx,
  { actor, proof, at }: ReversalPlan & Told,
  { action, ...after }: { readonly action: string } & Record<string, string>,
): Promise<void> =>
  tx.audit.append({
    actor,
    action,
    subject: 'proof',
    subjectId: proof.id,
    before: { status: proof.status },
    after,
    at,
  });
