import type { Logger } from '../../adapters/logging/index.ts';
import type { Run, Scheduler } from '../../adapters/pg-boss/index.ts';
import type { OwnerChat } from '../../adapters/telegram/index.ts';
import { asSystem, type Core } from '../../core/index.ts';
import type { Batch, BatchRequest } from './batches.ts';
import { watchBooks, type Watched } from './books.ts';
import { fellDue } from './cron.ts';
import { JOBS, NIGHTLY, WATCHING, type Job } from './every-job.ts';
import { createOwnerNews, type OwnerNews } from './owner-news.ts';

export { APPROVE_MANY, FEED_BROADCAST } from './every-job.ts';

const CHECK_RECENT = 'check-ledger';
const CHECK_ALL = 'check-everything';

/**
 * The books are checked again and again (WAL-13). What the recent check finds calls for the full one
 * at once: who lifts a freeze has to see all of it. So does the lifting. The owner is told by the
 * recent one alone, which runs in one process at a time: nobody hears a thing twice at once.
 */
const watchesFor = (ownerNews: OwnerNews | undefined, runNow: Jobs['runNow']): readonly Job[] => [
  {
    name: CHECK_RECENT,
    rhythm: WATCHING,
    batch: async (core, { actor }, signal) => {
      const watched = await watchBooks(core, { actor, scope: 'recent', signal, ownerNews });
      if (watched.isFullDue) await runNow(CHECK_ALL);
      return watchedBatch(watched);
    },
    tells: true,
  },
  {
    name: CHECK_ALL,
    rhythm: NIGHTLY,
    batch: async (core, { actor }, signal) => {
      const watched = await watchBooks(core, { actor, scope: 'all', signal });
      if (watched.isNews) await runNow(CHECK_RECENT);
      return watchedBatch(watched);
    },
    tells: true,
  },
];

const watchedBatch = ({ isNews, faults }: Watched): Batch => ({
  done: isNews ? 1 : 0,
  faults,
  next: null,
});

/** A run that would need more ends, and the next one goes on: one run does not work for ever. */
const BATCHES_MAX = 200;

export interface JobsParts {
  readonly core: Core;
  readonly log: Logger;
  /** Where there is a chat of the owner: with the bot whose inbox they hear of. */
  readonly owner?: { readonly chat: OwnerChat; readonly botId: number } | undefined;
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
  /**
   * After the clock has jumped from one moment to the other: does what came due meanwhile, and
   * resolves when that is done and its messages can be sent. What fails is a line in the log; its
   * next run tries it again.
   */
  catchUp(from: Date, to: Date): Promise<void>;
  /** Finishes the batch that runs and begins nothing more (OPS-3). */
  stop(): Promise<void>;
}

/** See {@link Jobs}. */
export const createJobs = ({ core, log, owner, createScheduler }: JobsParts): Jobs => {
  let scheduler: Scheduler | undefined;
  let catchUp: Jobs['catchUp'] | undefined;
  let caughtUp: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();
  const inTurn = oneAtATime();
  const ownerNews = owner && createOwnerNews({ ownerChat: owner.chat, botId: owner.botId, log });
  return {
    start: async ({ onMessages, onRun }) => {
      const made = createScheduler({
        onRun: (run) => {
          note(log, run);
          onRun?.(run);
        },
        onError: (error) => log.error('jobs are in trouble', { error }),
      });
      scheduler = made;
      const jobs = [...JOBS, ...watchesFor(ownerNews, (name) => made.runNow(name))];
      const run = (job: Job, signal: AbortSignal): Promise<void> =>
        inTurn(job.name, () => work(job, { core, onMessages, signal }));
      for (const job of jobs) {
        made.schedule({ name: job.name, ...job.rhythm, work: (signal) => run(job, signal) });
      }
      await made.start();
      catchUp = async (from, to) => {
        onMessages(); // of what waited for its time
        for (const job of jobs.filter(({ rhythm }) => fellDue(rhythm.cron, from, to))) {
          await run(job, stopping.signal).catch((error: unknown) =>
            log.error('a job failed after the clock jumped', { name: job.name, error }),
          );
        }
      };
      // Not waited for: Telegram may take its time. A defect in it stops no start either.
      ownerNews
        ?.tryOut()
        .catch((error: unknown) => log.error('the owner chat could not be tried', { error }));
    },
    runNow: (name) => {
      if (!scheduler) throw new Error('jobs have not started');
      return scheduler.runNow(name);
    },
    catchUp: async (from, to) => {
      if (!catchUp) throw new Error('jobs have not started');
      const turn = catchUp(from, to);
      caughtUp = Promise.all([caughtUp, turn]);
      await turn;
    },
    stop: async () => {
      stopping.abort();
      await scheduler?.stop();
      await caughtUp;
    },
  };
};

/** Runs of one name after each other: catching up meets what the scheduler has begun. */
const oneAtATime = () => {
  const last = new Map<string, Promise<void>>();
  return (name: string, run: () => Promise<void>): Promise<void> => {
    const turn = (last.get(name) ?? Promise.resolve()).then(run);
    last.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
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
  const request: BatchRequest = { actor: asSystem(job.name), limit };
  let next: Batch['next'] = () => job.batch(core, request, signal);
  try {
    for (let batches = 0; next && batches < BATCHES_MAX && !signal.aborted; batches += 1) {
      const batch: Batch = await next();
      if (batch.done > 0 && job.tells) onMessages();
      faults.push(...batch.faults);
      next = batch.next;
    }
  } catch (error) {
    faults.push(error);
  }
  if (faults.length > 0) throw new AggregateError(faults, `${job.name}: faults: ${faults.length}`);
};
