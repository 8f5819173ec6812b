import { expect } from 'chai';
import { pageOf, type DepositId, type TransactionId } from '../../../../core/index.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { age as inEnglish } from '../../../../adapters/telegram/texts/en/spans.ts';
import { age } from '../../../../adapters/telegram/texts/id/spans.ts';
import { shortName } from '../../../../adapters/telegram/texts/people.ts';
import { freshId, later, MONDAY, rupiahs } from '../../../support/builders.ts';

const MINUTE = 60_000;

describe('Telegram: short words on buttons and in lists', () => {
  for (const [minutes, indonesian, english] of [
    [0, 'baru saja', 'just now'],
    [12, '12 menit', '12 minutes'],
    [60, '1 jam', '1 hour'],
    [138, '2 jam', '2 hours'],
    [47 * 60 + 59, '47 jam', '47 hours'],
    [48 * 60, '2 hari', '2 days'],
  ] as const) {
    it(`REV-1 tells an age of ${minutes} minutes in one unit`, () => {
      const to = later(minutes * MINUTE);
      expect([age(MONDAY, to), inEnglish(MONDAY, to)]).to.deep.equal([indonesian, english]);
    });
  }

  it('REV-1 shows that a long name was cut, and never cuts a short one', () => {
    expect(shortName({ displayName: 'Ratna Kusumawardhani' })).to.equal('Ratna Kusumawardh…');
    expect(shortName({ displayName: 'Muhammad Rizky Rha' })).to.equal('Muhammad Rizky Rha');
    expect(shortName({ displayName: '😀'.repeat(20) })).to.equal(`${'😀'.repeat(17)}…`);
  });

  it('WAL-9 what a line was for is no hashtag, which Telegram would search for', () => {
    const line = {
      transactionId: freshId<TransactionId>(),
      type: 'deposit',
      status: 'approved',
      amount: rupiahs(100_000),
      at: MONDAY,
      campaign: null,
      reference: { kind: 'deposit', id: '01900000-0000-7000-8000-000000e221cd' as DepositId },
    } as const;
    for (const language of ['id', 'en'] as const) {
      const page = pageOf([line], 1, { page: 0, size: 10 });
      expect(textsIn(language).wallet.history(page)).to.contain('E221CD').and.not.contain('#');
    }
  });
});
