import { PgBoss, type Job as ClaimedJob } from 'pg-boss';
import { statementsOf, type SchedulerDatabase } from './statements.ts';

/** Work that is done again and again, by one process at a time. */
export interface ScheduledJob {
  /** Unique, in kebab-case; its queue. */
  readonly name: string;
  /** Five fields, in the time of Jakarta. */
  readonly cron: string;
  /**
   * What to do. `signal` aborts when the process stops or the run has lost its claim: begin nothing
   * new then.
   */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** After so many seconds a run has failed, and another one may begin; 60 by default. */
  readonly expireInSeconds?: number;
  /** How often a failed run, or one whose process died, is tried again at once; 0 by default. */
  readonly retries?: number;
  /** `once`: what came due while no process ran is made up for, one time; left out by default. */
  readonly missed?: 'skip' | 'once';
  /** How often to look for a run that is due; 2 by default. */
  readonly pollSeconds?: number;
  /** Asked for so often besides, by every process: a cron line knows whole minutes only. */
  readonly everySeconds?: number;
}

/** How a run ended. */
export type Run =
  | { readonly name: string; readonly ms: number; readonly ok: true }
  | { readonly name: string; readonly ms: number; readonly ok: false; readonly error: unknown };

export interface Scheduler {
  /** Before the start. */
  schedule(job: ScheduledJob): void;
  /** On a migrated database. What an older release scheduled and this one does not know ends. */
  start(): Promise<void>;
  /** Asks for a run now; false where one runs or waits already. */
  runNow(name: string): Promise<boolean>;
  /** Begins nothing more and waits for what runs, 8 s at most. */
  stop(): Promise<void>;
}

/** How often pg-boss looks at the clock and at itself, in seconds. */
export interface Intervals {
  /** Looking for cron lines that are due. */
  readonly cronSeconds: number;
  /** Passing on what is due to the job's own queue. */
  readonly forwardSeconds: number;
  /** Looking for runs whose process died, which block the next run until then. */
  readonly superviseSeconds: number;
}

export interface SchedulerOptions {
  readonly db: SchedulerDatabase;
  readonly onRun?: (run: Run) => void;
  /** What went wrong outside a run; quiet while every statement fails. */
  readonly onError: (error: unknown) => void;
  readonly intervals?: Intervals;
}

/**
 * A run begins at most `cronSeconds` + `forwardSeconds` + the job's `pollSeconds` after its time. An
 * idle process asks the database for less than three small things a second.
 */
export const INTERVALS: Intervals = { cronSeconds: 5, forwardSeconds: 2, superviseSeconds: 15 };
const TIME_ZONE = 'Asia/Jakarta';
const POLL_SECONDS = 2;
const EXPIRE_SECONDS = 60;
/** A run that has not been heard of for so long has died with its process. */
const HEARTBEAT_SECONDS = 15;
const HEARTBEAT_EVERY_SECONDS = 5;
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
const STOP_MS_MAX = 8_000;
/** Lines about a database that is away; then silence until it answers again. */
const LINES_MAX = 3;

/** Jobs by pg-boss, in the schema that `jobsMigration` made. */
export const createScheduler = (options: SchedulerOptions): Scheduler => {
  const { db, onRun = () => {}, onError, intervals = INTERVALS } = options;
  const jobs = new Map<string, ScheduledJob>();
  const workers = new Map<string, string>();
  const timers: NodeJS.Timeout[] = [];
  const stopping = new AbortController();
  let troubles = 0;
  const statements = statementsOf(db, { onAnswer: () => (troubles = 0) });
  const boss = new PgBoss({ db: statements, ...configOf(intervals) });
  const tell = (error: Error): void => {
    troubles += 1;
    if (troubles <= LINES_MAX) onError(asError(error));
  };
  boss.on('error', tell);
  boss.on('warning', ({ message }) => onError(new Error(message)));

  const runNow = async (name: string): Promise<boolean> => {
    const worker = workers.get(name);
    if (worker === undefined) throw new Error(`there is no job ${name}, or it has not started`);
    const sent = await boss.send(name);
    if (sent !== null) boss.notifyWorker(worker);
    return sent !== null;
  };
  const askEvery = (seconds: number, name: string): void => {
    timers.push(setInterval(() => void runNow(name).catch(tell), seconds * 1_000));
  };

  return {
    schedule: (job) => {
      if (jobs.has(job.name)) throw new Error(`the job ${job.name} is scheduled already`);
      jobs.set(job.name, job);
    },
    start: async () => {
      await boss.start();
      await forgetOthers(boss, jobs);
      for (const job of jobs.values()) {
        await enter(boss, job);
        const work = runOf(job, { onRun, stopping: stopping.signal });
        workers.set(job.name, await boss.work(job.name, workOptions(job), work));
        if (job.everySeconds !== undefined) askEvery(job.everySeconds, job.name);
      }
    },
    runNow,
    stop: async () => {
      stopping.abort();
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, timeout: STOP_MS_MAX, close: false });
    },
  };
};

/** Workers tell of their errors in copies that are none. */
const asError = (told: Error): Error =>
  told instanceof Error
    ? told
    : Object.assign(new Error(Reflect.get(told, 'message')), { stack: Reflect.get(told, 'stack') });

/** What we do not use (flows, statistics, rebuilding indexes) is off, or as seldom as it can be. */
const configOf = ({ cronSeconds, forwardSeconds, superviseSeconds }: Intervals) => ({
  schema: 'pgboss',
  migrate: false,
  createSchema: false,
  cronMonitorIntervalSeconds: cronSeconds,
  cronWorkerIntervalSeconds: forwardSeconds,
  superviseIntervalSeconds: superviseSeconds,
  monitorIntervalSeconds: superviseSeconds,
  maintenanceIntervalSeconds: HOUR_SECONDS,
  flowIntervalSeconds: DAY_SECONDS,
  reindex: false,
  monitorVacuum: false,
});

/** `exclusive`: one run of a job waits or goes on, in whichever process. */
const enter = async (boss: PgBoss, job: ScheduledJob): Promise<void> => {
  const settings = {
    expireInSeconds: job.expireInSeconds ?? EXPIRE_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: job.retries ?? 0,
    deleteAfterSeconds: DAY_SECONDS,
  };
  await boss.createQueue(job.name, { policy: 'exclusive', ...settings });
  await boss.updateQueue(job.name, settings); // it may be an older release's
  await boss.schedule(job.name, job.cron, null, {
    tz: TIME_ZONE,
    missed: job.missed ?? 'skip',
  });
};

const forgetOthers = async (
  boss: PgBoss,
  jobs: ReadonlyMap<string, ScheduledJob>,
): Promise<void> => {
  const scheduled = await boss.getSchedules();
  for (const { name } of scheduled) {
    if (!jobs.has(name)) await boss.unschedule(name);
  }
};

const workOptions = ({ pollSeconds = POLL_SECONDS }: ScheduledJob) => ({
  pollingIntervalSeconds: pollSeconds,
  heartbeatRefreshSeconds: HEARTBEAT_EVERY_SECONDS,
});

interface RunParts {
  readonly onRun: (run: Run) => void;
  readonly stopping: AbortSignal;
}

const runOf =
  ({ name, work }: ScheduledJob, { onRun, stopping }: RunParts) =>
  async (claimed: ClaimedJob<unknown>[]): Promise<void> => {
    const claims = claimed.map(({ signal }) => signal);
    const began = performance.now();
    const ms = (): number => Math.round(performance.now() - began);
    try {
      await work(AbortSignal.any([stopping, ...claims]));
      if (claims.some(({ aborted }) => aborted)) {
        throw new Error('the run lost its claim: it took too long, or was taken for dead');
      }
    } catch (error) {
      onRun({ name, ms: ms(), ok: false, error });
      // What it keeps of an error is shown to nobody, and may hold what belongs to a person.
      throw new Error('failed: see the log');
    }
    onRun({ name, ms: ms(), ok: true });
  };
