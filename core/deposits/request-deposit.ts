import {
  invariant,
  pageRequest,
  requireWithin,
  type Actor,
  type DepositId,
  type Rupiah,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import { notifyDesk } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { lockActor } from '../users/index.ts';
import { findReplay, fingerprintOf, ownKey, postEntry, type EntryPorts } from '../wallet/index.ts';
import { refuseDeposit, type Deposit } from './deposit.ts';

export interface DepositPorts extends EntryPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
}

export interface CheckDeposit {
  readonly actor: Actor;
  /** Rupiah that the client says was transferred. */
  readonly amount: Rupiah;
}

export interface RequestDeposit extends CheckDeposit {
  /** Made when the amount was accepted (WAL-7). */
  readonly key: string;
  /** The transfer proof, already checked and kept. */
  readonly file: ReceivedFile;
}

/**
 * Whether a top-up of this amount would be accepted now: asked before the person transfers (DEP-1).
 */
export const checkDeposit =
  ({ unitOfWork }: Pick<DepositPorts, 'unitOfWork'>) =>
  ({ actor, amount }: CheckDeposit): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const client = await lockActor(tx, actor, 'client');
      await requireRoom(tx, { userId: client.id, amount });
    });

/**
 * A client asks for a top-up, with its proof; it waits for an admin (DEP-1). Refused: an amount
 * outside the bounds, too many pending, a proof this person has sent before (DEP-3). The same key
 * again gives the deposit made first.
 */
export const requestDeposit =
  (ports: DepositPorts) =>
  ({ actor, key, amount, file }: RequestDeposit): Promise<Deposit> =>
    ports.unitOfWork.run(async (tx) => {
      const client = await lockActor(tx, actor, 'client');
      const request = {
        key: ownKey(actor, key),
        fingerprint: fingerprintOf(ports.digests, {
          use: 'deposit.request',
          amount,
          sha256: file.sha256Received,
        }),
      };
      const earlier = await findReplay(tx, request);
      if (earlier) {
        const made = await tx.deposits.find(earlier.reference.id as DepositId);
        invariant(made, 'a deposit transaction refers to a stored deposit');
        return made;
      }
      await requireRoom(tx, { userId: client.id, amount });
      if (await tx.deposits.hasSent(client.id, file)) throw refuseDeposit('deposit.same-file');
      const id = ports.ids.next<DepositId>();
      const transaction = await postEntry(tx, ports, {
        type: 'deposit',
        userId: client.id,
        amount,
        reference: { kind: 'deposit', id },
        request,
        actor,
        postings: [],
      });
      const deposit: Deposit = {
        id,
        userId: client.id,
        transactionId: transaction.id,
        claimed: amount,
        file,
        status: 'pending',
        createdAt: ports.clock.now(),
      };
      await tx.deposits.add(deposit);
      await tell(tx, ports, { actor, deposit });
      return deposit;
    });

const requireRoom = async (
  tx: Tx,
  { userId, amount }: Pick<Deposit, 'userId'> & { readonly amount: Rupiah },
): Promise<void> => {
  const settings = await tx.settings.current();
  requireWithin(amount, { min: settings.depositMin, max: settings.depositMax });
  const pending = await tx.deposits.pendingOf(userId);
  if (pending.length >= settings.depositsPendingMax) {
    throw refuseDeposit('deposit.too-many-pending', { max: settings.depositsPendingMax });
  }
};

const tell = async (
  tx: Tx,
  ports: DepositPorts,
  { actor, deposit }: { readonly actor: Actor; readonly deposit: Deposit },
): Promise<void> => {
  await tx.audit.append({
    actor,
    action: 'deposit.request',
    subject: 'deposit',
    subjectId: deposit.id,
    before: null,
    after: { status: 'pending', claimed: deposit.claimed.toString() },
    at: deposit.createdAt,
  });
  const { total } = await tx.depositDesk.waiting(pageRequest(0, 1));
  await notifyDesk(tx, ports, {
    desk: 'deposits',
    waiting: total,
    key: `deposit:${deposit.id}:waiting`,
  });
};
