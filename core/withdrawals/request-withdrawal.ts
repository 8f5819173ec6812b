import {
  add,
  DAY_MS,
  invariant,
  plusMs,
  requireWithin,
  smaller,
  startOfWibDay,
  subtract,
  ZERO,
  type Actor,
  type Cipher,
  type Rupiah,
  type Sealed,
  type UnitOfWork,
  type UserId,
  type WithdrawalId,
} from '../kernel/index.ts';
import { notifyDesk } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { lockActor, requireActor, type User } from '../users/index.ts';
import {
  findReplay,
  fingerprintOf,
  holdOf,
  ownKey,
  postEntry,
  requireAsShown,
  requireFunds,
  walletOf,
  type EntryPorts,
} from '../wallet/index.ts';
import {
  maskNumber,
  readMobileNumber,
  refuseWithdrawal,
  type Withdrawal,
  type WithdrawalFlags,
} from './withdrawal.ts';

export interface WithdrawalPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly cipher: Cipher;
}

export interface PrepareNumber {
  readonly actor: Actor;
  /** As typed. */
  readonly text: string;
}

export interface PreparedNumber {
  /** For the dialogue to keep: only a request of the same person can open it (WDR-3). */
  readonly sealed: Sealed;
  readonly masked: string;
}

const dialogueContext = (user: UserId): string => `conversation:${user}`;
const rowContext = (id: WithdrawalId): string => `withdrawal:${id}`;

/** Reads a DANA number and seals it for the dialogue (WDR-1, WDR-3). */
export const prepareNumber =
  ({ unitOfWork, cipher }: WithdrawalPorts) =>
  ({ actor, text }: PrepareNumber): Promise<PreparedNumber> =>
    unitOfWork.run(async (tx) => {
      const user = await requireActor(tx, actor);
      const number = readMobileNumber(text);
      const sealed = cipher.seal(number, dialogueContext(user.id));
      return { sealed, masked: maskNumber(number) };
    });

export interface RevealNumber {
  readonly actor: Actor;
  /** From `prepareNumber` of the same person. */
  readonly sealed: Sealed;
}

/**
 * The number that a person is about to confirm, E.164, for their own eyes: only they can open it
 * (WDR-3).
 */
export const revealNumber =
  ({ unitOfWork, cipher }: WithdrawalPorts) =>
  ({ actor, sealed }: RevealNumber): Promise<string> =>
    unitOfWork.run(async (tx) => {
      const user = await requireActor(tx, actor);
      return cipher.open(sealed, dialogueContext(user.id));
    });

export interface QuoteWithdrawal {
  readonly actor: Actor;
  /** Rupiah to arrive. */
  readonly amount: Rupiah;
}

export interface WithdrawalQuote {
  readonly amount: Rupiah;
  readonly fee: Rupiah;
  /** What leaves the wallet. */
  readonly total: Rupiah;
  readonly balance: Rupiah;
  readonly balanceAfter: Rupiah;
  /** The largest amount that could be asked for now, by balance and limits. */
  readonly most: Rupiah;
}

/** What a withdrawal would cost and leave; refuses as the request would (WDR-1, WDR-4). */
export const quoteWithdrawal =
  ({ unitOfWork, clock }: WithdrawalPorts) =>
  ({ actor, amount }: QuoteWithdrawal): Promise<WithdrawalQuote> =>
    unitOfWork.run(async (tx) => {
      const user = await lockActor(tx, actor);
      const { fee, total, left } = await requireAllowed(tx, { user, amount, now: clock.now() });
      const balance = await requireFunds(tx, walletOf(user.id), total);
      const most = smaller(left, subtract(balance, fee));
      return { amount, fee, total, balance, balanceAfter: subtract(balance, total), most };
    });

export interface RequestWithdrawal extends QuoteWithdrawal {
  /** From `prepareNumber` of the same person. */
  readonly number: Sealed;
  /** Made when the summary was shown (WAL-7). */
  readonly key: string;
  /**
   * What the summary said would leave the wallet: another total is refused; absent where none was
   * shown.
   */
  readonly total?: Rupiah;
}

/**
 * Asks for a withdrawal: amount + fee move from wallet to hold at once, and it waits for an admin
 * (WDR-1). The same key again gives the withdrawal made first.
 */
export const requestWithdrawal =
  (ports: WithdrawalPorts) =>
  ({ actor, key, amount, number: sealed, total: shown }: RequestWithdrawal): Promise<Withdrawal> =>
    ports.unitOfWork.run(async (tx) => {
      const user = await lockActor(tx, actor);
      const number = ports.cipher.open(sealed, dialogueContext(user.id));
      const numberIndex = ports.cipher.blindIndex(number);
      const content = { use: 'withdrawal.request', amount, numberIndex };
      const request = {
        key: ownKey(actor, key),
        fingerprint: fingerprintOf(ports.digests, content),
      };
      const earlier = await findReplay(tx, request);
      if (earlier) {
        const made = await tx.withdrawals.find(earlier.reference.id as WithdrawalId);
        invariant(made, 'a withdraw transaction refers to a stored withdrawal');
        return made;
      }
      const now = ports.clock.now();
      const { fee, total } = await requireAllowed(tx, { user, amount, now });
      requireAsShown(total, shown);
      await requireFunds(tx, walletOf(user.id), total);
      const flags = await flagsOf(tx, { user, total, numberIndex });
      const id = ports.ids.next<WithdrawalId>();
      const transaction = await postEntry(tx, ports, {
        type: 'withdraw',
        userId: user.id,
        amount,
        reference: { kind: 'withdrawal', id },
        request,
        actor,
        postings: [{ from: walletOf(user.id), to: holdOf(user.id), amount: total }],
      });
      const withdrawal: Withdrawal = {
        id,
        userId: user.id,
        transactionId: transaction.id,
        amount,
        fee,
        number: ports.cipher.seal(number, rowContext(id)),
        numberIndex,
        maskedNumber: maskNumber(number),
        flags,
        needsSecond: flags.toppedUp || amount > (await tx.settings.current()).secondAdminAbove,
        endorsement: null,
        status: 'pending',
        claim: null,
        createdAt: now,
      };
      await tx.withdrawals.add(withdrawal);
      await tell(tx, ports, { actor, withdrawal });
      return withdrawal;
    });

/**
 * The number in clear; callers have checked that it is the owner or the claiming admin who asks
 * (WDR-3).
 */
export const openNumber = (cipher: Cipher, withdrawal: Withdrawal): string =>
  cipher.open(withdrawal.number, rowContext(withdrawal.id));

/** The limits of WDR-1 and WDR-4, counted under the person's lock. */
const requireAllowed = async (
  tx: Tx,
  asked: { readonly user: User; readonly amount: Rupiah; readonly now: Date },
): Promise<{ readonly fee: Rupiah; readonly total: Rupiah; readonly left: Rupiah }> => {
  const settings = await tx.settings.current();
  const { user, amount } = asked;
  requireWithin(amount, { min: settings.withdrawMin, max: settings.amountMax });
  const today = startOfWibDay(asked.now);
  const load = await tx.withdrawals.load(user.id, today);
  if (load.pending >= settings.withdrawalsPendingMax) {
    throw refuseWithdrawal('withdrawal.too-many-pending', { max: settings.withdrawalsPendingMax });
  }
  const left = smaller(subtract(settings.withdrawPerDayMax, load.askedSince), settings.amountMax);
  if (amount > left) {
    throw refuseWithdrawal('withdrawal.daily-limit', {
      max: settings.withdrawPerDayMax,
      left: left > 0n ? left : ZERO,
      freesAt: plusMs(today, DAY_MS),
    });
  }
  return { fee: settings.withdrawFee, total: add(amount, settings.withdrawFee), left };
};

const flagsOf = async (
  tx: Tx,
  asked: { readonly user: User; readonly total: Rupiah; readonly numberIndex: string },
): Promise<WithdrawalFlags> => {
  const { earned, withdrawn } = await tx.wallets.earnings(asked.user.id);
  return {
    newNumber: !(await tx.withdrawals.hasUsed(asked.user.id, asked.numberIndex)),
    toppedUp: add(withdrawn, asked.total) > earned,
  };
};

const tell = async (
  tx: Tx,
  ports: WithdrawalPorts,
  { actor, withdrawal }: { readonly actor: Actor; readonly withdrawal: Withdrawal },
): Promise<void> => {
  await tx.audit.append({
    actor,
    action: 'withdrawal.request',
    subject: 'withdrawal',
    subjectId: withdrawal.id,
    before: null,
    after: {
      status: 'pending',
      amount: withdrawal.amount.toString(),
      fee: withdrawal.fee.toString(),
    },
    at: withdrawal.createdAt,
  });
  await notifyDesk(tx, ports, {
    desk: 'withdrawals',
    waiting: await tx.withdrawalDesk.count(),
    key: `withdrawal:${withdrawal.id}:waiting`,
  });
};
