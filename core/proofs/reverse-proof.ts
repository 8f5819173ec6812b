import {
  add,
  DAY_MS,
  invariant,
  plusMs,
  requireReason,
  smaller,
  subtract,
  ZERO,
  type Actor,
  type ProofId,
  type Rupiah,
  type TakeId,
} from '../kernel/index.ts';
import { labelOf, type Campaign } from '../campaigns/index.ts';
import { requireNotFrozen } from '../freeze/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { refuseTask, reversed, type Take } from '../tasks/index.ts';
import type { User } from '../users/index.ts';
import { postEntry, REVENUE, refuseWallet, walletOf } from '../wallet/index.ts';
import { lockDecidable } from './decide-proof.ts';
import { payProof, type DecidePorts } from './pay-proof.ts';
import { refuseProof, type Proof, type ProofDecision } from './proof.ts';

export interface ReverseProof {
  readonly actor: Actor;
  readonly proofId: ProofId;
  /** Required (REV-7). */
  readonly reason: string;
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

interface Reversal {
  readonly actor: Actor;
  readonly admin: User;
  readonly proof: Proof;
  readonly campaign: Campaign;
  readonly first: ProofDecision;
  readonly reason: string;
  readonly at: Date;
}

/**
 * Turns a first decision round, once per proof and within the days that the settings allow (REV-7).
 * Both ways move money, so neither goes while the books do not add up (WAL-13).
 */
export const reverseProof =
  (ports: DecidePorts) =>
  ({ reason, ...input }: ReverseProof): Promise<ReversalResult> =>
    ports.unitOfWork.run(async (tx) => {
      const why = requireReason(reason);
      const { admin, proof, campaign } = await lockDecidable(tx, input);
      const [first, second] = await tx.proofs.decisions(proof.id);
      if (!first) throw refuseProof('proof.not-decided');
      if (second) throw refuseProof('proof.already-reversed');
      await requireNotFrozen(tx);
      const { reversalDays: days } = await tx.settings.current();
      const at = ports.clock.now();
      if (at.getTime() > plusMs(first.at, days * DAY_MS).getTime()) {
        throw refuseProof('proof.reversal-too-late', { days });
      }
      const { actor } = input;
      const reversal = { actor, admin, proof, campaign, first, reason: why, at };
      return first.verdict === 'approved'
        ? unApprove(tx, ports, reversal)
        : unReject(tx, ports, reversal);
    });

/** Takes an available slot of an active or paused campaign and pays the proof from it. */
const unReject = async (
  tx: Tx,
  ports: DecidePorts,
  reversal: Reversal,
): Promise<ReversalResult> => {
  const { proof, campaign, at } = reversal;
  if (await tx.tasks.hasDone(proof.workerId, campaign.kind, campaign.link.key)) {
    throw refuseTask('task.already-done');
  }
  const taskId = await tx.tasks.claimSlot(campaign.id, ['active', 'paused']);
  if (!taskId) throw refuseProof('proof.no-slot-left');
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
 * What the worker's wallet still has (held money untouched) goes to the client with the whole fee;
 * the slot closes and never reopens. The shortfall is shown and audited.
 */
const unApprove = async (
  tx: Tx,
  ports: DecidePorts,
  reversal: Reversal,
): Promise<ReversalResult> => {
  const { proof, campaign, first } = reversal;
  const take = await tx.tasks.lock(first.takeId);
  invariant(take, 'a decision names a stored take');
  await tx.tasks.save(reversed(take, reversal.at), 'closed');
  await decide(tx, reversal, { verdict: 'rejected', takeId: take.id });
  const { returned, feeReturned } = await moveBack(tx, ports, reversal);
  const shortfall = subtract(campaign.pricePerTask, returned);
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
  await tellClient(tx, ports, reversal, add(returned, feeReturned));
  return { outcome: 'un-approved', returned, feeReturned, shortfall };
};

const tellClient = async (
  tx: Tx,
  ports: DecidePorts,
  { proof, campaign }: Reversal,
  returned: Rupiah,
): Promise<void> => {
  const { wallet: balance } = await tx.wallets.balances(campaign.clientId);
  await notify(tx, ports, {
    to: campaign.clientId,
    notice: { kind: 'campaign.approval-undone', campaign: labelOf(campaign), returned, balance },
    key: `proof:${proof.id}:approval-undone`,
  });
};

const moveBack = async (tx: Tx, ports: DecidePorts, reversal: Reversal) => {
  const { proof, campaign } = reversal;
  const [worker, client] = [walletOf(proof.workerId), walletOf(campaign.clientId)];
  const [balance = ZERO, , revenue = ZERO] = await tx.wallets.lockBalances([
    worker,
    client,
    REVENUE,
  ]);
  const returned = smaller(balance, campaign.pricePerTask);
  const feeReturned = campaign.feePerTask;
  if (revenue < feeReturned) {
    const missing = subtract(feeReturned, revenue);
    throw refuseWallet('wallet.revenue-insufficient', { missing });
  }
  const postings = [
    { from: worker, to: client, amount: returned },
    { from: REVENUE, to: client, amount: feeReturned },
  ].filter(({ amount }) => amount > 0n);
  if (postings.length > 0) {
    await postEntry(tx, ports, {
      type: 'reversal',
      userId: proof.workerId,
      amount: add(returned, feeReturned),
      reference: { kind: 'proof', id: proof.id },
      request: `proof:${proof.id}:reversal`,
      actor: reversal.actor,
      postings,
    });
  }
  return { returned, feeReturned };
};

const decide = (
  tx: Tx,
  { proof, admin, reason, at }: Reversal,
  verdict: Pick<ProofDecision, 'verdict' | 'takeId'>,
): Promise<void> =>
  tx.proofs.decide({ proofId: proof.id, order: 'reversal', by: admin.id, reason, at, ...verdict });

const audit = (
  tx: Tx,
  { actor, proof, at }: Reversal,
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
