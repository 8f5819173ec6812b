import type { Document, PhotoSize } from 'telegraf/types';

/** A file as Telegram has it. */
export interface Uploaded {
  readonly as: 'photo' | 'document';
  readonly fileId: string;
  /** The same for the same file in every message. */
  readonly uniqueId: string;
}

/** Where a message stands. */
export interface Place {
  readonly chatId: number;
  readonly messageId: number;
}

/**
 * What this process has uploaded, so that the same bytes need not travel again, and which file its
 * messages show. It ends with the process, and forgets its oldest: both cost bytes and nothing else.
 */
export interface Uploads {
  find(key: string): Uploaded | undefined;
  note(key: string, uploaded: Uploaded): void;
  /** False where nothing was known. */
  forget(key: string): boolean;
  /** The key of the file that a message shows, as far as is known. */
  shownIn(place: Place): string | undefined;
  noteShown(place: Place, key: string | null): void;
}

export const createUploads = (max = 2_000): Uploads => {
  const uploaded = boundedMap<Uploaded>(max);
  const shown = boundedMap<string>(max);
  const name = ({ chatId, messageId }: Place) => `${chatId}:${messageId}`;
  return {
    find: (key) => uploaded.get(key),
    note: (key, file) => uploaded.set(key, file),
    forget: (key) => uploaded.delete(key),
    shownIn: (place) => shown.get(name(place)),
    noteShown: (place, key) =>
      key === null ? void shown.delete(name(place)) : shown.set(name(place), key),
  };
};

/** Keeps the `max` entries that were set last. */
const boundedMap = <T>(max: number) => {
  const entries = new Map<string, T>();
  return {
    get: (key: string): T | undefined => entries.get(key),
    delete: (key: string): boolean => entries.delete(key),
    set: (key: string, value: T): void => {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > max && oldest !== undefined) entries.delete(oldest);
    },
  };
};

/** As far as it matters here. */
interface SentMessage {
  readonly message_id: number;
  readonly photo?: readonly PhotoSize[];
  readonly document?: Document;
}

/** The file in a message; undefined for one without. Of a photo its largest size. */
export const uploadedIn = (message: SentMessage | true): Uploaded | undefined => {
  if (message === true) return undefined;
  const photo = message.photo?.at(-1);
  const file = photo ?? message.document;
  if (!file) return undefined;
  const { file_id: fileId, file_unique_id: uniqueId } = file;
  return { as: photo ? 'photo' : 'document', fileId, uniqueId };
};
