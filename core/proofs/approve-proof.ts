import {
  askTogether,
  invariant,
  refuseCommon,
  type Actor,
  type CampaignId,
  type ProofId,
  type Rupiah,
  type UserId,
} from '../kernel/index.ts';
import type { Campaign } from '../campaigns/index.ts';
import { refuseFrozen } from '../freeze/index.ts';
import type { Tx } from '../ports.ts';
import { decided } from '../tasks/index.ts';
import { getUser, personOf, requirePermitted, type User } from '../users/index.ts';
import type { EntryPorts } from '../wallet/index.ts';
import { payProof, type DecidePorts, type PaidProof } from './pay-proof.ts';
import { refuseProof, type DecisionResult } from './proof.ts';
import type { LockedCase, LockedCases, Locking } from './settlement.ts';

export interface ApproveProof {
  readonly actor: Actor;
  readonly proofId: ProofId;
}

/** Who decides, and what they decide under, as it was read under the locks. */
export interface Deciding extends Pick<LockedCases, 'admin' | 'frozenSince'> {
  readonly actor: Actor;
}

/**
 * Locks proofs to be decided, and reads who decides them and all that their decisions depend on in
 * one go.
 */
export const lockCases = async (
  tx: Tx,
  actor: Actor,
  { proofIds, to }: { readonly proofIds: readonly ProofId[]; readonly to: Locking['to'] },
): Promise<LockedCases & Deciding> => {
  const by = personOf(actor);
  const [locked] = await askTogether([
    tx.cases.lock(proofIds, { by, to }),
    tx.settings.current(), // on the same way; whoever asks for it later has it
  ]);
  return { ...locked, actor };
};

/** As above, one proof, by an admin who may decide it. Nobody decides what is theirs (ACC-7). */
export const lockDecidable = async (
  tx: Tx,
  { actor, proofId }: ApproveProof,
  to: Locking['to'],
): Promise<Deciding & { readonly admin: User; readonly seen: LockedCase }> => {
  const { cases, ...deciding } = await lockCases(tx, actor, { proofIds: [proofId], to });
  const admin = await requirePermitted(tx, deciding.admin, 'review');
  const [seen] = cases;
  if (!seen) throw refuseCommon('not-found', { what: 'proof' });
  requireOthers(admin, seen);
  return { ...deciding, admin, seen };
};

const requireOthers = ({ id }: User, { proof, campaign }: LockedCase): void => {
  if (proof.workerId === id || campaign.clientId === id) throw refuseProof('proof.own');
};

/** Exactly one first decision: the second admin is told who decided what and when (REV-4). */
export const alreadyDecided = async (
  tx: Tx,
  { proof, last }: LockedCase,
): Promise<DecisionResult | undefined> => {
  if (proof.status === 'pending') return undefined;
  invariant(last, 'a decided proof has a decision');
  const { verdict, at } = last;
  return { outcome: 'already-decided', verdict, by: await getUser(tx, last.by), at };
};

/**
 * An admin accepts a proof; the worker is paid from the campaign's escrow in the same moment
 * (REV-3). Not while the books do not add up (WAL-13).
 */
export const approveProof =
  (ports: DecidePorts) =>
  (input: ApproveProof): Promise<DecisionResult> =>
    ports.unitOfWork.run(async (tx) => {
      const { seen, ...deciding } = await lockDecidable(tx, input, 'pay');
      const earlier = await alreadyDecided(tx, seen);
      if (earlier) return earlier;
      const approve = await approvingAs(tx, ports, deciding);
      const { settlement, ...paid } = approve(seen);
      await tx.cases.settle([settlement]);
      return { outcome: 'approved', ...paid };
    });

/**
 * Approves pending proofs that are locked to be paid, one after the other, each as the ones before it
 * have left its campaign and its worker's wallet. Only works it out: what it gives is to be settled,
 * all of it in its order. Refuses whoever may not decide, and each proof that may not be approved.
 */
export const approvingAs = async (
  tx: Tx,
  ports: EntryPorts,
  { actor, frozenSince, ...found }: Deciding,
): Promise<(locked: LockedCase) => PaidProof> => {
  const admin = await requirePermitted(tx, found.admin, 'review');
  const at = ports.clock.now();
  const campaigns = new Map<CampaignId, Campaign>();
  const balances = new Map<UserId, Rupiah>();
  return (locked) => {
    const { campaign, balance, proof } = locked;
    const seen = {
      ...locked,
      campaign: campaigns.get(campaign.id) ?? campaign,
      balance: balances.get(proof.workerId) ?? balance,
    };
    requireOthers(admin, seen);
    refuseFrozen(frozenSince);
    const paid = payProof(ports, seen, approvalOf(seen, { actor, admin, at }));
    campaigns.set(campaign.id, paid.settlement.campaign);
    balances.set(proof.workerId, paid.workerBalance);
    return paid;
  };
};

const approvalOf = (
  { proof, take, campaign }: LockedCase,
  { actor, admin, at }: { readonly actor: Actor; readonly admin: User; readonly at: Date },
): Parameters<typeof payProof>[2] => ({
  actor,
  take: decided(take, 'approved', at),
  decision: {
    proofId: proof.id,
    order: 'first',
    verdict: 'approved',
    by: admin.id,
    reason: null,
    takeId: take.id,
    at,
  },
  audit: {
    actor,
    action: 'proof.approve',
    subject: 'proof',
    subjectId: proof.id,
    before: { status: 'pending' },
    after: {
      status: 'approved',
      reward: campaign.pricePerTask.toString(),
      fee: campaign.feePerTask.toString(),
    },
    at,
  },
});
