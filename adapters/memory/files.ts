import { refuseFile, type FileType, type ImageInspector } from '../../core/files/index.ts';
import type { ProofStorage } from '../../core/files/index.ts';
import { refuseCommon } from '../../core/kernel/index.ts';
import { digests } from './crypto.ts';

const ENDINGS: Record<FileType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

type ImageType = Exclude<FileType, 'application/pdf'>;
const IMAGES: readonly ImageType[] = ['image/jpeg', 'image/png', 'image/webp'];

/** Keeps files in memory, by content hash. Not part of any transaction, like a disk. */
export const createProofStorage = (): ProofStorage => {
  const files = new Map<string, Uint8Array>();
  return {
    put: async (bytes, type) => {
      const sha256 = digests.sha256OfBytes(bytes);
      const path = `${sha256.slice(0, 2)}/${sha256}.${ENDINGS[type]}`;
      if (!files.has(path)) files.set(path, Uint8Array.from(bytes));
      return { path, sha256 };
    },
    read: async (path) => {
      const bytes = files.get(path);
      if (bytes === undefined) throw refuseCommon('not-found', { what: 'file' });
      return Uint8Array.from(bytes);
    },
  };
};

const startsWith = (bytes: Uint8Array, magic: readonly number[], at = 0): boolean =>
  magic.every((byte, i) => bytes[at + i] === byte);

const typeOf = (bytes: Uint8Array): ImageType | undefined => {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  const riff = startsWith(bytes, [0x52, 0x49, 0x46, 0x46]);
  return riff && startsWith(bytes, [0x57, 0x45, 0x42, 0x50], 8) ? 'image/webp' : undefined;
};

/**
 * Tells pictures by their first bytes only. It does not decode: no size or damage is noticed,
 * nothing is re-encoded, and the "perceptual" hash is equal for equal bytes only. Never for
 * strangers' files.
 */
export const magicBytesInspector: ImageInspector = {
  inspect: async (bytes) => {
    const type = typeOf(bytes);
    if (type === undefined) throw refuseFile('file.wrong-type', { allowed: IMAGES });
    return { type, clean: Uint8Array.from(bytes), perceptualHash: digests.sha256OfBytes(bytes) };
  },
};
