import { expect } from 'chai';
import { rupiahs } from '../support/builders.ts';
import { aMarket, FIRST_PAGE, refusal, type Market, type Person } from '../support/market.ts';

const NUMBER = '0812 3456 7890';

/** Somebody with 50.000 in the wallet. */
const rich = async (market: Market): Promise<Person> => {
  const person = await market.client();
  await market.topUp(person, 50_000);
  return person;
};

const aScene = async () => {
  const market = aMarket();
  const [person, admin] = [await rich(market), await market.admin()];
  const shown = async ({ id: withdrawalId }: { readonly id: Shown }) => {
    const { isFirst, othersWithNumber } = await market.core.withdrawals.show({
      actor: admin.actor,
      withdrawalId,
    });
    return { isFirst, othersWithNumber };
  };
  return { market, person, admin, shown, ...market.core.withdrawals };
};

type Shown = Awaited<ReturnType<Market['withdraw']>>['id'];

describe('What admins are told about a withdrawal', () => {
  it('WDR-1 it is the first one until money was paid out to the person', async () => {
    const { market, person, admin, shown, cancel, reject } = await aScene();
    const canceled = await market.withdraw(person, 10_000);
    expect((await shown(canceled)).isFirst).to.equal(true);
    await cancel({ actor: person.actor, withdrawalId: canceled.id });
    const rejected = await market.withdraw(person, 10_000);
    await market.claim(rejected, admin);
    await reject({ actor: admin.actor, withdrawalId: rejected.id, reason: 'wrong number' });
    const paid = await market.withdraw(person, 10_000);
    expect((await shown(paid)).isFirst, 'none of the others was paid').to.equal(true);
    await market.payOut(paid, admin);
    market.clock.advance(1);
    const next = await market.withdraw(person, 10_000, '0812 9999 9999');
    expect((await shown(next)).isFirst, 'a new number is another matter').to.equal(false);
    expect((await shown(paid)).isFirst, 'and that was the first').to.equal(true);
    const other = await market.withdraw(await rich(market), 10_000);
    expect((await shown(other)).isFirst, 'for another person').to.equal(true);
  });

  it('WDR-1 WDR-4 everybody else who ever asked for the same number is counted once', async () => {
    const { market, person, admin, shown, cancel } = await aScene();
    const own = await market.withdraw(person, 10_000, NUMBER);
    expect((await shown(own)).othersWithNumber).to.equal(0);
    await market.payOut(own, admin);
    const again = await market.withdraw(person, 10_000, NUMBER);
    expect((await shown(again)).othersWithNumber, 'not they themselves').to.equal(0);
    const [second, third] = [await rich(market), await rich(market)];
    await market.payOut(await market.withdraw(second, 10_000, '+62 812-3456-7890'), admin);
    await market.payOut(await market.withdraw(second, 10_000, NUMBER), admin);
    const { id: withdrawalId } = await market.withdraw(third, 10_000, NUMBER);
    await cancel({ actor: third.actor, withdrawalId });
    expect((await shown(again)).othersWithNumber, 'who canceled too').to.equal(2);
    expect((await shown({ id: withdrawalId })).othersWithNumber).to.equal(2);
    const { items } = await market.core.withdrawals.waiting({
      actor: admin.actor,
      page: FIRST_PAGE,
    });
    expect(items.map(({ othersWithNumber }) => othersWithNumber)).to.deep.equal([2]);
  });

  it('WDR-2 canceled and claimed at the same moment: one wins, the other is told', async () => {
    for (const isCanceledFirst of [true, false]) {
      const { market, person, admin, cancel } = await aScene();
      const made = await market.withdraw(person, 10_000);
      await market.endorse(made);
      const canceling = () => cancel({ actor: person.actor, withdrawalId: made.id });
      const claiming = () =>
        market.core.withdrawals.claim({
          actor: admin.actor,
          withdrawalId: made.id,
          takeOverFrom: null,
        });
      const [first, second] = isCanceledFirst ? [canceling, claiming] : [claiming, canceling];
      const [won, lost] = await Promise.all([first(), refusal(second())]);
      expect(won).to.be.an('object');
      expect(lost.code).to.equal(
        isCanceledFirst ? 'withdrawal.not-pending' : 'withdrawal.being-processed',
      );
      const held = isCanceledFirst ? rupiahs(0) : rupiahs(10_000);
      expect(await market.hold(person)).to.equal(held);
      await market.ledgerIsSound();
    }
  });
});

describe('Asking for everything', () => {
  it('WDR-1 WDR-4 the most that can be asked for is what balance, fee and the day leave', async () => {
    const market = aMarket({
      settings: { withdrawFee: rupiahs(1_000), withdrawPerDayMax: rupiahs(45_000) },
    });
    const [person, admin] = [await rich(market), await market.admin()];
    const most = async () => {
      const asked = { actor: person.actor, amount: rupiahs(10_000) };
      return (await market.core.withdrawals.quote(asked)).most;
    };
    expect(await most(), 'the day').to.equal(45_000n);
    await market.payOut(await market.withdraw(person, 20_000), admin);
    expect(await most(), 'what is left of the day').to.equal(25_000n);
    market.clock.advance(86_400_000);
    expect(await most(), 'the balance less the fee').to.equal(28_000n);
    const { amount } = await market.withdraw(person, 28_000);
    expect([amount, await market.wallet(person)]).to.deep.equal([28_000n, 0n]);
  });
});
