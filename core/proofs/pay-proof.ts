import { type Actor, type Rupiah, type UnitOfWork } from '../kernel/index.ts';
import { completeIfFull, labelOf, type Campaign } from '../campaigns/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { escrowOf, postEntry, REVENUE, walletOf, type EntryPorts } from '../wallet/index.ts';
import type { Proof } from './proof.ts';

export interface DecidePorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface PaidProof {
  readonly reward: Rupiah;
  readonly workerBalance: Rupiah;
}

/**
 * Pays an approved proof: reward from escrow to the worker's wallet, fee to revenue (none at 0),
 * the campaign's count, its completion, the notices (REV-3). The reward's key is the proof's: one
 * reward per proof, ever (WAL-7).
 */
export const payProof = async (
  tx: Tx,
  ports: DecidePorts,
  paid: { readonly actor: Actor; readonly proof: Proof; readonly campaign: Campaign },
): Promise<PaidProof> => {
  const { actor, proof, campaign } = paid;
  await postEntry(tx, ports, {
    type: 'task_reward',
    userId: proof.workerId,
    amount: campaign.pricePerTask,
    reference: { kind: 'proof', id: proof.id },
    request: `proof:${proof.id}:reward`,
    actor,
    postings: [
      { from: escrowOf(campaign.id), to: walletOf(proof.workerId), amount: campaign.pricePerTask },
    ],
  });
  if (campaign.feePerTask > 0n) await postFee(tx, ports, paid);
  const { wallet } = await tx.wallets.balances(proof.workerId);
  await notify(tx, ports, {
    to: proof.workerId,
    notice: {
      kind: 'proof.approved',
      campaign: labelOf(campaign),
      reward: campaign.pricePerTask,
      balance: wallet,
    },
    key: `proof:${proof.id}:approved`,
  });
  await countApproval(tx, ports, { actor, campaign });
  return { reward: campaign.pricePerTask, workerBalance: wallet };
};

const postFee = (
  tx: Tx,
  ports: DecidePorts,
  { actor, proof, campaign }: { actor: Actor; proof: Proof; campaign: Campaign },
) =>
  postEntry(tx, ports, {
    type: 'platform_fee',
    userId: null,
    amount: campaign.feePerTask,
    reference: { kind: 'proof', id: proof.id },
    request: `proof:${proof.id}:fee`,
    actor,
    postings: [{ from: escrowOf(campaign.id), to: REVENUE, amount: campaign.feePerTask }],
  });

/**
 * completed_count + 1, completed when full (CAM-7); the owner hears at half and at the end (CAM-8).
 */
const countApproval = async (
  tx: Tx,
  ports: DecidePorts,
  { actor, campaign: before }: { readonly actor: Actor; readonly campaign: Campaign },
): Promise<void> => {
  const counted = await tx.campaigns.settle(before.id, { completed: 1, closed: 0 });
  const campaign = completeIfFull(counted);
  const { completedCount: completed, targetTotal: target } = campaign;
  if (campaign.status !== counted.status) {
    await tx.campaigns.save(campaign);
    await tx.audit.append({
      actor,
      action: 'campaign.complete',
      subject: 'campaign',
      subjectId: campaign.id,
      before: { status: counted.status },
      after: { status: campaign.status, completed },
      at: ports.clock.now(),
    });
    await notify(tx, ports, {
      to: campaign.clientId,
      notice: { kind: 'campaign.completed', campaign: labelOf(campaign), completed },
      key: `campaign:${campaign.id}:completed`,
    });
  } else if (completed * 2 >= target && (completed - 1) * 2 < target) {
    await notify(tx, ports, {
      to: campaign.clientId,
      notice: {
        kind: 'campaign.half',
        campaignId: campaign.id,
        campaign: labelOf(campaign),
        completed,
        target,
      },
      key: `campaign:${campaign.id}:half:${target}`,
    });
  }
};
