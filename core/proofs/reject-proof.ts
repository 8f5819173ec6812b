import { requireText } from '../kernel/index.ts';
import { labelOf } from '../campaigns/index.ts';
import { notify } from '../outbox/index.ts';
import { decided, freeSlot } from '../tasks/index.ts';
import { alreadyDecided, lockDecidable, type ApproveProof } from './approve-proof.ts';
import type { DecidePorts } from './pay-proof.ts';
import type { DecisionResult } from './proof.ts';

export interface RejectProof extends ApproveProof {
  /** Told to the worker; null for none (REV-2). */
  readonly reason: string | null;
}

/**
 * An admin refuses a proof: the slot returns to the pool, the worker hears why, no money moves;
 * where the campaign was deleted the slot closes and its money returns to the client (REV-5).
 */
export const rejectProof =
  (ports: DecidePorts) =>
  ({ reason: text, ...input }: RejectProof): Promise<DecisionResult> =>
    ports.unitOfWork.run(async (tx) => {
      const reason = text === null ? null : requireText(text, 500);
      const { admin, actor, seen } = await lockDecidable(tx, input, 'judge');
      const earlier = await alreadyDecided(tx, seen);
      if (earlier) return earlier;
      const { proof, campaign } = seen;
      const at = ports.clock.now();
      const take = decided(seen.take, 'rejected', at);
      await tx.proofs.decide({
        proofId: proof.id,
        order: 'first',
        verdict: 'rejected',
        by: admin.id,
        reason,
        takeId: take.id,
        at,
      });
      await tx.audit.append({
        actor,
        action: 'proof.reject',
        subject: 'proof',
        subjectId: proof.id,
        before: { status: 'pending' },
        after: { status: 'rejected' },
        at,
      });
      await freeSlot(tx, ports, { take, campaign, actor });
      await notify(tx, ports, {
        to: proof.workerId,
        notice: { kind: 'proof.rejected', campaign: labelOf(campaign), reason },
        key: `proof:${proof.id}:rejected`,
      });
      return { outcome: 'rejected' };
    });
