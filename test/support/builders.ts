import { hash, randomBytes } from 'node:crypto';
import type { Campaign, Link } from '../../core/campaigns/index.ts';
import type { InboxUpdate } from '../../core/channel/index.ts';
import type { Deposit } from '../../core/deposits/index.ts';
import type { ReceivedFile } from '../../core/files/index.ts';
import {
  idempotencyKey,
  rupiah,
  type Id,
  type Rupiah,
  type Sealed,
  type UserId,
} from '../../core/kernel/index.ts';
import type { OutboxMessage } from '../../core/outbox/index.ts';
import type { Proof } from '../../core/proofs/index.ts';
import type { Take } from '../../core/tasks/index.ts';
import { PERMISSIONS, type User } from '../../core/users/index.ts';
import {
  holdOf,
  OUTSIDE,
  walletOf,
  type NewTransaction,
  type Posting,
} from '../../core/wallet/index.ts';
import type { Withdrawal } from '../../core/withdrawals/index.ts';

/** When things happen unless a test says otherwise: Monday, 5 January 2026, 09:00 WIB. */
export const MONDAY = new Date('2026-01-05T02:00:00.000Z');

/** So many ms after Monday (or after another time). */
export const later = (ms: number, than: Date = MONDAY): Date => new Date(than.getTime() + ms);

const series = randomBytes(4).toString('hex');
let made = 0;

/** A growing UUID in the shape of version 7, unique among processes. */
export const freshId = <I extends Id<string>>(): I => {
  made += 1;
  const count = made.toString(16).padStart(12, '0');
  return `01900000-${series.slice(0, 4)}-7${series.slice(4, 7)}-8000-${count}` as I;
};

const firstNumber = 1_000_000_000 + (randomBytes(4).readUInt32BE() % 1_000_000) * 100_000;

/** A number that nobody else has, as a Telegram id. */
export const freshNumber = (): number => {
  made += 1;
  return firstNumber + made;
};

/** 64 hex digits that nobody else has, as a hash. */
export const freshHash = (): string => randomBytes(32).toString('hex');

/** Rupiah from a plain number. */
export const rupiahs = (amount: number): Rupiah => rupiah(BigInt(amount));

/** An active client; an admin has every right. */
export const aUser = (change: Partial<User> = {}): User =>
  ({
    id: freshId<UserId>(),
    telegramId: freshNumber(),
    username: null,
    displayName: 'Budi',
    language: 'id',
    role: 'client',
    formerRole: null,
    permissions: change.role === 'admin' ? PERMISSIONS : [],
    termsVersion: 1,
    createdAt: MONDAY,
    actedAt: null,
    unreachableSince: null,
    status: 'active',
    ...change,
  }) as User;

/** A link that no other campaign has. */
export const aLink = (change: Partial<Link> = {}): Link => {
  const post = `instagram.com/p/${freshNumber()}`;
  return {
    target: `https://www.${post}`,
    key: post,
    platform: 'instagram',
    version: 1,
    ...change,
  };
};

/** An active campaign: likes at 500 rupiah, no fee, a link of its own. */
export const aCampaign = (change: Partial<Campaign> & Pick<Campaign, 'clientId'>): Campaign =>
  ({
    id: freshId(),
    kind: 'like',
    link: aLink(),
    instructions: null,
    pricePerTask: rupiahs(500),
    feePerTask: rupiahs(0),
    targetTotal: 3,
    completedCount: 0,
    closedCount: 0,
    createdAt: MONDAY,
    status: 'active',
    ...change,
  }) as Campaign;

/** A take of a slot, just taken, with half an hour to do it. */
export const aTake = (
  campaign: Campaign,
  change: Partial<Take> & Pick<Take, 'workerId' | 'taskId'>,
): Take => ({
  id: freshId(),
  campaignId: campaign.id,
  kind: campaign.kind,
  linkKey: campaign.link.key,
  status: 'taken',
  takenAt: MONDAY,
  deadline: later(30 * 60_000, change.takenAt),
  endedAt: null,
  ...change,
});

/** A file that nobody sent before. */
export const aFile = (change: Partial<ReceivedFile> = {}): ReceivedFile => {
  const sha256Stored = freshHash();
  return {
    path: `${sha256Stored.slice(0, 2)}/${sha256Stored}.jpg`,
    sha256Received: freshHash(),
    sha256Stored,
    perceptualHash: freshHash(),
    size: 1_000,
    type: 'image/jpeg',
    channelFileId: freshHash(),
    ...change,
  };
};

/** The same file for the same name, as somebody who asks again sends it. */
export const fileNamed = (name: string): ReceivedFile => {
  const sha256 = hash('sha256', name, 'hex');
  return aFile({
    path: `${sha256.slice(0, 2)}/${sha256}.jpg`,
    sha256Received: sha256,
    sha256Stored: sha256,
    perceptualHash: sha256,
    channelFileId: sha256,
  });
};

/** A proof for a take, not judged yet. */
export const aProof = (take: Take, change: Partial<Proof> = {}): Proof => ({
  id: freshId(),
  takeId: take.id,
  taskId: take.taskId,
  campaignId: take.campaignId,
  workerId: take.workerId,
  file: aFile(),
  status: 'pending',
  submittedAt: MONDAY,
  ...change,
});

type NewContent = Pick<NewTransaction, 'type' | 'userId'> & {
  readonly postings: readonly Posting[];
};

/** A transaction to post, with a key of its own and the sum of its postings as its amount. */
export const aTransaction = (change: Partial<NewTransaction> & NewContent): NewTransaction => ({
  id: freshId(),
  amount: rupiah(change.postings.reduce((total, { amount }) => total + amount, 0n)),
  reference: { kind: 'transaction', id: freshId() },
  key: idempotencyKey(`test:${freshId()}`),
  fingerprint: freshHash(),
  createdBy: 'system:test',
  createdAt: MONDAY,
  ...change,
});

/** Cash that an admin credits: the shortest way to a wallet with money. */
export const aCredit = (
  user: UserId,
  amount: number,
  change: Partial<NewTransaction> = {},
): NewTransaction =>
  aTransaction({
    type: 'adjustment',
    userId: user,
    postings: [{ from: OUTSIDE, to: walletOf(user), amount: rupiahs(amount) }],
    ...change,
  });

/** A deposit of 50.000 that waits; `transactionId` must be one of type `deposit`. */
export const aDeposit = (
  change: Partial<Deposit> & Pick<Deposit, 'userId' | 'transactionId'>,
): Deposit =>
  ({
    id: freshId(),
    claimed: rupiahs(50_000),
    file: aFile(),
    createdAt: MONDAY,
    status: 'pending',
    ...change,
  }) as Deposit;

/** The ledger's side of a deposit: no postings until it is decided. */
export const aDepositTransaction = (
  user: UserId,
  change: Partial<NewTransaction> = {},
): NewTransaction =>
  aTransaction({
    type: 'deposit',
    userId: user,
    amount: rupiahs(50_000),
    reference: { kind: 'deposit', id: freshId() },
    postings: [],
    ...change,
  });

/** A withdrawal of 20.000 that waits, unclaimed; `transactionId` must be one of type `withdraw`. */
export const aWithdrawal = (
  change: Partial<Withdrawal> & Pick<Withdrawal, 'userId' | 'transactionId'>,
): Withdrawal =>
  ({
    id: freshId(),
    amount: rupiahs(20_000),
    fee: rupiahs(0),
    number: 'c2VhbGVk' as Sealed,
    numberIndex: freshHash(),
    maskedNumber: '+62 ••••••••890',
    flags: { newNumber: true, toppedUp: false },
    needsSecond: change.flags?.toppedUp ?? false,
    endorsement: null,
    createdAt: MONDAY,
    status: 'pending',
    claim: null,
    ...change,
  }) as Withdrawal;

/** The ledger's side of a withdrawal: amount and fee stand in the hold. */
export const aWithdrawTransaction = (
  user: UserId,
  { amount = 20_000, fee = 0 }: { readonly amount?: number; readonly fee?: number } = {},
  change: Partial<NewTransaction> = {},
): NewTransaction =>
  aTransaction({
    type: 'withdraw',
    userId: user,
    amount: rupiahs(amount),
    reference: { kind: 'withdrawal', id: freshId() },
    postings: [{ from: walletOf(user), to: holdOf(user), amount: rupiahs(amount + fee) }],
    ...change,
  });

/** A notice that is due at once. */
export const aMessage = (
  change: Partial<OutboxMessage> & Pick<OutboxMessage, 'to'>,
): OutboxMessage => ({
  id: freshId(),
  kind: 'notice',
  payload: { says: 'hello' },
  dedupeKey: `test:${freshId()}`,
  topic: null,
  priority: 'notice',
  notBefore: change.createdAt ?? MONDAY,
  createdAt: MONDAY,
  ...change,
});

/** An update from a person. */
export const anUpdate = (
  change: Partial<InboxUpdate> & Pick<InboxUpdate, 'botId'>,
): InboxUpdate => ({
  updateId: freshNumber(),
  lane: freshNumber(),
  payload: { text: 'hello' },
  receivedAt: MONDAY,
  ...change,
});
