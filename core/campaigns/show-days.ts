import {
  DAY_MS,
  plusMs,
  refuseCommon,
  startOfWibDay,
  type Actor,
  type CampaignId,
  type Clock,
  type UnitOfWork,
} from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { requireOwnerOrAdmin } from '../users/index.ts';
import type { CampaignDay, CampaignWithProgress } from './ports.ts';

interface DaysPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
}

export interface ShowDays {
  readonly actor: Actor;
  readonly campaignId: CampaignId;
}

/** How a campaign came along, day by day of Jakarta. */
export interface CampaignHistory extends CampaignWithProgress {
  /** Every day from its first, or of the last 60, up to today; oldest first. */
  readonly days: readonly CampaignDay[];
  /** How many tasks were approved before the first day shown, and stand. */
  readonly before: number;
}

const DAYS_MAX = 60;

/** A campaign's days up to today, for its owner or an admin (CAM-8). */
export const showDays =
  ({ unitOfWork, clock }: DaysPorts) =>
  ({ actor, campaignId }: ShowDays): Promise<CampaignHistory> =>
    unitOfWork.run(async (tx) => {
      const campaign = await tx.campaigns.find(campaignId);
      if (!campaign) throw refuseCommon('not-found', { what: 'campaign' });
      await requireOwnerOrAdmin(tx, actor, { owner: campaign.clientId, what: 'campaign' });
      const calendar = daysUpTo(clock.now(), campaign.createdAt);
      const days = filled(calendar, await tx.campaignBoard.days(campaignId, calendar[0]));
      const progress = await tx.slots.progress(campaignId);
      const shown = days.reduce((sum, { approved }) => sum + approved, 0);
      // Between the two looks one may have been reversed.
      const before = Math.max(0, progress.approved - shown);
      return { campaign, progress, days, before };
    });

/** When the days from `first` to the one of `now` began, the last 60 at most. */
const daysUpTo = (now: Date, first: Date): readonly [Date, ...Date[]] => {
  const today = startOfWibDay(now);
  const age = Math.round((today.getTime() - startOfWibDay(first).getTime()) / DAY_MS);
  const past = Math.min(Math.max(age, 0), DAYS_MAX - 1);
  const start = plusMs(today, -past * DAY_MS);
  return [start, ...Array.from({ length: past }, (_, day) => plusMs(start, (day + 1) * DAY_MS))];
};

const filled = (
  calendar: readonly Date[],
  known: readonly CampaignDay[],
): readonly CampaignDay[] => {
  const byDay = new Map(known.map((day) => [day.day.getTime(), day]));
  return calendar.map(
    (day) => byDay.get(day.getTime()) ?? { day, submitted: 0, approved: 0, rejected: 0 },
  );
};
