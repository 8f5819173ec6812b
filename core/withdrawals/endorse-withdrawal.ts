import { askTogether, invariant } from '../kernel/index.ts';
import { crewOf, notifyDesk } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, type User } from '../users/index.ts';
import { auditWithdrawal, lockDecidable, type DecideWithdrawal } from './decidable.ts';
import type { WithdrawalPorts } from './request-withdrawal.ts';
import {
  lacksSecond,
  mayHandleMoney,
  refuseWithdrawal,
  requirePendingWithdrawal,
  type PendingWithdrawal,
  type Withdrawal,
  type WithdrawalCase,
} from './withdrawal.ts';

/**
 * The first of the two admins that a withdrawal needs says that it is right; another one processes it
 * (ADM-2). The other admins of the desk hear of it. Of two at once the second is told who was first;
 * one's own word again changes nothing.
 */
export const endorseWithdrawal =
  (ports: WithdrawalPorts) =>
  (input: DecideWithdrawal): Promise<WithdrawalCase> =>
    ports.unitOfWork.run(async (tx) => {
      const { admin, withdrawal } = await lockDecidable(tx, input);
      const pending = requirePendingWithdrawal(withdrawal);
      if (!pending.needsSecond) throw refuseWithdrawal('withdrawal.no-second-needed');
      const before = pending.endorsement;
      if (before?.by === admin.id) return caseOf(tx, input);
      await requireUnendorsed(tx, pending);
      const endorsement = { by: admin.id, at: ports.clock.now() };
      await tx.withdrawals.save({ ...pending, endorsement });
      await auditWithdrawal(tx, ports, {
        ...input,
        action: 'withdrawal.endorse',
        before: { endorsedBy: before?.by ?? null },
        after: { endorsedBy: admin.id },
      });
      const [crew, waiting] = await askTogether([
        crewOf(tx, 'withdrawals'),
        tx.withdrawalDesk.count(),
      ]);
      await notifyDesk(tx, ports, {
        desk: 'withdrawals',
        crew,
        waiting,
        key: `withdrawal:${pending.id}:endorsed:${ports.ids.next()}`,
        except: admin.id,
      });
      return caseOf(tx, input);
    });

/** The admin who endorsed it takes their word back, while nobody processes it (ADM-2). */
export const takeBackEndorsement =
  (ports: WithdrawalPorts) =>
  (input: DecideWithdrawal): Promise<WithdrawalCase> =>
    ports.unitOfWork.run(async (tx) => {
      const { admin, withdrawal } = await lockDecidable(tx, input);
      const pending = requirePendingWithdrawal(withdrawal);
      if (pending.endorsement?.by !== admin.id) throw refuseWithdrawal('withdrawal.not-endorsed');
      if (pending.claim) {
        const { displayName: by } = await getUser(tx, pending.claim.by);
        throw refuseWithdrawal('withdrawal.claimed-by-other', { by, at: pending.claim.at });
      }
      await tx.withdrawals.save({ ...pending, endorsement: null });
      await auditWithdrawal(tx, ports, {
        ...input,
        action: 'withdrawal.take-back-endorsement',
        before: { endorsedBy: admin.id },
        after: { endorsedBy: null },
      });
      return caseOf(tx, input);
    });

/**
 * Two admins for what needs two: another one's word stands, and this admin has given none (ADM-2).
 * Once somebody processes it, the word that it began with is enough.
 */
export const requireSecond = async (
  tx: Tx,
  pending: PendingWithdrawal,
  admin: User,
): Promise<void> => {
  if (!pending.needsSecond) return;
  if (pending.endorsement?.by === admin.id) {
    const others = await countOthers(tx, pending, admin);
    throw refuseWithdrawal('withdrawal.endorsed-by-you', { others });
  }
  if (pending.claim || !lacksSecond(await endorsed(tx, pending))) return;
  const others = await countOthers(tx, pending, admin);
  throw refuseWithdrawal('withdrawal.second-admin-required', { others });
};

/** The word of somebody who may not handle money any more makes room for another one. */
const requireUnendorsed = async (tx: Tx, pending: PendingWithdrawal): Promise<void> => {
  const { endorsedBy } = await endorsed(tx, pending);
  if (!pending.endorsement || !endorsedBy) return;
  if (!pending.claim && !mayHandleMoney(endorsedBy)) return;
  throw refuseWithdrawal('withdrawal.endorsed-by-other', {
    by: endorsedBy.displayName,
    at: pending.endorsement.at,
  });
};

const endorsed = async (tx: Tx, withdrawal: PendingWithdrawal) => ({
  withdrawal,
  endorsedBy: withdrawal.endorsement && (await getUser(tx, withdrawal.endorsement.by)),
});

/** How many there are beside this admin who could be the other one. */
export const countOthers = async (
  tx: Pick<Tx, 'users'>,
  { userId }: Pick<Withdrawal, 'userId'>,
  admin: User,
): Promise<number> => {
  const admins = await tx.users.admins();
  return admins.filter((one) => mayHandleMoney(one) && one.id !== admin.id && one.id !== userId)
    .length;
};

const caseOf = async (tx: Tx, { withdrawalId }: DecideWithdrawal): Promise<WithdrawalCase> => {
  const found = await tx.withdrawalDesk.case(withdrawalId);
  invariant(found, 'a withdrawal under our lock is stored');
  return found;
};
