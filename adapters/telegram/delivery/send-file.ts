import { TelegramError, type Telegram } from 'telegraf';
import type { InlineKeyboardMarkup, Message } from 'telegraf/types';
import type { LoadedFile } from './attachment.ts';
import type { OneDelivery } from './notifier.ts';
import { uploadedIn, type Place, type Uploaded, type Uploads } from './uploads.ts';
import type { Wording } from './worded.ts';

interface FileMessage {
  readonly wording: Wording;
  readonly file: LoadedFile;
  readonly extra: { readonly reply_markup: InlineKeyboardMarkup };
}

type Calls = Pick<OneDelivery, 'telegram' | 'uploads'>;

/** Sends a file with its caption and buttons; resolves to the message's id. */
export const sendFile = async (
  { telegram, uploads }: Calls,
  chatId: number,
  message: FileMessage,
): Promise<number> => {
  const sent = await asPhotoOrDocument(telegram, chatId, message);
  const uploaded = uploadedIn(sent);
  const place = { chatId, messageId: sent.message_id };
  if (uploaded) noteShown(uploads, place, { key: message.file.key, uploaded });
  return sent.message_id;
};

/** What Telegram will not show as a photo (too long and thin, too large) goes as a document. */
const asPhotoOrDocument = async (
  telegram: Telegram,
  chatId: number,
  { wording: { text, mode }, file, extra: markup }: FileMessage,
): Promise<Message> => {
  const extra = { caption: text, ...mode, ...markup };
  const asDocument = () => telegram.sendDocument(chatId, file.input(), extra);
  if (file.as === 'document') return asDocument();
  try {
    return await telegram.sendPhoto(chatId, file.input(), extra);
  } catch (error) {
    if (!isAboutThePicture(error)) throw error;
    return asDocument();
  }
};

const ABOUT_THE_PICTURE = /PHOTO_|IMAGE_PROCESS_FAILED|too big for a photo|can't use file/;

const isAboutThePicture = (error: unknown): boolean =>
  error instanceof TelegramError && ABOUT_THE_PICTURE.test(error.response.description);

/**
 * Puts a file into a message in place of what it shows. Where it shows this very file only its words
 * change; that it does is seen by Telegram's answer, for another process may have changed it.
 */
export const editFile = async (calls: Calls, place: Place, message: FileMessage): Promise<void> => {
  const { uploads } = calls;
  const { key } = message.file;
  if (uploads.shownIn(place) === key && (await editedCaption(calls, place, message))) return;
  uploads.noteShown(place, null);
  const uploaded = uploadedIn(await editMedia(calls, place, message));
  if (uploaded) noteShown(uploads, place, { key, uploaded });
};

/** True where the message shows the file, and now these words. */
const editedCaption = async (
  { telegram, uploads }: Calls,
  { chatId, messageId }: Place,
  { wording: { text, mode }, file, extra }: FileMessage,
): Promise<boolean> => {
  const options = { ...mode, ...extra };
  const after = await telegram.editMessageCaption(chatId, messageId, undefined, text, options);
  return uploadedIn(after)?.uniqueId === uploads.find(file.key)?.uniqueId;
};

const editMedia = (
  { telegram }: Calls,
  { chatId, messageId }: Place,
  { wording: { text: caption, mode }, file, extra }: FileMessage,
): Promise<Message | true> => {
  const media = { type: file.as, media: file.input(), caption, ...mode };
  return telegram.editMessageMedia(chatId, messageId, undefined, media, extra);
};

const noteShown = (
  uploads: Uploads,
  place: Place,
  { key, uploaded }: { readonly key: string; readonly uploaded: Uploaded },
): void => {
  uploads.note(key, uploaded);
  uploads.noteShown(place, key);
};
