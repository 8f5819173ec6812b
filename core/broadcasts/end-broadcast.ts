import type { Actor } from '../kernel/index.ts';
import type { Stamps } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { ended, type Broadcast } from './broadcast.ts';
import { reportOf } from './show-broadcasts.ts';
import { tellEnd } from './tell-progress.ts';

/**
 * Ends a broadcast of which nobody waits and nothing is on its way, and tells of it. Resolves to the
 * broadcast as it is now; the caller saves it.
 */
export const endIfLast = async (
  tx: Tx,
  stamps: Stamps,
  { broadcast, actor }: { readonly broadcast: Broadcast; readonly actor: Actor },
): Promise<Broadcast> => {
  const { progress } = await reportOf(tx, broadcast.id);
  if (progress.waiting > 0 || broadcast.endedAt !== null) return broadcast;
  const at = stamps.clock.now();
  const over = ended(broadcast, progress, at);
  const { sent, blocked, failed, canceled } = progress;
  await tx.audit.append({
    actor,
    action: 'broadcast.done',
    subject: 'broadcast',
    subjectId: broadcast.id,
    before: { status: broadcast.status },
    after: { status: over.status, sent, blocked, failed, canceled },
    at,
  });
  await tellEnd(tx, stamps, { broadcast: over, progress });
  return over;
};
