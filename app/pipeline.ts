import PQueue from 'p-queue';
import type { Logger } from '../adapters/logging/index.ts';
import {
  handleUpdate,
  longPoll,
  prepareFile,
  workLane,
  type BotRouter,
} from '../adapters/telegram/index.ts';
import { asSystem, type Core, type Notifier, type Ports } from '../core/index.ts';
import { repeat } from './loop.ts';
import type { Bot, Endpoint } from './tokens.ts';

/**
 * Lanes that are worked on at once. More than there are connections: a lane that downloads or
 * decodes a picture holds none, and must not hold up the others.
 */
const LANES_AT_ONCE = 20;
/**
 * Rounds of sending beside each other, so that one slow chat (a large picture) delays only its
 * round.
 */
const SENDERS = 3;
const SENT_AT_ONCE = 10;
const LEASE_MS = 60_000;
/** How often to look for what no wake-up announced: retries, another process, a crash. */
const SWEEP_MS = 1_000;
const EXPIRY_MS = 5_000;
const EXPIRED_AT_ONCE = 100;

export interface PipelineParts {
  readonly ports: Ports;
  readonly core: Core;
  readonly router: BotRouter;
  readonly notifier: Notifier;
  readonly bot: Bot;
  readonly endpoint: Endpoint;
  readonly log: Logger;
}

/** Receive → commit → acknowledge; a lane per person; send; sweep. */
export interface Pipeline {
  start(): void;
  /** Rejects when receiving has ended for good (a token that Telegram no longer knows). */
  readonly failed: Promise<never>;
  /** Stops taking updates, finishes what runs, sends no half answer (OPS-3). */
  stop(): Promise<void>;
}

export const createPipeline = (parts: PipelineParts): Pipeline => {
  const { ports, core, notifier, bot, log } = parts;
  const stopping = new AbortController();
  const sendRound = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const round = { notifier, limit: SENT_AT_ONCE, leaseMs: LEASE_MS };
      if ((await core.outbox.deliverDue(round)) === 0) return;
    }
  };
  const senders = Array.from({ length: SENDERS }, () => repeat('sender', SWEEP_MS, log, sendRound));
  const send = (): void => {
    for (const sender of senders) sender.wake();
  };
  const lanes = createLanes(parts, send);
  const sweep = repeat('sweep', SWEEP_MS, log, async () => {
    lanes.wake(await ports.inbox.waitingLanes(bot.info.id, ports.clock.now()));
  });
  const actor = asSystem('expire-takes');
  const expiry = repeat('expiry', EXPIRY_MS, log, async () => {
    if ((await core.tasks.expireDue({ actor, limit: EXPIRED_AT_ONCE })) > 0) send();
  });
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  let receiving: Promise<void> = Promise.resolve();
  return {
    failed: failure.promise,
    start: () => {
      for (const loop of [...senders, sweep, expiry]) loop.start();
      receiving = receive(parts, lanes.wake, stopping.signal).catch(failure.reject);
    },
    stop: async () => {
      stopping.abort();
      await receiving;
      await Promise.all([sweep.stop(), expiry.stop(), lanes.stop()]);
      await Promise.all(senders.map((sender) => sender.stop()));
    },
  };
};

const receive = (
  { ports, bot, log }: PipelineParts,
  onLanes: (lanes: readonly number[]) => void,
  signal: AbortSignal,
): Promise<void> =>
  longPoll(
    {
      botId: bot.info.id,
      telegram: bot.telegram,
      inbox: ports.inbox,
      clock: ports.clock,
      onLanes,
      onTrouble: ({ what, retryInMs }) => log.warn('receiving updates failed', { what, retryInMs }),
    },
    signal,
  );

/** One update of a person after the other, different people at the same time. */
const createLanes = (
  { ports, core, router, bot, endpoint, log }: PipelineParts,
  onHandled: () => void,
) => {
  const { clock, ids, inbox, unitOfWork } = ports;
  const queue = new PQueue({ concurrency: LANES_AT_ONCE });
  const underWay = new Map<number, { again: boolean }>();
  let stopped = false;
  const work = workLane({
    botId: bot.info.id,
    inbox,
    unitOfWork,
    clock,
    telegram: bot.telegram,
    router,
    prepare: prepareFile({ core, telegram: bot.telegram, ...endpoint }),
    handle: handleUpdate({ core, clock, ids, router }),
    onFailure: ({ error, updateId, tries, parked }) =>
      log.error(parked ? 'an update is parked' : 'handling an update failed', {
        updateId,
        tries,
        error,
      }),
    onHandled,
  });
  const drain = async (lane: number, state: { again: boolean }): Promise<void> => {
    try {
      do {
        state.again = false;
        while (!stopped && (await work(lane)));
      } while (state.again && !stopped);
    } catch (error) {
      log.error('a lane stopped', { error });
    } finally {
      underWay.delete(lane);
    }
  };
  const wake = (lanes: readonly number[]): void => {
    for (const lane of lanes) {
      const state = underWay.get(lane);
      if (state) {
        state.again = true;
        continue;
      }
      if (stopped) return;
      const fresh = { again: false };
      underWay.set(lane, fresh);
      void queue.add(() => drain(lane, fresh));
    }
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      await queue.onIdle();
    },
  };
};
