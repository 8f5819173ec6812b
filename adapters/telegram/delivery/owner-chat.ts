import { TelegramError, type Telegram } from 'telegraf';
import type { Freeze, OwnerNotice, Wellbeing } from '../../../core/index.ts';
import { fit, TEXT_MAX } from './fit.ts';
import { isOfTheNetwork } from './outcome.ts';
import type { Html } from '../html.ts';
import { textsIn } from '../texts/index.ts';

/** Why a chat did not hear: nothing of what it was to hear. */
export interface Unheard {
  /** The call that failed. */
  readonly method: string;
  /** Telegram's; absent where no answer came. */
  readonly code?: number;
  readonly description: string;
}

/** A chat that the owner watches, apart from what the bot sends to its users (WAL-13). */
export interface OwnerChat {
  /** Resolves to why where the message did not arrive: it is told again later. */
  tell(freeze: Freeze): Promise<Unheard | undefined>;
  tellNews(notice: OwnerNotice): Promise<Unheard | undefined>;
  /** How everything stands; without a sound where all is well. */
  tellWellbeing(wellbeing: Wellbeing): Promise<Unheard | undefined>;
  /** Tries whether it could be told something, showing nothing but a moment of typing. */
  reach(): Promise<Unheard | undefined>;
}

export interface OwnerChatOptions {
  /** Of the bot, or better of a second one: it is heard when the first is blocked. */
  readonly telegram: Telegram;
  readonly chatId: number;
}

/** Straight to Telegram: no outbox, no lane, no pace stands in the way of an alarm. */
export const createOwnerChat = ({ telegram, chatId }: OwnerChatOptions): OwnerChat => {
  const { owner } = textsIn('id');
  const send = (text: Html, isQuiet = false): Promise<Unheard | undefined> =>
    unheard('sendMessage', () =>
      telegram.sendMessage(chatId, fit(text, TEXT_MAX), {
        parse_mode: 'HTML',
        disable_notification: isQuiet,
      }),
    );
  return {
    tell: (freeze) => send(owner.freeze(freeze)),
    tellNews: (notice) => send(owner.news(notice)),
    tellWellbeing: (wellbeing) => send(owner.wellbeing(wellbeing), wellbeing.troubles.length === 0),
    reach: () => unheard('sendChatAction', () => telegram.sendChatAction(chatId, 'typing')),
  };
};

/** Undefined where it was heard. A defect is thrown on. */
const unheard = async (
  method: string,
  call: () => Promise<unknown>,
): Promise<Unheard | undefined> => {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (!isOfTheNetwork(error)) throw error;
    if (!(error instanceof TelegramError)) return { method, description: messageOf(error) };
    const { error_code: code, description } = error.response;
    return { method, code, description };
  }
};

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
