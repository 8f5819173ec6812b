import { expect } from 'chai';
import fc from 'fast-check';
import { maskNumber, readMobileNumber, type Sealed } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, refusal, refusalOf } from '../support/market.ts';

const NUMBER = '+6281234567890';
const USUAL = [
  '081234567890',
  '0812 3456 7890',
  '0812-3456-7890',
  '(0812) 3456.7890',
  '6281234567890',
  '+6281234567890',
  '+62 812-3456-7890',
  '81234567890',
  '  0812 3456 7890\n',
];
const REFUSED = [
  '',
  'halo',
  '0212345678',
  '0012345678',
  '0801234567',
  '08123456',
  '08123456789012',
  '+6081234567890',
  '+62081234567890',
  '++6281234567890',
  '0812345678９0',
  '٠٨١٢٣٤٥٦٧٨٩٠',
  '081234567890x',
  '0812 3456 7890 / 0857 1111 2222',
  '081234567890; DROP TABLE users',
];

/** Everything written down about a market, as text. */
const written = (market: ReturnType<typeof aMarket>, ...more: unknown[]): string =>
  JSON.stringify(
    [market.ports.auditLog(), market.ports.outboxMessages(), ...more],
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );

const aWithdrawal = async () => {
  const market = aMarket();
  const [owner, one, two] = [await market.client(), await market.admin(), await market.admin()];
  await market.topUp(owner, 50_000);
  const withdrawal = await market.withdraw(owner, 10_000, '0812 3456 7890');
  const numberFor = async ({ actor }: typeof one) =>
    (await market.core.withdrawals.show({ actor, withdrawalId: withdrawal.id })).number;
  return { market, owner, one, two, withdrawal, numberFor };
};

describe('Numbers that money is withdrawn to', () => {
  it('WDR-1 every usual spelling of an Indonesian mobile number is the same E.164', () => {
    for (const text of USUAL) expect(readMobileNumber(text), text).to.equal(NUMBER);
  });

  it('WDR-1 anything else is refused with an example', async () => {
    for (const text of REFUSED) {
      const refused = await refusalOf(() => readMobileNumber(text)).catch((error: unknown) => {
        throw new Error(`${JSON.stringify(text)}: ${String(error)}`);
      });
      expect(refused, text).to.deep.equal({
        code: 'withdrawal.number-unreadable',
        details: { example: '0812 3456 7890' },
      });
    }
  });

  it('WDR-1 what stands behind a number, however far, is never overlooked', async () => {
    const text = `081234567890${' '.repeat(40)}no, 085711112222 instead`;
    expect((await refusalOf(() => readMobileNumber(text))).code).to.equal(
      'withdrawal.number-unreadable',
    );
  });

  it('WDR-1 WDR-3 any number is read back from E.164 and masked to three digits', () => {
    const national = fc.stringMatching(/^8[1-9][0-9]{7,10}$/);
    fc.assert(
      fc.property(national, (digits) => {
        const e164 = `+62${digits}`;
        for (const text of [`0${digits}`, e164, `62${digits}`, digits]) {
          expect(readMobileNumber(text)).to.equal(e164);
        }
        expect(maskNumber(e164)).to.equal(
          `+62 ${'•'.repeat(digits.length - 3)}${digits.slice(-3)}`,
        );
      }),
    );
  });

  it('WDR-3 only its owner and the admin who claimed it see a number whole', async () => {
    const { market, owner, one, two, withdrawal, numberFor } = await aWithdrawal();
    expect(await numberFor(owner)).to.equal(NUMBER);
    expect(await numberFor(one)).to.equal(null);
    expect((await market.claim(withdrawal, one)).number).to.equal(NUMBER);
    expect([await numberFor(one), await numberFor(two)]).to.deep.equal([NUMBER, null]);
    await refusal(market.claim(withdrawal, two));
    expect(await numberFor(two)).to.equal(null);
    await market.claim(withdrawal, two, one);
    expect([await numberFor(one), await numberFor(two)]).to.deep.equal([null, NUMBER]);
  });

  it('WDR-3 SEC-A60 it stands in clear in no row, audit line, notice or list', async () => {
    const { market, owner, one, two, withdrawal } = await aWithdrawal();
    await refusal(market.withdraw(owner, 10_000, '081234567890'));
    await market.claim(withdrawal, two);
    await market.core.withdrawals.pay({
      actor: two.actor,
      withdrawalId: withdrawal.id,
      reference: 'ref',
      receipt: null,
    });
    const page = { page: 0, size: 50 };
    const { actor } = owner;
    const all = written(
      market,
      await market.see((tx) => tx.withdrawals.find(withdrawal.id)),
      await market.core.wallet.history({ actor, page }),
      await market.core.withdrawals.waiting({ actor: one.actor, page }),
      await market.core.withdrawals.claimedByOthers({ actor: one.actor, page }),
    );
    expect(all).to.include('+62 ••••••••890');
    expect(all).not.to.match(/81234567890|1234567|3456 7890/);
  });

  it('WDR-3 a refusal does not repeat the number', async () => {
    const market = aMarket();
    const { actor } = await market.client();
    const text = '0812345678901234';
    const refused = await refusal(market.core.withdrawals.prepareNumber({ actor, text }));
    expect(JSON.stringify(refused)).not.to.include('1234567890');
  });

  it('WDR-3 SEC-A64 a sealed number opens only for its own person and row', async () => {
    const { market, owner, withdrawal } = await aWithdrawal();
    const thief = await market.client();
    await market.topUp(thief, 50_000);
    const { sealed } = await market.core.withdrawals.prepareNumber({
      actor: owner.actor,
      text: '081234567890',
    });
    const ask = (number: Sealed) =>
      market.core.withdrawals.request({
        actor: thief.actor,
        amount: rupiahs(10_000),
        number,
        key: 'k',
      });
    const all = await Promise.allSettled([ask(sealed), ask(withdrawal.number), ask('x' as Sealed)]);
    expect(all.map(({ status }) => status)).to.deep.equal(Array(3).fill('rejected'));
    expect(await market.hold(thief)).to.equal(0n);
    expect(() => market.ports.cipher.open(withdrawal.number, 'withdrawal:other')).to.throw();
  });

  it('WDR-3 the summary shows the number whole to who typed it, and to nobody else', async () => {
    const market = aMarket();
    const [{ actor }, stranger] = [await market.client(), await market.admin()];
    const { prepareNumber, revealNumber } = market.core.withdrawals;
    const prepared = await prepareNumber({ actor, text: '0812 3456 7890' });
    expect(prepared.masked).to.equal('+62 ••••••••890');
    expect(JSON.stringify(prepared)).not.to.include('1234567');
    const { sealed } = prepared;
    expect(await revealNumber({ actor, sealed })).to.equal(NUMBER);
    const [peek] = await Promise.allSettled([revealNumber({ actor: stranger.actor, sealed })]);
    expect(peek.status).to.equal('rejected');
  });
});
