import { createLogger } from '../../adapters/logging/index.ts';
import type { ScheduledJob, Scheduler } from '../../adapters/pg-boss/index.ts';
import { createJobs, type JobsParts } from '../../app/pipeline/jobs.ts';
import type { Core } from '../../core/index.ts';

/** The jobs on a scheduler without a clock: a test says when. */
export const jobsOnTheSpot = async (
  core: Core,
  { log = createLogger({ level: 'error' }), ownerChat }: Partial<JobsParts> = {},
) => {
  const jobs = new Map<string, ScheduledJob>();
  const stopping = new AbortController();
  let woken = 0;
  const scheduler: Scheduler = {
    schedule: (job) => void jobs.set(job.name, job),
    start: async () => {},
    runNow: async (name) => {
      await jobs.get(name)?.work(stopping.signal);
      return jobs.has(name);
    },
    stop: async () => stopping.abort(),
  };
  const all = createJobs({ core, log, ownerChat, createScheduler: () => scheduler });
  await all.start({ onMessages: () => (woken += 1) });
  return { all, jobs, woken: () => woken };
};
