import type { Clock, Ids, UnitOfWork } from '../kernel/index.ts';
import { noticeFromJson, notify, type Notice, type Notices, type Stamps } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { lockUser } from './access.ts';
import type { User } from './user.ts';

interface ReachPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What the channel says of the person. */
export interface NoteReach {
  readonly telegramId: number;
  /** False: they blocked the bot. */
  readonly reachable: boolean;
}

/**
 * Marks whether messages can reach somebody. What waits for them while they cannot be reached is
 * dropped; when they come back they hear of it in one notice (NTF-2). Somebody who is not known
 * stays so.
 */
export const noteReach =
  ({ unitOfWork, clock, ids }: ReachPorts) =>
  ({ telegramId, reachable }: NoteReach): Promise<void> =>
    unitOfWork.run(async (tx) => {
      const known = await tx.users.findByTelegramId(telegramId);
      if (!known || isReachable(known) === reachable) return;
      const user = await lockUser(tx, known.id);
      if (isReachable(user) === reachable) return;
      await tx.users.save({ ...user, unreachableSince: reachable ? null : clock.now() });
      if (reachable) await tellMissed(tx, { clock, ids }, user);
    });

const isReachable = ({ unreachableSince }: User): boolean => unreachableSince === null;

const SHOWN_MAX = 10;
/** More than are shown: some of them say nothing any more. */
const READ_MAX = 100;

/**
 * Owes one notice for all that could not be told since the `unreachableSince` that the person had
 * until now; nobody is told for whom nothing was dropped, or who has no role. Call it when they are
 * saved as reachable again: what is owed to an unreachable person is dropped at once.
 */
export const tellMissed = async (
  tx: Pick<Tx, 'outbox'>,
  stamps: Stamps,
  { id, role, unreachableSince: since }: User,
): Promise<void> => {
  if (since === null || role === null) return;
  const missed = await tx.outbox.missed(id, since, READ_MAX);
  const read = missed.newest.map((payload) => stillNews(noticeFromJson(payload)));
  const news = read.flatMap(({ newest }) => newest);
  const counted = read.reduce((sum, { total }) => sum + total, 0);
  const total = missed.total - read.length + counted;
  if (news.length === 0) return;
  await notify(tx, stamps, {
    to: id,
    notice: { kind: 'account.missed', total, newest: news.slice(0, SHOWN_MAX) },
    key: `user:${id}:missed:${since.toISOString()}`,
  });
};

/** A count on a desk, a reminder, a transfer under way: what came of them was told after them. */
const OF_THE_MOMENT: ReadonlySet<Notice['kind']> = new Set([
  'desk.waiting',
  'task.reminder',
  'withdrawal.processing',
]);

/**
 * What a dropped notice still has to say; one like this that was dropped itself stands for those in
 * it.
 */
const stillNews = (notice: Notice): Notices['account.missed'] => {
  if (OF_THE_MOMENT.has(notice.kind)) return NOTHING;
  return notice.kind === 'account.missed' ? notice : { total: 1, newest: [notice] };
};

const NOTHING: Notices['account.missed'] = { total: 0, newest: [] };
