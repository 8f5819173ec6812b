import type { Json, UserId } from '../kernel/index.ts';
import type { User } from '../users/index.ts';
import type { Tempo } from './tempo.ts';

/** One update as it came in. `payload` is opaque to the core. */
export interface InboxUpdate {
  /** Which bot it came to; the same `updateId` of two bots are two updates. */
  readonly botId: number;
  readonly updateId: number;
  /** Updates of one lane (the person's channel id) are handled one after the other, in order. */
  readonly lane: number;
  readonly payload: Json;
  readonly receivedAt: Date;
}

/** An update that is not handled yet. */
export interface WaitingUpdate extends InboxUpdate {
  /** How often handling it has failed before, of the tries that count. */
  readonly tries: number;
  /** What preparing it brought to light (a stored file), null before. */
  readonly prepared: Json;
}

/** An update in hand, with its lane locked. */
export interface TakenUpdate extends WaitingUpdate {
  /** How fast this lane's person has acted so far (SEC-3). */
  readonly tempo: Tempo;
  /** Who has the lane's number, as they stand now; undefined where nobody is known by it. */
  readonly person: KnownPerson | undefined;
  /** Whether something else waits behind it. */
  readonly hasMore: boolean;
}

/** Somebody who has written before, read together with what they say now. */
export interface KnownPerson {
  readonly user: User;
  /** The operator wants them to be an admin, and they are none yet (ACC-4). */
  readonly isGranted: boolean;
  readonly conversation: Conversation | undefined;
}

/** What preparing an update has found. */
export interface PreparedUpdate {
  readonly botId: number;
  readonly updateId: number;
  readonly prepared: Json;
  /**
   * Noted only where this still stands, as it was handed out: a failure must not undo what another
   * process has found meanwhile. Absent: noted in any case.
   */
  readonly seen?: Json;
}

/** One try to handle an update that came to nothing. */
export interface FailedTry {
  readonly botId: number;
  readonly updateId: number;
  /** Without secrets and personal data. */
  readonly error: string;
  readonly retryAt: Date;
  /**
   * Whether the update itself may be the cause. Not where the disk is full or Telegram is away:
   * that never parks it.
   */
  readonly counts: boolean;
}

/** An update that was handled. */
export interface HandledUpdate {
  readonly botId: number;
  readonly updateId: number;
  readonly at: Date;
  /** The meter of its lane from now on; absent: as it was. */
  readonly tempo?: Tempo;
}

/** An update that is given up. */
export interface ParkedUpdate {
  readonly botId: number;
  readonly updateId: number;
  /** Without secrets and personal data. */
  readonly error: string;
  readonly at: Date;
}

/** How much waits in the inbox of one bot. */
export interface InboxDepth {
  readonly waiting: number;
  /** When the oldest waiting update was received; null where nothing waits. */
  readonly oldestReceivedAt: Date | null;
  /** Given up after too many tries; they need a person. */
  readonly parked: number;
}

/** Writing and looking, each call its own transaction. */
export interface Inbox {
  /**
   * Stores updates once per (botId, updateId), in the order given; committed when it resolves.
   * Resolves to the lanes that have something new.
   */
  receive(updates: readonly InboxUpdate[]): Promise<readonly number[]>;
  /** Lanes with something to handle at `now`, the one that has waited longest first. */
  waitingLanes(botId: number, now: Date): Promise<readonly number[]>;
  /** Notes what preparation found; false where it no longer waits or something else was noted. */
  notePrepared(prepared: PreparedUpdate): Promise<boolean>;
  /** Puts a waiting update off to `retryAt`, with all of its lane; counts the try if it counts. */
  noteFailure(failure: FailedTry): Promise<void>;
  depth(botId: number): Promise<InboxDepth>;
  /**
   * Removes handled and parked updates that ended before `before`, at most `limit`. Resolves to how
   * many. Telegram may deliver an update again for 24 hours: by the database's own clock, which may
   * be behind ours, nothing is forgotten that ended or was received less than 48 hours ago.
   */
  prune(before: Date, limit: number): Promise<number>;
}

/** The handling side, inside the transaction of everything the update causes. */
export interface InboxMark {
  /**
   * Locks the lane and takes its oldest waiting update; undefined when nothing is due, `in-hand`
   * where another worker has the lane. The settings are read with it: `settings.current` costs
   * nothing more.
   */
  take(botId: number, lane: number, now: Date): Promise<TakenUpdate | 'in-hand' | undefined>;
  /** Marks it handled and forgets its payload; a defect where it no longer waits. */
  done(update: HandledUpdate): Promise<void>;
  /** Gives it up for good and forgets its payload; false where it no longer waits. */
  park(parked: ParkedUpdate): Promise<boolean>;
}

/** Where a person is in their dialogue; a row, so that it survives a restart (UX-3). */
export interface Conversation {
  readonly userId: UserId;
  /** The dialogue under way and its named step; null on a plain screen. */
  readonly flow: string | null;
  readonly step: string | null;
  /** The version of the flow's definition, so that a deploy can tell an old one. */
  readonly version: number;
  readonly data: Json;
  /** The channel's id of the one message that is edited in place. */
  readonly screenMessageId: number | null;
  /** Grows with every change; a button of an older revision is stale. */
  readonly revision: number;
  readonly expiresAt: Date | null;
}

export interface Conversations {
  find(user: UserId): Promise<Conversation | undefined>;
  /**
   * Stores everything but `screenMessageId`, which is the sender's to note: the two never undo each
   * other.
   */
  save(conversation: Conversation): Promise<void>;
  /** Notes which message shows the screen now, and nothing else; also before anything was saved. */
  noteScreen(user: UserId, screenMessageId: number | null): Promise<void>;
}
