import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { Cipher, Sealed } from '../../core/kernel/index.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_ID = /^[\w-]{1,32}$/;
const SEALED = /^v1\.([\w-]{1,32})\.([\w-]{16})\.([\w-]{22,})$/;
const BLIND_INDEX_INFO = 'upah blind index v1';

/** A key and the name it has inside what it sealed. */
export interface CipherKey {
  /** 1 … 32 letters, digits, `_` or `-`; never given to another key. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface CipherOptions {
  /** Newest first: the first one seals, every one opens. Never drop the last (oldest) one. */
  readonly keys: readonly CipherKey[];
}

/**
 * AES-256-GCM under a named key: `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url. The context
 * is authenticated with it, so that what was sealed for one row opens in no other (WDR-3).
 *
 * To rotate, put a new key in front. Blind indexes stay comparable because their key is derived
 * (HKDF) from the LAST, oldest key of the list; taking that one away makes every stored index
 * unmatchable.
 */
export const createCipher = ({ keys }: CipherOptions): Cipher => {
  const keyring = keyringOf(keys);
  const [current] = keys;
  const oldest = keys.at(-1);
  if (!current || !oldest) throw new Error('a cipher needs at least one key');
  const indexKey = createSecretKey(
    Buffer.from(hkdfSync('sha256', oldest.key, '', BLIND_INDEX_INFO, KEY_BYTES)),
  );
  const keyNamed = (id: string): KeyObject => {
    const key = keyring.get(id);
    if (!key) throw new Error(`sealed text names a key that is not configured: "${id}"`);
    return key;
  };
  return {
    seal: (plain, context) => sealWith(current.id, keyNamed(current.id), plain, context),
    open: (sealed, context) => {
      const [, keyId = '', nonce = '', body = ''] = SEALED.exec(sealed) ?? [];
      if (keyId === '') throw new Error('this is not a sealed text');
      return openWith(keyNamed(keyId), { nonce, body }, context);
    },
    blindIndex: (plain) => createHmac('sha256', indexKey).update(plain, 'utf8').digest('hex'),
  };
};

const keyringOf = (keys: readonly CipherKey[]): ReadonlyMap<string, KeyObject> => {
  const keyring = new Map<string, KeyObject>();
  for (const { id, key } of keys) {
    if (!KEY_ID.test(id)) throw new Error('a key id is 1 to 32 letters, digits, "_" or "-"');
    if (key.length !== KEY_BYTES) throw new Error(`key "${id}" is not ${KEY_BYTES} bytes long`);
    if (keyring.has(id)) throw new Error(`two keys are called "${id}"`);
    keyring.set(id, createSecretKey(key));
  }
  return keyring;
};

const sealWith = (keyId: string, key: KeyObject, plain: string, context: string): Sealed => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${keyId}.${nonce.toString('base64url')}.${body.toString('base64url')}` as Sealed;
};

const openWith = (
  key: KeyObject,
  sealed: { readonly nonce: string; readonly body: string },
  context: string,
): string => {
  const nonce = Buffer.from(sealed.nonce, 'base64url');
  const body = Buffer.from(sealed.body, 'base64url');
  // Several base64 texts decode to the same bytes; only the one we wrote counts as unchanged.
  if (body.toString('base64url') !== sealed.body) throw new Error('this is not a sealed text');
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    const opened = decipher.update(body.subarray(0, -TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch {
    // Without the cause: nothing of what was half opened may reach a log.
    throw new Error('sealed text was changed, or belongs to another context');
  }
};
