import type { Logger } from '../../adapters/logging/index.ts';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createSender, type SenderParts, type Timer } from '../../app/pipeline/sender.ts';
import {
  createCore,
  type ClaimedMessage,
  type DeliveryOutcome,
  type MessageId,
  type OutboxMessage,
  type UserId,
} from '../../core/index.ts';
import { aUser } from '../support/builders.ts';
import { NO_PACE } from '../support/unhurried.ts';

/** Everything in memory that could go on has gone on. */
const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes when the test says so; whoever waits for it is called on the way. */
const aTimer = (clock: { now(): Date; advance(ms: number): void }) => {
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  const now = () => clock.now().getTime();
  const timer: Timer = {
    now,
    after: (ms, run) => {
      const one = { at: now() + ms, run };
      waiting.add(one);
      return () => waiting.delete(one);
    },
  };
  const pass = async (ms: number): Promise<void> => {
    const end = now() + ms;
    for (await quiet(); ; await quiet()) {
      const [next] = [...waiting].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (!next) break;
      waiting.delete(next);
      clock.advance(Math.max(0, next.at - now()));
      next.run();
    }
    clock.advance(end - now());
  };
  return { timer, pass, waiting };
};

/** A notifier whose deliveries end when the test says so; `sent` at once unless held. */
const aNotifier = () => {
  const delivered: ClaimedMessage[] = [];
  const held = new Map<MessageId, PromiseWithResolvers<DeliveryOutcome>>();
  return {
    delivered,
    ids: () => delivered.map(({ id }) => id),
    hold: ({ id }: OutboxMessage) => held.set(id, Promise.withResolvers<DeliveryOutcome>()),
    end: ({ id }: OutboxMessage, outcome: DeliveryOutcome = { outcome: 'sent' }) => {
      held.get(id)?.resolve(outcome);
      held.delete(id);
    },
    deliver: async (message: ClaimedMessage): Promise<DeliveryOutcome> => {
      delivered.push(message);
      return held.get(message.id)?.promise ?? { outcome: 'sent' };
    },
  };
};

const aLog = () => {
  const lines: string[] = [];
  const note = (message: string) => void lines.push(message);
  const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log };
  return { log, lines };
};

/** An outbox in memory and its sender. */
export const aPost = (change: Partial<SenderParts> = {}) => {
  const ports = createMemoryPorts();
  const core = createCore(ports);
  const { timer, pass, waiting } = aTimer(ports.clock);
  const notifier = aNotifier();
  const { log, lines } = aLog();
  const faults = new Set<'claimDue' | 'renew' | 'settle'>();
  const failing = (what: 'claimDue' | 'renew' | 'settle') => {
    if (faults.has(what)) throw new Error('the database is away');
  };
  const outbox: SenderParts['outbox'] = {
    claimDue: async (request) => (failing('claimDue'), core.outbox.claimDue(request)),
    renew: async (request) => (failing('renew'), core.outbox.renew(request)),
    settle: async (request) => (failing('settle'), core.outbox.settle(request)),
  };
  const parts = { outbox, notifier, pace: NO_PACE, log, timer, ...change };
  const owe = (...messages: readonly OutboxMessage[]) =>
    ports.unitOfWork.run(async (tx) => {
      for (const message of messages) await tx.outbox.add(message);
    });
  return {
    core,
    notifier,
    lines,
    faults,
    pass,
    waiting,
    owe,
    sender: createSender(parts),
    person: async (): Promise<UserId> => {
      const user = aUser();
      await ports.unitOfWork.run((tx) => tx.users.add(user));
      return user.id;
    },
    at: () => ports.clock.now(),
    states: () => ports.outboxMessages().map(({ state }) => state),
  };
};
