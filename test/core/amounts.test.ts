import { expect } from 'chai';
import fc from 'fast-check';
import {
  readAmount,
  requireWithin,
  rupiah,
  shareRoundedUp,
  startOfWibDay,
} from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, anOrder, refusal, refusalOf } from '../support/market.ts';

const ACCEPTED: readonly (readonly [string, bigint])[] = [
  ['10000', 10_000n],
  ['10.000', 10_000n],
  ['Rp 10.000', 10_000n],
  ['Rp10.000,-', 10_000n],
  ['rp. 10.000', 10_000n],
  ['RP10000', 10_000n],
  ['  10000  ', 10_000n],
  ['10rb', 10_000n],
  ['10 ribu', 10_000n],
  ['10 RB', 10_000n],
  ['2,5rb', 2_500n],
  ['1,5jt', 1_500_000n],
  ['1.5 juta', 1_500_000n],
  ['0,5jt', 500_000n],
  ['1jt', 1_000_000n],
  ['1,25 juta', 1_250_000n],
  ['1.000.000.000', 1_000_000_000n],
];

/** Attack 27 and what people mistype. */
const REFUSED: readonly string[] = [
  '',
  ' ',
  'Rp',
  '-1',
  '+1',
  '1,000',
  '10,000',
  '1.00',
  '1.0000',
  '10.00.000',
  '1.000,50',
  '1e5',
  '1E30',
  'NaN',
  'Infinity',
  '0x10',
  '0b1',
  '１０００',
  '١٠٠٠',
  '1 000',
  '1_000',
  "1'000",
  '10000.',
  '.5jt',
  '1,5',
  '1.5',
  '1,5555rb',
  '1,500jt',
  '1.500 juta',
  '1,1234567jt',
  '10k',
  '10 m',
  'jt',
  '10rbu',
  '10 rb 500',
  '007',
  '$10',
  'sepuluh ribu',
  '10000; DROP TABLE users',
  '10\u200b000',
  '9'.repeat(16),
  `${' '.repeat(10)}1${'0'.repeat(60)}`,
];

const grouped = (amount: bigint): string => amount.toString().replaceAll(/\B(?=(?:\d{3})+$)/g, '.');

const anyAmount = fc.bigInt({ min: 1n, max: 1_000_000_000_000n });

describe('Amounts of money', () => {
  for (const [text, amount] of ACCEPTED) {
    it(`WAL-1 UX-1 reads ${JSON.stringify(text)} as ${amount} rupiah`, () => {
      expect(readAmount(text)).to.equal(amount);
    });
  }

  it('WAL-1 SEC-A27 refuses every other spelling, with one that would do', async () => {
    for (const text of REFUSED) {
      const refused = await refusalOf(() => readAmount(text)).catch((error: unknown) => {
        throw new Error(`${JSON.stringify(text)}: ${String(error)}`);
      });
      expect(refused, text).to.deep.equal({
        code: 'money.unreadable',
        details: { example: '10.000' },
      });
      expect(readAmount('10.000')).to.equal(10_000n);
    }
  });

  it('WAL-1 UX-1 an amount written in any accepted way is read as itself', () => {
    const spellings = (amount: bigint): readonly string[] => [
      amount.toString(),
      grouped(amount),
      `Rp ${grouped(amount)}`,
      `Rp${grouped(amount)},-`,
    ];
    fc.assert(
      fc.property(anyAmount, (amount) => {
        for (const text of spellings(amount)) expect(readAmount(text)).to.equal(amount);
      }),
      { numRuns: 500 },
    );
  });

  it('WAL-1 words for thousands and millions are read exactly, and only when whole', async () => {
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 999_999 }),
      fc.stringMatching(/^[0-9]{0,7}$/),
      fc.constantFrom('rb', 'ribu', 'jt', 'juta'),
    );
    const outcome = async ([whole, decimals, unit]: readonly [number, string, string]) => {
      const zeros = unit.startsWith('r') ? 3 : 6;
      const text = `${whole}${decimals === '' ? '' : `,${decimals}`} ${unit}`;
      if (decimals.length > zeros || decimals.length === 3) {
        expect((await refusalOf(() => readAmount(text))).code).to.equal('money.unreadable');
      } else {
        const exact = BigInt(`${whole}${decimals.padEnd(zeros, '0')}`);
        expect(readAmount(text)).to.equal(exact);
      }
    };
    await fc.assert(fc.asyncProperty(parts, outcome), { numRuns: 500 });
  });

  it('WAL-1 SEC-A27 any text is read as whole rupiah or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (text) => {
        const [read] = await Promise.allSettled([Promise.resolve().then(() => readAmount(text))]);
        if (read.status === 'fulfilled') expect(read.value >= 0n).to.equal(true);
        else expect((read.reason as { code?: string }).code).to.equal('money.unreadable');
      }),
      { numRuns: 500 },
    );
  });

  it('WAL-1 nothing of 0 or less and nothing above the bound passes', async () => {
    const bounds = { min: rupiahs(-5), max: rupiahs(100) };
    expect(requireWithin(rupiahs(1), bounds)).to.equal(1n);
    expect(requireWithin(rupiahs(100), bounds)).to.equal(100n);
    for (const amount of [rupiahs(0), rupiahs(-1)]) {
      expect((await refusalOf(() => requireWithin(amount, bounds))).code).to.equal(
        'money.too-small',
      );
    }
    expect(await refusalOf(() => requireWithin(rupiahs(101), bounds))).to.deep.equal({
      code: 'money.too-large',
      details: { max: 100n },
    });
  });

  it('CAM-4 SEC-A36 a share is rounded up, never by a rupiah or more', () => {
    expect(shareRoundedUp(rupiahs(500), 0)).to.equal(0n);
    expect(shareRoundedUp(rupiahs(100), 1)).to.equal(1n);
    expect(shareRoundedUp(rupiahs(10_000), 1)).to.equal(1n);
    expect(shareRoundedUp(rupiahs(10_001), 1)).to.equal(2n);
    expect(shareRoundedUp(rupiahs(333), 1_000)).to.equal(34n);
    fc.assert(
      fc.property(anyAmount, fc.integer({ min: 0, max: 10_000 }), (price, basisPoints) => {
        const over =
          shareRoundedUp(rupiah(price), basisPoints) * 10_000n - price * BigInt(basisPoints);
        expect(over >= 0n && over < 10_000n).to.equal(true);
      }),
    );
  });

  it('TSK-4 WDR-4 a day begins at 17:00 UTC, midnight in Jakarta', () => {
    const lastMs = new Date('2026-01-05T16:59:59.999Z');
    const midnight = new Date('2026-01-05T17:00:00.000Z');
    expect(startOfWibDay(lastMs)).to.deep.equal(new Date('2026-01-04T17:00:00.000Z'));
    expect(startOfWibDay(midnight)).to.deep.equal(midnight);
  });
});

describe('Bounds of amounts in what people ask for', () => {
  it('WAL-1 SEC-A27 no request for 0, less or more than the bound is accepted', async () => {
    const market = aMarket();
    const client = await market.client();
    const { actor } = client;
    await market.topUp(client, 1_000_000_000);
    for (const amount of [rupiahs(-10_000), rupiahs(0), rupiahs(1_000_000_001)]) {
      const order = { actor, ...anOrder({ pricePerTask: amount, target: 1 }) };
      const codes = [
        await refusal(market.request(client, amount)),
        await refusal(market.core.deposits.check({ actor, amount })),
        await refusal(market.core.withdrawals.quote({ actor, amount })),
        await refusal(market.core.campaigns.quote(order)),
        await refusal(market.core.campaigns.create({ ...order, key: 'k' })),
      ].map(({ code }) => code);
      for (const code of codes) {
        expect(code).to.match(/^(money\.too-(small|large)|campaign\.price-too-low)$/);
      }
    }
    expect(await market.wallet(client)).to.equal(1_000_000_000n);
  });

  it('WAL-1 a campaign cannot be funded with more than the bound in one go', async () => {
    const market = aMarket();
    const client = await market.client();
    const order = anOrder({ pricePerTask: rupiahs(100_000), target: 10_001 });
    expect(
      await refusal(market.core.campaigns.quote({ actor: client.actor, ...order })),
    ).to.deep.equal({ code: 'money.too-large', details: { max: 1_000_000_000n } });
  });

  it('WAL-1 CAM-9 a target cannot be raised for more than the bound in one go', async () => {
    const market = aMarket();
    const client = await market.client();
    const campaign = await market.campaign(client, { pricePerTask: rupiahs(100_000), target: 1 });
    await market.topUp(client, 1_000_000_000);
    await market.topUp(client, 1_000_000_000);
    const { actor } = client;
    const raise = { actor, campaignId: campaign.id, more: 10_001, key: 'k' };
    expect((await refusal(market.core.campaigns.raise(raise))).code).to.equal('money.too-large');
  });
});
