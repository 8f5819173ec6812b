import { hash } from 'node:crypto';
import type { ByteDigest } from '../../core/files/index.ts';
import type { Digests } from '../../core/kernel/index.ts';

/** SHA-256 of text (as UTF-8) and of bytes. */
export const sha256Digests: Digests & ByteDigest = {
  sha256: (text) => hash('sha256', text, 'hex'),
  sha256OfBytes: (bytes) => hash('sha256', bytes, 'hex'),
};
