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

    it('WDR-3 opens nothing that was changed, and says nothing of the text', () => {
      const cipher = open();
      const sealed = cipher.seal(NUMBER, 'withdrawal:1');
      const middle = Math.floor(sealed.length / 2);
      const other = sealed[middle] === 'A' ? 'B' : 'A';
      for (const changed of [
        `${sealed.slice(0, middle)}${other}${sealed.slice(middle + 1)}`,
        sealed.slice(0, -4),
        '',
      ]) {
        let said = '';
        try {
          said = cipher.open(changed as Sealed, 'withdrawal:1');
        } catch (error) {
          said = String(error);
        }
        expect(said).not.to.contain('81234567890');
        expect(said).not.to.equal('');
      }
    });

    it('WDR-3 seals the same text differently each time, and shows nothing of it', () => {
      const cipher = open();
      const [one, two] = [cipher.seal(NUMBER, 'c'), cipher.seal(NUMBER, 'c')];
      expect(one).not.to.equal(two);
      expect(one).not.to.contain('81234567890');
    });

    it('WDR-3 the blind index is equal for equal text only', () => {
      const cipher = open();
      const index = cipher.blindIndex(NUMBER);
      expect(index).to.match(/^[0-9a-f]{32,}$/);
      expect(cipher.blindIndex(NUMBER)).to.equal(index);
      expect(cipher.blindIndex('+6281234567891')).not.to.equal(index);
    });
  });
