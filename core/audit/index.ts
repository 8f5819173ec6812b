import type { Actor } from '../kernel/index.ts';
import { requireJob } from '../users/index.ts';
import { announceHead } from './announce-head.ts';
import { browseTrail, exportPart, orderExport, showRecord } from './browse-trail.ts';
import type { Head } from './chain.ts';
import { campaignsOn, describeFilter, listActingAdmins } from './name-filter.ts';
import { sealAudit, unsealedSeconds } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

export * from './audit.ts';
export * from './chain.ts';
export { csvCell, CSV_HEAD, csvLine } from './csv.ts';
export * from './line-key.ts';
export * from './ports.ts';
export * from './trail.ts';
export type { AnnounceHead } from './announce-head.ts';
export {
  EXPORT_PART_MAX,
  type BrowseAudit,
  type OrderExport,
  type ShowRecord,
} from './browse-trail.ts';
export type { CampaignsOn, DescribeFilter, FilterNames, NamedAdmin } from './name-filter.ts';
export type { SealAudit } from './seal-audit.ts';
export type { AuditVerification, VerifyAudit, Witness } from './verify-audit.ts';

type AuditPorts = Parameters<typeof sealAudit>[0] & Parameters<typeof announceHead>[0];

/** The audit log as admins read it, and the chain of seals over it. */
export const createAudit = (ports: AuditPorts) => ({
  browse: browseTrail(ports),
  show: showRecord(ports),
  orderExport: orderExport(ports),
  exportPart: exportPart(ports),
  admins: listActingAdmins(ports),
  campaignsOn: campaignsOn(ports),
  describeFilter: describeFilter(ports),
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
