/** An account by its kind and whose it is: `wallet 0199…`, `revenue`. */
export type AccountName = string;

/** Money from one account to another, as text that can be compared. */
export type Move = `${string} → ${string}: ${bigint}`;

export const moveOf = (from: AccountName, to: AccountName, amount: bigint): Move =>
  `${from} → ${to}: ${amount}`;

/** The key under which a person's request stands in the ledger. */
export const requestKey = (user: string, key: string): string => `user:${user}:${key}`;

export const wallet = (user: string): AccountName => `wallet ${user}`;
export const hold = (user: string): AccountName => `hold ${user}`;
export const escrow = (campaign: string): AccountName => `escrow ${campaign}`;
