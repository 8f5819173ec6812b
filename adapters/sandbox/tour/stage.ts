import { press, say, sendPhotos, type Person } from '../people/acts.ts';
import type { InlineButton, Message } from '../bot-api/types.ts';
import type { TourAct } from '../host.ts';
import { samplePicture } from '../samples.ts';
import type { Chat } from '../state.ts';

/** How many of the bot's messages count as its newest: the screen, and notices around it. */
const NEWEST = 5;
const SHOWN_LETTERS = 120;

/** A button that reports to the bot, and the message that carries it. */
export interface Found {
  readonly messageId: number;
  readonly data: string;
}

/** The messages as they are now; see {@link shows}. */
export type Snapshot = ReadonlySet<Message>;

export const snapshot = (chat: Chat): Snapshot => new Set(messagesOf(chat));

/** Whether one of the bot's newest messages shows `text`, one of `before` left aside. */
export const shows = (chat: Chat, text: string, before?: Snapshot): boolean =>
  messagesOf(chat)
    .filter(({ from }) => from.is_bot)
    .slice(-NEWEST)
    .some((message) => !before?.has(message) && textOf(message).includes(text));

/**
 * The newest button whose label contains `label`, messages of `before` left aside. Of several in one
 * message the last: lists have the oldest first, and whoever comes new to one stands at its end.
 */
export function findButton(chat: Chat, label: string, before?: Snapshot): Found | undefined {
  for (const message of messagesOf(chat).toReversed()) {
    if (before?.has(message)) continue;
    const button = buttonsOf(message).findLast(({ text }) => text.includes(label));
    if (button?.callback_data !== undefined) {
      return { messageId: message.message_id, data: button.callback_data };
    }
  }
  return undefined;
}

/** The labels of the newest keyboard, for whoever looked for another one. */
export function newestButtons(chat: Chat): string {
  const newest = messagesOf(chat).findLast((message) => buttonsOf(message).length > 0);
  return (newest ? buttonsOf(newest) : []).map(({ text }) => text).join(', ');
}

/** The beginning of the bot's newest message. */
export function lastWords(chat: Chat): string {
  const newest = messagesOf(chat).findLast(({ from }) => from.is_bot);
  const letters = Array.from(newest ? textOf(newest) : '');
  return letters.length > SHOWN_LETTERS
    ? `${letters.slice(0, SHOWN_LETTERS - 1).join('')}…`
    : letters.join('');
}

/** Does it as the person; a press needs the button found before. */
export async function perform(person: Person, act: TourAct, found?: Found) {
  if ('say' in act) say(person, act.say);
  else if ('picture' in act) await sendPhotos(person, [await samplePicture(act.picture)]);
  else if ('advance' in act) await person.world.advance(act.advance);
  else if (found) press(person, found);
}

const messagesOf = (chat: Chat): readonly Message[] =>
  [...chat.messages.values()].map(({ message }) => message);

const textOf = ({ text, caption }: Message): string => text ?? caption ?? '';

const buttonsOf = ({ reply_markup: markup }: Message): readonly InlineButton[] =>
  markup?.inline_keyboard.flat().filter(({ callback_data: data }) => data !== undefined) ?? [];
