import { createLogger } from '../../adapters/logging/index.ts';
import type { ScheduledJob, Scheduler } from '../../adapters/pg-boss/index.ts';
import type { OwnerChat } from '../../adapters/telegram/index.ts';
import { createJobs, type JobsParts } from '../../app/pipeline/jobs.ts';
import type { Core } from '../../core/index.ts';

interface Told extends Partial<Pick<JobsParts, 'log'>> {
  readonly ownerChat?: OwnerChat;
}

/** The jobs on a scheduler without a clock: a test says when. */
export const jobsOnTheSpot = async (
  core: Core,
  { log = createLogger({ level: 'error' }), ownerChat }: Told = {},
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
  const owner = ownerChat && { chat: ownerChat, botId: 1 };
  const all = createJobs({ core, log, owner, createScheduler: () => scheduler });
  await all.start({ onMessages: () => (woken += 1) });
  return { all, jobs, woken: () => woken };
};
