import { actorName, requireReason, type Actor } from '../kernel/index.ts';
import { requireOperator } from '../users/index.ts';
import type { FreezePorts } from './check-books.ts';
import { refuseFreeze, type Freeze } from './freeze.ts';
import { stateOf, tellAdmins } from './judge-findings.ts';

export interface LiftFreeze {
  readonly actor: Actor;
  /** Required; stands in the audit log for ever (WAL-13). */
  readonly reason: string;
}

/**
 * The operator lets payments go on. What the freeze names is thereby accepted: the same rows in the
 * same words freeze no more, until a full check finds nothing at all (WAL-13). Refuses
 * `freeze.none`.
 */
export const liftFreeze =
  (ports: Pick<FreezePorts, 'unitOfWork' | 'clock' | 'ids'>) =>
  async ({ actor, reason: given }: LiftFreeze): Promise<Freeze> => {
    requireOperator(actor);
    const reason = requireReason(given);
    return ports.unitOfWork.run(async (tx) => {
      await tx.ledgerChecks.lock();
      const freeze = await tx.freezes.current();
      if (!freeze) throw refuseFreeze('freeze.none');
      const at = ports.clock.now();
      const lifting = { at, by: actorName(actor), reason };
      const lifted: Freeze = { ...freeze, news: freeze.news + 1, lifted: lifting };
      await tx.freezes.save(lifted);
      await tx.audit.append({
        actor,
        action: 'freeze.lift',
        subject: 'freeze',
        subjectId: freeze.id,
        before: stateOf(freeze),
        after: { ...stateOf(lifted), reason },
        at,
      });
      await tellAdmins(tx, ports, lifted);
      return lifted;
    });
  };
