import { add, askTogether, oneLine, requireReason, type UserId } from '../kernel/index.ts';
import type { StoredFile } from '../files/index.ts';
import { refuseFrozen } from '../freeze/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, type User } from '../users/index.ts';
import { holdOf, OUTSIDE, REVENUE, walletOf, type Posting } from '../wallet/index.ts';
import { auditWithdrawal, lockDecidable, type DecideWithdrawal } from './decidable.ts';
import { requireSecond } from './endorse-withdrawal.ts';
import { openNumber, type WithdrawalPorts } from './request-withdrawal.ts';
import {
  refuseWithdrawal,
  requirePendingWithdrawal,
  type Withdrawal,
  type WithdrawalResult,
} from './withdrawal.ts';

export interface ClaimWithdrawal extends DecideWithdrawal {
  /**
   * The admin about whom the warning "check whether X has already transferred" was read; null where
   * there was none (WDR-2).
   */
  readonly takeOverFrom: UserId | null;
}

export interface ClaimedWithdrawal {
  readonly withdrawal: Withdrawal;
  /** E.164, for the claiming admin's eyes only (WDR-3). */
  readonly number: string;
}

/**
 * `Proses`: the withdrawal becomes this admin's and the number is shown. Another admin's claim is
 * refused with their name until the taking over from just them is confirmed; they are told (WDR-2).
 * Claiming one's own claim shows it again. Where it needs two admins, another one has endorsed it
 * before (ADM-2). Not while the books do not add up: whoever has the number transfers (WAL-13).
 */
export const claimWithdrawal =
  (ports: WithdrawalPorts) =>
  ({ takeOverFrom, ...input }: ClaimWithdrawal): Promise<ClaimedWithdrawal> =>
    ports.unitOfWork.run(async (tx) => {
      const [{ admin, withdrawal }, freeze] = await askTogether([
        lockDecidable(tx, input),
        tx.freezes.current(),
      ]);
      const pending = requirePendingWithdrawal(withdrawal);
      refuseFrozen(freeze?.begunAt ?? null);
      const number = openNumber(ports.cipher, pending);
      if (pending.claim?.by === admin.id) return { withdrawal: pending, number };
      await requireSecond(tx, pending, admin);
      if (pending.claim && pending.claim.by !== takeOverFrom) {
        const { displayName } = await getUser(tx, pending.claim.by);
        throw refuseWithdrawal('withdrawal.claimed-by-other', {
          by: displayName,
          at: pending.claim.at,
        });
      }
      const claim = { by: admin.id, at: ports.clock.now() };
      const claimed: Withdrawal = { ...pending, claim };
      await tx.withdrawals.save(claimed);
      await auditWithdrawal(tx, ports, {
        ...input,
        action: pending.claim ? 'withdrawal.take-over' : 'withdrawal.claim',
        before: { claimedBy: pending.claim?.by ?? null },
        after: { claimedBy: admin.id },
      });
      if (pending.claim) await tellTakenOver(tx, ports, { pending, from: pending.claim.by, admin });
      await notify(tx, ports, {
        to: withdrawal.userId,
        notice: { kind: 'withdrawal.processing', amount: withdrawal.amount },
        key: `withdrawal:${withdrawal.id}:processing`,
      });
      return { withdrawal: claimed, number };
    });

/** Whoever has the number on their screen must stop transferring. */
const tellTakenOver = (
  tx: Tx,
  ports: WithdrawalPorts,
  taken: { readonly pending: Withdrawal; readonly from: UserId; readonly admin: User },
): Promise<void> =>
  notify(tx, ports, {
    to: taken.from,
    notice: {
      kind: 'withdrawal.taken-over',
      amount: taken.pending.amount,
      maskedNumber: taken.pending.maskedNumber,
      by: taken.admin.displayName,
    },
    key: `withdrawal:${taken.pending.id}:taken-over:${ports.ids.next()}`,
  });

const alreadyDecided = async (
  tx: Tx,
  withdrawal: Withdrawal,
): Promise<WithdrawalResult | undefined> => {
  if (withdrawal.status === 'pending') return undefined;
  const { status, decidedAt: at } = withdrawal;
  const by = withdrawal.status === 'canceled' ? null : await getUser(tx, withdrawal.decidedBy);
  return { outcome: 'already-decided', status, by, at };
};

/** Only the admin who claimed it decides it (WDR-2). */
const requireClaimed = async (tx: Tx, withdrawal: Withdrawal, admin: User) => {
  const pending = requirePendingWithdrawal(withdrawal);
  const { claim } = pending;
  if (!claim) throw refuseWithdrawal('withdrawal.not-claimed');
  if (claim.by !== admin.id) {
    const { displayName } = await getUser(tx, claim.by);
    throw refuseWithdrawal('withdrawal.claimed-by-other', { by: displayName, at: claim.at });
  }
  return { ...pending, claim };
};

const requireRejectable = async (tx: Tx, withdrawal: Withdrawal, admin: User) => {
  const pending = requirePendingWithdrawal(withdrawal);
  if (pending.needsSecond && !pending.claim) return pending;
  return requireClaimed(tx, pending, admin);
};

export interface PayWithdrawal extends DecideWithdrawal {
  /** The transfer's reference, told to the worker; null for none. */
  readonly reference: string | null;
  /** The transfer's receipt, given to the worker; null for none. */
  readonly receipt: StoredFile | null;
}

/**
 * `Sudah Ditransfer`: amount hold → outside, fee hold → revenue, once (WDR-2). Not while the books do
 * not add up (WAL-13).
 */
export const payWithdrawal =
  (ports: WithdrawalPorts) =>
  ({ reference, receipt, ...input }: PayWithdrawal): Promise<WithdrawalResult> =>
    ports.unitOfWork.run(async (tx) => {
      const [{ admin, withdrawal }, freeze] = await askTogether([
        lockDecidable(tx, input),
        tx.freezes.current(),
      ]);
      const earlier = await alreadyDecided(tx, withdrawal);
      if (earlier) return earlier;
      refuseFrozen(freeze?.begunAt ?? null);
      const claimed = await requireClaimed(tx, withdrawal, admin);
      const at = ports.clock.now();
      const cleanReference = reference === null ? null : oneLine(reference, 100) || null;
      const decision = { decidedAt: at, decidedBy: admin.id };
      const [, , { wallet: balance }] = await askTogether([
        tx.wallets.decide({
          id: claimed.transactionId,
          decision: 'approved',
          postings: paidOut(claimed),
          at,
        }),
        tx.withdrawals.save({
          ...claimed,
          ...decision,
          status: 'paid',
          reference: cleanReference,
          receipt,
        }),
        tx.wallets.balances(claimed.userId),
      ]);
      await auditWithdrawal(tx, ports, {
        ...input,
        action: 'withdrawal.pay',
        before: { status: 'pending' },
        after: { status: 'paid', amount: claimed.amount.toString(), fee: claimed.fee.toString() },
      });
      await notify(tx, ports, {
        to: claimed.userId,
        notice: {
          kind: 'withdrawal.paid',
          amount: claimed.amount,
          maskedNumber: claimed.maskedNumber,
          reference: cleanReference,
          receipt: receipt?.path ?? null,
          balance,
        },
        key: `withdrawal:${claimed.id}:decided`,
      });
      return { outcome: 'paid' };
    });

const paidOut = ({ userId, amount, fee }: Withdrawal): readonly Posting[] => [
  { from: holdOf(userId), to: OUTSIDE, amount },
  ...(fee > 0n ? [{ from: holdOf(userId), to: REVENUE, amount: fee }] : []),
];

/** The hold goes back to the wallet whole. */
export const returned = ({ userId, amount, fee }: Withdrawal): readonly Posting[] => [
  { from: holdOf(userId), to: walletOf(userId), amount: add(amount, fee) },
];

export interface RejectWithdrawal extends DecideWithdrawal {
  /** Required, told to the worker (WDR-2). */
  readonly reason: string;
}

/**
 * `Tolak`: the hold returns to the wallet, the owner hears why (WDR-2). Where it needs two admins, any
 * one rejects it while nobody processes it (ADM-2).
 */
export const rejectWithdrawal =
  (ports: WithdrawalPorts) =>
  ({ reason, ...input }: RejectWithdrawal): Promise<WithdrawalResult> =>
    ports.unitOfWork.run(async (tx) => {
      const why = requireReason(reason);
      const { admin, withdrawal } = await lockDecidable(tx, input);
      const earlier = await alreadyDecided(tx, withdrawal);
      if (earlier) return earlier;
      const claimed = await requireRejectable(tx, withdrawal, admin);
      const at = ports.clock.now();
      await tx.wallets.decide({
        id: claimed.transactionId,
        decision: 'rejected',
        postings: returned(claimed),
        at,
      });
      const decision = { decidedAt: at, decidedBy: admin.id, reason: why };
      await tx.withdrawals.save({ ...claimed, ...decision, status: 'rejected' });
      await auditWithdrawal(tx, ports, {
        ...input,
        action: 'withdrawal.reject',
        before: { status: 'pending' },
        after: { status: 'rejected', amount: claimed.amount.toString() },
      });
      const { wallet: balance } = await tx.wallets.balances(claimed.userId);
      await notify(tx, ports, {
        to: claimed.userId,
        notice: { kind: 'withdrawal.rejected', amount: claimed.amount, reason: why, balance },
        key: `withdrawal:${claimed.id}:decided`,
      });
      return { outcome: 'rejected' };
    });
