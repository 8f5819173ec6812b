import type { Actor } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import { announceHead } from './announce-head.ts';
import type { Head } from './chain.ts';
import { sealAudit, unsealedSeconds } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

export * from './audit.ts';
export * from './chain.ts';
export * from './ports.ts';
export type { AnnounceHead } from './announce-head.ts';
export type { SealAudit } from './seal-audit.ts';
export type { AuditVerification, VerifyAudit, Witness } from './verify-audit.ts';

type AuditPorts = Parameters<typeof sealAudit>[0] & Parameters<typeof announceHead>[0];

/** The chain of seals over the audit log. */
export const createAudit = (ports: AuditPorts) => ({
  seal: sealAudit(ports),
  verify: verifyAudit(ports),
  announceHead: announceHead(ports),
  /** The newest seal; null before the first. For the operator and for jobs. */
  head: async ({ actor }: { readonly actor: Actor }): Promise<Head | null> => {
    requireJob(actor);
    return ports.auditChain.head();
  },
  unsealedSeconds: unsealedSeconds(ports),
});
