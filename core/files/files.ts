import { refusing } from '../kernel/index.ts';

/** A file in proof storage, named by the SHA-256 of what is stored. Immutable. */
export interface StoredFile {
  /** Relative path in the storage, made from the hash; never from anything a person sent. */
  readonly path: string;
  /** Of the bytes as they came, hex (PRF-2). */
  readonly sha256Received: string;
  /** Of the bytes as stored (re-encoded without metadata; a PDF as it came), hex. */
  readonly sha256Stored: string;
  /**
   * Difference hash of the picture, 64 hex digits; null for a PDF. A hint to reviewers only
   * (PRF-3).
   */
  readonly perceptualHash: string | null;
  /** Bytes as stored. */
  readonly size: number;
  readonly type: FileType;
}

export type FileType = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf';

/**
 * How the person's file came: the stored bytes and the channel's own lasting id of the same file.
 */
export interface ReceivedFile extends StoredFile {
  /** Telegram's `file_unique_id`: equal for equal files over time and bots. */
  readonly channelFileId: string | null;
}

export interface FileRefusals {
  'file.too-large': { readonly maxBytes: number };
  /** Not what its bytes should say: not JPEG, PNG or WebP (or PDF, where that is allowed). */
  'file.wrong-type': { readonly allowed: readonly FileType[] };
  'file.unreadable': null;
  /** More than 25 megapixels, or a side outside 200 … 10.000 pixels. */
  'file.wrong-dimensions': null;
  /** It could not be fetched or kept just now; nothing is wrong with it. */
  'file.unavailable': null;
}
export const refuseFile = refusing<FileRefusals>();
