import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Cipher, Sealed } from '../../core/kernel/index.ts';

const NUMBER = '+6281234567890';

/** What every cipher of personal data promises. */
export const cipherContract = (name: string, open: () => Cipher) =>
  describe(`cipher: ${name}`, () => {
    it('WDR-3 opens what it sealed, whatever the text', () => {
      const cipher = open();
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
          expect(cipher.open(cipher.seal(plain, context), context)).to.equal(plain);
        }),
      );
    });

    it('WDR-3 SEC-A64 opens nothing that was sealed in another context', () => {
      const cipher = open();
      const sealed = cipher.seal(NUMBER, 'withdrawal:1');
      expect(() => cipher.open(sealed, 'withdrawal:2')).to.throw();
    });

    it('WDR-3 opens nothing that was changed anywhere, cut short or added to', () => {
      const cipher = open();
      const sealed = cipher.seal(NUMBER, 'withdrawal:1');
      const changed = Array.from(sealed, (letter, at) => {
        const other = letter === 'A' ? 'B' : 'A';
        return `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      });
      for (const text of [...changed, sealed.slice(0, -4), `${sealed}A`, `${sealed} `, '']) {
        expect(() => cipher.open(text as Sealed, 'withdrawal:1'), text).to.throw();
      }
    });

    it('WDR-3 seals the same text differently each time, and shows nothing of it', () => {
      const cipher = open();
      const [one, two] = [cipher.seal(NUMBER, 'c'), cipher.seal(NUMBER, 'c')];
      expect(one).not.to.equal(two);
      expect(one).not.to.contain('81234567890');
    });

    it('WDR-3 the blind index is equal for equal text only, and needs the key', () => {
      const cipher = open();
      const index = cipher.blindIndex(NUMBER);
      expect(index).to.match(/^[0-9a-f]{32,}$/);
      expect(cipher.blindIndex(NUMBER)).to.equal(index);
      expect(cipher.blindIndex('+6281234567891')).not.to.equal(index);
      const withoutKey = createHash('sha256').update(NUMBER).digest('hex');
      expect(index).not.to.equal(withoutKey);
    });
  });
