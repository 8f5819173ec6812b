import type { Telegram } from 'telegraf';
import {
  BROADCAST_KIND,
  noticeFromJson,
  PROGRESS_KIND,
  STRUGGLING_TRIES,
  type BroadcastMessage,
  type ChartPainter,
  type ClaimedMessage,
  type Clock,
  type DeliveryOutcome,
  type Language,
  type Notifier,
  type ProgressMessage,
  type ProofStorage,
  type User,
  type UserId,
} from '../../../core/index.ts';
import type { Html } from '../html.ts';
import { screenFromJson, type HiddenNumber } from '../screen.ts';
import type { DeskCount } from './desk-now.ts';
import { createFloodWatch } from './flood-watch.ts';
import { isOfTheNetwork, outcomeOf, type Surroundings } from './outcome.ts';
import { sendBroadcast, sendProgress, type BroadcastPorts } from './send-broadcast.ts';
import { sendAudit, type ReadAudit } from './send-audit.ts';
import { sendMenu } from './send-menu.ts';
import { sendNotice } from './send-notice.ts';
import { sendMessage, sendScreen } from './send-screen.ts';
import { createUploads, type Uploads } from './uploads.ts';

/** Whom a message goes to, as they stand now. */
export interface Recipient extends Pick<User, 'role' | 'permissions'> {
  readonly userId: UserId;
  readonly chatId: number;
  readonly language: Language;
  readonly screenMessageId: number | null;
}

export interface DeliveryPorts {
  readonly telegram: Telegram;
  readonly proofStorage: ProofStorage;
  readonly chartPainter: ChartPainter;
  findRecipient(user: UserId): Promise<Recipient | undefined>;
  /** Remembers which message shows the screen now. */
  noteScreen(user: UserId, messageId: number | null): Promise<void>;
  /**
   * The whole number as the core gives it to this person; null where they may not read it. May
   * throw the core's refusals.
   */
  revealNumber(user: UserId, hidden: HiddenNumber): Promise<string | null>;
  /**
   * How much waits on a desk at this moment, as this admin sees it; null for who is no admin any
   * more.
   */
  deskNow(user: UserId, counted: DeskCount): Promise<number | null>;
  readonly broadcasts: BroadcastPorts;
  /** A part of the audit log, asked for on behalf of the recipient; throws the core's refusals. */
  readonly readAudit: ReadAudit;
  /** Hears of what Telegram will never take. */
  readonly onFailed: (message: ClaimedMessage, why: string) => void;
  /** Hears of what is no fault of Telegram or the network; the message is tried again. */
  readonly onTrouble?: (message: ClaimedMessage, error: unknown) => void;
  /** Hears, once, of what was put off so often that it stands back for what came after it. */
  readonly onStruggling?: (message: ClaimedMessage, why: string) => void;
  /** Hears of a file that cannot be read, painted or sent; the message goes out without it. */
  readonly onFileLost?: (path: string, error: unknown) => void;
  /** Hears of markup that Telegram cannot read; the message goes out as plain text. */
  readonly onDefect?: (message: ClaimedMessage, why: string) => void;
  /** Hears of a command menu that Telegram will not take; the keyboard goes out all the same. */
  readonly onMenuRefused?: (user: UserId, why: string) => void;
}

export interface NotifierPorts extends DeliveryPorts {
  readonly clock: Clock;
  readonly isOutage: Surroundings['isOutage'];
}

/** The ports, while one message is carried. */
export interface OneDelivery extends DeliveryPorts {
  /** Which try this is, 1 for the first. */
  readonly attempt: number;
  readonly onUnreadable: (why: string) => void;
  readonly uploads: Uploads;
}

/**
 * Carries outbox rows to Telegram; what the network or Telegram did becomes an outcome, never a
 * throw.
 */
export const createNotifier = (ports: NotifierPorts): Notifier => {
  const { clock, isOutage } = ports;
  const uploads = createUploads();
  const surroundings = { floods: createFloodWatch(clock), isOutage };
  return {
    deliver: async (message) => {
      try {
        const recipient = await ports.findRecipient(message.to);
        if (!recipient) return failed(ports, message, 'the recipient is not known');
        await send({ ...ports, uploads }, message, recipient);
        return { outcome: 'sent' };
      } catch (error) {
        if (!isOfTheNetwork(error)) ports.onTrouble?.(message, error);
        const outcome = outcomeOf(error, message, surroundings);
        if (outcome.outcome === 'failed') return failed(ports, message, outcome.why);
        if (outcome.outcome === 'later' && message.attempt === STRUGGLING_TRIES) {
          ports.onStruggling?.(message, outcome.why);
        }
        return outcome;
      }
    },
  };
};

const failed = (
  { onFailed }: Pick<DeliveryPorts, 'onFailed'>,
  message: ClaimedMessage,
  why: string,
): DeliveryOutcome => {
  onFailed(message, why);
  return { outcome: 'failed', why };
};

const send = async (
  ports: DeliveryPorts & Pick<OneDelivery, 'uploads'>,
  message: ClaimedMessage,
  recipient: Recipient,
): Promise<void> => {
  const onUnreadable = (why: string): void => ports.onDefect?.(message, why);
  const delivery: OneDelivery = { ...ports, onUnreadable, attempt: message.attempt };
  switch (message.kind) {
    case 'screen':
      return sendScreen(delivery, recipient, screenFromJson(message.payload));
    case 'menu':
      return sendMenu(delivery, recipient);
    case 'note':
      return sendNote(delivery, recipient, message.payload as unknown as NotePayload);
    case BROADCAST_KIND:
      return sendBroadcast(delivery, recipient, message.payload as unknown as BroadcastMessage);
    case PROGRESS_KIND:
      return sendProgress(delivery, recipient, message.payload as unknown as ProgressMessage);
    case 'audit':
      return sendAudit(delivery, recipient, message);
    case 'notice':
      return sendNotice(delivery, recipient, noticeFromJson(message.payload));
    default:
      throw new Error(`no way to send a message of kind ${message.kind}`);
  }
};

interface NotePayload {
  readonly text: Html;
}

const sendNote = async (
  delivery: OneDelivery,
  { chatId }: Recipient,
  { text }: NotePayload,
): Promise<void> => {
  await sendMessage(delivery, chatId, { text, keyboard: [] });
};
