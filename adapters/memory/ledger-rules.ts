import {
  bornPending,
  type Decision,
  type NewTransaction,
  type Posting,
  type TransactionType,
  type WalletTransaction,
} from '../../core/wallet/index.ts';

/** `from>to` by kind of account. */
type Pair = `${Posting['from']['kind']}>${Posting['to']['kind']}`;

const BORN: Record<TransactionType, readonly Pair[]> = {
  deposit: [],
  task_reward: ['escrow>wallet'],
  platform_fee: ['escrow>revenue'],
  campaign_funding: ['wallet>escrow'],
  campaign_refund: ['escrow>wallet'],
  withdraw: ['wallet>hold'],
  adjustment: ['outside>wallet', 'wallet>outside', 'revenue>wallet', 'wallet>revenue'],
  reversal: ['wallet>wallet', 'revenue>wallet'],
  revenue_payout: ['revenue>outside'],
};

const CLOSING: Record<'deposit' | 'withdraw', Record<Decision, readonly Pair[]>> = {
  deposit: { approved: ['outside>wallet'], rejected: [], canceled: [] },
  withdraw: {
    approved: ['hold>outside', 'hold>revenue'],
    rejected: ['hold>wallet'],
    canceled: ['hold>wallet'],
  },
};

/** What is wrong with a posting by itself (WAL-2), or undefined. */
export const flawOf = ({ from, to, amount }: Posting): string | undefined => {
  if (amount <= 0n) return `posting of ${amount}`;
  const sameUser = 'userId' in from && 'userId' in to && from.userId === to.userId;
  const same = 'campaignId' in from || sameUser || !('userId' in from);
  return from.kind === to.kind && same ? `posting from ${from.kind} to itself` : undefined;
};

const pairsFlaw = (
  type: TransactionType,
  allowed: readonly Pair[],
  postings: readonly Posting[],
): string | undefined => {
  for (const posting of postings) {
    const flaw = flawOf(posting);
    if (flaw !== undefined) return flaw;
    const pair: Pair = `${posting.from.kind}>${posting.to.kind}`;
    if (!allowed.includes(pair)) return `${type} cannot move ${pair}`;
  }
  if (allowed.length > 0 && postings.length === 0) return `${type} without a posting`;
  return undefined;
};

type Owned = Pick<WalletTransaction, 'type' | 'userId'>;

/** A deposit and a withdrawal move only their own user's money. */
const ownerFlaw = ({ type, userId }: Owned, postings: readonly Posting[]): string | undefined => {
  if (!bornPending(type)) return undefined;
  const ends = postings.flatMap(({ from, to }) => [from, to]);
  const strange = ends.some((end) => 'userId' in end && end.userId !== userId);
  return strange || userId === null ? `${type} of another person's money` : undefined;
};

/** What is wrong with a transaction as it is made (WAL-2, WAL-6), or undefined. */
export const birthFlaw = (made: NewTransaction): string | undefined => {
  if (made.amount <= 0n) return `a transaction of ${made.amount}`;
  return pairsFlaw(made.type, BORN[made.type], made.postings) ?? ownerFlaw(made, made.postings);
};

const total = (postings: readonly Posting[]): bigint =>
  postings.reduce((sum, { amount }) => sum + amount, 0n);

/** What is wrong with the end of a pending transaction (WAL-6), or undefined. */
export const closingFlaw = (
  transaction: Owned,
  decision: Decision,
  { born, closing }: { readonly born: readonly Posting[]; readonly closing: readonly Posting[] },
): string | undefined => {
  const { type } = transaction;
  if (type !== 'deposit' && type !== 'withdraw') return `${type} waits for no decision`;
  const flaw = pairsFlaw(type, CLOSING[type][decision], closing) ?? ownerFlaw(transaction, closing);
  if (flaw !== undefined) return flaw;
  return type === 'withdraw' && total(born) !== total(closing)
    ? `withdraw of ${total(born)} decided with ${total(closing)}`
    : undefined;
};
