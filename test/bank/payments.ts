import {
  idempotencyKey,
  OUTSIDE,
  rupiah,
  walletOf,
  type Account,
  type NewTransaction,
  type Tx,
  type UserId,
} from '../../core/index.ts';
import { aTransaction } from '../support/builders.ts';
import type { Dice } from '../support/dice.ts';
import { postTold } from '../support/post-told.ts';
import type { Customers } from './people.ts';

/**
 * A payment: money of one person for another, all of it or nothing. The ledger keeps it as two
 * transfers in one transaction, since none of its types moves freely from wallet to wallet (WAL-6).
 */
export interface Payment {
  readonly key: string;
  readonly from: UserId;
  readonly to: UserId;
  readonly amount: bigint;
  /**
   * `ordered`: both balances are locked first, in the one global order, as use cases do it.
   * `unordered`: each is locked when it is posted, so that two can deadlock.
   * `aborted`: as ordered, and given up after all was posted.
   */
  readonly way: 'ordered' | 'unordered' | 'aborted';
}

/** How the ledger keeps it: out of one wallet and into the other, with a key each. */
export const KEYS = { out: ':out', in: ':in' } as const;

const ABORTED = 0.03;
const HOT = 0.2;
/** Three customers in four never have so much. */
const AMOUNT_MAX = 6_000;

/** A payment by chance: one end in five is hot, and some amounts are more than anybody has. */
export const rollPayment = (dice: Dice, { hot, cold, all }: Customers, key: string): Payment => {
  const end = (): UserId => dice.pick(dice.chance(HOT) ? hot : cold);
  const from = end();
  const other = end();
  const to = other === from ? dice.pick(all.filter((one) => one !== from)) : other;
  const amount = dice.chance(0.9) ? dice.between(1, 400) : dice.between(400, AMOUNT_MAX);
  const way = dice.chance(ABORTED) ? 'aborted' : 'ordered';
  return { key, from, to, amount: BigInt(amount), way };
};

/** Two transfers the opposite ways that lock as they go: at once, they mostly deadlock. */
export const rollCrossing = (
  dice: Dice,
  { cold }: Customers,
  key: string,
): readonly [Payment, Payment] => {
  const [one, other] = dice.shuffled(cold);
  const [from, to] = [one as UserId, other as UserId];
  const [amount, way] = [BigInt(dice.between(1, 400)), 'unordered'] as const;
  return [
    { key: `${key}:there`, from, to, amount, way },
    { key: `${key}:back`, from: to, to: from, amount, way },
  ];
};

/** The same key for another amount. */
export const otherContent = (payment: Payment): Payment => ({
  ...payment,
  amount: payment.amount + 1n,
});

/** Thrown by a payment that is given up. */
export class GivenUp extends Error {}

/** Posts both halves in this transaction. */
export const post = async (tx: Tx, payment: Payment): Promise<void> => {
  const { from, to, way } = payment;
  if (way !== 'unordered') await tx.wallets.lockBalances([walletOf(from), walletOf(to)]);
  const [out, into] = halvesOf(payment);
  await postTold(tx, out);
  await postTold(tx, into);
  if (way === 'aborted') throw new GivenUp();
};

/** Equal for equal content. */
export const fingerprintOf = ({ from, to, amount }: Payment): string => `${from} ${to} ${amount}`;

/** The two entries of a payment: both of its people see it in their history. */
export const halvesOf = (
  payment: Payment,
): readonly [out: NewTransaction, into: NewTransaction] => {
  const { key, from, to, amount } = payment;
  const half = (user: UserId, side: keyof typeof KEYS, ends: readonly [Account, Account]) =>
    aTransaction({
      type: 'adjustment',
      userId: user,
      key: idempotencyKey(`${key}${KEYS[side]}`),
      fingerprint: fingerprintOf(payment),
      postings: [{ from: ends[0], to: ends[1], amount: rupiah(amount) }],
    });
  return [half(from, 'out', [walletOf(from), OUTSIDE]), half(to, 'in', [OUTSIDE, walletOf(to)])];
};
