import type { UserId } from '../../core/index.ts';
import { demand } from './rule-broken.ts';

/** What the run believes that a person owns, rupiah. */
export interface Purse {
  wallet: bigint;
  hold: bigint;
}

/** What stands in escrow for a campaign, rupiah. */
export interface Safe {
  escrow: bigint;
}

/** Sums by kind of account. */
export interface Sums {
  readonly wallets: bigint;
  readonly holds: bigint;
  readonly escrows: bigint;
  readonly revenue: bigint;
  readonly outside: bigint;
}

/**
 * Who owns what, as the run itself believes from the answers it got: plain additions that share no
 * line with the ledger that they are held against.
 */
export const createShadowBooks = () => {
  const purses = new Map<UserId, Purse>();
  let [revenue, outside, escrows] = [0n, 0n, 0n];
  const purseOf = (user: UserId): Purse => {
    let purse = purses.get(user);
    if (purse === undefined) {
      purse = { wallet: 0n, hold: 0n };
      purses.set(user, purse);
    }
    return purse;
  };
  const change = (user: UserId, wallet: bigint, hold: bigint): void => {
    const purse = purseOf(user);
    purse.wallet += wallet;
    purse.hold += hold;
    demand(purse.wallet >= 0n && purse.hold >= 0n, 'WAL-4', () => {
      return `user ${user} would own ${purse.wallet}, held ${purse.hold}`;
    });
  };
  const intoSafe = (safe: Safe, amount: bigint): void => {
    safe.escrow += amount;
    escrows += amount;
    demand(safe.escrow >= 0n, 'WAL-4', () => `an escrow of ${safe.escrow}`);
  };
  return {
    purses: purses as ReadonlyMap<UserId, Readonly<Purse>>,
    purseOf: (user: UserId): Readonly<Purse> => purseOf(user),
    deposited: (user: UserId, amount: bigint): void => {
      outside -= amount;
      change(user, amount, 0n);
    },
    funded: (user: UserId, safe: Safe, amount: bigint): void => {
      change(user, 0n - amount, 0n);
      intoSafe(safe, amount);
    },
    refunded: (user: UserId, safe: Safe, amount: bigint): void => {
      intoSafe(safe, 0n - amount);
      change(user, amount, 0n);
    },
    rewarded: (user: UserId, safe: Safe, paid: { reward: bigint; fee: bigint }): void => {
      intoSafe(safe, 0n - paid.reward - paid.fee);
      change(user, paid.reward, 0n);
      revenue += paid.fee;
    },
    /** A reward goes back to the client with the fee. */
    takenBack: (worker: UserId, client: UserId, back: { reward: bigint; fee: bigint }): void => {
      change(worker, 0n - back.reward, 0n);
      revenue -= back.fee;
      demand(revenue >= 0n, 'WAL-4', () => `revenue of ${revenue}`);
      change(client, back.reward + back.fee, 0n);
    },
    /** By hand, signed. */
    adjusted: (user: UserId, amount: bigint, side: 'cash' | 'revenue'): void => {
      change(user, amount, 0n);
      if (side === 'cash') outside -= amount;
      else revenue -= amount;
      demand(revenue >= 0n, 'WAL-4', () => `revenue of ${revenue}`);
    },
    profitTaken: (amount: bigint): void => {
      revenue -= amount;
      outside += amount;
      demand(revenue >= 0n, 'WAL-4', () => `revenue of ${revenue}`);
    },
    held: (user: UserId, amount: bigint): void => change(user, 0n - amount, amount),
    unheld: (user: UserId, amount: bigint): void => change(user, amount, 0n - amount),
    paidOut: (user: UserId, paid: { amount: bigint; fee: bigint }): void => {
      change(user, 0n, 0n - paid.amount - paid.fee);
      outside += paid.amount;
      revenue += paid.fee;
    },
    sums: (): Sums => {
      let [wallets, holds] = [0n, 0n];
      for (const { wallet, hold } of purses.values()) {
        wallets += wallet;
        holds += hold;
      }
      return { wallets, holds, escrows, revenue, outside };
    },
  };
};

export type ShadowBooks = ReturnType<typeof createShadowBooks>;
