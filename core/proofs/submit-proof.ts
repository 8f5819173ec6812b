import {
  askTogether,
  invariant,
  refuseCommon,
  type Actor,
  type Clock,
  type Ids,
  type ProofId,
  type TakeId,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { ReceivedFile } from '../files/index.ts';
import { crewOf, notifyDesk } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { submitted } from '../tasks/index.ts';
import { lockActor } from '../users/index.ts';
import { noteCopies } from './flags.ts';
import type { Proof } from './proof.ts';

interface SubmitPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface SubmitProof {
  readonly actor: Actor;
  readonly takeId: TakeId;
  /** Already checked and kept (PRF-1, PRF-2). */
  readonly file: ReceivedFile;
  /** When the update that brought it was stored: what the deadline is compared with (TSK-5). */
  readonly sentAt: Date;
}

/**
 * A worker sends the screenshot of a taken task; it waits for review. Refused after the deadline
 * (`take.late`), for a take that is not open (`take.not-open`), and with a file that they have sent
 * before (`proof.same-file`, PRF-3), which leaves the task taken; never by the daily limit (TSK-4).
 */
export const submitProof =
  ({ unitOfWork, clock, ids }: SubmitPorts) =>
  ({ actor, takeId, file, sentAt }: SubmitProof): Promise<Proof> =>
    unitOfWork.run(async (tx) => {
      const [worker, take] = await askTogether([
        lockActor(tx, actor, 'worker'),
        tx.tasks.lock(takeId),
      ]);
      if (!take || take.workerId !== worker.id) throw refuseCommon('not-found', { what: 'take' });
      invariant(file.type !== 'application/pdf', 'a proof is a picture: storeScreenshot made it');
      const underReview = submitted(take, sentAt);
      const [flags, { waiting }, crew] = await askTogether([
        noteCopies(tx, file, { worker: worker.id, linkKey: take.linkKey }),
        tx.reviewDesk.queue(),
        crewOf(tx, 'proofs'),
      ]);
      await tx.tasks.save(underReview, 'pending_review');
      const proof: Proof = {
        id: ids.next<ProofId>(),
        takeId,
        taskId: take.taskId,
        campaignId: take.campaignId,
        workerId: worker.id,
        file,
        status: 'pending',
        submittedAt: sentAt,
      };
      await tx.proofs.add(proof, flags);
      await tx.audit.append({
        actor,
        action: 'proof.submit',
        subject: 'proof',
        subjectId: proof.id,
        before: { take: take.status },
        after: { take: 'pending_review', takeId, sha256: file.sha256Received },
        at: clock.now(),
      });
      await notifyDesk(
        tx,
        { clock, ids },
        { desk: 'proofs', crew, waiting: waiting + 1, key: `proof:${proof.id}:waiting` },
      );
      return proof;
    });
