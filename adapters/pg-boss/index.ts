export { jobsMigration } from './migrations/0003-jobs.ts';
export {
  createScheduler,
  TEMPO,
  type Run,
  type ScheduledJob,
  type Scheduler,
  type SchedulerOptions,
  type Tempo,
} from './scheduler.ts';
export type { SchedulerDatabase } from './statements.ts';
