import type { FileType } from './files.ts';

/** What an inspected picture is. */
export interface InspectedImage {
  readonly type: Exclude<FileType, 'application/pdf'>;
  /** The same picture re-encoded without metadata or anything behind its end. */
  readonly clean: Uint8Array;
  /** 256-bit difference hash, 64 hex digits. */
  readonly perceptualHash: string;
}

/**
 * Decodes pictures that strangers sent (PRF-1). Refuses `file.wrong-type` by the bytes (never by
 * name),
 * `file.wrong-dimensions` above 25 megapixels before decoding, `file.unreadable` for what does not
 * decode wholly, is animated, or takes too long.
 */
export interface ImageInspector {
  inspect(bytes: Uint8Array): Promise<InspectedImage>;
}

export interface PutFile {
  readonly path: string;
  /** Hex, of `bytes`. */
  readonly sha256: string;
}

/** A stored file whose bytes are not those that were stored: no later try brings them back. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** Where proof files live: write-once, by content hash, never executed or listed (PRF-2). */
export interface ProofStorage {
  /** Durable when it resolves; the same bytes again are the same file. */
  put(bytes: Uint8Array, type: FileType): Promise<PutFile>;
  /**
   * The whole file; refuses `not-found` for a path this storage did not make or has lost, throws
   * {@link DamagedFile} where it is not what was stored. Any other error may pass.
   */
  read(path: string): Promise<Uint8Array>;
}

/** SHA-256 of bytes, hex. */
export interface ByteDigest {
  sha256OfBytes(bytes: Uint8Array): string;
}
