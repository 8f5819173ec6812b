import { refuseCommon, type Actor, type BroadcastId, type UserId } from '../kernel/index.ts';
import { requirePermission } from '../users/index.ts';
import { canceled, paused, resumed, type Broadcast, type BroadcastReport } from './broadcast.ts';
import { endIfLast } from './end-broadcast.ts';
import { reportOf, type BroadcastPorts } from './show-broadcasts.ts';
import { takeBack } from './take-over.ts';
import { tellProgress } from './tell-progress.ts';

export interface SteerBroadcast {
  readonly actor: Actor;
  readonly broadcastId: BroadcastId;
}

interface Steering {
  readonly action: 'broadcast.pause' | 'broadcast.resume' | 'broadcast.cancel';
  readonly transition: (broadcast: Broadcast, by: UserId) => Broadcast;
}

/** Under the lock of the broadcast, which the feeding takes too: what it has queued is all there is. */
const steer =
  (ports: BroadcastPorts, { action, transition }: Steering) =>
  ({ actor, broadcastId }: SteerBroadcast): Promise<BroadcastReport> =>
    ports.unitOfWork.run(async (tx) => {
      const admin = await requirePermission(tx, actor, 'users');
      const before = await tx.broadcasts.lock(broadcastId);
      if (!before) throw refuseCommon('not-found', { what: 'broadcast' });
      const after = transition(before, admin.id);
      if (after === before) return reportOf(tx, broadcastId);
      const at = ports.clock.now();
      if (after.status !== 'running') await takeBack(tx, after, at);
      await tx.audit.append({
        actor,
        action,
        subject: 'broadcast',
        subjectId: broadcastId,
        before: { status: before.status },
        after: { status: after.status },
        at,
      });
      const told = await tellProgress(tx, ports, after);
      await tx.broadcasts.save(await endIfLast(tx, ports, { broadcast: told, actor }));
      return reportOf(tx, broadcastId);
    });

/** Sends no more of it until it is resumed (ADM-5). */
export const pauseBroadcast = (ports: BroadcastPorts) =>
  steer(ports, { action: 'broadcast.pause', transition: paused });

/** Lets it go on with who is left (ADM-5). */
export const resumeBroadcast = (ports: BroadcastPorts) =>
  steer(ports, { action: 'broadcast.resume', transition: resumed });

/** Leaves out who is left; it ends when what is on its way has arrived (ADM-5). */
export const cancelBroadcast = (ports: BroadcastPorts) =>
  steer(ports, { action: 'broadcast.cancel', transition: canceled });
