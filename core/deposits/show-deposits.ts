import {
  refuseCommon,
  type Actor,
  type DepositId,
  type Page,
  type PageRequest,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireActor, requirePermission } from '../users/index.ts';
import type { Deposit, DepositCase } from './deposit.ts';

interface ShowPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface ListDeposits {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** Top-ups that wait for an admin, oldest first. */
export const listDeposits =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, page }: ListDeposits): Promise<Page<DepositCase>> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'money');
      return tx.depositDesk.waiting(page);
    });

export interface NextDeposit {
  readonly actor: Actor;
  /** What this admin has put aside for the sitting. */
  readonly skipped?: readonly DepositId[];
}

/** The one to decide next: the oldest that waits and is not the admin's own; null for none. */
export const nextDeposit =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, skipped = [] }: NextDeposit): Promise<DepositCase | null> =>
    unitOfWork.run(
      async (tx) =>
        (await tx.depositDesk.next((await requirePermission(tx, actor, 'money')).id, skipped)) ??
        null,
    );

export interface ShowDeposit {
  readonly actor: Actor;
  readonly depositId: DepositId;
}

/** One top-up as admins see it, whatever its state. */
export const showDeposit =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor, depositId }: ShowDeposit): Promise<DepositCase> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'money');
      const found = await tx.depositDesk.case(depositId);
      if (!found) throw refuseCommon('not-found', { what: 'deposit' });
      return found;
    });

/** The acting person's top-ups that still wait. */
export const listMyDeposits =
  ({ unitOfWork }: ShowPorts) =>
  ({ actor }: { readonly actor: Actor }): Promise<readonly Deposit[]> =>
    unitOfWork.run(async (tx) => tx.deposits.pendingOf((await requireActor(tx, actor)).id));
