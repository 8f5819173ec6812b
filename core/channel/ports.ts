import type { Json, UserId } from '../kernel/index.ts';

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

export interface WaitingUpdate extends InboxUpdate {
  /** How often handling it has failed before. */
  readonly tries: number;
  /** What preparing it brought to light (a stored file), null before. */
  readonly prepared: Json;
}

/** One try to handle an update that came to nothing. */
export interface FailedTry {
  readonly botId: number;
  readonly updateId: number;
  readonly error: string;
  readonly retryAt: Date | null;
}

/** Writing and looking, each call its own transaction. */
export interface Inbox {
  /**
   * Stores updates once per (botId, updateId), in the order given; committed when it resolves.
   * Resolves to the lanes that have something new.
   */
  receive(updates: readonly InboxUpdate[]): Promise<readonly number[]>;
  /** Lanes with something to handle at `now`. */
  waitingLanes(botId: number, now: Date): Promise<readonly number[]>;
  /** The oldest update of a lane that waits, without locking it. */
  peek(botId: number, lane: number, now: Date): Promise<WaitingUpdate | undefined>;
  /** Notes what preparation found. */
  notePrepared(botId: number, updateId: number, prepared: Json): Promise<void>;
  /**
   * Counts a failed try: again at `retryAt`, or parked for good, its payload forgotten, when null.
   */
  noteFailure(failure: FailedTry): Promise<void>;
}

/** The handling side, inside the transaction of everything the update causes. */
export interface InboxMark {
  /**
   * Locks the lane and takes its oldest waiting update; undefined when nothing waits or another
   * worker has the lane.
   */
  take(botId: number, lane: number, now: Date): Promise<WaitingUpdate | undefined>;
  /** Marks it handled and forgets its payload. */
  done(botId: number, updateId: number, at: Date): Promise<void>;
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
