import { Faults } from './faults.ts';
import { Feed } from './feed.ts';
import { Files } from './files.ts';
import type { SandboxHost } from './host.ts';
import { Limits } from './limits.ts';
import { RequestLog } from './request-log.ts';
import { State, type PersonSeed } from './state.ts';
import type { Params } from './bot-api/params.ts';
import type { User } from './bot-api/types.ts';
import type { TourPlayer } from './tour/tour.ts';
import { UpdateQueue } from './updates/update-queue.ts';
import { Webhook } from './updates/webhook.ts';

/** All parts of one sandbox; Bot API methods and the control plane act on it. */
export interface World {
  readonly token: string;
  readonly state: State;
  readonly files: Files;
  readonly queue: UpdateQueue;
  readonly webhook: Webhook;
  readonly feed: Feed;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly log: RequestLog;
  readonly host: SandboxHost;
  readonly tour: TourPlayer;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How far the clock is ahead. */
  readonly aheadMs: () => number;
  /** Moves the clock of the sandbox and of the host `ms` ahead, for good. */
  readonly advance: (ms: number) => Promise<void>;
  /** Aborted when the sandbox stops: ends everything that waits. */
  readonly stopping: AbortSignal;
}

interface WorldOptions {
  readonly token: string;
  readonly bot: User;
  readonly people: readonly PersonSeed[];
  readonly host: SandboxHost;
  readonly now: () => number;
  readonly aheadMs: number;
  readonly limits: boolean;
  readonly webhookBackoffMs: number;
  readonly stopping: AbortSignal;
  readonly tour: (worldOf: () => World) => TourPlayer;
  /** Runs a method that the bot put into its reply to a webhook. */
  readonly execute: (world: World, reply: Params) => Promise<void>;
}

/** Wires the parts together; nothing runs until the bot or a person acts. */
export function createWorld(options: WorldOptions): World {
  const { token, host, stopping } = options;
  let { aheadMs } = options;
  const now = (): number => options.now() + aheadMs;
  const state = new State(options.bot, options.people);
  const feed = new Feed();
  const queue = new UpdateQueue(now);
  const limits = new Limits(now);
  limits.turn(options.limits);
  const webhook = new Webhook(queue, {
    now,
    backoffMs: options.webhookBackoffMs,
    execute: (reply) => options.execute(world, reply),
  });
  const world: World = {
    token,
    state,
    files: new Files(),
    queue,
    webhook,
    feed,
    faults: new Faults(),
    limits,
    log: new RequestLog(),
    host,
    tour: options.tour(() => world),
    now,
    aheadMs: () => aheadMs,
    advance: async (ms) => {
      aheadMs += ms;
      webhook.wake();
      try {
        await host.advance?.(ms);
      } catch (error) {
        aheadMs -= ms; // the host's clock has not moved: neither does this one
        throw error;
      }
      feed.emit({ type: 'clock', now: new Date(now()).toISOString() });
    },
    stopping,
  };
  world.faults.onChange = () => feed.emit({ type: 'conditions' });
  state.onChange = (chat) => feed.chatChanged(chat);
  queue.onAdded = () => webhook.wake();
  queue.onTaken = (updateId) => markSeen(state, updateId);
  return world;
}

/** The second tick on a person's message. */
function markSeen(state: State, updateId: number): void {
  const waiting = state.unseen.get(updateId);
  if (!waiting) return;
  state.unseen.delete(updateId);
  waiting.stored.seen = true;
  state.changed(waiting.chat);
}

/** Telegram's dates. */
export const unixSeconds = (world: Pick<World, 'now'>): number => Math.floor(world.now() / 1000);
