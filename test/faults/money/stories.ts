import type {
  ApprovalBatchId,
  CampaignId,
  DepositId,
  ProofId,
  TakeId,
  UserId,
  WithdrawalId,
} from '../../../core/index.ts';
import { freshId } from '../../support/builders.ts';
import type { Dice } from '../../support/dice.ts';
import type { Operation } from './operations.ts';

/** People who deal with each other only, so that their money can be foreseen. */
export interface Household {
  readonly client: UserId;
  readonly workers: readonly UserId[];
  readonly admin: UserId;
}

/** What a household works with; amounts in rupiah. */
export interface Prices {
  readonly feeOf: (price: bigint) => bigint;
  readonly withdrawFee: bigint;
  readonly withdrawMin: bigint;
  readonly depositMin: bigint;
}

/** A part of somebody's life with the marketplace: gives operations, is given what they made. */
export type Story<T = void> = Generator<Operation, T, string>;

let keys = 0;
const freshKey = (): string => {
  keys += 1;
  return `k${keys}`;
};

/**
 * One story after the other without end: top up, order, take, prove, judge, withdraw. Every one
 * begins and ends with what the household can pay.
 */
export function* lifeOf(household: Household, prices: Prices, dice: Dice): Story {
  const earned = new Map<UserId, bigint>(household.workers.map((worker) => [worker, 0n]));
  for (;;) {
    if (dice.chance(0.15)) yield* refusedTopUp(household, prices, dice);
    yield* order(household, prices, { dice, earned });
    for (const worker of household.workers)
      yield* withdraw(household, worker, prices, { dice, earned });
  }
}

function* refusedTopUp({ client, admin }: Household, prices: Prices, dice: Dice): Story {
  const id = (yield {
    kind: 'deposit.request',
    by: client,
    key: freshKey(),
    amount: prices.depositMin,
  }) as DepositId;
  yield dice.chance(0.5)
    ? { kind: 'deposit.reject', by: admin, id }
    : { kind: 'deposit.cancel', by: client, id };
}

/** Money that a client needs comes in; now and then not what they said. */
function* topUp({ client, admin }: Household, amount: bigint, claimed: bigint): Story {
  const request = {
    kind: 'deposit.request',
    by: client,
    key: freshKey(),
    amount: claimed,
  } as const;
  const id = (yield request) as DepositId;
  yield { kind: 'deposit.approve', by: admin, id, credited: amount };
}

interface Course {
  readonly dice: Dice;
  /** What each worker has in the wallet. */
  readonly earned: Map<UserId, bigint>;
}

function* order(household: Household, prices: Prices, { dice, earned }: Course): Story {
  const { client, workers } = household;
  const price = BigInt(dice.between(10, 90)) * 100n;
  const [target, more] = [dice.between(1, workers.length), dice.between(1, 2)];
  const cost = (price + prices.feeOf(price)) * BigInt(target + more);
  const claimed = dice.chance(0.2) ? cost + prices.depositMin : cost;
  yield* topUp(household, cost, claimed < prices.depositMin ? prices.depositMin : claimed);
  const order = { kind: 'campaign.create', by: client, key: freshKey(), price, target } as const;
  const id = (yield order) as CampaignId;
  yield { kind: 'campaign.raise', by: client, key: freshKey(), id, more };
  let open = target + more;
  const atOnce: ProofId[] | undefined = dice.chance(0.3) ? [] : undefined;
  for (const worker of dice.shuffled(workers)) {
    if (open === 0 || dice.chance(0.1)) continue;
    if (!(yield* work(household, { worker, campaign: id, dice, atOnce }))) continue;
    earned.set(worker, (earned.get(worker) ?? 0n) + price);
    open -= 1;
  }
  if (atOnce && atOnce.length > 0) {
    const key = freshId<ApprovalBatchId>();
    yield { kind: 'approvals.start', by: household.admin, key, id, proofs: atOnce };
  }
  if (open > 0) yield { kind: 'campaign.delete', by: client, id };
}

interface Job {
  readonly worker: UserId;
  readonly campaign: CampaignId;
  readonly dice: Dice;
  /** Where the proofs of the campaign are approved by one order: those of them so far. */
  readonly atOnce: ProofId[] | undefined;
}

/** Whether the proof was approved, or will be. */
function* work({ admin }: Household, job: Job): Story<boolean> {
  const { worker: by, campaign: id, dice, atOnce } = job;
  const take = (yield { kind: 'task.take', by, id }) as TakeId;
  if (dice.chance(0.1)) {
    yield { kind: 'task.release', by, id: take };
    return false;
  }
  const proof = (yield { kind: 'proof.submit', by, id: take }) as ProofId;
  if (atOnce) {
    atOnce.push(proof);
    return true;
  }
  const approved = !dice.chance(0.15);
  yield { kind: approved ? 'proof.approve' : 'proof.reject', by: admin, id: proof };
  return approved;
}

function* withdraw(
  { admin }: Household,
  worker: UserId,
  prices: Prices,
  { dice, earned }: Course,
): Story {
  const balance = earned.get(worker) ?? 0n;
  const amount = balance - prices.withdrawFee;
  if (amount < prices.withdrawMin || dice.chance(0.4)) return;
  const asked = { kind: 'withdrawal.request', by: worker, key: freshKey(), amount } as const;
  const id = (yield asked) as WithdrawalId;
  if (dice.chance(0.2)) {
    yield { kind: 'withdrawal.cancel', by: worker, id };
    return;
  }
  yield { kind: 'withdrawal.claim', by: admin, id };
  const isPaid = dice.chance(0.8);
  yield { kind: isPaid ? 'withdrawal.pay' : 'withdrawal.reject', by: admin, id };
  if (isPaid) earned.set(worker, 0n);
}
