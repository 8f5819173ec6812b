import { beginningOf, type Actor, type BroadcastId } from '../kernel/index.ts';
import { NEWS_TEXT_MAX, tellOwner } from '../owner/index.ts';
import type { Tx } from '../ports.ts';
import { requirePermission } from '../users/index.ts';
import { refuseWallet } from '../wallet/index.ts';
import {
  broadcastText,
  refuseBroadcast,
  type Audience,
  type Broadcast,
  type BroadcastReport,
} from './broadcast.ts';
import { endIfLast } from './end-broadcast.ts';
import { inactiveSince, reportOf, type BroadcastPorts } from './show-broadcasts.ts';
import { tellProgress } from './tell-progress.ts';

export interface StartBroadcast {
  readonly actor: Actor;
  /** Made when the preview was shown; the same key starts once. */
  readonly key: BroadcastId;
  readonly audience: Audience;
  /** At most 3,500 characters, 900 with a picture; plain text. */
  readonly text: string;
  /** Path of a stored picture; null: text alone. */
  readonly photo: string | null;
}

/**
 * Fixes who gets a message, and starts to send it (ADM-5); `feed` goes on with it. The owner hears of
 * it, since it could name a wrong account. The same key
 * again gives the same broadcast's report, and is refused with anything else (`wallet.key-reused`).
 * One at a time.
 */
export const startBroadcast =
  (ports: BroadcastPorts) =>
  ({ actor, key, audience, text, photo }: StartBroadcast): Promise<BroadcastReport> =>
    ports.unitOfWork.run(async (tx) => {
      const admin = await requirePermission(tx, actor, 'users');
      const broadcast: Broadcast = {
        id: key,
        adminId: admin.id,
        audience,
        text: broadcastText(text, photo),
        photo,
        status: 'running',
        createdAt: ports.clock.now(),
        endedAt: null,
        changedBy: null,
        toldAt: null,
        shownIn: null,
      };
      const earlier = await findReplay(tx, broadcast);
      if (earlier) return earlier;
      if (!(await tx.broadcasts.add(broadcast, await inactiveSince(tx, ports)))) {
        const twin = await findReplay(tx, broadcast);
        if (twin) return twin;
        throw refuseBroadcast('broadcast.another-running');
      }
      await begin(tx, ports, { actor, broadcast });
      return reportOf(tx, key);
    });

const begin = async (
  tx: Tx,
  ports: BroadcastPorts,
  { actor, broadcast }: { readonly actor: Actor; readonly broadcast: Broadcast },
): Promise<void> => {
  const { id, audience, text, photo, createdAt: at } = broadcast;
  const { progress, by } = await reportOf(tx, id);
  const { recipients, blocked } = progress;
  if (recipients === 0) throw refuseBroadcast('broadcast.nobody');
  await tx.audit.append({
    actor,
    action: 'broadcast.start',
    subject: 'broadcast',
    subjectId: id,
    before: null,
    after: { audience, recipients, blocked, photo: photo !== null },
    at,
  });
  await tellOwner(tx, ports, {
    kind: 'broadcast-started',
    audience,
    recipients,
    text: beginningOf(text, NEWS_TEXT_MAX),
    by: by.displayName,
  });
  const told = await tellProgress(tx, ports, broadcast);
  await tx.broadcasts.save(await endIfLast(tx, ports, { broadcast: told, actor }));
};

const findReplay = async (tx: Tx, asked: Broadcast): Promise<BroadcastReport | undefined> => {
  const report = await tx.broadcasts.report(asked.id);
  if (!report) return undefined;
  const { broadcast } = report;
  const isSame =
    broadcast.adminId === asked.adminId &&
    broadcast.audience === asked.audience &&
    broadcast.text === asked.text &&
    broadcast.photo === asked.photo;
  if (!isSame) throw refuseWallet('wallet.key-reused', { key: asked.id });
  return report;
};
