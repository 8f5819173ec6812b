import { invariant, refuseCommon, type Actor, type TakeId } from '../kernel/index.ts';
import { costPerTask, labelOf, type Campaign } from '../campaigns/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { escrowOf, postEntry, walletOf, type EntryPorts } from '../wallet/index.ts';
import type { Take } from './task.ts';

/**
 * Locks a take and, before it, its campaign: so that nobody deletes it while its slot comes free
 * (CAM-6).
 */
export const lockTakeWithCampaign = async (
  tx: Tx,
  id: TakeId,
): Promise<{ readonly take: Take; readonly campaign: Campaign }> => {
  const seen = await tx.tasks.find(id);
  if (!seen) throw refuseCommon('not-found', { what: 'take' });
  const campaign = await lockForFreedSlot(tx, seen);
  const take = await tx.tasks.lock(id);
  invariant(take, 'takes are never removed');
  return { take, campaign };
};

/** A deleted campaign takes its money back from the slot, so its row is locked to be changed. */
const lockForFreedSlot = async (
  tx: Tx,
  { campaignId }: Pick<Take, 'campaignId'>,
): Promise<Campaign> => {
  const seen = await tx.campaigns.find(campaignId);
  const mode = seen?.status === 'deleted' ? 'change' : 'share';
  const campaign = await tx.campaigns.lock(campaignId, mode);
  invariant(campaign, 'a take belongs to a stored campaign');
  return campaign;
};

export interface FreedSlot {
  /** The take as it ended, not paid. */
  readonly take: Take;
  /** Its campaign, locked before the take. */
  readonly campaign: Campaign;
  readonly actor: Actor;
}

/**
 * Stores an ended take and frees its slot: back to the pool, or, where the campaign was deleted,
 * closed with its money returned in the same transaction (CAM-6, REV-5).
 */
export const freeSlot = async (
  tx: Tx,
  ports: EntryPorts,
  { take, campaign, actor }: FreedSlot,
): Promise<void> => {
  if (campaign.status !== 'deleted') return tx.tasks.save(take, 'available');
  await tx.tasks.save(take, 'closed');
  const refunded = costPerTask(campaign);
  await postEntry(tx, ports, {
    type: 'campaign_refund',
    userId: campaign.clientId,
    amount: refunded,
    reference: { kind: 'task', id: take.taskId },
    request: `task:${take.taskId}:refund`,
    actor,
    postings: [{ from: escrowOf(campaign.id), to: walletOf(campaign.clientId), amount: refunded }],
  });
  await tx.audit.append({
    actor,
    action: 'campaign.refund-slot',
    subject: 'campaign',
    subjectId: campaign.id,
    before: { task: take.taskId, take: take.id },
    after: { task: take.taskId, status: 'closed', refunded: refunded.toString() },
    at: ports.clock.now(),
  });
  const { wallet } = await tx.wallets.balances(campaign.clientId);
  await tx.campaigns.settle(campaign.id, { completed: 0, closed: 1 });
  return notify(tx, ports, {
    to: campaign.clientId,
    notice: {
      kind: 'campaign.slot-refunded',
      campaign: labelOf(campaign),
      refunded,
      balance: wallet,
    },
    key: `task:${take.taskId}:refunded`,
  });
};
