import { createHash, randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import sharp from 'sharp';
import { badRequest } from './bot-api/api-error.ts';
import type { Document, PhotoSize } from './bot-api/types.ts';

/** Telegram's limits in bytes. */
const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
export const DOWNLOAD_MAX_BYTES = 20 * 1024 * 1024;
export const UPLOAD_MAX_BYTES = 50 * 1024 * 1024;

/** The bytes behind one file id; every size of a photo is a file of its own. */
export interface StoredFile {
  readonly kind: 'Photo' | 'Document';
  readonly bytes: Buffer;
  /** Below `/file/bot<token>/`. */
  readonly path: string;
  readonly mimeType: string;
  readonly photo?: readonly PhotoSize[];
  readonly document?: Document;
}

const SIZES: readonly (readonly [label: string, longSide: number])[] = [
  ['s', 90],
  ['m', 320],
  ['x', 800],
  ['y', 1280],
];
const IMAGE_FORMATS = ['jpeg', 'png', 'webp', 'gif'];
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.gif': 'image/gif',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.xml': 'text/xml',
  '.zip': 'application/zip',
};

/** Every file the bot and the people have sent, by file id and by download path. */
export class Files {
  readonly #byId = new Map<string, StoredFile>();
  readonly #byPath = new Map<string, StoredFile>();
  readonly #photos = new Map<string, readonly { size: PhotoSize; bytes: Buffer }[]>();
  #count = 0;

  find(fileId: string): StoredFile | undefined {
    return this.#byId.get(fileId);
  }

  findByPath(path: string): StoredFile | undefined {
    return this.#byPath.get(path);
  }

  /**
   * Keeps a photo as Telegram does: upright, as JPEG, in several sizes, the largest last. The same
   * bytes give the same `file_unique_id`s. Refuses what Telegram would not take as a photo.
   */
  async addPhoto(bytes: Buffer): Promise<PhotoSize[]> {
    requireBytes(bytes);
    if (bytes.length > PHOTO_MAX_BYTES) {
      throw badRequest(
        `file of size ${bytes.length} bytes is too big for a photo; ` +
          `the maximum size is ${PHOTO_MAX_BYTES} bytes`,
      );
    }
    const hash = hashOf(bytes);
    const sizes = this.#photos.get(hash) ?? (await resized(bytes, hash));
    this.#photos.set(hash, sizes);
    const photo = sizes.map(({ size }) => ({ ...size, file_id: newFileId('AgACAgUAAxk') }));
    for (const [index, { bytes: jpeg }] of sizes.entries()) {
      const path = `photos/file_${this.#count++}.jpg`;
      const file = { kind: 'Photo', bytes: jpeg, path, mimeType: 'image/jpeg', photo } as const;
      this.#keep(photo[index]?.file_id ?? '', file);
    }
    return photo;
  }

  /** Keeps a file as it is. Without a given type, the type comes from the name's extension. */
  addDocument(bytes: Buffer, filename: string, givenType?: string): Document {
    requireBytes(bytes);
    const extension = extname(filename).toLowerCase();
    const mimeType = givenType ?? MIME_TYPES[extension] ?? 'application/octet-stream';
    const document: Document = {
      file_id: newFileId('BQACAgUAAxk'),
      file_unique_id: `AgAD${hashOf(bytes).slice(0, 12)}`,
      file_name: filename,
      mime_type: mimeType,
      file_size: bytes.length,
    };
    const safeExtension = /^\.[a-z0-9]{1,10}$/.test(extension) ? extension : '';
    const path = `documents/file_${this.#count++}${safeExtension}`;
    this.#keep(document.file_id, { kind: 'Document', bytes, path, mimeType, document });
    return document;
  }

  /** Frees them all: their ids are unknown from now on. */
  clear(): void {
    this.#byId.clear();
    this.#byPath.clear();
    this.#photos.clear();
  }

  #keep(fileId: string, file: StoredFile): void {
    this.#byId.set(fileId, file);
    this.#byPath.set(file.path, file);
  }
}

function requireBytes(bytes: Buffer): void {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');

const newFileId = (prefix: string): string => prefix + randomBytes(32).toString('base64url');

async function resized(bytes: Buffer, hash: string) {
  const { width, height } = await dimensions(bytes);
  const longSide = Math.max(width, height);
  const wanted = SIZES.filter(
    ([label], index) => label === 's' || longSide > (SIZES[index - 1]?.[1] ?? 0),
  );
  const labelled = wanted.length > 1 ? wanted : [...wanted, ['m', 320] as const];
  return Promise.all(labelled.map((size) => resizedTo(size, bytes, hash)));
}

async function resizedTo(
  [label, longSide]: readonly [string, number],
  bytes: Buffer,
  hash: string,
) {
  try {
    const { data, info } = await sharp(bytes)
      .rotate()
      .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 87 })
      .toBuffer({ resolveWithObject: true });
    const size: PhotoSize = {
      file_id: '',
      file_unique_id: `AQAD${hash.slice(0, 12)}${label}`,
      width: info.width,
      height: info.height,
      file_size: data.length,
    };
    return { size, bytes: data };
  } catch {
    throw badRequest('IMAGE_PROCESS_FAILED');
  }
}

async function dimensions(bytes: Buffer): Promise<{ width: number; height: number }> {
  const { width, height, format } = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw badRequest('IMAGE_PROCESS_FAILED');
    });
  if (!IMAGE_FORMATS.includes(format)) throw badRequest('IMAGE_PROCESS_FAILED');
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return { width, height };
}
