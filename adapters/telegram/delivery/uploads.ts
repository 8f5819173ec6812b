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
  /** Telegram does not know this one; what was uploaded since stays. */
  forget(key: string, uploaded: Uploaded): void;
  /**
   * Sends it at once where Telegram has the file, and else when whoever is uploading it is done: the
   * bytes of a picture for many travel once, and not for each whose turn it is then (NTF-3). Nobody
   * waits for a second one: a file that cannot be had holds up no line.
   */
  inTurn<T>(key: string, send: () => Promise<T>): Promise<T>;
  /** The key of the file that a message shows, as far as is known. */
  shownIn(place: Place): string | undefined;
  noteShown(place: Place, key: string | null): void;
}

export const createUploads = (max = 2_000): Uploads => {
  const uploaded = boundedMap<Uploaded>(max);
  const shown = boundedMap<string>(max);
  const underWay = new Map<string, Promise<unknown>>();
  const name = ({ chatId, messageId }: Place) => `${chatId}:${messageId}`;
  return {
    find: (key) => uploaded.get(key),
    note: (key, file) => uploaded.set(key, file),
    forget: (key, file) => {
      if (uploaded.get(key) === file) uploaded.delete(key);
    },
    inTurn: async (key, send) => {
      const before = underWay.get(key);
      if (before && !uploaded.get(key)) await before;
      if (uploaded.get(key)) return send();
      const sent = send();
      const over = (): unknown => underWay.delete(key);
      underWay.set(key, sent.then(over, over));
      return sent;
    },
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
