import { expect } from 'chai';
import fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  isTyped,
  readSetting,
  SETTING_KEYS,
  SETTING_SPECS,
  typedSetting,
} from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { refusalOf } from '../support/market.ts';

const TYPED = SETTING_KEYS.filter(isTyped);
const NUMBERS = TYPED.filter((key) => ['number', 'bigint'].includes(typeof DEFAULT_SETTINGS[key]));

describe('Settings: what an admin types', () => {
  it('ADM-4 every value in range is typed and read back as itself', () => {
    for (const key of NUMBERS) {
      const { min, max } = SETTING_SPECS[key];
      fc.assert(
        fc.property(fc.integer({ min, max }), (number) => {
          const value = typeof DEFAULT_SETTINGS[key] === 'bigint' ? rupiahs(number) : number;
          expect(readSetting(key, typedSetting(key, value)), key).to.equal(value);
        }),
        { numRuns: 40, examples: [[min], [max]] },
      );
    }
    const hosts = fc.uniqueArray(fc.domain(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(hosts, (list) => {
        const lower = [...new Set(list.map((host) => host.toLowerCase().replace(/^www\./, '')))];
        const typed = typedSetting('linkHosts', lower);
        expect(readSetting('linkHosts', typed)).to.deep.equal(lower);
      }),
      { numRuns: 40 },
    );
  });

  it('ADM-4 every default is in its range and is read as it is typed', () => {
    for (const key of TYPED) {
      const typed = typedSetting(key, DEFAULT_SETTINGS[key]);
      expect(readSetting(key, typed), key).to.deep.equal(DEFAULT_SETTINGS[key]);
    }
  });

  it('ADM-4 people spell it as they are used to', () => {
    for (const [key, text, value] of [
      ['depositMin', '1,5jt', 1_500_000n],
      ['withdrawFee', 'Rp 0', 0n],
      ['targetMax', '2.000', 2_000],
      ['holdMinutes', '45 menit', 45],
      ['holdMinutes', '45 minutes', 45],
      ['decisionPauseMs', '500 ms', 500],
      ['reversalDays', '7 hari', 7],
      ['feeBasisPoints', '2,5%', 250],
      ['feeBasisPoints', '2.5 %', 250],
      ['feeBasisPoints', '250', 250],
      ['proofBytesMax', '5 MB', 5_242_880],
      ['proofBytesMax', '100000', 100_000],
      ['reportAtMinute', '08:00', 480],
      ['reportAtMinute', '20.30 WIB', 1_230],
      ['reportAtMinute', '23:00', 1_380],
    ] as const) {
      expect(readSetting(key, text), text).to.equal(value);
    }
    expect(readSetting('linkHosts', 'https://www.TikTok.com/, x.com\nx.com')).to.deep.equal([
      'tiktok.com',
      'x.com',
    ]);
    expect(readSetting('depositInstructions', ' BCA 1\nUpah ')).to.equal('BCA 1\nUpah');
  });

  it('ADM-4 what is out of range is refused with the range and an example', async () => {
    for (const key of NUMBERS) {
      const { kind, min, max } = SETTING_SPECS[key];
      const tooMany = kind === 'time-of-day' ? '23:01' : String(max + 1);
      const { code, details } = await refusalOf(() => readSetting(key, tooMany));
      expect(code, key).to.equal('settings.out-of-range');
      expect(details).to.deep.include({ kind, min, max });
      const { example } = details as { readonly example: string };
      expect(() => readSetting(key, example), key).not.to.throw();
      if (min === 0) continue;
      const tooFew = await refusalOf(() => readSetting(key, String(min - 1)));
      expect(tooFew.code, key).to.equal('settings.out-of-range');
    }
  });

  it('ADM-4 what cannot be read is refused', async () => {
    for (const [key, text] of [
      ['holdMinutes', '30 detik'],
      ['holdMinutes', '-5'],
      ['holdMinutes', '1e3'],
      ['feeBasisPoints', '2,555%'],
      ['reportAtMinute', '8 pagi'],
      ['reportAtMinute', '24:00'],
      ['linkHosts', 'localhost'],
      ['linkHosts', 'x.com/abc'],
      ['linkHosts', ' , '],
      ['rejectReasons', 'Buram'],
    ] as const) {
      expect((await refusalOf(() => readSetting(key, text))).code, text).to.equal(
        'settings.unreadable',
      );
    }
    expect((await refusalOf(() => readSetting('withdrawMin', 'banyak'))).code).to.equal(
      'money.unreadable',
    );
    const long = await refusalOf(() => readSetting('depositInstructions', 'x'.repeat(1_501)));
    expect(long).to.deep.equal({ code: 'text.too-long', details: { max: 1_500 } });
  });
});
