import { createHash } from 'node:crypto';
import { after, before } from 'mocha';
import { expect } from 'chai';
import type { ProofStorage } from '../../core/files/index.ts';
import { race, refusalOf } from './harness.ts';

/** One storage, opened for one suite. */
export interface ProofStorageHarness {
  readonly proofStorage: ProofStorage;
  dispose(): Promise<void>;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What every storage of proof files promises. */
export const proofStorageContract = (name: string, open: () => Promise<ProofStorageHarness>) =>
  describe(`proof storage: ${name}`, () => {
    let harness: ProofStorageHarness;
    before('opens the storage', async () => {
      harness = await open();
    });
    after('closes the storage', () => harness.dispose());
    const put = (text: string) => harness.proofStorage.put(bytesOf(text), 'image/jpeg');
    const read = (path: string) => harness.proofStorage.read(path);

    it('PRF-2 gives back what was put, byte by byte, and its hash', async () => {
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256);
      const { path, sha256 } = await harness.proofStorage.put(bytes, 'image/png');
      expect(sha256).to.equal(createHash('sha256').update(bytes).digest('hex'));
      expect(Buffer.compare(await read(path), bytes)).to.equal(0);
    });

    it('PRF-2 makes the path from the hash, relative and plain', async () => {
      const { path, sha256 } = await put('a picture');
      expect(path).to.include(sha256);
      expect(path).to.match(/^[a-z0-9]+(?:[/.][a-z0-9]+)*$/);
    });

    it('PRF-2 the same bytes again are the same file, other bytes another', async () => {
      const [one, again, other] = [await put('same'), await put('same'), await put('other')];
      expect(again).to.deep.equal(one);
      expect(other.path).not.to.equal(one.path);
      expect(Buffer.from(await read(one.path)).toString()).to.equal('same');
    });

    it('PRF-2 twenty who put the same bytes at the same time all get the one file', async () => {
      const { won, lost } = await race(() => put('raced for'));
      expect(lost).to.deep.equal([]);
      expect(new Set(won.map(({ path }) => path)).size).to.equal(1);
      expect(Buffer.from(await read(won[0]?.path ?? '')).toString()).to.equal('raced for');
    });

    it('PRF-2 keeps its own copy of a Buffer, too', async () => {
      const given = Buffer.from('a proof in a buffer');
      const { path } = await harness.proofStorage.put(given, 'image/png');
      given.fill(0);
      expect(Buffer.from(await read(path)).toString()).to.equal('a proof in a buffer');
    });

    it('PRF-2 keeps its own copy: changing the bytes given or read changes nothing', async () => {
      const bytes = bytesOf('mine');
      const { path } = await harness.proofStorage.put(bytes, 'image/webp');
      bytes.fill(0);
      (await read(path)).fill(0);
      expect(Buffer.from(await read(path)).toString()).to.equal('mine');
    });

    it('SEC-2 refuses a path that it did not make', async () => {
      const { path } = await put('known');
      const strange = ['', '.', '/etc/passwd', '../secret', `../${path}`, `/${path}`, `${path}/..`];
      for (const other of [...strange, `${path}\0`, 'ab/abcdef.jpg']) {
        expect((await refusalOf(read(other))).code, other).to.equal('not-found');
      }
    });
  });
