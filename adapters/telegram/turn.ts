import type {
  Actor,
  CampaignId,
  Conversation,
  Json,
  ReceivedFile,
  Settings,
  UseCases,
  User,
} from '../../core/index.ts';
import type { KeptFilter } from './audit-filter.ts';
import { escapeHtml, lines, trusted, type Html } from './html.ts';
import type { Screen } from './screen.ts';
import type { Texts } from './texts/index.ts';

/** What preparing a file brought: the stored file, or why it was refused. */
export type PreparedFile =
  | { readonly ok: true; readonly file: ReceivedFile }
  | { readonly ok: false; readonly code: string; readonly details: Json };

/** The answer to a tapped button: at most 200 characters; an alert waits for OK. */
export interface Answer {
  readonly text: string;
  readonly alert: boolean;
}

/**
 * One update being handled, in one transaction. Handlers read from it, call use cases, and say what
 * to show; nothing reaches Telegram before the commit.
 */
export interface Turn {
  /** As registered in this very transaction. */
  readonly user: User;
  readonly actor: Actor;
  /** Use cases on this transaction, each a savepoint. */
  readonly core: UseCases;
  readonly settings: Settings;
  readonly texts: Texts;
  /** When the update was stored (TSK-5). */
  readonly receivedAt: Date;
  readonly now: Date;
  /** When the step of the dialogue under way came up; null without one. */
  readonly stepSince: Date | null;
  /** How many messages go out a second, to all people together; 0 is no limit (NTF-3). */
  readonly messagesPerSecond: number;
  /** Without @: for links into the bot. */
  readonly botUsername: string;
  /** A new idempotency key for a summary that is about to be shown (WAL-7). */
  newKey(): string;
  /** The picture or document that came with this update, prepared; null for none. */
  readonly file: PreparedFile | null;
  readonly conversation: Conversation;
  /** The revision that buttons of the screen about to be shown carry. */
  readonly revision: number;
  /** Changes where the person is in their dialogue; null leaves it. */
  setDialogue(
    dialogue: {
      readonly flow: string;
      readonly step: string;
      readonly version: number;
      readonly data: Json;
    } | null,
  ): void;
  /** Takes a `setDialogue` of this turn back: what caused it was refused, or left the screen alone. */
  keepDialogue(): void;
  /** What came with `/start`: anybody can write it. Null for every other word. */
  readonly startPayload: string | null;
  /** The campaign that a link pointed to and that the person could not yet be shown. */
  readonly link: CampaignId | null;
  /** Keeps such a campaign until the person can be shown it; null: they were. */
  keepLink(campaignId: CampaignId | null): void;
  /** What the screen shows after the commit; the last call wins. */
  show(screen: Screen): void;
  /**
   * Says a line in a message of its own, for what must not take the place of the screen: it may be
   * the result that the person waits for.
   */
  note(line: Html): void;
  /** The answer to the tap; ignored where the update was no tap. */
  answer(text: string, alert?: boolean): void;
  /** Sends the reply keyboard of what the person may use in a message of its own (UX-2). */
  sendMenu(): void;
  /** Sends what fits this filter of the audit log as a CSV document (AUD-3). */
  sendAudit(filter: KeptFilter): void;
  /** Whether the update brought a picture or document, prepared or not. */
  readonly sentFile: boolean;
  /** What was written below it; null for nothing. */
  readonly caption: string | null;
  /** Whether it was the first one of an album: only that one counts (PRF-1). */
  readonly fromAlbum: boolean;
  /** Whether the update was a tapped button. */
  readonly tapped: boolean;
}

/** The same turn, whose screens carry a line above what they say. */
export const showingAbove = (turn: Turn, line: Html): Turn => ({
  ...turn,
  show: (screen) => turn.show({ ...screen, text: lines(line, trusted(''), screen.text) }),
});

/** Says what was done: in the answer to a tap; after a typed word above the screen that comes. */
export const saying = (turn: Turn, text: string): Turn => {
  turn.answer(text);
  return turn.tapped ? turn : showingAbove(turn, escapeHtml(text));
};
