import type { MarketState } from '../../adapters/metrics/index.ts';
import type { BroadcastProgress, DeskQueue, Ports } from '../../core/index.ts';
import { within } from '../within.ts';

const ANSWER_MS_MAX = 2_000;

/** What the marketplace is at; undefined where the database does not say. */
export const readMarket = async ({
  unitOfWork,
  clock,
}: Pick<Ports, 'unitOfWork' | 'clock'>): Promise<MarketState | undefined> => {
  const at = clock.now();
  const waitingSince = ({ count, oldest }: DeskQueue) => ({
    waiting: count,
    oldestSeconds: oldest ? Math.max(0, (at.getTime() - oldest.getTime()) / 1_000) : 0,
  });
  const read = unitOfWork.run(async (tx) => {
    const open = await tx.broadcasts.open();
    return {
      now: await tx.reports.now(at),
      broadcast: open && (await tx.broadcasts.report(open)),
    };
  });
  const answer = await within(ANSWER_MS_MAX, read);
  if (!answer) return undefined;
  const { now, broadcast } = answer;
  return {
    activeUsers: now.activeUsers,
    users: now.users,
    runningCampaigns: now.runningCampaigns,
    desks: {
      proofs: waitingSince(now.proofs),
      deposits: waitingSince(now.deposits),
      withdrawals: waitingSince(now.withdrawals),
    },
    broadcast: broadcast ? statesOf(broadcast.progress) : null,
  };
};

/** Each recipient once: the sum is everybody. */
const statesOf = ({ recipients: _everybody, ...states }: BroadcastProgress) => states;
