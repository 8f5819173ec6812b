import {
  askTogether,
  refuseCommon,
  requireReason,
  requireWithin,
  rupiah,
  type Actor,
  type DepositId,
  type Rupiah,
} from '../kernel/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { getUser, requireActor, requirePermission, type User } from '../users/index.ts';
import { OUTSIDE, walletOf } from '../wallet/index.ts';
import {
  refuseDeposit,
  requirePendingDeposit,
  type Deposit,
  type DepositResult,
} from './deposit.ts';
import type { DepositPorts } from './request-deposit.ts';

export interface DecideDeposit {
  readonly actor: Actor;
  readonly depositId: DepositId;
}

export interface ApproveDeposit extends DecideDeposit {
  /** What really arrived, rupiah; `reason` is required where it differs from the claim (DEP-2). */
  readonly credited: Rupiah;
  readonly reason: string | null;
}

export interface RejectDeposit extends DecideDeposit {
  /** Required, told to the client (DEP-2). */
  readonly reason: string;
}

const lockDecidable = async (tx: Tx, { actor, depositId }: DecideDeposit) => {
  const [admin, deposit] = await askTogether([
    requirePermission(tx, actor, 'money'),
    tx.deposits.lock(depositId),
  ]);
  if (!deposit) throw refuseCommon('not-found', { what: 'deposit' });
  if (deposit.userId === admin.id) throw refuseDeposit('deposit.own');
  return { admin, deposit };
};

const alreadyDecided = async (tx: Tx, deposit: Deposit): Promise<DepositResult | undefined> => {
  if (deposit.status === 'pending') return undefined;
  const by = deposit.status === 'canceled' ? null : await getUser(tx, deposit.decidedBy);
  return { outcome: 'already-decided', status: deposit.status, by, at: deposit.decidedAt };
};

/**
 * An admin confirms that money arrived: credited exactly once, claimed and credited both kept
 * (DEP-2).
 */
export const approveDeposit =
  (ports: DepositPorts) =>
  ({ credited, reason, ...input }: ApproveDeposit): Promise<DepositResult> =>
    ports.unitOfWork.run(async (tx) => {
      const { admin, deposit } = await lockDecidable(tx, input);
      const earlier = await alreadyDecided(tx, deposit);
      if (earlier) return earlier;
      const { amountMax } = await tx.settings.current();
      requireWithin(credited, { min: rupiah(1n), max: amountMax });
      const why = credited === deposit.claimed ? null : requireReason(reason);
      const at = ports.clock.now();
      const wallet = walletOf(deposit.userId);
      const postings = [{ from: OUTSIDE, to: wallet, amount: credited }];
      const life = { status: 'approved', credited, reason: why } as const;
      const [, , { wallet: balance }] = await askTogether([
        tx.wallets.decide({ id: deposit.transactionId, decision: 'approved', postings, at }),
        settle(tx, { deposit, admin, at, actor: input.actor }, life),
        tx.wallets.balances(deposit.userId),
      ]);
      await notify(tx, ports, {
        to: deposit.userId,
        notice: {
          kind: 'deposit.approved',
          claimed: deposit.claimed,
          credited,
          reason: why,
          balance,
        },
        key: `deposit:${deposit.id}:decided`,
      });
      return { outcome: 'approved', credited, balance };
    });

/** An admin refuses a top-up with a reason; no money moves (DEP-2). */
export const rejectDeposit =
  (ports: DepositPorts) =>
  ({ reason, ...input }: RejectDeposit): Promise<DepositResult> =>
    ports.unitOfWork.run(async (tx) => {
      const why = requireReason(reason);
      const { admin, deposit } = await lockDecidable(tx, input);
      const earlier = await alreadyDecided(tx, deposit);
      if (earlier) return earlier;
      const at = ports.clock.now();
      const life = { status: 'rejected', reason: why } as const;
      await askTogether([
        tx.wallets.decide({
          id: deposit.transactionId,
          decision: 'rejected',
          postings: [],
          at,
        }),
        settle(tx, { deposit, admin, at, actor: input.actor }, life),
      ]);
      await notify(tx, ports, {
        to: deposit.userId,
        notice: { kind: 'deposit.rejected', claimed: deposit.claimed, reason: why },
        key: `deposit:${deposit.id}:decided`,
      });
      return { outcome: 'rejected' };
    });

/** The client takes a pending top-up back (DEP-2). */
export const cancelDeposit =
  (ports: DepositPorts) =>
  ({ actor, depositId }: DecideDeposit): Promise<Deposit> =>
    ports.unitOfWork.run(async (tx) => {
      const [user, deposit] = await askTogether([
        requireActor(tx, actor),
        tx.deposits.lock(depositId),
      ]);
      if (!deposit || deposit.userId !== user.id) {
        throw refuseCommon('not-found', { what: 'deposit' });
      }
      const pending = requirePendingDeposit(deposit);
      const at = ports.clock.now();
      const canceled: Deposit = { ...pending, status: 'canceled', decidedAt: at };
      await askTogether([
        tx.wallets.decide({
          id: deposit.transactionId,
          decision: 'canceled',
          postings: [],
          at,
        }),
        tx.deposits.save(canceled),
      ]);
      await audit(tx, { actor, deposit: canceled, at });
      return canceled;
    });

type Verdict =
  | { readonly status: 'approved'; readonly credited: Rupiah; readonly reason: string | null }
  | { readonly status: 'rejected'; readonly reason: string };

const settle = async (
  tx: Tx,
  decision: {
    readonly deposit: Deposit;
    readonly admin: User;
    readonly at: Date;
    readonly actor: Actor;
  },
  verdict: Verdict,
): Promise<void> => {
  const { admin, at, actor } = decision;
  const pending = requirePendingDeposit(decision.deposit);
  const decided: Deposit = { ...pending, ...verdict, decidedAt: at, decidedBy: admin.id };
  await tx.deposits.save(decided);
  await audit(tx, { actor, deposit: decided, at });
};

const audit = (
  tx: Tx,
  { actor, deposit, at }: { readonly actor: Actor; readonly deposit: Deposit; readonly at: Date },
): Promise<void> =>
  tx.audit.append({
    actor,
    action: `deposit.${deposit.status}`,
    subject: 'deposit',
    subjectId: deposit.id,
    before: { status: 'pending', claimed: deposit.claimed.toString() },
    after: {
      status: deposit.status,
      ...(deposit.status === 'approved' && { credited: deposit.credited.toString() }),
    },
    at,
  });
