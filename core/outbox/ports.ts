import type { Json, Language, MessageId, Permission, Role, UserId } from '../kernel/index.ts';

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
  /**
   * A newer message on the same topic to the same person replaces one that still waits, and takes
   * over its `notBefore` where that is earlier: what comes again and again is bundled, not put off.
   */
  readonly topic: string | null;
  readonly priority: Priority;
  /**
   * Not sent earlier; also its place in the row of its person and priority. As a rule `createdAt`;
   * the next try, once it has gone to the end of its row.
   */
  readonly notBefore: Date;
  readonly createdAt: Date;
}

/**
 * One try to send a message. Another sender that finds its lease run out begins the next one; then
 * this one says nothing any more.
 */
export interface Try {
  readonly id: MessageId;
  /** 1 for the first. */
  readonly attempt: number;
}

export interface ClaimedMessage extends OutboxMessage, Try {
  /** How many of the tries before this one met a defect of ours. */
  readonly defects: number;
}

/** From this try on a message that is put off alone lets what came after it go first. */
export const STRUGGLING_TRIES = 10;

/** How fast messages may go out; 0 is no limit. */
export interface Pace {
  /**
   * Messages a second to all people together, with bursts of a second's worth. Of that burst notices
   * leave a sixth to answers, and broadcasts a third to both: who has been idle is answered at once.
   */
  readonly perSecond: number;
  /** Messages a second to one person, with bursts of five. */
  readonly perChatPerSecond: number;
}

export interface ClaimRequest {
  readonly now: Date;
  /** How many messages to take at most, each of another person. */
  readonly limit: number;
  /** Ms after which a message that was claimed and neither settled nor renewed is due again. */
  readonly leaseMs: number;
  readonly pace: Pace;
}

/** What may be sent now. */
export interface Claim {
  readonly messages: readonly ClaimedMessage[];
  /**
   * When to ask again, where the pace, a pause, a lease or a retry holds something back; null where
   * nothing waits. A message added meanwhile may be due earlier.
   */
  readonly againAt: Date | null;
}

/** How one delivery ended. Times in ms. */
export type DeliveryOutcome =
  | { readonly outcome: 'sent' }
  /**
   * Try again after `afterMs`. `message`: only this one waits (no answer, a 500), and what came
   * after it in its row; `chat`: everything to this person waits (a 429); `all`: everything to
   * everybody waits (a global 429). `defect`: the try met a defect of ours, which is counted.
   */
  | {
      readonly outcome: 'later';
      readonly afterMs: number;
      readonly scope: 'message' | 'chat' | 'all';
      readonly why: string;
      readonly defect?: boolean;
    }
  /** The person blocked the bot or is gone: what waits for them is dropped until they come back. */
  | { readonly outcome: 'unreachable' }
  /** Telegram will never take it. */
  | { readonly outcome: 'failed'; readonly why: string };

/** One message to many people, each of whom gets a copy. */
export interface Circular extends Omit<OutboxMessage, 'id' | 'to' | 'dedupeKey' | 'topic'> {
  readonly copies: readonly Pick<OutboxMessage, 'id' | 'to' | 'dedupeKey'>[];
}

/** How a message stands: not settled yet, or how it was. */
export type Fate = 'open' | 'sent' | 'dropped' | 'failed' | 'replaced';

/** Notices that could not reach somebody. */
export interface MissedNotices {
  readonly total: number;
  /** Payloads of the newest ones, newest first. */
  readonly newest: readonly Json[];
}

/** The writing side, inside a transaction. */
export interface Outbox {
  /**
   * Owes a message. For a person who is unreachable (`unreachableSince`) it is kept as dropped at
   * once: nothing is sent until they come back.
   */
  add(message: OutboxMessage): Promise<void>;
  /** As `add`, for each copy, in one go. */
  addMany(circular: Circular): Promise<void>;
  /** How the messages of these keys stand; those that are not (or no longer) kept are left out. */
  fates(keys: readonly string[]): Promise<ReadonlyMap<string, Fate>>;
  /**
   * Takes back those of these keys that wait: they are not sent, and their keys are as new. What is
   * being sent right now goes out. Resolves to the keys of what was taken back.
   */
  recall(keys: readonly string[], at: Date): Promise<readonly string[]>;
  /** Messages of kind `notice` to this person that were dropped at or after `since`. */
  missed(user: UserId, since: Date, limit: number): Promise<MissedNotices>;
}

/** How much waits to be sent. */
export interface OutboxDepth {
  readonly waiting: number;
  /** When the oldest of what could be worked on now became due; null where nothing is due. */
  readonly oldestDue: Date | null;
  /** What Telegram will never take, and what met too many defects; each needs a person. */
  readonly failed: number;
  /** What waits and was tried {@link STRUGGLING_TRIES} times or more. */
  readonly struggling: number;
}

/** Whom a message goes to, as they stand now. */
export interface Addressee {
  readonly userId: UserId;
  /** Under which the channel knows them. */
  readonly channelId: number;
  readonly language: Language;
  readonly role: Role | null;
  readonly permissions: readonly Permission[];
  /** The one message that is edited in place. */
  readonly screenMessageId: number | null;
}

/** The sending side. */
export interface OutboxQueue {
  /**
   * Leases due messages. One person never has two under lease at once; of one person and priority
   * the oldest (`notBefore`, then id) goes first and holds up what came after it; a higher priority
   * overtakes. Nothing goes to a person whose chat is paused, nor to anybody while all are.
   */
  claim(request: ClaimRequest): Promise<Claim>;
  /**
   * Keeps the leases of tries that are still under way. What is not leased, or by now for another
   * try, is left alone.
   */
  renew(tries: readonly Try[], until: Date): Promise<void>;
  /**
   * Records how a try ended, once: a message that was settled or put off meanwhile, or is being
   * tried again, stays as it is. Only `sent` counts whoever is trying again: it was sent. What was
   * sent forgets its payload. `unreachable` marks the person as such in the same transaction, and
   * drops what else waits for them, as of the moment since when they cannot be reached, if that is
   * later than `at`. `later` of a message alone, from its {@link STRUGGLING_TRIES}th try on, sends
   * it to the end of its row: no message holds up its person for ever. There something newer on
   * its topic replaces it, so that the old never comes after the new.
   */
  settle(tried: Try, outcome: DeliveryOutcome, at: Date): Promise<void>;
  /** These people, as they stand now; who is not known is left out. */
  addressees(users: readonly UserId[]): Promise<ReadonlyMap<UserId, Addressee>>;
  /**
   * `oldestDue` counts from `notBefore`; for what has been tried {@link STRUGGLING_TRIES} times,
   * whose place in the row has moved, from `createdAt`.
   */
  depth(now: Date): Promise<OutboxDepth>;
  /**
   * Removes messages settled before `before`, at most `limit`. Resolves to how many. By the
   * database's own clock, which may be behind ours, nothing is forgotten that was settled or written
   * less than a day ago.
   */
  prune(before: Date, limit: number): Promise<number>;
}

/** Carries one message to its person. Never throws for what the network or the channel did. */
export interface Notifier {
  deliver(message: ClaimedMessage): Promise<DeliveryOutcome>;
}
