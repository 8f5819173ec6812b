import {
  startOfWibDay,
  type Actor,
  type Clock,
  type Ids,
  type UnitOfWork,
} from '../kernel/index.ts';
import { notifyAdmins } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import type { AuditChain } from './ports.ts';

export interface AnnounceHead {
  /** A job, or the operator. */
  readonly actor: Actor;
}

interface AnnouncePorts {
  readonly auditChain: AuditChain;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Sends the newest seal to every admin who can be reached, once a day of Jakarta: whoever changes the
 * log later cannot change what they hold (AUD-2). Resolves to how many admins; 0 before the first
 * seal.
 */
export const announceHead =
  ({ auditChain, unitOfWork, ...stamps }: AnnouncePorts) =>
  async ({ actor }: AnnounceHead): Promise<number> => {
    requireJob(actor);
    const head = await auditChain.head();
    if (head === null) return 0;
    const { number, hash, total } = head;
    const at = stamps.clock.now();
    const notice = { kind: 'audit.head', number, hash, rows: total, at: at.toISOString() } as const;
    const key = `audit-head:${startOfWibDay(at).toISOString()}`;
    return unitOfWork.run((tx) => notifyAdmins(tx, stamps, { admins: 'reachable', notice, key }));
  };
