import {
  add,
  requireReason,
  type Actor,
  type ProofId,
  type Rupiah,
  type TakeId,
  ZERO,
} from '../kernel/index.ts';
import type { AuditEntry } from '../audit/index.ts';
import { labelOf } from '../campaigns/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { reversed, type Take } from '../tasks/index.ts';
import { escrowOf, postEntry, REVENUE, walletOf } from '../wallet/index.ts';
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
  const { seen, actor, taskId, at } = reversal;
  const { proof, campaign } = seen;
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
  const accounts = [walletOf(proof.workerId), escrowOf(campaign.id)];
  const [balance = ZERO] = await tx.wallets.lockBalances(accounts);
  const { reward, settlement } = payProof(
    ports,
    { ...seen, balance },
    {
      actor,
      take: null,
      decision: decisionOf(reversal, { verdict: 'approved', takeId: take.id }),
      audit: auditOf(reversal, {
        action: 'proof.un-reject',
        task: taskId,
        reward: campaign.pricePerTask.toString(),
        fee: campaign.feePerTask.toString(),
      }),
    },
  );
  await tx.cases.settle([settlement]);
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
  const { take, moves } = reversal;
  const { proof, campaign } = reversal.seen;
  const { returned, feeReturned, shortfall } = moves;
  await tx.tasks.save(reversed(take, reversal.at), 'closed');
  await tx.proofs.decide(decisionOf(reversal, { verdict: 'rejected', takeId: take.id }));
  await moveBack(tx, ports, reversal);
  await tx.audit.append(
    auditOf(reversal, {
      action: 'proof.un-approve',
      returned: returned.toString(),
      fee: feeReturned.toString(),
      shortfall: shortfall.toString(),
    }),
  );
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
  { seen: { proof, campaign }, moves }: UnApproval,
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
  const { actor, moves } = reversal;
  const { proof, campaign } = reversal.seen;
  const { returned, feeReturned } = moves;
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

const decisionOf = (
  { seen, admin, reason, at }: ReversalPlan & Told,
  verdict: Pick<ProofDecision, 'verdict' | 'takeId'>,
): ProofDecision => ({
  proofId: seen.proof.id,
  order: 'reversal',
  by: admin.id,
  reason,
  at,
  ...verdict,
});

const auditOf = (
  { actor, seen, at }: ReversalPlan & Told,
  { action, ...after }: { readonly action: string } & Record<string, string>,
): AuditEntry => ({
  actor,
  action,
  subject: 'proof',
  subjectId: seen.proof.id,
  before: { status: seen.proof.status },
  after,
  at,
});
