import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes } from 'node:crypto';
import type { ByteDigest } from '../../core/files/index.ts';
import type { Cipher, Digests, Sealed } from '../../core/kernel/index.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** SHA-256 of text and of bytes. */
export const digests: Digests & ByteDigest = {
  sha256: (text) => hash('sha256', text),
  sha256OfBytes: (bytes) => hash('sha256', bytes),
};

/** AES-256-GCM under a key that lives and dies with this object. */
export const createCipher = (key: Uint8Array = randomBytes(32)): Cipher => ({
  seal: (plain, context) => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url') as Sealed;
  },
  open: (sealed, context) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.toString('base64url') !== sealed) throw new Error('a sealed text was changed');
    const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
    const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    opener.setAAD(Buffer.from(context)).setAuthTag(tag);
    return (
      opener.update(bytes.subarray(IV_BYTES + TAG_BYTES)).toString('utf8') + opener.final('utf8')
    );
  },
  blindIndex: (plain) => createHmac('sha256', key).update(`index:${plain}`).digest('hex'),
});
