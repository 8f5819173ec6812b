import { Input, TelegramError } from 'telegraf';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { asRefusal, DamagedFile, STRUGGLING_TRIES } from '../../../core/index.ts';
import type { Keyboard } from '../buttons.ts';
import { lines, trusted, type Html } from '../html.ts';
import type { Attachment } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import type { DeliveryPorts, OneDelivery, Recipient } from './notifier.ts';
import { mayPass } from './outcome.ts';
import type { Wording } from './worded.ts';

/** Above this Telegram takes a picture as a document only. */
const PHOTO_BYTES_MAX = 10_000_000;

const GONE = { code: 'not-found', details: { what: 'file' } } as const;

interface LoadedFile {
  readonly path: string;
  readonly as: Attachment['as'];
  readonly bytes: Buffer;
  readonly name: string;
}

/** A message with its file, if any, read from proof storage. */
export interface Loaded {
  readonly text: Html;
  readonly keyboard: Keyboard;
  readonly file?: LoadedFile;
}

/** A message with its file, and as it goes out without. */
export interface ToSend {
  readonly whole: Loaded;
  readonly withoutFile: Loaded;
}

interface ToLoad {
  readonly text: Html;
  readonly keyboard: Keyboard;
  readonly attachment?: Attachment | undefined;
}

/**
 * Reads the message's file. Where it is gone or damaged the text goes out with a word about that: a
 * message that can never be sent whole would hold up everything else its person is to hear. What
 * may pass (a disk that fails, too many open files) is tried again, but not for ever.
 */
export const loadAttachment = async (
  { proofStorage, onFileLost, attempt }: OneDelivery,
  { language }: Recipient,
  { text, keyboard, attachment }: ToLoad,
): Promise<ToSend> => {
  const bare = { text, keyboard };
  if (!attachment) return { whole: bare, withoutFile: bare };
  const { path } = attachment;
  const { common, refusals } = textsIn(language);
  const without = (why: string): Loaded => ({
    text: lines(common.problem(why), trusted(''), text),
    keyboard,
  });
  const withoutFile = without(common.fileLeftOut);
  try {
    const bytes = Buffer.from(await proofStorage.read(path));
    const as = bytes.length > PHOTO_BYTES_MAX ? 'document' : attachment.as;
    return { whole: { ...bare, file: { path, as, bytes, name: fileName(path) } }, withoutFile };
  } catch (error) {
    const refusal = asRefusal(error);
    const isGone = refusal !== undefined || error instanceof DamagedFile;
    if (!isGone && attempt < STRUGGLING_TRIES) throw error;
    onFileLost?.(path, error);
    if (!isGone) return { whole: withoutFile, withoutFile };
    return { whole: without(refusals.say(refusal ?? GONE)), withoutFile };
  }
};

/**
 * Sends the message; from its tenth try on without its file, where the file does not get through.
 * Still tried with it first: a Telegram that was away for long costs nobody a receipt.
 */
export const withOrWithoutFile = async <T>(
  { attempt, onFileLost }: OneDelivery,
  { whole, withoutFile }: ToSend,
  send: (message: Loaded) => Promise<T>,
): Promise<T> => {
  try {
    return await send(whole);
  } catch (error) {
    const { file } = whole;
    if (!file || attempt < STRUGGLING_TRIES || !mayPass(error)) throw error;
    const sent = await send(withoutFile);
    onFileLost?.(file.path, error);
    return sent;
  }
};

/** For an edit that puts the file in place of what the message shows. */
export const mediaOf = ({ as, bytes, name }: LoadedFile, { text, mode }: Wording) => ({
  type: as,
  media: Input.fromBuffer(bytes, name),
  caption: text,
  ...mode,
});

interface FileMessage {
  readonly wording: Wording;
  readonly file: LoadedFile;
  readonly extra: { readonly reply_markup: InlineKeyboardMarkup };
}

/** What Telegram will not show as a photo (too long and thin, too large) goes as a document. */
export const sendFile = async (
  { telegram }: Pick<DeliveryPorts, 'telegram'>,
  chatId: number,
  { wording: { text, mode }, file, extra: markup }: FileMessage,
): Promise<number> => {
  const extra = { caption: text, ...mode, ...markup };
  const input = () => Input.fromBuffer(file.bytes, file.name);
  const asDocument = async () => (await telegram.sendDocument(chatId, input(), extra)).message_id;
  if (file.as === 'document') return asDocument();
  try {
    return (await telegram.sendPhoto(chatId, input(), extra)).message_id;
  } catch (error) {
    if (!isAboutThePicture(error)) throw error;
    return asDocument();
  }
};

const ABOUT_THE_PICTURE = /PHOTO_|IMAGE_PROCESS_FAILED|too big for a photo|can't use file/;

const isAboutThePicture = (error: unknown): boolean =>
  error instanceof TelegramError && ABOUT_THE_PICTURE.test(error.response.description);

/** What people see when they save it: never anything that a person sent. */
const fileName = (path: string): string => `bukti${/\.\w+$/.exec(path)?.[0] ?? ''}`;
