import type { Campaign, CampaignId, ProofId, Settings, TakeId, UserId } from '../../core/index.ts';
import { demand, RuleBroken } from './rule-broken.ts';
import type { ShadowBooks } from './shadow-books.ts';
import type { Ages, Counts } from './tallies.ts';

/** A campaign as the run believes it to be. */
export interface ShadowCampaign {
  readonly id: CampaignId;
  readonly client: UserId;
  readonly price: bigint;
  readonly fee: bigint;
  status: Campaign['status'];
  pausedBySuspension: boolean;
  escrow: bigint;
  target: number;
  available: number;
  taken: number;
  underReview: number;
  approved: number;
  closed: number;
  rejections: number;
  /** Slots that somebody has, or was paid for. */
  readonly held: Set<string>;
  readonly takes: Map<TakeId, ShadowTake>;
  readonly proofs: Map<ProofId, ShadowProof>;
}

export interface ShadowTake {
  readonly id: TakeId;
  readonly taskId: string;
  readonly campaign: ShadowCampaign;
  readonly worker: UserId;
  readonly takenAt: number;
  readonly deadline: number;
  status: 'taken' | 'under review' | 'approved' | 'ended';
  sentAt: number;
}

export interface ShadowProof {
  readonly id: ProofId;
  readonly take: ShadowTake;
  verdict: 'approved' | 'rejected' | null;
  isReversed: boolean;
}

/** What the run keeps its beliefs in, and what it counts. */
export interface ShadowNeeds {
  readonly books: ShadowBooks;
  /** Audit rows that must be there, by action. */
  readonly audit: Counts;
  readonly moment: () => number;
  readonly settings: () => Settings;
  readonly reviewAge: Ages;
  readonly takeToPay: Ages;
  readonly tally: Counts;
}

/** What a worker has on their hands, and has sent on a day. */
export interface Workload {
  readonly live: Map<TakeId, ShadowTake>;
  day: number;
  sent: number;
}

/** Campaigns and their slots, as the run believes them to be from the answers it got. */
export const createShadowMarket = ({ books, audit }: ShadowNeeds) => {
  const campaigns = new Map<CampaignId, ShadowCampaign>();
  const takes = new Map<TakeId, ShadowTake>();
  const proofs = new Map<ProofId, ShadowProof>();
  const workloads = new Map<UserId, Workload>();
  const completeIfFull = (campaign: ShadowCampaign): void => {
    const isOpen = campaign.status === 'active' || campaign.status === 'paused';
    if (!isOpen || campaign.approved + campaign.closed < campaign.target) return;
    campaign.status = 'completed';
    audit.add('campaign.complete');
    demand(campaign.escrow === 0n, 'CAM-7', () => `${campaign.escrow} left in ${campaign.id}`);
  };
  return {
    campaigns,
    takes,
    proofs,
    /** Takes that nobody has sent a proof for yet. */
    takenNow: new Map<TakeId, ShadowTake>(),
    campaignOf: (id: CampaignId): ShadowCampaign => {
      const found = campaigns.get(id);
      if (found === undefined) throw new RuleBroken('CAM-4', `nobody made campaign ${id}`);
      return found;
    },
    loadOf: (worker: UserId): Workload => {
      let load = workloads.get(worker);
      if (load === undefined) {
        load = { live: new Map(), day: 0, sent: 0 };
        workloads.set(worker, load);
      }
      return load;
    },
    /** A slot comes free: to the pool, or back to the client of a deleted campaign. */
    free: (campaign: ShadowCampaign): void => {
      if (campaign.status !== 'deleted') {
        campaign.available += 1;
        return;
      }
      campaign.closed += 1;
      books.refunded(campaign.client, campaign, campaign.price + campaign.fee);
      audit.add('campaign.refund-slot');
    },
    pay: (campaign: ShadowCampaign, worker: UserId): void => {
      campaign.approved += 1;
      books.rewarded(worker, campaign, { reward: campaign.price, fee: campaign.fee });
      completeIfFull(campaign);
    },
    /** Nobody can act on it any more, and the core has forgotten it too. */
    forget: (gone: ShadowCampaign): void => {
      for (const take of gone.takes.keys()) takes.delete(take);
      for (const proof of gone.proofs.keys()) proofs.delete(proof);
      campaigns.delete(gone.id);
    },
  };
};

export type ShadowMarket = ReturnType<typeof createShadowMarket>;
