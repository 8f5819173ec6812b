import {
  add,
  askTogether,
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
import { crewOf, notifyDesk } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import type { Settings } from '../settings/index.ts';
import { lockActor, personOf, requireActor } from '../users/index.ts';
import {
  fingerprintOf,
  holdOf,
  ownKey,
  postEntry,
  requireAsShown,
  replayOf,
  requireHeld,
  walletOf,
  type EntryPorts,
  type WalletTransaction,
} from '../wallet/index.ts';
import type { WithdrawalLoad } from './ports.ts';
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
      const now = clock.now();
      const { load, settings, balance } = await lookAt(tx, actor, now);
      const { fee, total, left } = requireAllowed({ settings, load, amount, now });
      requireHeld(balance, total);
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
      const userId = personOf(actor);
      const now = ports.clock.now();
      const ownedKey = ownKey(actor, key);
      const [{ load, settings, balance }, known, earnings, before, crew] = await askTogether([
        lookAt(tx, actor, now),
        tx.wallets.findByKey(ownedKey),
        tx.wallets.earnings(userId),
        tx.withdrawalDesk.count(),
        crewOf(tx, 'withdrawals'),
      ]);
      const number = ports.cipher.open(sealed, dialogueContext(userId));
      const numberIndex = ports.cipher.blindIndex(number);
      const content = { use: 'withdrawal.request', amount, numberIndex };
      const request = { key: ownedKey, fingerprint: fingerprintOf(ports.digests, content) };
      const earlier = replayOf(request, known);
      if (earlier) return madeBefore(tx, earlier);
      const { fee, total } = requireAllowed({ settings, load, amount, now });
      requireAsShown(total, shown);
      requireHeld(balance, total);
      const id = ports.ids.next<WithdrawalId>();
      const [hasUsed, transaction] = await askTogether([
        tx.withdrawals.hasUsed(userId, numberIndex),
        postEntry(tx, ports, {
          type: 'withdraw',
          userId,
          amount,
          reference: { kind: 'withdrawal', id },
          request,
          actor,
          postings: [{ from: walletOf(userId), to: holdOf(userId), amount: total }],
        }),
      ]);
      const flags: WithdrawalFlags = {
        newNumber: !hasUsed,
        toppedUp: add(earnings.withdrawn, total) > earnings.earned,
      };
      const withdrawal: Withdrawal = {
        id,
        userId,
        transactionId: transaction.id,
        amount,
        fee,
        number: ports.cipher.seal(number, rowContext(id)),
        numberIndex,
        maskedNumber: maskNumber(number),
        flags,
        needsSecond: flags.toppedUp || amount > settings.secondAdminAbove,
        endorsement: null,
        status: 'pending',
        claim: null,
        createdAt: now,
      };
      await tx.withdrawals.add(withdrawal);
      await tell(tx, ports, { actor, withdrawal, crew, waiting: before + 1 });
      return withdrawal;
    });

const madeBefore = async (tx: Tx, { reference }: WalletTransaction): Promise<Withdrawal> => {
  const made = await tx.withdrawals.find(reference.id as WithdrawalId);
  invariant(made, 'a withdraw transaction refers to a stored withdrawal');
  return made;
};

/**
 * The number in clear; callers have checked that it is the owner or the claiming admin who asks
 * (WDR-3).
 */
export const openNumber = (cipher: Cipher, withdrawal: Withdrawal): string =>
  cipher.open(withdrawal.number, rowContext(withdrawal.id));

/** What limits the acting person now, read under their lock and that of their wallet. */
const lookAt = async (
  tx: Tx,
  actor: Actor,
  now: Date,
): Promise<Pick<Asked, 'settings' | 'load'> & { readonly balance: Rupiah }> => {
  const userId = personOf(actor);
  const [, settings, load, [balance = ZERO]] = await askTogether([
    lockActor(tx, actor),
    tx.settings.current(),
    tx.withdrawals.load(userId, startOfWibDay(now)),
    tx.wallets.lockBalances([walletOf(userId)]),
  ]);
  return { settings, load, balance };
};

interface Asked {
  readonly settings: Settings;
  readonly load: WithdrawalLoad;
  readonly amount: Rupiah;
  readonly now: Date;
}

/** The limits of WDR-1 and WDR-4. */
const requireAllowed = ({
  settings,
  load,
  amount,
  now,
}: Asked): { readonly fee: Rupiah; readonly total: Rupiah; readonly left: Rupiah } => {
  requireWithin(amount, { min: settings.withdrawMin, max: settings.amountMax });
  if (load.pending >= settings.withdrawalsPendingMax) {
    throw refuseWithdrawal('withdrawal.too-many-pending', { max: settings.withdrawalsPendingMax });
  }
  const left = smaller(subtract(settings.withdrawPerDayMax, load.askedSince), settings.amountMax);
  if (amount > left) {
    throw refuseWithdrawal('withdrawal.daily-limit', {
      max: settings.withdrawPerDayMax,
      left: left > 0n ? left : ZERO,
      freesAt: plusMs(startOfWibDay(now), DAY_MS),
    });
  }
  return { fee: settings.withdrawFee, total: add(amount, settings.withdrawFee), left };
};

interface Told {
  readonly actor: Actor;
  readonly withdrawal: Withdrawal;
  readonly crew: readonly UserId[];
  readonly waiting: number;
}

const tell = async (
  tx: Tx,
  ports: WithdrawalPorts,
  { actor, withdrawal, crew, waiting }: Told,
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
    crew,
    waiting,
    key: `withdrawal:${withdrawal.id}:waiting`,
  });
};
