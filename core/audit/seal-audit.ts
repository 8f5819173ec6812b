import type { Actor, Clock, Digests, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
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
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly digests: Digests;
  readonly clock: Clock;
}

/** The job asks each half minute, and one of its runs may fail. */
const AHEAD_SECONDS = 60;

/**
 * Seals what was written to the audit log and committed since the last time, as soon as the oldest of
 * it could not wait for the run after next (AUD-2, *cfg*). Resolves to how many rows; as many as
 * `limit` means that more may wait.
 */
export const sealAudit =
  ({ auditChain, unitOfWork, digests, clock }: SealPorts) =>
  async ({ actor, limit }: SealAudit): Promise<number> => {
    requireJob(actor);
    const { auditSealSeconds } = await unitOfWork.run((tx) => tx.settings.current());
    const waited = await unsealedSeconds({ auditChain, clock })({ actor });
    if (waited + AHEAD_SECONDS < auditSealSeconds) return 0;
    const at = clock.now();
    return auditChain.extend(limit, (waiting) => sealsOver(digests, waiting, at));
  };

/**
 * For how long the oldest row has waited for its seal; 0 where none waits. Far more than
 * `auditSealSeconds`: sealing stands still (AUD-2). For the operator and for jobs.
 */
export const unsealedSeconds =
  ({ auditChain, clock }: Pick<SealPorts, 'auditChain' | 'clock'>) =>
  async ({ actor }: { readonly actor: Actor }): Promise<number> => {
    requireJob(actor);
    const oldest = await auditChain.oldestUnsealed();
    return oldest ? Math.max(0, (clock.now().getTime() - oldest.getTime()) / 1_000) : 0;
  };
