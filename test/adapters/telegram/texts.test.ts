import { expect } from 'chai';
import { textsIn } from '../../../adapters/telegram/texts/index.ts';
import type { AnyRefusal, Notice } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';

const at = new Date('2026-01-05T07:05:00.000Z');
const money = rupiahs(1_000_000_000);

/** The longest details that each refusal may have. */
const REFUSALS: readonly AnyRefusal[] = [
  { code: 'not-found', details: { what: 'campaign' } },
  { code: 'text.too-long', details: { max: 1_000 } },
  { code: 'money.unreadable', details: { example: '10.000' } },
  { code: 'money.too-small', details: { min: money } },
  { code: 'user.suspended', details: { reason: 'x'.repeat(500) } },
  { code: 'user.role-required', details: { role: 'worker' } },
  {
    code: 'user.things-open',
    details: { campaigns: 9, takenTasks: 9, proofsUnderReview: 9, deposits: 9, withdrawals: 9 },
  },
  { code: 'wallet.insufficient', details: { missing: money, balance: money } },
  { code: 'campaign.final', details: { status: 'completed' } },
  { code: 'link.host-not-allowed', details: { host: 'y'.repeat(40), allowed: [] } },
  { code: 'link.shortener', details: { host: 'vm.tiktok.com' } },
  { code: 'task.too-many-taken', details: { max: 3, freesAt: at } },
  { code: 'task.daily-limit', details: { max: 50, freesAt: at } },
  { code: 'take.not-open', details: { status: 'pending_review' } },
  { code: 'take.late', details: { deadline: at } },
  { code: 'withdrawal.daily-limit', details: { max: money, left: money, freesAt: at } },
  { code: 'withdrawal.claimed-by-other', details: { by: 'z'.repeat(64), at } },
];

const campaign = { taskKind: 'like', link: 'https://x.com/a?b=<c>&d' } as const;

const OPENINGS: readonly (readonly [Notice, string])[] = [
  [
    { kind: 'proof.approved', campaign, reward: rupiahs(500), balance: rupiahs(12_500) },
    'Tugas Anda disetujui — saldo bertambah.',
  ],
  [{ kind: 'proof.rejected', campaign, reason: 'buram <b>' }, 'Tugas ditolak — alasan: “buram'],
  [{ kind: 'proof.rejected', campaign, reason: null }, 'Tugas ditolak — alasan: '],
  [
    {
      kind: 'withdrawal.paid',
      amount: rupiahs(50_000),
      maskedNumber: '+62 ••••890',
      reference: '<ref>',
      receipt: null,
      balance: rupiahs(12_500),
    },
    'Withdraw berhasil diproses.',
  ],
  [
    {
      kind: 'deposit.approved',
      claimed: rupiahs(50_000),
      credited: rupiahs(45_000),
      reason: 'kurang <5rb>',
      balance: rupiahs(12_500),
    },
    'Top-up disetujui.',
  ],
];

describe('Telegram: texts', () => {
  for (const language of ['id', 'en'] as const) {
    it(`UX-4 every refusal fits into an alert (${language})`, () => {
      const { refusals } = textsIn(language);
      for (const refusal of REFUSALS) {
        const text = refusals.say(refusal);
        expect(text.length, text).to.be.within(20, 190);
        expect(text)
          .to.match(/[.…!]$/)
          .and.not.to.contain('undefined');
      }
    });
  }

  it('UX-1 money and times are written the Indonesian way', () => {
    const { refusals } = textsIn('id');
    const late = refusals.say({ code: 'take.late', details: { deadline: at } });
    expect(late).to.contain('14.05 WIB');
    const small = refusals.say({ code: 'money.too-small', details: { min: rupiahs(10_000) } });
    expect(small).to.contain('Rp 10.000');
  });

  it("NTF-1 notices open with the owner's sentences and have one button", () => {
    for (const [notice, opening] of OPENINGS) {
      const { text, keyboard } = textsIn('id').notices.say(notice);
      expect(text.startsWith(opening), text).to.equal(true);
      expect(keyboard.flat()).to.have.length(1);
    }
  });

  it('NTF-2 what changes a balance states the balance', () => {
    for (const [notice] of OPENINGS.filter(([one]) => 'balance' in one)) {
      expect(textsIn('id').notices.say(notice).text).to.contain('Saldo sekarang <b>Rp 12.500</b>');
      expect(textsIn('en').notices.say(notice).text).to.contain('Rp 12.500');
    }
  });

  it('SEC-1 what people wrote is escaped in notices', () => {
    for (const [notice] of OPENINGS) {
      const { text } = textsIn('id').notices.say(notice);
      expect(text).not.to.match(/<(?!\/?(?:b|a|i|blockquote)\b)/);
      expect(text).not.to.contain('buram <b>');
    }
  });
});
