import {
  refuseCommon,
  type Actor,
  type CampaignId,
  type Rupiah,
  type UnitOfWork,
} from '../kernel/index.ts';
import { notify, type Notice } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { isAdmin, lockActor, type User } from '../users/index.ts';
import { escrowOf, postEntry, walletOf, type EntryPorts } from '../wallet/index.ts';
import { labelOf, pause, remove, resume, totalCost, type Campaign } from './campaign.ts';

interface ChangePorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ChangeCampaign {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
}

/** Who changes it, and the campaign locked; a stranger reads "not found" (SEC-2). */
const lockChangeable = async (tx: Tx, { actor, campaignId }: ChangeCampaign) => {
  const user = await lockActor(tx, actor);
  const campaign = await tx.campaigns.lock(campaignId, 'change');
  if (!campaign || (campaign.clientId !== user.id && !isAdmin(user))) {
    throw refuseCommon('not-found', { what: 'campaign' });
  }
  return { user, campaign, as: campaign.clientId === user.id ? 'owner' : 'admin' } as const;
};

/** Stops new takes; what is taken or under review keeps its money and its chance (CAM-6). */
export const pauseCampaign =
  (ports: ChangePorts) =>
  (input: ChangeCampaign): Promise<Campaign> =>
    ports.unitOfWork.run(async (tx) => {
      const { user, campaign, as } = await lockChangeable(tx, input);
      const paused = pause(campaign, as);
      await tx.campaigns.save(paused);
      await record(tx, ports, {
        ...input,
        action: 'campaign.pause',
        before: campaign,
        after: paused,
      });
      await tellOwner(tx, ports, { user, campaign, kind: 'campaign.paused-by-admin' });
      return paused;
    });

/** Lets workers take again; an admin's pause is lifted only by an admin (CAM-6). */
export const resumeCampaign =
  (ports: ChangePorts) =>
  (input: ChangeCampaign): Promise<Campaign> =>
    ports.unitOfWork.run(async (tx) => {
      const { user, campaign, as } = await lockChangeable(tx, input);
      const active = resume(campaign, as);
      await tx.campaigns.save(active);
      await record(tx, ports, {
        ...input,
        action: 'campaign.resume',
        before: campaign,
        after: active,
      });
      await tellOwner(tx, ports, { user, campaign, kind: 'campaign.resumed-by-admin' });
      return active;
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
      const { user, campaign } = await lockChangeable(tx, input);
      const deleted = remove(campaign);
      await tx.campaigns.save(deleted);
      const closed = await tx.slots.closeAvailable(campaign.id);
      const refunded = totalCost(campaign, closed);
      if (closed > 0) {
        await postEntry(tx, ports, {
          type: 'campaign_refund',
          userId: campaign.clientId,
          amount: refunded,
          reference: { kind: 'campaign', id: campaign.id },
          request: `campaign:${campaign.id}:refund`,
          actor: input.actor,
          postings: [
            { from: escrowOf(campaign.id), to: walletOf(campaign.clientId), amount: refunded },
          ],
        });
      }
      const after = await tx.campaigns.settle(campaign.id, { completed: 0, closed });
      await record(tx, ports, {
        ...input,
        action: 'campaign.delete',
        before: campaign,
        after,
        refunded,
      });
      if (user.id !== campaign.clientId) {
        await notify(tx, ports, {
          to: campaign.clientId,
          notice: {
            kind: 'campaign.deleted-by-admin',
            campaign: labelOf(campaign),
            refunded,
            balance: (await tx.wallets.balances(campaign.clientId)).wallet,
          },
          key: `campaign:${campaign.id}:deleted`,
        });
      }
      const stillOpen = after.targetTotal - after.completedCount - after.closedCount;
      return { campaign: after, refunded, stillOpen };
    });

const record = (
  tx: Tx,
  { clock }: ChangePorts,
  change: ChangeCampaign & {
    readonly action: string;
    readonly before: Campaign;
    readonly after: Campaign;
    readonly refunded?: Rupiah;
  },
): Promise<void> =>
  tx.audit.append({
    actor: change.actor,
    action: change.action,
    subject: 'campaign',
    subjectId: change.campaignId,
    before: standing(change.before),
    after: {
      ...standing(change.after),
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
    readonly user: User;
    readonly campaign: Campaign;
    readonly kind: Extract<
      Notice['kind'],
      'campaign.paused-by-admin' | 'campaign.resumed-by-admin'
    >;
  },
): Promise<void> => {
  const { user, campaign, kind } = change;
  if (user.id === campaign.clientId) return;
  await notify(tx, ports, {
    to: campaign.clientId,
    notice: { kind, campaign: labelOf(campaign) },
    key: `campaign:${campaign.id}:${kind}:${ports.ids.next()}`,
  });
};
