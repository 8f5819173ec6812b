import type { Logger } from '../../adapters/logging/index.ts';
import type { Run, ScheduledJob, Scheduler } from '../../adapters/pg-boss/index.ts';
import { asSystem, type Actor, type Core, type DueTake, type Swept } from '../../core/index.ts';

/** What is done again and again. */
interface Job {
  /** Also the name of the actor. */
  readonly name: string;
  readonly rhythm: Rhythm;
  readonly batch: (core: Core, request: BatchRequest) => Promise<Batch>;
  /** Whether a batch leaves messages to be sent. */
  readonly tells?: true;
}

interface BatchRequest {
  readonly actor: Actor;
  readonly limit: number;
  /** Where the batch before ended. */
  readonly after?: DueTake;
}

interface Batch extends Pick<Swept, 'done' | 'faults'> {
  /** What goes into the next batch; null where nothing more waits. */
  readonly next: Pick<BatchRequest, 'after'> | null;
}

interface Rhythm extends Pick<ScheduledJob, 'cron' | 'expireInSeconds' | 'pollSeconds'> {
  /** How many at once. */
  readonly limit: number;
}

/**
 * For what people wait for. A run begins within 9 s of its minute (see the scheduler's intervals), so a
 * deadline that has passed is noticed within 75 s, the grace of TSK-5 included; 40 s as a rule.
 */
const MINUTELY: Rhythm = { cron: '* * * * *', limit: 100, expireInSeconds: 60, pollSeconds: 2 };
/** For what nobody waits for. Not on the hour: then everybody's does. */
const HOURLY: Rhythm = { cron: '17 * * * *', limit: 1_000, expireInSeconds: 600, pollSeconds: 30 };

const JOBS: readonly Job[] = [
  {
    name: 'expire-takes',
    rhythm: MINUTELY,
    batch: async ({ tasks }, request) => swept(await tasks.expireDue(request)),
    tells: true,
  },
  {
    name: 'remind-workers',
    rhythm: MINUTELY,
    batch: async ({ tasks }, request) => swept(await tasks.remindDue(request)),
    tells: true,
  },
  {
    name: 'prune-outbox',
    rhythm: HOURLY,
    batch: async ({ outbox }, request) => pruned(await outbox.prune(request), request),
  },
  {
    name: 'prune-inbox',
    rhythm: HOURLY,
    batch: async ({ channel }, request) => pruned(await channel.prune(request), request),
  },
];

const swept = ({ next, ...batch }: Swept): Batch => ({ ...batch, next: next && { after: next } });

/** A full batch: more may be waiting. */
const pruned = (done: number, { limit }: BatchRequest): Batch => ({
  done,
  faults: [],
  next: done < limit ? null : {},
});

/** A run that would need more ends, and the next one goes on: one run does not work for ever. */
const BATCHES_MAX = 200;

export interface JobsParts {
  readonly core: Core;
  readonly log: Logger;
  /** Made with these as its listeners. */
  readonly createScheduler: (events: SchedulerEvents) => Scheduler;
}

interface SchedulerEvents {
  readonly onRun: (run: Run) => void;
  readonly onError: (error: unknown) => void;
}

export interface JobsEvents {
  /** There may be messages to send. */
  readonly onMessages: () => void;
  /** A run has ended. */
  readonly onRun?: (run: Run) => void;
}

/** What is done by the clock, in one process at a time, whichever it is (OPS-4). */
export interface Jobs {
  start(events: JobsEvents): Promise<void>;
  /** Asks for a run now; false where one runs or waits already. */
  runNow(name: string): Promise<boolean>;
  /** Finishes the batch that runs and begins nothing more (OPS-3). */
  stop(): Promise<void>;
}

/** See {@link Jobs}. */
export const createJobs = ({ core, log, createScheduler }: JobsParts): Jobs => {
  let scheduler: Scheduler | undefined;
  return {
    start: async ({ onMessages, onRun }) => {
      scheduler = createScheduler({
        onRun: (run) => {
          note(log, run);
          onRun?.(run);
        },
        onError: (error) => log.error('jobs are in trouble', { error }),
      });
      for (const job of JOBS) {
        scheduler.schedule({
          name: job.name,
          ...job.rhythm,
          work: (signal) => work(job, { core, onMessages, signal }),
        });
      }
      await scheduler.start();
    },
    runNow: (name) => {
      if (!scheduler) throw new Error('jobs have not started');
      return scheduler.runNow(name);
    },
    stop: async () => scheduler?.stop(),
  };
};

const note = (log: Logger, run: Run): void => {
  const { name, ms } = run;
  if (run.ok) log.debug('a job is done', { name, ms });
  else log.error('a job failed', { name, ms, error: run.error });
};

interface WorkParts extends Pick<JobsEvents, 'onMessages'> {
  readonly core: Core;
  readonly signal: AbortSignal;
}

/**
 * Batch after batch until nothing more waits. What single pieces met with is thrown together at the
 * end: it stands in the way of no other piece, and the run counts as failed.
 */
const work = async (job: Job, { core, onMessages, signal }: WorkParts): Promise<void> => {
  const { limit } = job.rhythm;
  const faults: unknown[] = [];
  let next: Batch['next'] = {};
  try {
    for (let batches = 0; next && batches < BATCHES_MAX && !signal.aborted; batches += 1) {
      const request: BatchRequest = { actor: asSystem(job.name), limit, ...next };
      const batch = await job.batch(core, request);
      if (batch.done > 0 && job.tells) onMessages();
      faults.push(...batch.faults);
      next = batch.next;
    }
  } catch (error) {
    faults.push(error);
  }
  if (faults.length > 0) throw new AggregateError(faults, `${job.name}: faults: ${faults.length}`);
};
