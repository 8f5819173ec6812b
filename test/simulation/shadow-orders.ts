import type {
  Campaign,
  CampaignId,
  Deposit,
  DepositId,
  UserId,
  Withdrawal,
  WithdrawalId,
} from '../../core/index.ts';
import { startOfWibDay } from '../../core/index.ts';
import { demand } from './rule-broken.ts';
import type { ShadowCampaign, ShadowMarket, ShadowNeeds } from './shadow-market.ts';
import type { Ages } from './tallies.ts';

interface Needs extends ShadowNeeds {
  readonly market: ShadowMarket;
  readonly depositAge: Ages;
  readonly withdrawalAge: Ages;
}

interface Asked {
  readonly user: UserId;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly at: number;
  endorsedBy: UserId | null;
  claimedBy: UserId | null;
}

/** As it begins. */
const shadowOf = (made: Campaign): ShadowCampaign => ({
  id: made.id,
  client: made.clientId,
  price: made.pricePerTask,
  fee: made.feePerTask,
  status: 'active',
  pausedBySuspension: false,
  escrow: 0n,
  target: made.targetTotal,
  available: made.targetTotal,
  taken: 0,
  underReview: 0,
  approved: 0,
  closed: 0,
  rejections: 0,
  held: new Set(),
  takes: new Map(),
  proofs: new Map(),
});

/** What a client does with campaigns, as the run believes it came out. */
export const createShadowCampaigns = ({ books, market, audit, tally, settings }: Needs) => {
  const find = (id: CampaignId): ShadowCampaign | undefined => market.campaigns.get(id);
  return {
    created: (made: Campaign): void => {
      if (find(made.id)) return;
      const campaign = shadowOf(made);
      const { id, client, price, fee, target } = campaign;
      requireFee(price, fee, BigInt(settings().feeBasisPoints));
      market.campaigns.set(id, campaign);
      books.funded(client, campaign, (price + fee) * BigInt(target));
      audit.add('campaign.create');
      tally.add('campaigns');
    },
    raised: (id: CampaignId, more: number): void => {
      const campaign = find(id);
      if (!campaign) return;
      campaign.target += more;
      campaign.available += more;
      books.funded(campaign.client, campaign, (campaign.price + campaign.fee) * BigInt(more));
      audit.add('campaign.raise');
    },
    paused: (id: CampaignId): void => {
      const campaign = find(id);
      if (!campaign) return;
      campaign.status = 'paused';
      campaign.pausedBySuspension = false;
      audit.add('campaign.pause');
    },
    resumed: (id: CampaignId): void => {
      const campaign = find(id);
      if (!campaign) return;
      campaign.status = 'active';
      audit.add('campaign.resume');
    },
    deleted: (id: CampaignId): void => {
      const campaign = find(id);
      if (!campaign || campaign.status === 'deleted') return;
      campaign.status = 'deleted';
      const amount = (campaign.price + campaign.fee) * BigInt(campaign.available);
      if (campaign.available > 0) books.refunded(campaign.client, campaign, amount);
      campaign.closed += campaign.available;
      campaign.available = 0;
      audit.add('campaign.delete');
      tally.add('deleted');
    },
    /** A suspended client's running campaigns pause, and go on after it (ACC-5). */
    suspended: (client: UserId, isBeginning: boolean): void => {
      for (const campaign of market.campaigns.values()) {
        if (campaign.client !== client) continue;
        if (isBeginning && campaign.status === 'active') {
          campaign.status = 'paused';
          campaign.pausedBySuspension = true;
          audit.add('campaign.pause');
        } else if (!isBeginning && campaign.status === 'paused' && campaign.pausedBySuspension) {
          campaign.status = 'active';
          campaign.pausedBySuspension = false;
          audit.add('campaign.resume');
        }
      }
    },
  };
};

/** Rounded up to the rupiah, and no further (CAM-4). */
const requireFee = (price: bigint, fee: bigint, basisPoints: bigint): void => {
  const [exact, isFree] = [price * basisPoints, basisPoints === 0n];
  const isRight = fee * 10_000n >= exact && (isFree || (fee - 1n) * 10_000n < exact);
  demand(isRight, 'CAM-4', () => `a fee of ${fee} on ${price} at ${basisPoints} basis points`);
};

/** Top-ups, as the run believes them to be; only those that wait are kept. */
export const createShadowDeposits = (needs: Needs) => {
  const { books, audit, moment, settings } = needs;
  const pending = new Map<DepositId, Asked>();
  const decided = (id: DepositId, action: string): Asked | undefined => {
    const asked = pending.get(id);
    if (!asked) return undefined;
    pending.delete(id);
    audit.add(action);
    needs.tally.add(action);
    if (action !== 'deposit.canceled') needs.depositAge.add(moment() - asked.at);
    return asked;
  };
  return {
    requested: ({ id, userId: user, claimed: amount, createdAt }: Deposit): void => {
      const mine = [...pending.values()].filter((one) => one.user === user).length;
      demand(mine < settings().depositsPendingMax, 'DEP-1', () => `${user} has ${mine} pending`);
      pending.set(id, {
        user,
        amount,
        fee: 0n,
        at: createdAt.getTime(),
        endorsedBy: null,
        claimedBy: null,
      });
      audit.add('deposit.request');
    },
    approved: (id: DepositId, credited: bigint): void => {
      const asked = decided(id, 'deposit.approved');
      if (asked) books.deposited(asked.user, credited);
    },
    rejected: (id: DepositId) => void decided(id, 'deposit.rejected'),
    canceled: (id: DepositId) => void decided(id, 'deposit.canceled'),
    isPending: (id: DepositId): boolean => pending.has(id),
    waiting: (): number => pending.size,
  };
};

/** Withdrawals, as the run believes them to be; only those that wait are kept. */
export const createShadowWithdrawals = (needs: Needs) => {
  const { books, audit, moment, settings } = needs;
  const pending = new Map<WithdrawalId, Asked>();
  /** What people asked for today, rejected and canceled not counted. */
  const today = new Map<UserId, { day: number; sum: bigint }>();
  const dayOf = (at: number): number => startOfWibDay(new Date(at)).getTime();
  const count = (user: UserId, amount: bigint, at: number): void => {
    const day = dayOf(at);
    const known = today.get(user);
    const sum = (known?.day === day ? known.sum : 0n) + amount;
    if (known && known.day > day) return;
    today.set(user, { day, sum });
    const max = settings().withdrawPerDayMax;
    demand(sum <= max, 'WDR-4', () => `${user} asked for ${sum} today`);
  };
  const decided = (id: WithdrawalId, action: string): Asked | undefined => {
    const asked = pending.get(id);
    if (!asked) return undefined;
    pending.delete(id);
    audit.add(action);
    needs.tally.add(action);
    if (action !== 'withdrawal.pay' && dayOf(asked.at) === today.get(asked.user)?.day) {
      count(asked.user, 0n - asked.amount, asked.at);
    }
    if (action !== 'withdrawal.cancel') needs.withdrawalAge.add(moment() - asked.at);
    return asked;
  };
  const backToWallet = (asked: Asked | undefined): void => {
    if (asked) books.unheld(asked.user, asked.amount + asked.fee);
  };
  return {
    requested: (made: Withdrawal): void => {
      const { id, userId: user, amount, fee } = made;
      const mine = [...pending.values()].filter((one) => one.user === user).length;
      demand(mine < settings().withdrawalsPendingMax, 'WDR-4', () => `${user} has ${mine} pending`);
      const at = made.createdAt.getTime();
      count(user, amount, at);
      books.held(user, amount + fee);
      pending.set(id, { user, amount, fee, at, endorsedBy: null, claimedBy: null });
      audit.add('withdrawal.request');
    },
    endorsed: (id: WithdrawalId, by: UserId): void => {
      const asked = pending.get(id);
      if (!asked || asked.endorsedBy === by) return;
      audit.add('withdrawal.endorse');
      asked.endorsedBy = by;
    },
    takenBack: (id: WithdrawalId, by: UserId): void => {
      const asked = pending.get(id);
      if (asked?.endorsedBy !== by) return;
      audit.add('withdrawal.take-back-endorsement');
      asked.endorsedBy = null;
    },
    claimed: ({ id, needsSecond, endorsement }: Withdrawal, by: UserId): void => {
      const isSecond = endorsement !== null && endorsement.by !== by;
      demand(!needsSecond || isSecond, 'ADM-2', () => `${by} alone claimed ${id}`);
      const asked = pending.get(id);
      if (!asked || asked.claimedBy === by) return;
      audit.add(asked.claimedBy ? 'withdrawal.take-over' : 'withdrawal.claim');
      asked.claimedBy = by;
    },
    paid: (id: WithdrawalId): void => {
      const asked = decided(id, 'withdrawal.pay');
      if (asked) books.paidOut(asked.user, asked);
    },
    rejected: (id: WithdrawalId): void => backToWallet(decided(id, 'withdrawal.reject')),
    canceled: (id: WithdrawalId): void => backToWallet(decided(id, 'withdrawal.cancel')),
    waiting: (): number => pending.size,
  };
};
