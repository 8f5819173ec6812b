import { createHash } from 'node:crypto';
import { TelegramError, type Telegram } from 'telegraf';
import type { BotCommand, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';

/** A button as it stands below a message. */
export interface ShownButton {
  readonly label: string;
  /** Callback data; undefined for a button that opens an address. */
  readonly data: string | undefined;
  readonly url: string | undefined;
}

/** A message in somebody's chat with the bot. */
export interface ShownMessage {
  readonly messageId: number;
  /** What the person reads: tags gone, entities decoded. */
  readonly text: string;
  readonly html: string;
  readonly buttons: readonly ShownButton[];
  /** Labels of the reply keyboard that came with it. */
  readonly menu: readonly string[] | undefined;
  readonly attachment: 'photo' | 'document' | undefined;
  /** Names the bytes of its file; the same for the same bytes. */
  readonly file: string | undefined;
}

/** The answer to a tap. */
export interface ShownAnswer {
  readonly text: string;
  readonly alert: boolean;
}

type Markup = Partial<InlineKeyboardMarkup & ReplyKeyboardMarkup> | undefined;
interface Extra {
  readonly caption?: string;
  readonly parse_mode?: 'HTML';
  readonly reply_markup?: Markup;
}

/** A file as a call brings it: bytes of ours, or an id that Telegram gave us. */
type Given = string | { readonly source?: unknown };
type Kind = 'photo' | 'document';

const TEXT_MAX = 4_096;
const CAPTION_MAX = 1_024;

/** The part of Telegram that our notifier and lane worker call, in memory, with its rules. */
export const pocketTelegram = () => {
  const chats = new Map<number, ShownMessage[]>();
  const answers = new Map<string, ShownAnswer>();
  const commands = new Map<number, readonly string[]>();
  const files = new Map<string, Kind>();
  const uploads: string[] = [];
  const calls: string[] = [];
  let last = 100;
  const chat = (id: number): ShownMessage[] => {
    const messages = chats.get(id) ?? [];
    chats.set(id, messages);
    return messages;
  };
  const fileFor = (given: Given, as: Kind): string => {
    if (typeof given === 'string') {
      if (files.get(given) !== as) throw bad('wrong file identifier/HTTP URL specified');
      return given;
    }
    const id = `${as}-${createHash('sha256')
      .update(given.source as Buffer)
      .digest('hex')}`;
    files.set(id, as);
    uploads.push(id);
    return id;
  };
  const send = (chatId: number, html: string, extra: Shape = {}): object => {
    last += 1;
    const message = shown(last, html, extra);
    chat(chatId).push(message);
    return sent(message);
  };
  const sendFile = (as: Kind) => async (to: number, given: Given, extra: Extra) =>
    send(to, extra.caption ?? '', { ...extra, as, file: fileFor(given, as) });
  const find = (chatId: number, messageId: number): ShownMessage | undefined =>
    chat(chatId).find((message) => message.messageId === messageId);
  const edit = (chatId: number, messageId: number, next: ShownMessage): object => {
    const messages = chat(chatId);
    const at = messages.findIndex((message) => message.messageId === messageId);
    const before = messages[at];
    if (!before) throw bad('message to edit not found');
    if (before.menu) throw bad("message can't be edited");
    if (JSON.stringify(before) === JSON.stringify(next)) throw bad('message is not modified');
    messages[at] = next;
    return sent(next);
  };
  const telegram = {
    sendMessage: async (to: number, html: string, extra?: Extra) => send(to, html, extra),
    sendPhoto: sendFile('photo'),
    sendDocument: sendFile('document'),
    editMessageText: async (to: number, id: number, _inline: unknown, html: string, extra: Extra) =>
      edit(to, id, shown(id, html, extra)),
    editMessageCaption: async (
      to: number,
      id: number,
      _inline: unknown,
      html: string,
      extra: Extra,
    ) => {
      const { attachment: as, file } = find(to, id) ?? {};
      if (!as) throw bad('there is no caption in the message to edit');
      return edit(to, id, shown(id, html, { ...extra, as, file }));
    },
    editMessageMedia: async (
      to: number,
      id: number,
      _inline: unknown,
      { type: as, media, caption, parse_mode }: Extra & { readonly type: Kind; media: Given },
      extra: Extra,
    ) => {
      const file = fileFor(media, as);
      return edit(to, id, shown(id, caption ?? '', { ...extra, parse_mode, as, file }));
    },
    deleteMessage: async (to: number, id: number) => {
      const messages = chat(to);
      const at = messages.findIndex((message) => message.messageId === id);
      if (at < 0) throw bad('message to delete not found');
      messages.splice(at, 1);
      return true;
    },
    setMyCommands: async (
      menu: readonly BotCommand[],
      { scope }: { readonly scope: { readonly chat_id: number } },
    ) => {
      const wrong = menu.find((one) => !/^[a-z0-9_]{1,32}$/.test(one.command) || !one.description);
      if (wrong) throw bad('BOT_COMMAND_INVALID');
      commands.set(
        scope.chat_id,
        menu.map(({ command }) => command),
      );
      return true;
    },
    answerCbQuery: async (
      queryId: string,
      text: string | undefined,
      { show_alert: alert }: { readonly show_alert: boolean },
    ) => {
      answers.set(queryId, { text: text ?? '', alert });
      return true;
    },
  };
  return {
    telegram: noting(telegram, calls) as unknown as Telegram,
    /** The methods that were called, in order. */
    calls: (): readonly string[] => calls,
    commands: (chatId: number): readonly string[] => commands.get(chatId) ?? [],
    messages: (chatId: number): readonly ShownMessage[] => chat(chatId),
    answer: (queryId: string): ShownAnswer | undefined => answers.get(queryId),
    /** Files whose bytes were sent, in order. */
    uploads: (): readonly string[] => uploads,
    /** Forgets every file: ids that were given out are unknown from now on. */
    forgetFiles: () => files.clear(),
  };
};

const noting = <T extends object>(telegram: T, calls: string[]): T =>
  new Proxy(telegram, {
    get: (methods, name, self) => {
      calls.push(String(name));
      return Reflect.get(methods, name, self) as unknown;
    },
  });

const bad = (description: string): TelegramError =>
  new TelegramError({ error_code: 400, description: `Bad Request: ${description}` });

interface Shape extends Pick<Extra, 'reply_markup'> {
  readonly parse_mode?: 'HTML' | undefined;
  readonly as?: Kind | undefined;
  readonly file?: string | undefined;
}

/** A message as calls resolve to it. */
const sent = ({ messageId, attachment, file }: ShownMessage): object => {
  const part = { file_id: file, file_unique_id: `unique-${file}` };
  return {
    message_id: messageId,
    ...(attachment === 'photo' && { photo: [{ file_id: 'small', file_unique_id: 's' }, part] }),
    ...(attachment === 'document' && { document: part }),
  };
};

const shown = (
  messageId: number,
  html: string,
  { reply_markup: markup, parse_mode, as, file }: Shape,
): ShownMessage => {
  const text = parse_mode === 'HTML' ? readable(html) : html;
  if (text.length > (as ? CAPTION_MAX : TEXT_MAX)) throw bad('message is too long');
  if (text.trim() === '' && !as) throw bad('message text is empty');
  return {
    messageId,
    text,
    html,
    buttons: (markup?.inline_keyboard ?? []).flat().map(buttonOf),
    menu: markup?.keyboard
      ?.flat()
      .map((button) => (typeof button === 'string' ? button : button.text)),
    attachment: as,
    file,
  };
};

const buttonOf = (button: InlineKeyboardMarkup['inline_keyboard'][number][number]): ShownButton => {
  const data = 'callback_data' in button ? button.callback_data : undefined;
  const url = 'url' in button ? button.url : undefined;
  if (button.text.trim() === '') throw bad('text buttons are unallowed to be empty');
  if (data === undefined && url === undefined) throw bad('text buttons are unallowed');
  if (data !== undefined && Buffer.byteLength(data) > 64) throw bad('BUTTON_DATA_INVALID');
  return { label: button.text, data, url };
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
};

/** Reads HTML as Telegram does, and refuses what it would refuse. */
const readable = (html: string): string => {
  const open: string[] = [];
  const text = html.replaceAll(/<(\/?)([a-z]+)([^<>]*)>/g, (_tag, close: string, name: string) => {
    if (close === '') open.push(name);
    else if (open.pop() !== name) throw bad(`can't parse entities: Unmatched end tag "${name}"`);
    return '';
  });
  if (open.length > 0) throw bad(`can't parse entities: Can't find end tag of "${open.join()}"`);
  if (/[<>]/.test(text)) throw bad("can't parse entities: Unclosed start tag");
  return text.replaceAll(/&(?:amp|lt|gt|quot);/g, (sign) => ENTITIES[sign] ?? sign);
};
