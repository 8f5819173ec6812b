import { Faults } from './faults.ts';
import { Feed } from './feed.ts';
import { Files } from './files.ts';
import { RequestLog } from './request-log.ts';
import { State, type PersonSeed } from './state.ts';
import type { User } from './bot-api/types.ts';
import { UpdateQueue } from './update-queue.ts';
import { Webhook } from './webhook.ts';

/** All parts of one sandbox; Bot API methods and the control plane act on it. */
export interface World {
  readonly token: string;
  readonly state: State;
  readonly files: Files;
  readonly queue: UpdateQueue;
  readonly webhook: Webhook;
  readonly feed: Feed;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Aborted when the sandbox stops: ends everything that waits. */
  readonly stopping: AbortSignal;
}

interface WorldOptions {
  readonly token: string;
  readonly bot: User;
  readonly people: readonly PersonSeed[];
  readonly now: () => number;
  readonly webhookBackoffMs: number;
  readonly stopping: AbortSignal;
  /** Runs a method that the bot put into its reply to a webhook. */
  readonly execute: (world: World, reply: Record<string, unknown>) => Promise<void>;
}

/** Wires the parts together; nothing runs until the bot or a person acts. */
export function createWorld(options: WorldOptions): World {
  const { token, now, stopping } = options;
  const state = new State(options.bot, options.people);
  const feed = new Feed();
  const queue = new UpdateQueue(now);
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
    log: new RequestLog(),
    now,
    stopping,
  };
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
