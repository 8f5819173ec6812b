export { jobsMigration } from './migrations/0003-jobs.ts';
export {
  createScheduler,
  INTERVALS,
  type Run,
  type ScheduledJob,
  type Scheduler,
  type SchedulerOptions,
  type Intervals,
} from './scheduler.ts';
export type { SchedulerDatabase } from './statements.ts';
