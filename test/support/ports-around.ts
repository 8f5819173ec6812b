import { createProofStorage } from '../../adapters/filesystem/index.ts';
import { createImageInspector } from '../../adapters/images/index.ts';
import type { PostgresPorts } from '../../adapters/postgres/index.ts';
import { createCipher, sha256Digests, systemClock, uuidIds } from '../../adapters/system/index.ts';
import type { Cipher, Ports } from '../../core/index.ts';

/** Any key: what it seals lives as long as the run. */
export const ENCRYPTION_KEY = '5e'.repeat(32);

/** As the bot's own, where it is given the same key. */
const runCipher = (): Cipher =>
  createCipher({ keys: [{ id: 'k1', key: Buffer.from(ENCRYPTION_KEY, 'hex') }] });

/** All ports: those of PostgreSQL, and the real ones of this machine. */
export const portsAround = (stored: PostgresPorts, dataDir: string): Ports => ({
  ...stored,
  cipher: runCipher(),
  clock: systemClock,
  ids: uuidIds,
  digests: sha256Digests,
  byteDigest: sha256Digests,
  imageInspector: createImageInspector(),
  proofStorage: createProofStorage({ root: dataDir }),
});
