import { hash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  DamagedFile,
  type FileType,
  type ProofStorage,
  type PutFile,
} from '../../core/files/index.ts';
import { refuseCommon } from '../../core/kernel/index.ts';

const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;
const EXTENSIONS: Readonly<Record<FileType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};
/** `ab/cd/abcd….<ext>`: the only paths this storage makes, and so the only ones it reads. */
const OWN_PATH = /^([0-9a-f]{2})\/([0-9a-f]{2})\/(\1\2[0-9a-f]{60})\.(?:jpg|png|webp|pdf)$/;
/**
 * A link in place of a file is not ours; without O_NONBLOCK a planted pipe would hang the reader.
 */
const READ_OWN = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export interface ProofStorageOptions {
  /** The storage's own directory; made (0700) at the first file. May itself be a link. */
  readonly root: string;
}

/**
 * Proof storage in a directory (PRF-2): `aa/bb/<sha256>.<ext>`, files 0600, directories 0700. A
 * file appears whole or not at all, and is on disk when `put` resolves. Links that lead out of the
 * root are neither written through nor read.
 */
export const createProofStorage = ({ root }: ProofStorageOptions): ProofStorage => ({
  put: async (bytes, type) => {
    const sha256 = hash('sha256', bytes, 'hex');
    const path = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}.${EXTENSIONS[type]}`;
    try {
      await keep(root, { path, sha256 }, bytes);
    } catch (error) {
      throw cannotKeep(error);
    }
    return { path, sha256 };
  },
  read: async (path) => {
    const [own, , , sha256] = OWN_PATH.exec(path) ?? [];
    if (own === undefined) throw refuseCommon('not-found', { what: 'file' });
    const bytes = await readOwn(root, own);
    if (!bytes) throw refuseCommon('not-found', { what: 'file' });
    if (hash('sha256', bytes, 'hex') !== sha256) {
      throw new DamagedFile(`stored file is damaged: ${own}`);
    }
    return bytes;
  },
});

const keep = async (root: string, { path, sha256 }: PutFile, bytes: Uint8Array): Promise<void> => {
  const realRoot = await makeDirectories(root, dirname(path));
  const target = join(realRoot, path);
  const present = await readOwn(realRoot, path);
  // Renaming over a file that a crash or the disk has damaged heals it: the name is the content's.
  if (!present || hash('sha256', present, 'hex') !== sha256) await writeWhole(target, bytes);
  // Also where the file was there: whoever wrote it may not have come this far yet.
  const shard = dirname(target);
  for (const directory of [shard, dirname(shard), realRoot]) await syncDirectory(directory);
};

/** Makes root and shard, and gives the real root; throws where the shard leads somewhere else. */
const makeDirectories = async (root: string, shard: string): Promise<string> => {
  const firstMade = await mkdir(dirname(resolve(root)), { recursive: true });
  const rootMade = await mkdir(root, { mode: DIRECTORY_MODE, recursive: true });
  const realRoot = await realpath(root);
  for (const made of [firstMade, rootMade]) if (made) await syncDirectory(dirname(made));
  const parent = join(realRoot, dirname(shard));
  await mkdir(parent, { mode: DIRECTORY_MODE, recursive: true });
  await requireReal(parent);
  const directory = join(realRoot, shard);
  await mkdir(directory, { mode: DIRECTORY_MODE, recursive: true });
  await requireReal(directory);
  return realRoot;
};

const requireReal = async (directory: string): Promise<void> => {
  if ((await realpath(directory)) !== directory) throw new Error(`${directory} is a link`);
};

const writeWhole = async (target: string, bytes: Uint8Array): Promise<void> => {
  const draft = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', FILE_MODE);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
};

/** The file's bytes, or null where there is no regular file of that path really inside the root. */
const readOwn = async (root: string, path: string): Promise<Uint8Array | null> => {
  try {
    const directory = join(await realpath(root), dirname(path));
    if ((await realpath(directory)) !== directory) return null;
    const file = await open(join(root, path), READ_OWN);
    try {
      return (await file.stat()).isFile() ? await file.readFile() : null;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
};

/** Makes new names in the directory survive a power cut; Windows can neither do nor need it. */
const syncDirectory = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
};

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'its directory may not be written',
};

const cannotKeep = (cause: unknown): Error => {
  const code = codeOf(cause);
  const why = REASONS[code ?? ''] ?? (cause instanceof Error ? cause.message : 'unknown reason');
  const error = new Error(`proof storage could not keep a file: ${why}`, { cause });
  return code === undefined ? error : Object.assign(error, { code });
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
