import { createHash } from 'node:crypto';
import { Input } from 'telegraf';
import type { InputFile } from 'telegraf/types';
import { asRefusal, DamagedFile, STRUGGLING_TRIES, type Language } from '../../../core/index.ts';
import type { Keyboard } from '../buttons.ts';
import { lines, trusted, type Html } from '../html.ts';
import type { Attachment, ChartAttachment, StoredAttachment } from '../screen.ts';
import { textsIn } from '../texts/index.ts';
import type { OneDelivery } from './notifier.ts';
import { mayPass } from './outcome.ts';
import type { Uploaded } from './uploads.ts';
import { isRefused } from './worded.ts';

/** Above this Telegram takes a picture as a document only. */
const PHOTO_BYTES_MAX = 10_000_000;

const GONE = { code: 'not-found', details: { what: 'file' } } as const;

/** A file on its way. */
export interface LoadedFile {
  /** Names it among the uploads. */
  readonly key: string;
  /** What is told of it where it is left out. */
  readonly name: string;
  readonly as: Uploaded['as'];
  /** Its bytes, or the id under which Telegram has them. */
  input(): InputFile | string;
}

/** A message with its file, if any. */
export interface Loaded {
  readonly text: Html;
  readonly keyboard: Keyboard;
  readonly file?: LoadedFile;
}

/** A message with its file, and as it goes out without. */
interface ToSend {
  readonly whole: Loaded;
  readonly withoutFile: Loaded;
}

interface ToLoad {
  readonly text: Html;
  readonly keyboard: Keyboard;
  readonly attachment?: Attachment | undefined;
  readonly language: Language;
}

/**
 * Sends a message with its file; from its tenth try on without, where the file does not get through.
 * Where Telegram does not know a file id that it gave us, the bytes go once more.
 */
export const withAttachment = async <T>(
  delivery: OneDelivery,
  message: ToLoad,
  send: (message: Loaded) => Promise<T>,
): Promise<T> => {
  const attempt = async () => withOrWithoutFile(delivery, await load(delivery, message), send);
  if (!message.attachment) return attempt();
  const { uploads } = delivery;
  const key = keyOf(message.attachment);
  const known = uploads.find(key);
  try {
    return await uploads.inTurn(key, attempt);
  } catch (error) {
    if (!known || !isUnknownFile(error)) throw error;
    uploads.forget(key, known);
    return uploads.inTurn(key, attempt);
  }
};

const UNKNOWN_FILE = /wrong (?:remote )?file|invalid file.?id|FILE_REFERENCE/i;

/** Whether Telegram does not know the id of a file. */
const isUnknownFile = (error: unknown): boolean =>
  isRefused(error) && UNKNOWN_FILE.test(error.response.description);

const keyOf = (attachment: Attachment): string =>
  'chart' in attachment
    ? `chart:${createHash('sha256').update(JSON.stringify(attachment.chart)).digest('base64url')}`
    : `${attachment.as}:${attachment.path}`;

/** What is told of a file that is left out. */
const nameOf = (attachment: Attachment): string =>
  'chart' in attachment ? 'a chart' : attachment.path;

/**
 * Fetches the message's file, unless Telegram has it. Where it is gone or damaged the text goes out
 * with a word about that: a message that can never be sent whole would hold up everything else its
 * person is to hear. What may pass (a disk that fails, too many open files) is tried again, but not
 * for ever.
 */
const load = async (
  delivery: OneDelivery,
  { text, keyboard, attachment, language }: ToLoad,
): Promise<ToSend> => {
  const bare = { text, keyboard };
  if (!attachment) return { whole: bare, withoutFile: bare };
  const { common, refusals } = textsIn(language);
  const without = (why: string): Loaded => ({
    text: lines(common.problem(why), trusted(''), text),
    keyboard,
  });
  const withoutFile = without(common.fileLeftOut);
  try {
    return { whole: { ...bare, file: await fileOf(delivery, attachment) }, withoutFile };
  } catch (error) {
    const refusal = asRefusal(error);
    const isGone = refusal !== undefined || error instanceof DamagedFile;
    const mayWork = !isGone && !('chart' in attachment);
    if (mayWork && delivery.attempt < STRUGGLING_TRIES) throw error;
    delivery.onFileLost?.(nameOf(attachment), error);
    if (!isGone) return { whole: withoutFile, withoutFile };
    return { whole: without(refusals.say(refusal ?? GONE)), withoutFile };
  }
};

const fileOf = async (delivery: OneDelivery, attachment: Attachment): Promise<LoadedFile> => {
  const [key, name] = [keyOf(attachment), nameOf(attachment)];
  const known = delivery.uploads.find(key);
  if (known) return { key, name, as: known.as, input: () => known.fileId };
  const content = await ('chart' in attachment
    ? painted(delivery, attachment)
    : stored(delivery, attachment));
  return { key, name, ...content };
};

type Content = Pick<LoadedFile, 'as' | 'input'>;

const painted = async (
  { chartPainter }: OneDelivery,
  { chart }: ChartAttachment,
): Promise<Content> => {
  const bytes = Buffer.from(await chartPainter.paint(chart));
  return { as: 'photo', input: () => Input.fromBuffer(bytes, 'grafik.png') };
};

const stored = async (
  { proofStorage }: OneDelivery,
  { path, as }: StoredAttachment,
): Promise<Content> => {
  const bytes = Buffer.from(await proofStorage.read(path));
  const fitting = bytes.length > PHOTO_BYTES_MAX ? 'document' : as;
  return { as: fitting, input: () => Input.fromBuffer(bytes, fileName(path)) };
};

/** What people see when they save it: never anything that a person sent. */
const fileName = (path: string): string => `bukti${/\.\w+$/.exec(path)?.[0] ?? ''}`;

/** Still tried with it first: a Telegram that was away for long costs nobody a receipt. */
const withOrWithoutFile = async <T>(
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
    onFileLost?.(file.name, error);
    return sent;
  }
};
