import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { createProofStorage } from '../../../adapters/filesystem/index.ts';
import type { FileType, ProofStorage } from '../../../core/files/index.ts';
import { Refusal } from '../../../core/kernel/index.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const errorOf = async (work: Promise<unknown>): Promise<Error> => {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('it succeeded');
  return outcome;
};
const codeOf = (error: Error) => (error as Error & { code?: string }).code;

describe('Proof storage on the filesystem', () => {
  let folder = '';
  let root = '';
  let storage: ProofStorage;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), 'upah-proofs-'));
    root = join(folder, 'data', 'proofs');
    storage = createProofStorage({ root });
  });
  afterEach(async () => {
    sinon.restore();
    await fs.rm(folder, { recursive: true, force: true });
  });
  const filesIn = async (directory: string) => {
    const all = await fs.readdir(directory, { recursive: true, withFileTypes: true });
    return all.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  };

  it('PRF-2 a file is kept under its hash and read back whole', async () => {
    const types: [FileType, string][] = [
      ['image/jpeg', 'jpg'],
      ['image/png', 'png'],
      ['image/webp', 'webp'],
      ['application/pdf', 'pdf'],
    ];
    for (const [type, extension] of types) {
      const bytes = bytesOf(`a picture ${type}`);
      const { path, sha256 } = await storage.put(bytes, type);
      expect(sha256).to.equal(hex(bytes));
      const shard = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}`;
      expect(path).to.equal(`${shard}/${sha256}.${extension}`);
      expect(hex(await storage.read(path))).to.equal(sha256);
    }
  });

  it('PRF-2 files and directories are for the bot alone, and nothing is executable', async () => {
    const { path } = await storage.put(bytesOf('a picture'), 'image/png');
    const modeOf = async (name: string) => (await fs.stat(join(root, name))).mode & 0o777;
    expect(await modeOf(path)).to.equal(0o600);
    for (const directory of ['.', path.slice(0, 2), path.slice(0, 5)]) {
      expect(await modeOf(directory)).to.equal(0o700);
    }
  });

  it('PRF-2 the same bytes twenty times at once are one file, with no draft left', async () => {
    const bytes = bytesOf('the same picture');
    const puts = Array.from({ length: 20 }, () => storage.put(bytes, 'image/jpeg'));
    const paths = new Set((await Promise.all(puts)).map(({ path }) => path));
    expect(paths.size).to.equal(1);
    expect(await filesIn(root)).to.deep.equal([`${hex(bytes)}.jpg`]);
  });

  it('PRF-2 a file already there is not written again', async () => {
    const { path } = await storage.put(bytesOf('once'), 'image/png');
    const before = await fs.stat(join(root, path));
    await storage.put(bytesOf('once'), 'image/png');
    expect((await fs.stat(join(root, path))).ino).to.equal(before.ino);
  });

  it('PRF-2 a damaged file is never passed off as the proof, and can be healed', async () => {
    const bytes = bytesOf('a picture that a disk will damage');
    const { path } = await storage.put(bytes, 'image/png');
    await fs.writeFile(join(root, path), bytes.subarray(0, 5));
    expect((await errorOf(storage.read(path))).message).to.include('damaged');
    await storage.put(bytes, 'image/png');
    expect(hex(await storage.read(path))).to.equal(hex(bytes));
  });

  it('SEC-A56 SEC-A59 a path this storage did not make is not found', async () => {
    const { path, sha256 } = await storage.put(bytesOf('mine'), 'image/png');
    const shard = path.slice(0, 5);
    await fs.writeFile(join(root, 'loose.txt'), 'x');
    await fs.writeFile(join(root, shard, 'loose.png'), 'x');
    const foreign = [
      '',
      '.',
      '../../etc/passwd',
      '/etc/passwd',
      'loose.txt',
      `${shard}/loose.png`,
      join(root, path),
      `./${path}`,
      `${shard}/../${shard.slice(3)}/${sha256}.png`,
      `${path}\0`,
      `${path}\n`,
      `${path}/`,
      path.toUpperCase(),
      path.replace('.png', '.jpg'),
      path.replace('.png', '.exe'),
      path.replace('.png', ''),
      path.replaceAll('/', '\\'),
      `00/00/${sha256}.png`,
      `${shard}/${'0'.repeat(64)}.png`,
      `00/00/${'0'.repeat(64)}.png`,
      'CON',
      'a'.repeat(300),
    ];
    for (const name of foreign) {
      const error = await errorOf(storage.read(name));
      expect(error, JSON.stringify(name)).to.be.instanceOf(Refusal);
      expect(codeOf(error)).to.equal('not-found');
    }
  });

  it('SEC-A59 a link, directory or pipe in place of a file is not read', async () => {
    const secret = join(folder, 'secret');
    const bytes = bytesOf('a secret elsewhere');
    await fs.writeFile(secret, bytes);
    const { path } = await storage.put(bytes, 'image/png');
    await fs.rm(join(root, path));
    await fs.symlink(secret, join(root, path));
    expect(codeOf(await errorOf(storage.read(path)))).to.equal('not-found');
    await fs.rm(join(root, path));
    await fs.mkdir(join(root, path));
    expect(codeOf(await errorOf(storage.read(path)))).to.equal('not-found');
    await fs.rmdir(join(root, path));
    execFileSync('mkfifo', [join(root, path)]);
    expect(codeOf(await errorOf(storage.read(path)))).to.equal('not-found');
  });

  it('SEC-A59 a shard that leads out of the root is neither read nor written through', async () => {
    const bytes = bytesOf('a picture');
    const { path } = await storage.put(bytes, 'image/png');
    const outside = join(folder, 'outside');
    for (const shard of [path.slice(0, 2), path.slice(0, 5)]) {
      await fs.rm(outside, { recursive: true, force: true });
      await fs.rename(join(root, shard), outside);
      await fs.symlink(outside, join(root, shard));
      expect(codeOf(await errorOf(storage.read(path))), shard).to.equal('not-found');
      const before = await filesIn(outside);
      const error = await errorOf(storage.put(bytes, 'image/png'));
      expect(error.message).to.include('is a link');
      expect(await filesIn(outside)).to.deep.equal(before);
      await fs.rm(outside, { recursive: true });
      await fs.mkdir(outside);
      await errorOf(storage.put(bytes, 'image/png'));
      expect(await fs.readdir(outside)).to.deep.equal([]);
      await fs.rm(join(root, shard));
      await storage.put(bytes, 'image/png');
    }
  });

  it('PRF-2 the root may be a link of the operator to another disk', async () => {
    const disk = join(folder, 'disk');
    await fs.mkdir(disk);
    await fs.symlink(disk, join(folder, 'linked'));
    const linked = createProofStorage({ root: join(folder, 'linked') });
    const { path } = await linked.put(bytesOf('on the other disk'), 'image/png');
    expect(existsSync(join(disk, path))).to.equal(true);
    expect(await linked.read(path)).to.have.length(17);
  });

  it('PRF-2 a full disk is one clear error with its code, and leaves nothing behind', async () => {
    const probe = await fs.open(join(folder, 'probe'), 'w');
    const prototype = Object.getPrototypeOf(probe) as fs.FileHandle;
    await probe.close();
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    // First while the bytes are written, then when they are flushed: either may fail.
    for (const method of ['writeFile', 'sync'] as const) {
      const stub = sinon.stub(prototype, method).rejects(full);
      const error = await errorOf(storage.put(bytesOf('too much'), 'image/png'));
      stub.restore();
      expect(error.message).to.equal('proof storage could not keep a file: the disk is full');
      expect(codeOf(error)).to.equal('ENOSPC');
      expect(error.cause).to.equal(full);
    }
    expect(await filesIn(root)).to.deep.equal([]);
  });
});
