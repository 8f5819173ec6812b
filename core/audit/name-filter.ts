import type { Actor, UserId } from '../kernel/index.ts';
import type { CampaignLabel } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { requireAdmin } from '../users/index.ts';
import type { TrailPorts } from './browse-trail.ts';
import type { AuditFilter, LinkedCampaign } from './trail.ts';

/** Somebody whose records can be asked for. */
export interface NamedAdmin {
  readonly userId: UserId;
  readonly displayName: string;
}

/** Everybody who is an admin now, longest known first: whose deeds an admin can ask for (AUD-3). */
export const listActingAdmins =
  ({ unitOfWork }: TrailPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<readonly NamedAdmin[]> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const admins = await tx.users.admins();
      return admins.map(({ id: userId, displayName }) => ({ userId, displayName }));
    });

/** More campaigns on one link than anybody picks from. */
const CAMPAIGNS_MAX = 10;

export interface CampaignsOn {
  readonly actor: Actor;
  /** As `readLink` gives it. */
  readonly linkKey: string;
}

/** The newest campaigns on a link, for the filter of an admin (AUD-3). */
export const campaignsOn =
  ({ unitOfWork }: TrailPorts) =>
  ({ actor, linkKey }: CampaignsOn): Promise<readonly LinkedCampaign[]> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      return tx.auditTrail.campaignsOn(linkKey, CAMPAIGNS_MAX);
    });

export interface DescribeFilter {
  readonly actor: Actor;
  readonly filter: AuditFilter;
}

/** What the ids of a filter stand for; null where nothing is named, or nobody knows it. */
export interface FilterNames {
  readonly user: string | null;
  readonly actor: string | null;
  readonly campaign: CampaignLabel | null;
}

/** Says in words what a filter is about, for an admin who reads its answer (AUD-3). */
export const describeFilter =
  ({ unitOfWork }: TrailPorts) =>
  ({ actor, filter }: DescribeFilter): Promise<FilterNames> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const { userId, actorId, campaignId } = filter;
      const campaign = campaignId ? await tx.campaigns.find(campaignId) : undefined;
      return {
        user: await nameOf(tx, userId),
        actor: await nameOf(tx, actorId),
        campaign: campaign ? { taskKind: campaign.kind, link: campaign.link.target } : null,
      };
    });

const nameOf = async (tx: Tx, id: UserId | null | undefined): Promise<string | null> =>
  id ? ((await tx.users.find(id))?.displayName ?? null) : null;
