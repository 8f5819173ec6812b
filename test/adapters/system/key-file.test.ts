import { expect } from 'chai';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOrCreateKey } from '../../../adapters/system/index.ts';

const refusalOf = async (path: string): Promise<string> => {
  const outcome = await loadOrCreateKey(path).catch((error: unknown) => error);
  if (!(outcome instanceof Error)) throw new Error('the key was loaded');
  return outcome.message;
};

describe('Key file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'upah-key-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('SEC-4 the first start makes a key for its owner alone, later ones load it', async () => {
    const path = join(folder, 'new', 'master.key');
    const made = await loadOrCreateKey(path);
    expect(made).to.have.length(32);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect(await readFile(path, 'utf8')).to.equal(`${Buffer.from(made).toString('hex')}\n`);
    expect(await loadOrCreateKey(path)).to.deep.equal(made);
    expect(await loadOrCreateKey(join(folder, 'other.key'))).not.to.deep.equal(made);
  });

  it('SEC-4 twenty processes starting at once get one key and leave no draft', async () => {
    const path = join(folder, 'master.key');
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadOrCreateKey(path)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).to.equal(1);
    expect(await readdir(folder)).to.deep.equal(['master.key']);
  });

  it('SEC-4 a key file that others may read is refused with the remedy', async () => {
    const path = join(folder, 'master.key');
    await loadOrCreateKey(path);
    for (const mode of [0o640, 0o604, 0o644]) {
      await chmod(path, mode);
      expect(await refusalOf(path)).to.match(/by others: run chmod 600/);
    }
    await chmod(path, 0o400);
    expect(await loadOrCreateKey(path)).to.have.length(32);
  });

  it('SEC-4 a malformed key file is refused, left as it is, and not quoted', async () => {
    const path = join(folder, 'master.key');
    for (const text of ['', 'abc', 'g'.repeat(64), 'a'.repeat(63), 'ab'.repeat(33), '\n']) {
      await writeFile(path, text, { mode: 0o600 });
      const message = await refusalOf(path);
      expect(message).to.match(/malformed: it must hold 64 hex digits/);
      if (text.length > 2) expect(message).not.to.include(text);
      expect(await readFile(path, 'utf8')).to.equal(text);
    }
  });

  it('SEC-4 a directory in place of the key file is refused', async () => {
    const path = join(folder, 'master.key');
    await mkdir(path, { mode: 0o700 });
    expect(await refusalOf(path)).to.match(/not a regular file/);
  });
});
