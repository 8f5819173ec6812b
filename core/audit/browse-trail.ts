import {
  refuseCommon,
  type Actor,
  type Clock,
  type Json,
  type Slice,
  type SliceRequest,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireAdmin, requireJob } from '../users/index.ts';
import type { AuditFilter, AuditLine } from './trail.ts';

export interface BrowseAudit {
  readonly actor: Actor;
  readonly filter: AuditFilter;
  readonly slice: SliceRequest;
}

export interface TrailPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

const SHOWN_MAX = 50;

/** Records within one part of an export. */
export const EXPORT_PART_MAX = 1_000;

const bounded = ({ from, size }: SliceRequest, max: number): SliceRequest => ({
  from,
  size: Math.min(Math.max(Math.trunc(size) || 1, 1), max),
});

/** The audit log, newest first, for every admin (AUD-3). */
export const browseTrail =
  ({ unitOfWork }: TrailPorts) =>
  ({ actor, filter, slice }: BrowseAudit): Promise<Slice<AuditLine>> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const asked = bounded(slice, SHOWN_MAX);
      const found = await tx.auditTrail.browse(filter, asked);
      const atTheHead = asked.from?.towards === 'newer' && found.newer === null;
      // The newest part is a whole one, however few stand before the part that somebody comes from.
      return atTheHead && found.items.length < asked.size
        ? tx.auditTrail.browse(filter, { ...asked, from: null })
        : found;
    });

export interface ShowRecord {
  readonly actor: Actor;
  /** As `AuditLine` has it. */
  readonly id: string;
}

/** One record of the audit log, for every admin (AUD-3). */
export const showRecord =
  ({ unitOfWork }: TrailPorts) =>
  ({ actor, id }: ShowRecord): Promise<AuditLine> =>
    unitOfWork.run(async (tx) => {
      await requireAdmin(tx, actor);
      const line = await tx.auditTrail.find(id);
      if (!line) throw refuseCommon('not-found', { what: 'audit record' });
      return line;
    });

/** An admin, or the operator at the command line. */
const requireReader = async (tx: Tx, actor: Actor): Promise<void> => {
  if (actor.kind === 'user') await requireAdmin(tx, actor);
  else requireJob(actor);
};

export type OrderExport = Pick<BrowseAudit, 'actor' | 'filter'>;

/**
 * Notes that somebody takes records out of the bot, and by which filter; `exportPart` then reads
 * them. For every admin and for the operator.
 */
export const orderExport =
  ({ unitOfWork, clock }: TrailPorts) =>
  ({ actor, filter }: OrderExport): Promise<void> =>
    unitOfWork.run(async (tx) => {
      await requireReader(tx, actor);
      await tx.audit.append({
        actor,
        action: 'audit.export',
        subject: 'audit',
        subjectId: 'log',
        before: null,
        after: written(filter),
        at: clock.now(),
      });
    });

const written = ({ day, ...rest }: AuditFilter): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries({ ...rest, day: day?.toISOString() }).filter(([, value]) => value != null),
  ) as Record<string, Json>;

/**
 * A part of an export that was ordered, newest first, at most {@link EXPORT_PART_MAX} records: in as
 * many transactions as there are parts, each of which asks for the right again.
 */
export const exportPart =
  ({ unitOfWork }: TrailPorts) =>
  ({ actor, filter, slice }: BrowseAudit): Promise<Slice<AuditLine>> =>
    unitOfWork.run(async (tx) => {
      await requireReader(tx, actor);
      return tx.auditTrail.browse(filter, bounded(slice, EXPORT_PART_MAX));
    });
