import type { Logger } from '../../adapters/logging/index.ts';
import type {
  ClaimedMessage,
  Clock,
  Core,
  DeliveryOutcome,
  MessageId,
  Notifier,
  Pace,
  Try,
} from '../../core/index.ts';

/** Short, so that what a killed process was sending is due again soon; kept up while it is sent. */
const LEASE_MS = 5_000;
const RENEW_MS = 1_000;
/** How often to look for what no wake-up announced: another process, a crash. */
const SWEEP_MS = 1_000;
const AT_ONCE = 30;
/** Between tries to record how a delivery ended: 100, 200, 400 … ms. */
const RECORD_AGAIN_MS_MAX = 1_000;
/** How long a sender that stops goes on with those tries. */
const RECORD_STOPPING_MS = 3_000;

/** What tells the time and calls back; a test has its own. */
export interface Timer {
  now(): number;
  /** Calls `run` once after so many ms, unless what it returns is called before. */
  after(ms: number, run: () => void): () => void;
}

/** By the clock that messages are due by: one that is ahead of the machine's waits no longer. */
export const timerOn = (clock: Clock): Timer => ({
  now: () => clock.now().getTime(),
  after: (ms, run) => {
    const timeout = setTimeout(run, ms);
    return () => clearTimeout(timeout);
  },
});

export interface SenderParts {
  readonly outbox: Pick<Core['outbox'], 'claimDue' | 'renew' | 'settle'>;
  readonly notifier: Notifier;
  readonly pace: Pace;
  readonly log: Logger;
  readonly leaseMs?: number;
  /** How many messages are on their way at the same time, each to another person. */
  readonly atOnce?: number;
  readonly timer: Timer;
}

/** Sends what the bot owes, as fast as the pace allows (NTF-3). */
export interface Sender {
  start(): void;
  /** Something new may be due. */
  readonly wake: () => void;
  /** Claims no more; resolves when what is on its way has arrived and is recorded (OPS-3). */
  stop(): Promise<void>;
}

/**
 * Every delivery runs for itself, so a chat that hangs delays nobody as long as a slot is free.
 * What cannot be claimed or renewed is logged and not lost: it is due again, at the latest when its
 * lease ends. How a delivery ended is recorded as soon as that can be: only a process that dies
 * before it has the message sent twice.
 */
export const createSender = (given: SenderParts): Sender => {
  const parts = { leaseMs: LEASE_MS, atOnce: AT_ONCE, ...given };
  const { outbox, pace, leaseMs, atOnce, timer } = parts;
  const onTheirWay: OnTheirWay = new Map();
  const deliveries = new Set<Promise<void>>();
  const leases = keepLeases(parts, onTheirWay);
  let stoppedAt: number | undefined;

  const begin = (message: ClaimedMessage): void => {
    const isOurs = onTheirWay.has(message.id); // its lease ran out for once: ours, as another try
    onTheirWay.set(message.id, message);
    if (isOurs) return;
    const delivery = carry(parts, message, {
      current: () => onTheirWay.get(message.id) ?? message,
      stoppedAt: () => stoppedAt,
    }).finally(() => {
      onTheirWay.delete(message.id);
      deliveries.delete(delivery);
      rounds.wake();
    });
    deliveries.add(delivery);
    leases.keep();
  };
  /** Resolves to the ms until it is worth to look again. */
  const claim = async (): Promise<number> => {
    const limit = atOnce - onTheirWay.size;
    if (limit === 0) return SWEEP_MS;
    const { messages, againAt } = await outbox.claimDue({ limit, leaseMs, pace });
    for (const message of messages) begin(message);
    const waitMs = againAt === null ? SWEEP_MS : againAt.getTime() - timer.now();
    return Math.max(0, Math.min(SWEEP_MS, waitMs));
  };
  const rounds = inRounds(parts, claim);
  return {
    start: () => {
      stoppedAt = undefined;
      rounds.start();
    },
    wake: rounds.wake,
    stop: async () => {
      stoppedAt ??= timer.now();
      await rounds.stop();
      await Promise.all(deliveries);
      await leases.stop();
    },
  };
};

type WholeParts = Required<SenderParts>;

/** Claims again and again: when the last claim said so, or at once when woken; never two at a time. */
const inRounds = ({ log, timer }: WholeParts, claim: () => Promise<number>) => {
  let state: 'idle' | 'working' | 'stopped' = 'stopped';
  let woken = false;
  let round: Promise<void> = Promise.resolve();
  let cancelSweep: () => void = () => undefined;
  const work = async (): Promise<void> => {
    let waitMs = SWEEP_MS;
    try {
      do {
        woken = false;
        waitMs = await claim();
      } while (woken && state === 'working');
    } catch (error) {
      log.error('claiming messages failed', { error });
    }
    if (state !== 'working') return;
    state = 'idle';
    cancelSweep = timer.after(waitMs, go);
  };
  const go = (): void => {
    if (state !== 'idle') return;
    state = 'working';
    cancelSweep();
    round = work();
  };
  return {
    start: () => {
      state = 'idle';
      go();
    },
    wake: (): void => {
      woken = true;
      go();
    },
    stop: async () => {
      state = 'stopped';
      cancelSweep();
      await round;
    },
  };
};

/** What this process is sending, each with the try under which it is ours. */
type OnTheirWay = Map<MessageId, Try>;

/** What a delivery asks its sender as it goes on. */
interface Course {
  /** The try under which the message is ours by now. */
  readonly current: () => Try;
  /** Since when the sender is stopping. */
  readonly stoppedAt: () => number | undefined;
}

const carry = async (parts: WholeParts, message: ClaimedMessage, course: Course): Promise<void> => {
  const { notifier, log } = parts;
  const { id: messageId, kind, attempt } = message;
  const about = { messageId, kind, attempt };
  try {
    const outcome = await notifier.deliver(message);
    await record(parts, { outcome, about }, course);
  } catch (error) {
    log.error('a delivery ended in a defect', { ...about, error });
  }
};

interface ToRecord {
  readonly outcome: DeliveryOutcome;
  readonly about: Readonly<Record<string, unknown>>;
}

/** Records how a delivery ended, however long the database is away; nothing is sent again. */
const record = async (
  { outbox, log, timer }: WholeParts,
  { outcome, about }: ToRecord,
  { current, stoppedAt }: Course,
): Promise<void> => {
  const endedAt = timer.now();
  for (let failures = 0; ; failures += 1) {
    try {
      return await outbox.settle({ tried: current(), outcome });
    } catch (error) {
      const details = { ...about, outcome: outcome.outcome, error };
      const until = Math.max(stoppedAt() ?? Infinity, endedAt) + RECORD_STOPPING_MS;
      if (timer.now() >= until) {
        return log.error('how a delivery ended is not recorded', details);
      }
      if (failures === 0) log.warn('how a delivery ended cannot be recorded yet', details);
      const waitMs = Math.min(RECORD_AGAIN_MS_MAX, 100 * 2 ** Math.min(failures, 10));
      await new Promise<void>((resolve) => timer.after(waitMs, resolve));
    }
  }
};

/** Renews the leases of what is on its way, as long as there is something. */
const keepLeases = ({ outbox, log, leaseMs, timer }: WholeParts, onTheirWay: OnTheirWay) => {
  let cancel: (() => void) | undefined;
  let renewing: Promise<void> = Promise.resolve();
  const renew = async (): Promise<void> => {
    const tries = [...onTheirWay.values()];
    try {
      if (tries.length > 0) await outbox.renew({ tries, leaseMs });
    } catch (error) {
      log.warn('renewing leases failed', { messages: tries.length, error });
    }
    cancel = undefined;
    if (onTheirWay.size > 0) keep();
  };
  const keep = (): void => {
    cancel ??= timer.after(RENEW_MS, () => {
      renewing = renew();
    });
  };
  return {
    keep,
    stop: async () => {
      cancel?.();
      await renewing;
    },
  };
};
