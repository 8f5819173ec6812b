import {
  askTogether,
  invariant,
  requireWithin,
  type Actor,
  type DepositId,
  type Rupiah,
  type UnitOfWork,
  type UserId,
} from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import { crewOf, notifyDesk } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import type { Settings } from '../settings/index.ts';
import { lockActor, personOf } from '../users/index.ts';
import { fingerprintOf, ownKey, replayOf, postEntry, type EntryPorts } from '../wallet/index.ts';
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
      const [, pending] = await askTogether([
        lockActor(tx, actor, 'client'),
        tx.deposits.pendingOf(personOf(actor)),
      ]);
      requireRoom(await tx.settings.current(), { amount, pending });
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
      const userId = personOf(actor);
      const content = { use: 'deposit.request', amount, sha256: file.sha256Received };
      const request = {
        key: ownKey(actor, key),
        fingerprint: fingerprintOf(ports.digests, content),
      };
      const [, known, pending, isSent, before, crew] = await askTogether([
        lockActor(tx, actor, 'client'),
        tx.wallets.findByKey(request.key),
        tx.deposits.pendingOf(userId),
        tx.deposits.hasSent(userId, file),
        tx.depositDesk.count(),
        crewOf(tx, 'deposits'),
      ]);
      const earlier = replayOf(request, known);
      if (earlier) {
        const made = await tx.deposits.find(earlier.reference.id as DepositId);
        invariant(made, 'a deposit transaction refers to a stored deposit');
        return made;
      }
      requireRoom(await tx.settings.current(), { amount, pending });
      if (isSent) throw refuseDeposit('deposit.same-file');
      const id = ports.ids.next<DepositId>();
      const transaction = await postEntry(tx, ports, {
        type: 'deposit',
        userId,
        amount,
        reference: { kind: 'deposit', id },
        request,
        actor,
        postings: [],
      });
      const deposit: Deposit = {
        id,
        userId,
        transactionId: transaction.id,
        claimed: amount,
        file,
        status: 'pending',
        createdAt: ports.clock.now(),
      };
      await tx.deposits.add(deposit);
      await tell(tx, ports, { actor, deposit, crew, waiting: before + 1 });
      return deposit;
    });

const requireRoom = (
  settings: Settings,
  { amount, pending }: { readonly amount: Rupiah; readonly pending: readonly Deposit[] },
): void => {
  requireWithin(amount, { min: settings.depositMin, max: settings.depositMax });
  if (pending.length >= settings.depositsPendingMax) {
    throw refuseDeposit('deposit.too-many-pending', { max: settings.depositsPendingMax });
  }
};

interface Told {
  readonly actor: Actor;
  readonly deposit: Deposit;
  readonly crew: readonly UserId[];
  readonly waiting: number;
}

const tell = async (
  tx: Tx,
  ports: DepositPorts,
  { actor, deposit, crew, waiting }: Told,
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
  await notifyDesk(tx, ports, {
    desk: 'deposits',
    crew,
    waiting,
    key: `deposit:${deposit.id}:waiting`,
  });
};
