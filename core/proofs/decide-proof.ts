import { invariant, refuseCommon, requireText, type Actor, type ProofId } from '../kernel/index.ts';
import { labelOf, type Campaign } from '../campaigns/index.ts';
import { requireNotFrozen } from '../freeze/index.ts';
import { notify } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { decided, freeSlot } from '../tasks/index.ts';
import { getUser, requirePermission, type User } from '../users/index.ts';
import { payProof, type DecidePorts } from './pay-proof.ts';
import { refuseProof, type DecisionResult, type Proof } from './proof.ts';

export interface ApproveProof {
  readonly actor: Actor;
  readonly proofId: ProofId;
}

export interface RejectProof extends ApproveProof {
  /** Told to the worker; null for none (REV-2). */
  readonly reason: string | null;
}

/**
 * The deciding admin, and proof and campaign, locked in this order, before any slot or account: so
 * that decisions and changes of a campaign wait for each other instead of deadlocking. Nobody
 * decides what is theirs (ACC-7).
 */
export const lockDecidable = async (
  tx: Tx,
  { actor, proofId }: ApproveProof,
): Promise<{ readonly admin: User; readonly proof: Proof; readonly campaign: Campaign }> => {
  const admin = await requirePermission(tx, actor, 'review');
  const proof = await tx.proofs.lock(proofId);
  if (!proof) throw refuseCommon('not-found', { what: 'proof' });
  const campaign = await tx.campaigns.lock(proof.campaignId, 'change');
  invariant(campaign, 'a proof belongs to a stored campaign');
  if (proof.workerId === admin.id || campaign.clientId === admin.id) throw refuseProof('proof.own');
  return { admin, proof, campaign };
};

/** Exactly one first decision: the second admin is told who decided what and when (REV-4). */
const alreadyDecided = async (tx: Tx, proof: Proof): Promise<DecisionResult | undefined> => {
  if (proof.status === 'pending') return undefined;
  const decisions = await tx.proofs.decisions(proof.id);
  const last = decisions.at(-1);
  invariant(last, 'a decided proof has a decision');
  return {
    outcome: 'already-decided',
    verdict: last.verdict,
    by: await getUser(tx, last.by),
    at: last.at,
  };
};

/**
 * An admin accepts a proof; the worker is paid from the campaign's escrow in the same moment
 * (REV-3). Not while the books do not add up (WAL-13).
 */
export const approveProof =
  (ports: DecidePorts) =>
  (input: ApproveProof): Promise<DecisionResult> =>
    ports.unitOfWork.run((tx) => approveWithin(tx, ports, input));

/** As `approveProof`, in a transaction of the caller's. */
export const approveWithin = async (
  tx: Tx,
  ports: DecidePorts,
  input: ApproveProof,
): Promise<DecisionResult> => {
  const { admin, proof, campaign } = await lockDecidable(tx, input);
  const earlier = await alreadyDecided(tx, proof);
  if (earlier) return earlier;
  await requireNotFrozen(tx);
  const take = await tx.tasks.lock(proof.takeId);
  invariant(take, 'a proof belongs to a stored take');
  const at = ports.clock.now();
  await tx.tasks.save(decided(take, 'approved', at), 'approved');
  const verdict = { verdict: 'approved', by: admin.id, reason: null } as const;
  await tx.proofs.decide({
    proofId: proof.id,
    order: 'first',
    ...verdict,
    takeId: take.id,
    at,
  });
  await auditDecision(tx, { ...input, action: 'proof.approve', at, paid: campaign });
  const paid = await payProof(tx, ports, { actor: input.actor, proof, campaign });
  return { outcome: 'approved', ...paid };
};

/**
 * An admin refuses a proof: the slot returns to the pool, the worker hears why, no money moves;
 * where the campaign was deleted the slot closes and its money returns to the client (REV-5).
 */
export const rejectProof =
  (ports: DecidePorts) =>
  ({ reason, ...input }: RejectProof): Promise<DecisionResult> =>
    ports.unitOfWork.run(async (tx) => {
      const why = reason === null ? null : requireText(reason, 500);
      const { admin, proof, campaign } = await lockDecidable(tx, input);
      const earlier = await alreadyDecided(tx, proof);
      if (earlier) return earlier;
      const take = await tx.tasks.lock(proof.takeId);
      invariant(take, 'a proof belongs to a stored take');
      const at = ports.clock.now();
      const rejected = decided(take, 'rejected', at);
      const verdict = { verdict: 'rejected', by: admin.id, reason: why } as const;
      await tx.proofs.decide({
        proofId: proof.id,
        order: 'first',
        ...verdict,
        takeId: take.id,
        at,
      });
      await auditDecision(tx, { ...input, action: 'proof.reject', at });
      await freeSlot(tx, ports, { take: rejected, campaign, actor: input.actor });
      await notify(tx, ports, {
        to: proof.workerId,
        notice: { kind: 'proof.rejected', campaign: labelOf(campaign), reason: why },
        key: `proof:${proof.id}:rejected`,
      });
      return { outcome: 'rejected' };
    });

const auditDecision = (
  tx: Tx,
  decision: ApproveProof & {
    readonly action: 'proof.approve' | 'proof.reject';
    readonly at: Date;
    readonly paid?: Campaign;
  },
): Promise<void> =>
  tx.audit.append({
    actor: decision.actor,
    action: decision.action,
    subject: 'proof',
    subjectId: decision.proofId,
    before: { status: 'pending' },
    after: {
      status: decision.action === 'proof.approve' ? 'approved' : 'rejected',
      ...(decision.paid && {
        reward: decision.paid.pricePerTask.toString(),
        fee: decision.paid.feePerTask.toString(),
      }),
    },
    at: decision.at,
  });
