import { expect } from 'chai';
import type { ByteDigest } from '../../core/files/index.ts';
import type { Digests, Id, Ids } from '../../core/kernel/index.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** What every maker of ids promises. */
export const idsContract = (name: string, open: () => Ids) =>
  describe(`ids: ${name}`, () => {
    it('WAL-7 makes UUIDs of version 7 that grow and never come twice', async () => {
      const ids = open();
      const callers = Array.from({ length: 20 }, async () =>
        Array.from({ length: 500 }, () => ids.next<Id<'test'>>()),
      );
      const made = (await Promise.all(callers)).flat();
      for (const id of made) expect(id).to.match(UUID_V7);
      expect(new Set(made).size).to.equal(10_000);
      expect(made.toSorted()).to.deep.equal(made);
    });
  });

/** SHA-256 of `''` and of `abc`, from FIPS 180-4's examples. */
const VECTORS = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
] as const;

/** What every digest promises. */
export const digestsContract = (name: string, open: () => Digests & ByteDigest) =>
  describe(`digests: ${name}`, () => {
    it('PRF-2 are SHA-256 in lower-case hex, of text and of bytes alike', () => {
      const digests = open();
      for (const [text, hash] of VECTORS) {
        expect(digests.sha256(text)).to.equal(hash);
        expect(digests.sha256OfBytes(new TextEncoder().encode(text))).to.equal(hash);
      }
    });

    it('WAL-7 tell texts apart that differ in one letter, and not by their encoding', () => {
      const digests = open();
      expect(digests.sha256('Rp 10.000')).not.to.equal(digests.sha256('Rp 10.001'));
      const bytes = new TextEncoder().encode('é👍');
      expect(digests.sha256('é👍')).to.equal(digests.sha256OfBytes(bytes));
    });
  });
