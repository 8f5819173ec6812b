import { expect } from 'chai';
import {
  fitted,
  percentage,
  shortRupiah,
  textWidth,
  wholeNumber,
} from '../../../adapters/charts/words.ts';

const INDONESIAN = [' rb', ' jt', ' M'] as const;
const ENGLISH = ['K', 'M', 'B'] as const;

describe('Charts: words', () => {
  it('UX-1 money is said as people say it', () => {
    const said: Readonly<Record<string, number>> = {
      'Rp 0': 0,
      'Rp 750': 750,
      'Rp 12,5 rb': 12_500,
      'Rp 999,9 rb': 999_949,
      'Rp 1,2 jt': 1_200_000,
      'Rp 2 M': 2_000_000_000,
      '−Rp 12,5 rb': -12_500,
    };
    for (const [words, amount] of Object.entries(said)) {
      expect(shortRupiah(amount, INDONESIAN)).to.equal(words);
    }
  });

  it('UX-1 money that rounds up to a thousand thousands is a million', () => {
    expect(shortRupiah(999_960, INDONESIAN)).to.equal('Rp 1 jt');
    expect(shortRupiah(999.96, INDONESIAN)).to.equal('Rp 1 rb');
  });

  it('UX-1 thousands and millions are named in the language of the picture, else in full', () => {
    expect(shortRupiah(12_500, ENGLISH)).to.equal('Rp 12,5K');
    expect(shortRupiah(1_200_000, ENGLISH)).to.equal('Rp 1,2M');
    expect(shortRupiah(2_000_000_000, ENGLISH)).to.equal('Rp 2B');
    expect(shortRupiah(1_200_000, undefined)).to.equal('Rp 1.200.000');
  });

  it('UX-1 numbers are grouped', () => {
    expect(wholeNumber(12_345)).to.equal('12.345');
  });

  it('RPT-1 a share has one digit after the comma below ten', () => {
    expect([0, 8.46, 9.99, 12.3, 100].map(percentage)).to.deep.equal([
      '0%',
      '8,5%',
      '10%',
      '12%',
      '100%',
    ]);
  });

  it('UX-1 what is too long is cut with an ellipsis, by whole characters', () => {
    const room = { width: 200, size: 30 };
    expect(fitted('pendek', room)).to.equal('pendek');
    const cut = fitted('😀'.repeat(50), room);
    expect(cut).to.match(/^(?:😀)+…$/u);
    expect(textWidth(cut, room.size)).to.be.at.most(room.width);
  });

  it('SEC-1 control characters and halves of characters are gone', () => {
    expect(fitted('a\u0000\u001b[31mb\ud800', { width: 999, size: 10 })).to.equal('a [31mb\ufffd');
  });
});
