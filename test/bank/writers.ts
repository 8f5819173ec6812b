import { asRefusal, type Tx, type UnitOfWork } from '../../core/index.ts';
import type { Dice } from '../support/dice.ts';
import {
  GivenUp,
  otherContent,
  post,
  rollCrossing,
  rollPayment,
  type Payment,
} from './payments.ts';
import type { Customers } from './people.ts';

/** What was said of a payment when it ended. */
export interface Ended {
  readonly payment: Payment;
  readonly end: 'done' | 'refused' | 'given up';
}

/** What the writers have done, and what must not have happened. */
export interface Work {
  readonly ended: Ended[];
  /** Asked for once more with the same key. */
  repeated: number;
  /** Asked for with a used key and another content. */
  reused: number;
  readonly losses: string[];
}

/** Moves money; the database may say that it wants to begin anew. */
export type MoveMoney = (payment: Payment) => Promise<void>;

/** As the product does it: through the wallet port, in one unit of work. */
export const throughPort =
  (unitOfWork: UnitOfWork<Tx>): MoveMoney =>
  (payment) =>
    unitOfWork.run((tx) => post(tx, payment));

export interface Writer {
  readonly name: string;
  readonly move: MoveMoney;
  readonly customers: Customers;
  readonly dice: Dice;
  readonly work: Work;
  /** Whether there is more to do. */
  readonly goesOn: () => boolean;
}

const REPEATED = 0.05;
const REUSED = 0.02;
const AT_ONCE = 0.5;
const CROSSED = 0.004;

/** One payment after the other; now and then the same one again, at once or later. */
export const write = async ({
  name,
  move,
  customers,
  dice,
  work,
  goesOn,
}: Writer): Promise<void> => {
  for (let number = 1; goesOn(); number += 1) {
    const payment = rollPayment(dice, customers, `bank:${name}:${number}`);
    if (dice.chance(CROSSED)) {
      const pair = rollCrossing(dice, customers, payment.key);
      const ends = await Promise.all(pair.map((one) => tried(move, one, work)));
      for (const [index, one] of pair.entries()) {
        work.ended.push({ payment: one, end: ends[index] ?? 'refused' });
      }
      continue;
    }
    const isTwice = dice.chance(REPEATED);
    if (isTwice && dice.chance(AT_ONCE)) {
      const ends = await Promise.all([tried(move, payment, work), tried(move, payment, work)]);
      work.repeated += 1;
      work.ended.push({ payment, end: ends.includes('done') ? 'done' : (ends[0] ?? 'refused') });
      continue;
    }
    const end = await tried(move, payment, work);
    work.ended.push({ payment, end });
    if (end !== 'done') continue;
    if (isTwice) await repeat(move, payment, work);
    if (dice.chance(REUSED)) await reuse(move, payment, work);
  }
};

const tried = async (move: MoveMoney, payment: Payment, work: Work): Promise<Ended['end']> => {
  try {
    await move(payment);
    return 'done';
  } catch (error) {
    if (error instanceof GivenUp) return 'given up';
    const refusal = asRefusal(error);
    if (refusal?.code !== 'wallet.overdrawn') work.losses.push(`${payment.key}: ${String(error)}`);
    return 'refused';
  }
};

/** An answer that was lost is asked for again: it is the first one, and nothing moves. */
const repeat = async (move: MoveMoney, payment: Payment, work: Work): Promise<void> => {
  work.repeated += 1;
  const end = await tried(move, payment, work);
  if (end !== 'done') work.losses.push(`${payment.key} was ${end} when it was asked for again`);
};

const reuse = async (move: MoveMoney, payment: Payment, work: Work): Promise<void> => {
  work.reused += 1;
  const [result] = await Promise.allSettled([move(otherContent(payment))]);
  const code = result.status === 'rejected' ? asRefusal(result.reason)?.code : 'done';
  if (code !== 'wallet.key-reused') {
    work.losses.push(`${payment.key} with other content came to ${code ?? 'a defect'}`);
  }
};
