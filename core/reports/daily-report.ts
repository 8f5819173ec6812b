import {
  DAY_MS,
  invariant,
  plusMinutes,
  plusMs,
  startOfWibDay,
  type Actor,
  type Clock,
  type Ids,
  type UnitOfWork,
} from '../kernel/index.ts';
import { notifyAdmins, type DayTold, type DeskTold, type Notice } from '../outbox/index.ts';
import type { Tx } from '../ports.ts';
import { requireJob } from '../users/index.ts';
import type { DayFigures, DeskQueue } from './report.ts';

interface ReportPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

export interface SendDailyReport {
  readonly actor: Actor;
}

/**
 * Tells every admin who can be reached what yesterday came to and what waits, once a day from *cfg*
 * on (RPT-2); of a marketplace that was not there yesterday nothing. Asked again and again: a morning
 * that was missed is made up for on the same day. Resolves to how many were told.
 */
export const sendDailyReport =
  ({ unitOfWork, clock, ids }: ReportPorts) =>
  ({ actor }: SendDailyReport): Promise<number> =>
    unitOfWork.run(async (tx) => {
      requireJob(actor);
      const now = clock.now();
      const today = startOfWibDay(now);
      const { reportAtMinute } = await tx.settings.current();
      if (now < plusMinutes(today, reportAtMinute)) return 0;
      const first = await tx.dayBook.first();
      if (!first || first >= today || !(await tx.dayBook.tellOnce(today, now))) return 0;
      return notifyAdmins(
        tx,
        { clock, ids },
        {
          admins: 'reachable',
          notice: await reportOf(tx, today, now),
          key: `report:${today.toISOString()}`,
          topic: 'report:daily',
        },
      );
    });

const reportOf = async (tx: Tx, today: Date, now: Date): Promise<Notice> => {
  const [before, yesterday] = await tx.reports.days(plusMs(today, -2 * DAY_MS), now);
  invariant(before && yesterday, 'every day since the one asked for is there');
  const { proofs, deposits, withdrawals } = await tx.reports.now(now);
  return {
    kind: 'report.daily',
    yesterday: dayTold(yesterday),
    before: dayTold(before),
    waiting: {
      proofs: queueTold(proofs),
      deposits: queueTold(deposits),
      withdrawals: queueTold(withdrawals),
    },
  };
};

const dayTold = ({ day, liability: _cash, ...figures }: DayFigures): DayTold => ({
  day: day.toISOString(),
  ...figures,
});

const queueTold = ({ count, oldest }: DeskQueue): DeskTold => ({
  count,
  oldest: oldest && oldest.toISOString(),
});
