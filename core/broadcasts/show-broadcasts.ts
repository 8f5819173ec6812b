import {
  DAY_MS,
  plusMs,
  refuseCommon,
  type Actor,
  type BroadcastId,
  type Clock,
  type Ids,
  type Page,
  type PageRequest,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from '../users/index.ts';
import type { BroadcastReport } from './broadcast.ts';
import type { ReachOfEach } from './ports.ts';

export interface BroadcastPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface PreviewBroadcast {
  readonly actor: Actor;
}

/** Since when one has done nothing who counts as inactive now. */
export const inactiveSince = async (
  tx: Pick<Tx, 'settings'>,
  { clock }: Pick<BroadcastPorts, 'clock'>,
): Promise<Date> => {
  const { inactiveDays } = await tx.settings.current();
  return plusMs(clock.now(), -inactiveDays * DAY_MS);
};

/** How many of each audience would get something as things stand (ADM-5). */
export const previewBroadcast =
  (ports: BroadcastPorts) =>
  ({ actor }: PreviewBroadcast): Promise<ReachOfEach> =>
    ports.unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'users');
      return tx.broadcasts.reach(await inactiveSince(tx, ports));
    });

export interface ShowBroadcast {
  readonly actor: Actor;
  readonly broadcastId: BroadcastId;
}

/** How far one is, or what came of it (ADM-5). */
export const showBroadcast =
  ({ unitOfWork }: Pick<BroadcastPorts, 'unitOfWork'>) =>
  ({ actor, broadcastId }: ShowBroadcast): Promise<BroadcastReport> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'users');
      return reportOf(tx, broadcastId);
    });

export const reportOf = async (
  tx: Pick<Tx, 'broadcasts'>,
  id: BroadcastId,
): Promise<BroadcastReport> => {
  const report = await tx.broadcasts.report(id);
  if (!report) throw refuseCommon('not-found', { what: 'broadcast' });
  return report;
};

export interface ListBroadcasts {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** All of them, newest first (ADM-5). */
export const listBroadcasts =
  ({ unitOfWork }: Pick<BroadcastPorts, 'unitOfWork'>) =>
  ({ actor, page }: ListBroadcasts): Promise<Page<BroadcastReport>> =>
    unitOfWork.run(async (tx) => {
      await requirePermission(tx, actor, 'users');
      return tx.broadcasts.page(page);
    });
