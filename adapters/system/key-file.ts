import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode, syncDirectory, writeDurably } from './durable-file.ts';

const KEY_BYTES = 32;
const KEY_TEXT = /^[0-9a-f]{64}\r?\n?$/i;
const KEY_TEXT_BYTES_MAX = 66;
const GROUP_AND_OTHERS = 0o077;

/**
 * The 32-byte key kept in the file (64 hex digits), made at random where there is no file yet: mode
 * 0600, whole or not at all, on disk when this resolves. Two processes starting together get the
 * same key. Throws where the file is malformed or others may read it, and never repairs or replaces
 * it: a lost key means lost data.
 */
export const loadOrCreateKey = async (path: string): Promise<Uint8Array> =>
  (await loadKey(path)) ?? createKey(path);

const loadKey = async (path: string): Promise<Uint8Array | null> => {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (!file) return null;
  try {
    const status = await file.stat();
    if (!status.isFile()) throw new Error(`key file ${path} is not a regular file`);
    // Windows knows no such modes and always reports 0666.
    if (process.platform !== 'win32' && (status.mode & GROUP_AND_OTHERS) !== 0) {
      throw new Error(`key file ${path} can be read or changed by others: run chmod 600 on it`);
    }
    const text = status.size > KEY_TEXT_BYTES_MAX ? '' : await file.readFile('utf8');
    if (!KEY_TEXT.test(text)) {
      throw new Error(`key file ${path} is malformed: it must hold ${KEY_BYTES * 2} hex digits`);
    }
    return Buffer.from(text.trim(), 'hex');
  } finally {
    await file.close();
  }
};

const createKey = async (path: string): Promise<Uint8Array> => {
  const key = randomBytes(KEY_BYTES);
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeDurably(draft, `${key.toString('hex')}\n`);
    // A link, not a rename: it fails where another process was first, whose key then counts.
    await link(draft, path);
    await syncDirectory(dirname(path));
    return key;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const theirs = await loadKey(path);
    if (!theirs) throw error;
    return theirs;
  } finally {
    await rm(draft, { force: true });
  }
};
