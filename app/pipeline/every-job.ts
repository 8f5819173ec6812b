import type { ScheduledJob } from '../../adapters/pg-boss/index.ts';
import { APPROVALS_MAX, type Core } from '../../core/index.ts';
import { counting, sweeping, type Batch, type BatchRequest } from './batches.ts';

/** What is done again and again. */
export interface Job {
  /** Also the name of the actor. */
  readonly name: string;
  readonly rhythm: Rhythm;
  /** `signal`: aborts where the batch should not go on; only for one that takes long. */
  readonly batch: (core: Core, request: BatchRequest, signal: AbortSignal) => Promise<Batch>;
  /** Whether a batch leaves messages to be sent. */
  readonly tells?: true;
}

type Timing = 'cron' | 'everySeconds' | 'expireInSeconds' | 'pollSeconds' | 'retries' | 'missed';

export interface Rhythm extends Pick<ScheduledJob, Timing> {
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
/**
 * A row of the audit log is sealed within a set time of its commit, 60 s at least (AUD-2): a run is
 * asked for each half minute, and seals all that waits.
 */
const SEALING: Rhythm = { ...MINUTELY, everySeconds: 30, limit: 5_000 };
/**
 * What admins have ordered; a run is also asked for as soon as an order is stored. A run over what
 * many have ordered may take longer. It looks for as much as one order may hold.
 */
const APPROVING: Rhythm = { ...MINUTELY, limit: APPROVALS_MAX, expireInSeconds: 600 };
/** What is new in the books. A run over what an outage put off may take longer. */
export const WATCHING: Rhythm = { ...MINUTELY, expireInSeconds: 600 };
/** Once a day when admins are awake; a morning that was missed is made up for. */
const EACH_MORNING: Rhythm = {
  cron: '0 8 * * *',
  limit: 1,
  expireInSeconds: 60,
  pollSeconds: 30,
  retries: 2,
  missed: 'once',
};
/** Once a day when the fewest are awake, for what takes long. */
export const NIGHTLY: Rhythm = { ...EACH_MORNING, cron: '30 3 * * *', expireInSeconds: 21_600 };

/**
 * What stands in the outbox of a broadcast is some seconds' worth of the usual pace: more than goes
 * out until the next run, and little enough that a pause is felt at once (ADM-5).
 */
const FEEDING: Rhythm = { ...MINUTELY, everySeconds: 5, limit: 300 };

/** Moves a broadcast on (ADM-5). */
export const FEED_BROADCAST = 'feed-broadcast';
/** Whether the report of the morning is due, whose hour is a setting (RPT-2). */
const ASKING: Rhythm = { ...MINUTELY, pollSeconds: 30 };
/**
 * Once a day when the day before is over and what began in it has ended (RPT-1); asked again when a
 * day has been missed.
 */
const AFTER_MIDNIGHT: Rhythm = { ...EACH_MORNING, cron: '15 0 * * *', expireInSeconds: 3_600 };

/** Works off orders to approve many proofs (REV-8). */
export const APPROVE_MANY = 'approve-many';

/** Everything but the watches over the books. */
export const JOBS: readonly Job[] = [
  {
    name: 'expire-takes',
    rhythm: MINUTELY,
    batch: sweeping(({ tasks }) => tasks.expireDue),
    tells: true,
  },
  {
    name: 'remind-workers',
    rhythm: MINUTELY,
    batch: sweeping(({ tasks }) => tasks.remindDue),
    tells: true,
  },
  {
    name: APPROVE_MANY,
    rhythm: APPROVING,
    batch: sweeping(({ approvals }) => approvals.run),
    tells: true,
  },
  {
    name: FEED_BROADCAST,
    rhythm: FEEDING,
    batch: async ({ broadcasts }, request) => ({
      done: await broadcasts.feed(request),
      faults: [],
      next: null,
    }),
    tells: true,
  },
  {
    name: 'seal-audit',
    rhythm: SEALING,
    batch: counting(({ audit }) => audit.seal),
  },
  {
    name: 'audit-head',
    rhythm: EACH_MORNING,
    batch: async ({ audit }, { actor }) => ({
      done: await audit.announceHead({ actor }),
      faults: [],
      next: null,
    }),
    tells: true,
  },
  {
    name: 'close-days',
    rhythm: AFTER_MIDNIGHT,
    batch: async ({ reports }, { actor }) => ({
      done: await reports.closeDays({ actor }),
      faults: [],
      next: null,
    }),
  },
  {
    name: 'daily-report',
    rhythm: ASKING,
    batch: async ({ reports }, { actor }) => ({
      done: await reports.daily({ actor }),
      faults: [],
      next: null,
    }),
    tells: true,
  },
  {
    name: 'prune-activity',
    rhythm: HOURLY,
    batch: counting(({ reports }) => reports.pruneActivity),
  },
  {
    name: 'prune-outbox',
    rhythm: HOURLY,
    batch: counting(({ outbox }) => outbox.prune),
  },
  {
    name: 'prune-inbox',
    rhythm: HOURLY,
    batch: counting(({ channel }) => channel.prune),
  },
];
