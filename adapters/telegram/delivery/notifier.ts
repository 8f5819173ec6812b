import { TelegramError, type Telegram } from 'telegraf';
import {
  noticeFromJson,
  type ClaimedMessage,
  type DeliveryOutcome,
  type Language,
  type Notifier,
  type ProofStorage,
  type Role,
  type UserId,
} from '../../../core/index.ts';
import { screenFromJson, type HiddenNumber } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import { commandMenu, menuKeyboard } from './menu.ts';
import { sendNotice } from './send-notice.ts';
import { sendScreen } from './send-screen.ts';

/** Whom a message goes to. */
export interface Recipient {
  readonly userId: UserId;
  readonly chatId: number;
  readonly language: Language;
  readonly screenMessageId: number | null;
}

export interface DeliveryPorts {
  readonly telegram: Telegram;
  readonly proofStorage: ProofStorage;
  findRecipient(user: UserId): Promise<Recipient | undefined>;
  /** Remembers which message shows the screen now. */
  noteScreen(user: UserId, messageId: number | null): Promise<void>;
  /**
   * The whole number as the core gives it to this person; null where they may not read it. May
   * throw the core's refusals.
   */
  revealNumber(user: UserId, hidden: HiddenNumber): Promise<string | null>;
  /** Hears of what Telegram will never take. */
  readonly onFailed: (message: ClaimedMessage, why: string) => void;
  /** Hears of what is no fault of Telegram or the network; the message is tried again. */
  readonly onTrouble?: (message: ClaimedMessage, error: unknown) => void;
  /** Hears of a stored file that cannot be read any more. */
  readonly onFileLost?: (path: string, error: unknown) => void;
}

/**
 * Carries outbox rows to Telegram; what the network or Telegram did becomes an outcome, never a
 * throw.
 */
export const createNotifier = (ports: DeliveryPorts): Notifier => ({
  deliver: async (message) => {
    try {
      const recipient = await ports.findRecipient(message.to);
      if (!recipient) return { outcome: 'failed', why: 'the recipient is not known' };
      await send(ports, message, recipient);
      return { outcome: 'sent' };
    } catch (error) {
      if (!isOfTheNetwork(error)) ports.onTrouble?.(message, error);
      const outcome = outcomeOf(error, message.attempt);
      if (outcome.outcome === 'failed') ports.onFailed(message, outcome.why);
      return outcome;
    }
  },
});

const send = async (
  ports: DeliveryPorts,
  message: ClaimedMessage,
  recipient: Recipient,
): Promise<void> => {
  switch (message.kind) {
    case 'screen':
      return sendScreen(ports, recipient, screenFromJson(message.payload));
    case 'menu':
      return sendMenu(ports, recipient, message.payload as unknown as MenuPayload);
    case 'notice':
      return sendNotice(ports, recipient, noticeFromJson(message.payload));
    default:
      throw new Error(`no way to send a message of kind ${message.kind}`);
  }
};

interface MenuPayload {
  readonly role: Role | null;
}

/** Reply keyboard and command menu of the role, the repeatable call first (UX-5). */
const sendMenu = async (
  { telegram }: DeliveryPorts,
  { chatId, language }: Recipient,
  { role }: MenuPayload,
): Promise<void> => {
  const texts = textsIn(language);
  if (role !== null) {
    const scope = { type: 'chat', chat_id: chatId } as const;
    await telegram.setMyCommands(commandMenu(texts, role), { scope });
  }
  await telegram.sendMessage(chatId, texts.common.menuBelow, {
    reply_markup: menuKeyboard(texts, role),
  });
};

const BACKOFF_MAX_MS = 60_000;
/**
 * A defect of ours is not tried for ever: it would hold up all that its person is still to hear.
 */
const DEFECT_TRIES_MAX = 20;
/** About the bot (a token that was changed, a gateway in between), not about the message. */
const OF_THE_BOT = new Set([401, 404, 407, 408, 409]);

/**
 * 429 is law, 403 means gone for now, another 4xx will never work, the rest may work later. What
 * Telegram says of the bot itself loses no message: the next start sends it.
 */
const outcomeOf = (error: unknown, attempt: number): DeliveryOutcome => {
  const backOff = Math.min(BACKOFF_MAX_MS, 1_000 * 2 ** Math.min(attempt - 1, 6));
  if (!(error instanceof TelegramError)) {
    if (!isOfTheNetwork(error) && attempt >= DEFECT_TRIES_MAX) {
      return { outcome: 'failed', why: 'a defect: see the log' };
    }
    return { outcome: 'later', afterMs: backOff, scope: 'chat', why: 'no answer' };
  }
  const { error_code: code, description, parameters } = error.response;
  if (code === 429) {
    const afterMs = (parameters?.retry_after ?? 1) * 1_000;
    return { outcome: 'later', afterMs, scope: 'chat', why: description };
  }
  if (code === 403) return { outcome: 'unreachable' };
  if (code >= 500 || OF_THE_BOT.has(code)) {
    return { outcome: 'later', afterMs: backOff, scope: 'chat', why: description };
  }
  return { outcome: 'failed', why: description };
};

const NETWORK_ERRORS = new Set(['FetchError', 'AbortError', 'TimeoutError']);

const isOfTheNetwork = (error: unknown): boolean =>
  error instanceof TelegramError || (error instanceof Error && NETWORK_ERRORS.has(error.name));
