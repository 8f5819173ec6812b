import type { Actor, Clock, Digests } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import { sealsOver } from './chain.ts';
import type { AuditChain } from './ports.ts';

export interface SealAudit {
  /** A job, or the operator. */
  readonly actor: Actor;
  /** How many rows to seal at most. */
  readonly limit: number;
}

interface SealPorts {
  readonly auditChain: AuditChain;
  readonly digests: Digests;
  readonly clock: Clock;
}

/**
 * Seals what was written to the audit log and committed since the last time (AUD-2). Resolves to how
 * many rows; as many as `limit` means that more may wait.
 */
export const sealAudit =
  ({ auditChain, digests, clock }: SealPorts) =>
  async ({ actor, limit }: SealAudit): Promise<number> => {
    requireJob(actor);
    const at = clock.now();
    return auditChain.extend(limit, (waiting) => sealsOver(digests, waiting, at));
  };

/**
 * For how long the oldest row has waited for its seal; 0 where none waits. Far more than the 60 s of
 * AUD-2: sealing stands still. For the operator and for jobs.
 */
export const unsealedSeconds =
  ({ auditChain, clock }: Pick<SealPorts, 'auditChain' | 'clock'>) =>
  async ({ actor }: { readonly actor: Actor }): Promise<number> => {
    requireJob(actor);
    const oldest = await auditChain.oldestUnsealed();
    return oldest ? Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1_000) : 0;
  };
