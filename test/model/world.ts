import {
  DAY_MS,
  MINUTE_MS,
  type ApprovalBatchId,
  type CampaignId,
  type DepositId,
  type PausedBy,
  type Permission,
  type ProofId,
  type Role,
  type TakeId,
  type TakeStatus,
  type UserId,
  type WithdrawalId,
} from '../../core/index.ts';

/** The terms under which the people of a script live: small, so that every limit is met. */
export const TERMS = {
  amountMax: 60_000n,
  priceMin: 10n,
  targetMax: 6,
  feeBasisPoints: 333n,
  holdMs: 30 * MINUTE_MS,
  /** How long after its deadline a task is left alone by the sweep. */
  graceMs: 5_000,
  takenAtOnceMax: 2,
  rejectionsMax: 2,
  proofsPerDayMax: 6,
  reversalMs: 30 * DAY_MS,
  depositMin: 1_000n,
  depositMax: 20_000n,
  depositsPendingMax: 2,
  withdrawMin: 100n,
  withdrawFee: 70n,
  withdrawalsPendingMax: 2,
  withdrawPerDayMax: 4_000n,
  secondAdminAbove: 600n,
  termsVersion: 1,
} as const;

export interface Person {
  readonly id: UserId;
  readonly name: string;
  readonly telegramId: number;
  role: Role | null;
  former: Role | null;
  /** What an admin may do (ADM-1). */
  may: readonly Permission[];
  isSuspended: boolean;
  hasAccepted: boolean;
  /** Rewards less what reversals took back. */
  earned: bigint;
  /** Lines in their history. */
  lines: number;
}

export type SlotState = 'available' | 'taken' | 'review' | 'approved' | 'closed';

export interface Campaign {
  readonly id: CampaignId;
  readonly owner: UserId;
  /** Equal for campaigns that pay for the same action on the same link. */
  readonly action: string;
  readonly price: bigint;
  readonly fee: bigint;
  status: 'active' | 'paused' | 'completed' | 'deleted';
  pausedBy: PausedBy | null;
  /** Why an admin paused or deleted it. */
  reason: string | null;
  readonly slots: Record<SlotState, number>;
}

/** How a take ends without pay. */
export type TakeEnd = Extract<
  TakeStatus,
  'released' | 'expired' | 'suspended' | 'rejected' | 'reversed'
>;

export interface Take {
  readonly id: TakeId;
  readonly worker: UserId;
  readonly campaign: CampaignId;
  readonly deadline: number;
  status: TakeStatus;
}

export interface Verdict {
  readonly verdict: 'approved' | 'rejected';
  readonly by: UserId;
  readonly at: number;
}

export interface Proof {
  readonly id: ProofId;
  readonly take: TakeId;
  readonly sentAt: number;
  readonly verdicts: readonly Verdict[];
}

/** REV-8: an order to approve many, of one campaign. */
export interface Order {
  readonly id: ApprovalBatchId;
  readonly by: UserId;
  /** What was asked for, to the letter. */
  readonly content: string;
  readonly listed: number;
  /** What was not worked off yet. */
  readonly left: readonly ProofId[];
}

export interface Deposit {
  readonly id: DepositId;
  readonly owner: UserId;
  readonly claimed: bigint;
  readonly file: string;
  status: 'pending' | 'approved' | 'rejected' | 'canceled';
  by: UserId | null;
  credited: bigint | null;
}

export interface Withdrawal {
  readonly id: WithdrawalId;
  readonly owner: UserId;
  readonly amount: bigint;
  readonly number: string;
  readonly at: number;
  readonly isNewNumber: boolean;
  readonly isToppedUp: boolean;
  readonly needsSecond: boolean;
  status: 'pending' | 'paid' | 'rejected' | 'canceled';
  endorsed: UserId | null;
  claim: UserId | null;
  by: UserId | null;
}

/** What a key was used for, and what came of it. */
export interface Used {
  readonly content: string;
  readonly id: string;
}

/** Everything that the rules speak of, in the simplest form that can hold it. */
export interface World {
  /** ms since 1970. */
  now: number;
  readonly people: Map<UserId, Person>;
  /** The operator's word on Telegram ids. */
  readonly grants: Map<number, 'granted' | 'revoked'>;
  readonly campaigns: Map<CampaignId, Campaign>;
  readonly takes: Map<TakeId, Take>;
  readonly proofs: Map<ProofId, Proof>;
  readonly orders: Map<ApprovalBatchId, Order>;
  readonly deposits: Map<DepositId, Deposit>;
  readonly withdrawals: Map<WithdrawalId, Withdrawal>;
  readonly keys: Map<string, Used>;
  /** Balances by account: `wallet <id>`, `hold <id>`, `escrow <id>`, `revenue`, `outside`. */
  readonly money: Map<string, bigint>;
}

export const walletOf = (id: UserId): string => `wallet ${id}`;
export const holdOf = (id: UserId): string => `hold ${id}`;
export const escrowOf = (id: CampaignId): string => `escrow ${id}`;

export const emptyWorld = (now: number): World => ({
  now,
  people: new Map(),
  grants: new Map(),
  campaigns: new Map(),
  takes: new Map(),
  proofs: new Map(),
  orders: new Map(),
  deposits: new Map(),
  withdrawals: new Map(),
  keys: new Map(),
  money: new Map(),
});

const copied = <K, V extends object>(map: Map<K, V>): Map<K, V> =>
  new Map([...map].map(([key, value]) => [key, { ...value }]));

/** A world of its own, to see what would happen in it. */
export const cloneWorld = (world: World): World => ({
  now: world.now,
  people: copied(world.people),
  grants: new Map(world.grants),
  campaigns: new Map(
    [...world.campaigns].map(([id, one]) => [id, { ...one, slots: { ...one.slots } }]),
  ),
  takes: copied(world.takes),
  proofs: copied(world.proofs),
  orders: copied(world.orders),
  deposits: copied(world.deposits),
  withdrawals: copied(world.withdrawals),
  keys: new Map(world.keys),
  money: new Map(world.money),
});

export const balance = ({ money }: World, account: string): bigint => money.get(account) ?? 0n;

/** Moves money; the rules have seen to it that it is there. */
export const move = (world: World, from: string, to: string, amount: bigint): void => {
  world.money.set(from, balance(world, from) - amount);
  world.money.set(to, balance(world, to) + amount);
};

export const targetOf = ({ slots }: Campaign): number =>
  Object.values(slots).reduce((sum, count) => sum + count, 0);

export const costOf = ({ price, fee }: Campaign): bigint => price + fee;
