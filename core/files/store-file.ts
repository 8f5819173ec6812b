import { Refusal } from '../kernel/index.ts';
import { refuseFile, type FileType, type StoredFile } from './files.ts';
import type { ByteDigest, ImageInspector, ProofStorage } from './ports.ts';

export interface FilePorts {
  readonly imageInspector: ImageInspector;
  readonly proofStorage: ProofStorage;
  readonly byteDigest: ByteDigest;
}

export interface StoreFile {
  readonly bytes: Uint8Array;
  readonly maxBytes: number;
}

const IMAGES: readonly FileType[] = ['image/jpeg', 'image/png', 'image/webp'];
const IMAGES_OR_PDF: readonly FileType[] = [...IMAGES, 'application/pdf'];
const PDF_MAGIC = [0x25, 0x50, 0x44, 0x46, 0x2d];

const isPdf = (bytes: Uint8Array): boolean => PDF_MAGIC.every((byte, at) => bytes[at] === byte);

/**
 * Keeps a screenshot (PRF-1, PRF-2): checked by its bytes, re-encoded without metadata, stored by
 * content hash. Takes no unit of work: it runs before the transaction that refers to the file.
 */
export const storeScreenshot =
  ({ imageInspector, proofStorage, byteDigest }: FilePorts) =>
  async ({ bytes, maxBytes }: StoreFile): Promise<StoredFile> => {
    if (bytes.length > maxBytes) throw refuseFile('file.too-large', { maxBytes });
    if (isPdf(bytes)) throw refuseFile('file.wrong-type', { allowed: IMAGES });
    const image = await imageInspector.inspect(bytes);
    const stored = await proofStorage.put(image.clean, image.type);
    return {
      path: stored.path,
      sha256Received: byteDigest.sha256OfBytes(bytes),
      sha256Stored: stored.sha256,
      perceptualHash: image.perceptualHash,
      size: image.clean.length,
      type: image.type,
    };
  };

/** Keeps a transfer proof (DEP-1): a picture as above, or a PDF by its bytes, stored as it came. */
export const storeTransferProof =
  (ports: FilePorts) =>
  async ({ bytes, maxBytes }: StoreFile): Promise<StoredFile> => {
    if (bytes.length > maxBytes) throw refuseFile('file.too-large', { maxBytes });
    if (!isPdf(bytes)) {
      return storeScreenshot(ports)({ bytes, maxBytes }).catch((error: unknown) => {
        throw widened(error);
      });
    }
    const { path, sha256 } = await ports.proofStorage.put(bytes, 'application/pdf');
    return {
      path,
      sha256Received: ports.byteDigest.sha256OfBytes(bytes),
      sha256Stored: sha256,
      perceptualHash: null,
      size: bytes.length,
      type: 'application/pdf',
    };
  };

/** Where a PDF is allowed too, the refusal of another type says so. */
const widened = (error: unknown): unknown =>
  error instanceof Refusal && error.code === 'file.wrong-type'
    ? refuseFile('file.wrong-type', { allowed: IMAGES_OR_PDF })
    : error;
