import { expect } from 'chai';
import { createCipher } from '../../../adapters/system/index.ts';
import type { Sealed } from '../../../core/kernel/index.ts';

const key = (fill: number) => new Uint8Array(32).fill(fill);
const FIRST = { id: 'k1', key: key(1) };
const SECOND = { id: 'k2', key: key(2) };
const NUMBER = '081234567890';
const ROW = 'withdrawal:1';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return `${(error as Error).stack} ${String((error as Error).cause)}`;
  }
  throw new Error('it opened');
};

describe('Cipher', () => {
  const cipher = createCipher({ keys: [FIRST] });

  it('WDR-3 a sealed number opens again in its own row and shows nothing before', () => {
    for (const plain of [NUMBER, '', 'Rp é ✅', 'x'.repeat(10_000)]) {
      const sealed = cipher.seal(plain, ROW);
      expect(sealed).to.match(/^v1\.k1\.[\w-]{16}\.[\w-]{22,}$/);
      if (plain !== '') expect(sealed).not.to.include(plain);
      expect(cipher.open(sealed, ROW)).to.equal(plain);
    }
  });

  it('WDR-3 sealing the same number twice gives different texts', () => {
    expect(cipher.seal(NUMBER, ROW)).not.to.equal(cipher.seal(NUMBER, ROW));
  });

  it("SEC-A64 one user's sealed number copied to another row does not open", () => {
    const sealed = cipher.seal(NUMBER, ROW);
    expect(() => cipher.open(sealed, 'withdrawal:2')).to.throw(/another context/);
    expect(() => cipher.open(sealed, '')).to.throw(/another context/);
  });

  it('WDR-3 a sealed text with one character changed, added or taken away does not open', () => {
    const sealed = cipher.seal(NUMBER, ROW);
    for (let at = 0; at < sealed.length; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      expect(() => cipher.open(changed as Sealed, ROW), `changed at ${at}`).to.throw();
      const shorter = `${sealed.slice(0, at)}${sealed.slice(at + 1)}`;
      expect(() => cipher.open(shorter as Sealed, ROW), `shortened at ${at}`).to.throw();
    }
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const last of alphabet.replace(sealed.at(-1) ?? '', '')) {
      const changed = `${sealed.slice(0, -1)}${last}` as Sealed;
      expect(() => cipher.open(changed, ROW), `ending in ${last}`).to.throw();
    }
    for (const more of ['A', '=', '\n', ' ']) {
      expect(() => cipher.open(`${sealed}${more}` as Sealed, ROW)).to.throw();
    }
  });

  it('WDR-3 after a rotation old texts open and equal numbers stay equal', () => {
    const rotated = createCipher({ keys: [SECOND, FIRST] });
    expect(rotated.open(cipher.seal(NUMBER, ROW), ROW)).to.equal(NUMBER);
    expect(rotated.seal(NUMBER, ROW)).to.match(/^v1\.k2\./);
    expect(rotated.blindIndex(NUMBER)).to.equal(cipher.blindIndex(NUMBER));
  });

  it('WDR-3 a text sealed under an unknown key does not open', () => {
    const sealed = createCipher({ keys: [SECOND] }).seal(NUMBER, ROW);
    expect(() => cipher.open(sealed, ROW)).to.throw(/not configured: "k2"/);
    const renamed = sealed.replace('.k2.', '.k1.') as Sealed;
    expect(() => cipher.open(renamed, ROW)).to.throw();
  });

  it('WDR-3 the blind index tells equal numbers apart from others, and only with the key', () => {
    const index = cipher.blindIndex(NUMBER);
    expect(index).to.match(/^[\da-f]{64}$/);
    expect(cipher.blindIndex(NUMBER)).to.equal(index);
    expect(cipher.blindIndex('081234567891')).not.to.equal(index);
    expect(createCipher({ keys: [SECOND] }).blindIndex(NUMBER)).not.to.equal(index);
  });

  it('SEC-4 an error while opening says neither the number nor the sealed text nor the key', () => {
    const sealed = cipher.seal(NUMBER, ROW);
    const broken = `${sealed.slice(0, -4)}AAAA` as Sealed;
    const body = sealed.split('.')[3] ?? 'missing';
    for (const text of [
      messageOf(() => cipher.open(broken, ROW)),
      messageOf(() => cipher.open(NUMBER as Sealed, ROW)),
      messageOf(() => cipher.open(sealed, 'withdrawal:2')),
    ]) {
      expect(text).not.to.include(NUMBER);
      expect(text).not.to.include(body.slice(0, 12));
    }
  });

  it('SEC-4 a cipher with no key, a short key, a bad or a doubled key id is not made', () => {
    expect(() => createCipher({ keys: [] })).to.throw(/at least one key/);
    const short = { id: 'k', key: new Uint8Array(16) };
    expect(() => createCipher({ keys: [short] })).to.throw(/32 bytes/);
    expect(() => createCipher({ keys: [{ id: 'a.b', key: key(1) }] })).to.throw(/key id/);
    expect(() => createCipher({ keys: [FIRST, FIRST] })).to.throw(/two keys/);
  });
});
