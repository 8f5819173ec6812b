import {
  refuseCommon,
  requireReason,
  type Actor,
  type CampaignId,
  type Rupiah,
  type UnitOfWork,
} from '../kernel/index.ts';
import { notify, type Notice } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { isAdmin, lockActor, requireMay } from '../users/index.ts';
import { escrowOf, postEntry, walletOf, type EntryPorts } from '../wallet/index.ts';
import { labelOf, pause, remove, resume, totalCost, type Campaign } from './campaign.ts';

interface ChangePorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ChangeCampaign {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
  /**
   * Of an admin whose campaign it is not required, up to 500 characters, and told to the owner; the
   * owner needs none (CAM-6).
   */
  readonly reason?: string | null | undefined;
}

/** As whom somebody changes a campaign: an owner who is an admin, too, is the owner (ACC-7). */
type Hand =
  | { readonly as: 'owner'; readonly reason: null }
  | { readonly as: 'admin'; readonly reason: string };

/** The campaign, locked, and whose hand is on it; a stranger reads "not found" (SEC-2). */
const lockChangeable = async (
  tx: Tx,
  { actor, campaignId, reason }: ChangeCampaign,
): Promise<{ readonly campaign: Campaign; readonly hand: Hand }> => {
  const user = await lockActor(tx, actor);
  const campaign = await tx.campaigns.lock(campaignId, 'change');
  if (!campaign || (campaign.clientId !== user.id && !isAdmin(user))) {
    throw refuseCommon('not-found', { what: 'campaign' });
  }
  if (campaign.clientId === user.id) return { campaign, hand: { as: 'owner', reason: null } };
  requireMay(user, 'review');
  return { campaign, hand: { as: 'admin', reason: requireReason(reason ?? null) } };
};

/** Stops new takes; what is taken or under review keeps its money and its chance (CAM-6). */
export const pauseCampaign =
  (ports: ChangePorts) =>
  (input: ChangeCampaign): Promise<Campaign> =>
    ports.unitOfWork.run(async (tx) => {
      const { campaign: before, hand } = await lockChangeable(tx, input);
      const after = pause(before, hand.as, hand.reason);
      await tx.campaigns.save(after);
      await record(tx, ports, { ...input, action: 'campaign.pause', before, after, hand });
      await tellOwner(tx, ports, { campaign: after, hand, kind: 'campaign.paused-by-admin' });
      return after;
    });

/** Lets workers take again; an admin's pause is lifted only by an admin (CAM-6). */
export const resumeCampaign =
  (ports: ChangePorts) =>
  (input: ChangeCampaign): Promise<Campaign> =>
    ports.unitOfWork.run(async (tx) => {
      const { campaign: before, hand } = await lockChangeable(tx, input);
      const after = resume(before, hand.as);
      await tx.campaigns.save(after);
      await record(tx, ports, { ...input, action: 'campaign.resume', before, after, hand });
      await tellOwner(tx, ports, { campaign: after, hand, kind: 'campaign.resumed-by-admin' });
      return after;
    });

export interface DeletedCampaign {
  readonly campaign: Campaign;
  /** Rupiah that went back to the wallet at once. */
  readonly refunded: Rupiah;
  /** Slots taken or under review, which keep their money until they are decided. */
  readonly stillOpen: number;
}

/**
 * Ends a campaign for good: closes the available slots in one statement and refunds exactly those.
 * A slot that comes free later is closed and refunded then (CAM-6).
 */
export const deleteCampaign =
  (ports: ChangePorts) =>
  (input: ChangeCampaign): Promise<DeletedCampaign> =>
    ports.unitOfWork.run(async (tx) => {
      const { campaign, hand } = await lockChangeable(tx, input);
      await tx.campaigns.save(remove(campaign, hand.reason));
      const closed = await tx.slots.closeAvailable(campaign.id);
      const refunded = totalCost(campaign, closed);
      if (closed > 0) await refund(tx, ports, { actor: input.actor, campaign, refunded });
      const after = await tx.campaigns.settle(campaign.id, { completed: 0, closed });
      await record(tx, ports, {
        ...input,
        action: 'campaign.delete',
        before: campaign,
        after,
        hand,
        refunded,
      });
      if (hand.as === 'admin') {
        await notify(tx, ports, {
          to: campaign.clientId,
          notice: {
            kind: 'campaign.deleted-by-admin',
            campaign: labelOf(campaign),
            reason: hand.reason,
            refunded,
            balance: (await tx.wallets.balances(campaign.clientId)).wallet,
          },
          key: `campaign:${campaign.id}:deleted`,
        });
      }
      const stillOpen = after.targetTotal - after.completedCount - after.closedCount;
      return { campaign: after, refunded, stillOpen };
    });

const refund = (
  tx: Tx,
  ports: ChangePorts,
  {
    actor,
    campaign,
    refunded,
  }: { readonly actor: Actor; readonly campaign: Campaign; readonly refunded: Rupiah },
) =>
  postEntry(tx, ports, {
    type: 'campaign_refund',
    userId: campaign.clientId,
    amount: refunded,
    reference: { kind: 'campaign', id: campaign.id },
    request: `campaign:${campaign.id}:refund`,
    actor,
    postings: [{ from: escrowOf(campaign.id), to: walletOf(campaign.clientId), amount: refunded }],
  });

interface Changed {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
  readonly action: string;
  readonly before: Campaign;
  readonly after: Campaign;
  readonly hand: Hand;
  readonly refunded?: Rupiah;
}

const record = (tx: Tx, { clock }: ChangePorts, change: Changed): Promise<void> =>
  tx.audit.append({
    actor: change.actor,
    action: change.action,
    subject: 'campaign',
    subjectId: change.campaignId,
    before: standing(change.before),
    after: {
      ...standing(change.after),
      ...(change.hand.reason === null ? {} : { reason: change.hand.reason }),
      ...(change.refunded === undefined ? {} : { refunded: change.refunded.toString() }),
    },
    at: clock.now(),
  });

const standing = (campaign: Campaign) => ({
  status: campaign.status,
  ...(campaign.status === 'paused' && { pausedBy: campaign.pausedBy }),
});

const tellOwner = async (
  tx: Tx,
  ports: ChangePorts,
  change: {
    readonly campaign: Campaign;
    readonly hand: Hand;
    readonly kind: Extract<
      Notice['kind'],
      'campaign.paused-by-admin' | 'campaign.resumed-by-admin'
    >;
  },
): Promise<void> => {
  const { campaign, hand, kind } = change;
  if (hand.as === 'owner') return;
  await notify(tx, ports, {
    to: campaign.clientId,
    notice: { kind, campaign: labelOf(campaign), reason: hand.reason },
    key: `campaign:${campaign.id}:${kind}:${ports.ids.next()}`,
  });
};
