import { add, type Actor, type Rupiah, type UnitOfWork } from '../kernel/index.ts';
import type { AuditEntry } from '../audit/index.ts';
import { completeIfFull, labelOf, type Campaign } from '../campaigns/index.ts';
import { noticeMessage, type OutboxMessage } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import {
  escrowOf,
  newTransaction,
  REVENUE,
  walletOf,
  type EntryPorts,
  type NewTransaction,
} from '../wallet/index.ts';
import type { LockedCase, Settlement } from './settlement.ts';

export interface DecidePorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

/** How a proof came to be paid. */
export interface Paying extends Pick<Settlement, 'decision' | 'take'> {
  readonly actor: Actor;
  readonly audit: AuditEntry;
}

export interface PaidProof {
  readonly reward: Rupiah;
  readonly workerBalance: Rupiah;
  readonly settlement: Settlement;
}

/**
 * What paying an approved proof comes to: reward from escrow to the worker's wallet, fee to revenue
 * (none at 0), the campaign's count, its completion, the notices (REV-3). The reward's key is the
 * proof's: one reward per proof, ever (WAL-7). Writes nothing.
 */
export const payProof = (
  { ids, digests }: EntryPorts,
  seen: LockedCase,
  paying: Paying,
): PaidProof => {
  const ports: EntryPorts = { ids, digests, clock: { now: () => paying.decision.at } };
  const { proof, campaign: before, balance } = seen;
  const { pricePerTask: reward, feePerTask: fee } = before;
  const workerBalance = add(balance, reward);
  const { actor, decision, take } = paying;
  const counted = countApproval(ports, actor, before);
  const approved = noticeMessage(ports, {
    to: proof.workerId,
    notice: {
      kind: 'proof.approved',
      campaign: labelOf(before),
      reward,
      balance: workerBalance,
    },
    key: `proof:${proof.id}:approved`,
  });
  const settlement: Settlement = {
    decision,
    take,
    campaign: counted.campaign,
    entries: [rewardEntry(ports, seen, actor), ...(fee > 0n ? [feeEntry(ports, seen, actor)] : [])],
    audit: [paying.audit, ...counted.audit],
    messages: [approved, ...counted.messages],
  };
  return { reward, workerBalance, settlement };
};

const rewardEntry = (
  ports: EntryPorts,
  { proof: { id, workerId }, campaign }: LockedCase,
  actor: Actor,
): NewTransaction =>
  newTransaction(ports, {
    type: 'task_reward',
    userId: workerId,
    amount: campaign.pricePerTask,
    reference: { kind: 'proof', id },
    request: `proof:${id}:reward`,
    actor,
    postings: [
      { from: escrowOf(campaign.id), to: walletOf(workerId), amount: campaign.pricePerTask },
    ],
  });

const feeEntry = (
  ports: EntryPorts,
  { proof: { id }, campaign }: LockedCase,
  actor: Actor,
): NewTransaction =>
  newTransaction(ports, {
    type: 'platform_fee',
    userId: null,
    amount: campaign.feePerTask,
    reference: { kind: 'proof', id },
    request: `proof:${id}:fee`,
    actor,
    postings: [{ from: escrowOf(campaign.id), to: REVENUE, amount: campaign.feePerTask }],
  });

interface Counted {
  readonly campaign: Campaign;
  readonly audit: readonly AuditEntry[];
  readonly messages: readonly OutboxMessage[];
}

/**
 * completed_count + 1, completed when full (CAM-7); the owner hears at half and at the end (CAM-8).
 */
const countApproval = (ports: EntryPorts, actor: Actor, before: Campaign): Counted => {
  const counted = { ...before, completedCount: before.completedCount + 1 };
  const campaign = completeIfFull(counted);
  const { completedCount: completed, targetTotal: target } = campaign;
  const tell = (notice: Parameters<typeof noticeMessage>[1]['notice'], key: string) => [
    noticeMessage(ports, { to: campaign.clientId, notice, key: `campaign:${campaign.id}:${key}` }),
  ];
  const label = labelOf(campaign);
  if (campaign.status !== counted.status) {
    const completion: AuditEntry = {
      actor,
      action: 'campaign.complete',
      subject: 'campaign',
      subjectId: campaign.id,
      before: { status: counted.status },
      after: { status: campaign.status, completed },
      at: ports.clock.now(),
    };
    const notice = { kind: 'campaign.completed', campaign: label, completed } as const;
    return { campaign, audit: [completion], messages: tell(notice, 'completed') };
  }
  if (completed * 2 < target || (completed - 1) * 2 >= target) {
    return { campaign, audit: [], messages: [] };
  }
  const notice = {
    kind: 'campaign.half',
    campaignId: campaign.id,
    campaign: label,
    completed,
    target,
  } as const;
  return { campaign, audit: [], messages: tell(notice, `half:${target}`) };
};
