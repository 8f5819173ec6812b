import type { Clock, Ids, UnitOfWork } from '../kernel/index.ts';
import type { Tx } from '../ports.ts';
import { closeDays, pruneActivity } from './close-days.ts';
import { sendDailyReport } from './daily-report.ts';
import { showFigures, showLiability } from './show-figures.ts';
import { showProfile, showTimeline } from './show-person.ts';

export * from './over-days.ts';
export * from './ports.ts';
export * from './report.ts';
export { TIMELINE_SOURCES, type EventPlace, type TimelineSource } from './timeline.ts';
export type { CloseDays, PruneActivity } from './close-days.ts';
export type { SendDailyReport } from './daily-report.ts';
export type { ShowFigures } from './show-figures.ts';
export type { ShowProfile, ShowTimeline } from './show-person.ts';

interface ReportPorts {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What admins look at to know how the marketplace and its people are doing. */
export const createReports = (ports: ReportPorts) => ({
  figures: showFigures(ports),
  liability: showLiability(ports),
  profile: showProfile(ports),
  timeline: showTimeline(ports),
  closeDays: closeDays(ports),
  pruneActivity: pruneActivity(ports),
  daily: sendDailyReport(ports),
});
