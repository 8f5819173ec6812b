import type { Message } from '../bot-api/types.ts';
import type { Chat, State } from '../state.ts';
import { viewFrame, viewMessage, type ChatFrame, type MessageView } from './view.ts';

/** What a reader who knows a chat up to some revision has to learn. */
export interface ChatChanges extends ChatFrame {
  /** New and changed messages, in the chat's order. */
  readonly messages: readonly MessageView[];
  /** Ids of messages that are gone. */
  readonly removed: readonly number[];
  /** Forget everything known so far: `messages` are all there are. */
  readonly complete: boolean;
}

/** A message as it was found last, and the revision at which it was found so. */
interface Known {
  readonly message: Message;
  readonly seen: boolean;
  readonly revision: number;
}

interface Log {
  readonly known: Map<number, Known>;
  readonly removed: { readonly id: number; readonly revision: number }[];
  /** Whoever knows less than this must read everything. */
  since: number;
}

const REMOVED_KEPT = 500;
const LOGS = new WeakMap<Chat, Log>();

/**
 * The chat's changes since that revision; all of it for a reader who knows nothing (-1), knows a
 * revision that is too old, or one that never was. A copy, like `viewChat`.
 */
export function viewChanges(state: State, chat: Chat, since: number): ChatChanges {
  const log = caughtUp(chat);
  const isComplete = since < log.since || since > chat.revision;
  const isNews = (id: number): boolean =>
    isComplete || (log.known.get(id)?.revision ?? chat.revision) > since;
  return {
    ...viewFrame(state, chat),
    messages: [...chat.messages]
      .filter(([id]) => isNews(id))
      .map(([, { message, seen }]) => viewMessage(message, seen)),
    removed: isComplete
      ? []
      : log.removed.filter(({ revision }) => revision > since).map(({ id }) => id),
    complete: isComplete,
  };
}

/**
 * Compares the chat with what was found last. An edit always puts a new object in a message's place,
 * so looking at a thousand of them costs next to nothing, and whoever changes a chat need not tell
 * what they changed.
 */
function caughtUp(chat: Chat): Log {
  const { messages, revision } = chat;
  const log = LOGS.get(chat) ?? { known: new Map<number, Known>(), removed: [], since: revision };
  LOGS.set(chat, log);
  for (const [id, { message, seen }] of messages) {
    const known = log.known.get(id);
    if (known?.message !== message || known.seen !== seen) {
      log.known.set(id, { message, seen, revision });
    }
  }
  for (const id of log.known.keys()) {
    if (messages.has(id)) continue;
    log.known.delete(id);
    log.removed.push({ id, revision });
  }
  const forgotten = log.removed.splice(0, log.removed.length - REMOVED_KEPT).at(-1);
  log.since = Math.max(log.since, forgotten?.revision ?? 0);
  return log;
}
