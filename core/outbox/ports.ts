import type { Json, MessageId, UserId } from '../kernel/index.ts';

/** Answers to a tap go before notices, notices before broadcasts. */
export type Priority = 'answer' | 'notice' | 'broadcast';

/** A message that the bot owes a person, written in the transaction of the change (NTF-2). */
export interface OutboxMessage {
  readonly id: MessageId;
  readonly to: UserId;
  /** `notice`, or a word of the channel's own (a screen). */
  readonly kind: string;
  readonly payload: Json;
  /** Unique: adding the same key again changes nothing. */
  readonly dedupeKey: string;
  /** A newer message on the same topic to the same person replaces one that still waits. */
  readonly topic: string | null;
  readonly priority: Priority;
  readonly createdAt: Date;
}

export interface ClaimedMessage extends OutboxMessage {
  /** 1 for the first try. */
  readonly attempt: number;
}

/** How one delivery ended. Times in ms. */
export type DeliveryOutcome =
  | { readonly outcome: 'sent' }
  /** Try again after `afterMs`; `scope: 'all'` pauses every chat (a global 429). */
  | {
      readonly outcome: 'later';
      readonly afterMs: number;
      readonly scope: 'chat' | 'all';
      readonly why: string;
    }
  /** The person blocked the bot or is gone: what waits for them is dropped until they come back. */
  | { readonly outcome: 'unreachable' }
  /** Telegram will never take it. */
  | { readonly outcome: 'failed'; readonly why: string };

/** The writing side, inside a transaction. */
export interface Outbox {
  add(message: OutboxMessage): Promise<void>;
}

/** The sending side. */
export interface OutboxQueue {
  /**
   * Leases due messages, oldest first per person and never two of one person at once, higher
   * priority first. A lease that runs out (`leaseMs`) makes the message due again: at least once,
   * never lost.
   */
  claim(now: Date, limit: number, leaseMs: number): Promise<readonly ClaimedMessage[]>;
  /**
   * Records how a delivery ended; a message settled by somebody else meanwhile stays as it is.
   * `unreachable` drops what else waits for this person, too.
   */
  settle(message: MessageId, outcome: DeliveryOutcome, at: Date): Promise<void>;
}

/** Carries one message to its person. Never throws for what the network or the channel did. */
export interface Notifier {
  deliver(message: ClaimedMessage): Promise<DeliveryOutcome>;
}
