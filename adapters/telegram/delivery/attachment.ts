import { Input, TelegramError } from 'telegraf';
import type { InlineKeyboardMarkup } from 'telegraf/types';
import { asRefusal } from '../../../core/index.ts';
import type { Keyboard } from '../buttons.ts';
import { lines, trusted, type Html } from '../html.ts';
import type { Attachment } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import { CAPTION_MAX, fit } from './fit.ts';
import type { DeliveryPorts, Recipient } from './notifier.ts';

/** Above this Telegram takes a picture as a document only. */
const PHOTO_BYTES_MAX = 10_000_000;

interface LoadedFile {
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

interface ToLoad {
  readonly text: Html;
  readonly keyboard: Keyboard;
  readonly attachment?: Attachment | undefined;
}

/**
 * Reads the message's file. Where it is gone or damaged the text goes out with a word about that: a
 * message that can never be sent whole would hold up everything else its person is to hear.
 */
export const loadAttachment = async (
  { proofStorage, onFileLost }: DeliveryPorts,
  { language }: Recipient,
  { text, keyboard, attachment }: ToLoad,
): Promise<Loaded> => {
  if (!attachment) return { text, keyboard };
  const { path } = attachment;
  try {
    const bytes = Buffer.from(await proofStorage.read(path));
    const as = bytes.length > PHOTO_BYTES_MAX ? 'document' : attachment.as;
    return { text, keyboard, file: { as, bytes, name: fileName(path) } };
  } catch (error) {
    onFileLost?.(path, error);
    const { common, refusals } = textsIn(language);
    const refusal = asRefusal(error);
    const why = refusal ? refusals.say(refusal) : refusals.sayCode('not-found', { what: 'file' });
    return { text: lines(common.problem(why), trusted(''), text), keyboard };
  }
};

/** For an edit that puts the file in place of what the message shows. */
export const mediaOf = ({ as, bytes, name }: LoadedFile, text: Html) => ({
  type: as,
  media: Input.fromBuffer(bytes, name),
  caption: fit(text, CAPTION_MAX),
  parse_mode: 'HTML' as const,
});

interface FileMessage {
  readonly text: Html;
  readonly file: LoadedFile;
  readonly extra: { readonly reply_markup: InlineKeyboardMarkup };
}

/** What Telegram will not show as a photo (too long and thin, too large) goes as a document. */
export const sendFile = async (
  { telegram }: Pick<DeliveryPorts, 'telegram'>,
  chatId: number,
  { text, file, extra: markup }: FileMessage,
): Promise<number> => {
  const extra = { caption: fit(text, CAPTION_MAX), parse_mode: 'HTML', ...markup } as const;
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
