import {
  refuseCommon,
  type Actor,
  type Page,
  type PageRequest,
  type WithdrawalId,
} from '../kernel/index.ts';
import {
  isAdmin,
  isPermitted,
  requireActor,
  requireMay,
  requirePermission,
} from '../users/index.ts';
import { countOthers } from './endorse-withdrawal.ts';
import { openNumber, type WithdrawalPorts } from './request-withdrawal.ts';
import type { Withdrawal, WithdrawalCase } from './withdrawal.ts';

export interface ListWithdrawals {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/**
 * What this admin can process: their own claims first, then what nobody claimed, oldest first
 * (WDR-2).
 */
export const listWithdrawals =
  ({ unitOfWork }: WithdrawalPorts) =>
  ({ actor, page }: ListWithdrawals): Promise<Page<WithdrawalCase>> =>
    unitOfWork.run(async (tx) =>
      tx.withdrawalDesk.waiting((await requirePermission(tx, actor, 'money')).id, page),
    );

export interface NextWithdrawal {
  readonly actor: Actor;
  /** What this admin has put aside for the sitting. */
  readonly skipped?: readonly WithdrawalId[];
}

/**
 * The one to process next: this admin's own claims first, then the oldest that nobody claimed, never
 * one that the admin asked for; null for none (WDR-2, ACC-7).
 */
export const nextWithdrawal =
  ({ unitOfWork }: WithdrawalPorts) =>
  ({ actor, skipped = [] }: NextWithdrawal): Promise<WithdrawalCase | null> =>
    unitOfWork.run(
      async (tx) =>
        (await tx.withdrawalDesk.next((await requirePermission(tx, actor, 'money')).id, skipped)) ??
        null,
    );

/** What other admins are processing: the way to a take-over (WDR-2). */
export const listClaimedByOthers =
  ({ unitOfWork }: WithdrawalPorts) =>
  ({ actor, page }: ListWithdrawals): Promise<Page<WithdrawalCase>> =>
    unitOfWork.run(async (tx) =>
      tx.withdrawalDesk.claimedByOthers((await requirePermission(tx, actor, 'money')).id, page),
    );

export interface ShowWithdrawal {
  readonly actor: Actor;
  readonly withdrawalId: WithdrawalId;
}

/** A withdrawal as somebody looks at it. */
export interface SeenWithdrawal extends WithdrawalCase {
  /**
   * For an admin of money: how many could be the other one of the two that it waits for, beside them;
   * null for everybody else, and where it waits for none (ADM-2).
   */
  readonly others: number | null;
}

export interface ShownWithdrawal extends SeenWithdrawal {
  /** E.164 for the owner and the claiming admin; null for everybody else (WDR-3). */
  readonly number: string | null;
}

/** One withdrawal, for its owner or an admin; the whole number only where WDR-3 allows. */
export const showWithdrawal =
  ({ unitOfWork, cipher }: WithdrawalPorts) =>
  ({ actor, withdrawalId }: ShowWithdrawal): Promise<ShownWithdrawal> =>
    unitOfWork.run(async (tx) => {
      const user = await requireActor(tx, actor);
      const found = await tx.withdrawalDesk.case(withdrawalId);
      if (!found || (found.withdrawal.userId !== user.id && !isAdmin(user))) {
        throw refuseCommon('not-found', { what: 'withdrawal' });
      }
      const { withdrawal } = found;
      if (withdrawal.userId !== user.id) requireMay(user, 'money');
      const claimedBy = withdrawal.status === 'canceled' ? null : withdrawal.claim?.by;
      const mayRead = withdrawal.userId === user.id || claimedBy === user.id;
      const number = mayRead ? openNumber(cipher, withdrawal) : null;
      const waitsForTwo =
        withdrawal.status === 'pending' && withdrawal.needsSecond && !withdrawal.claim;
      const isTold = waitsForTwo && isPermitted(user, 'money');
      const others = isTold ? await countOthers(tx, withdrawal, user) : null;
      return { ...found, number, others };
    });

/** The acting person's withdrawals that still wait. */
export const listMyWithdrawals =
  ({ unitOfWork }: WithdrawalPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<readonly Withdrawal[]> =>
    unitOfWork.run(async (tx) => tx.withdrawals.pendingOf((await requireActor(tx, actor)).id));
