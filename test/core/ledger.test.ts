import { expect } from 'chai';
import { asSystem } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket, OPERATOR } from '../support/market.ts';

const aBusyMarket = async () => {
  const market = aMarket({ settings: { feeBasisPoints: 1_000, withdrawMin: rupiahs(1) } });
  const [client, worker] = [await market.client(), await market.worker()];
  const campaign = await market.campaign(client, { pricePerTask: rupiahs(5_000), target: 3 });
  await market.approve(await market.proof(worker, campaign));
  await market.withdraw(worker, 2_000);
  return market;
};

describe('The ledger at a glance', () => {
  it('WAL-2 shows from where money comes first, then each kind with the largest first', async () => {
    const market = await aBusyMarket();
    const asked = { accounts: 60, postings: 30 };
    const shown = await market.core.wallet.ledger({ actor: OPERATOR, ...asked });
    const kinds = shown.accounts.map(({ account }) => account.kind);
    const people = kinds.filter((kind) => kind === 'wallet').length;
    expect(kinds).to.deep.equal([
      'outside',
      'revenue',
      'escrow',
      ...Array.from({ length: people }, () => 'wallet'),
      'hold',
    ]);
    const wallets = shown.accounts
      .filter(({ account }) => account.kind === 'wallet')
      .map(({ balance }) => Number(balance));
    expect(wallets).to.deep.equal(wallets.toSorted((a, b) => b - a));
    expect(wallets.length).to.be.at.least(2);
    expect(shown.sum).to.equal(0n);
    expect(shown.postings[0]).to.deep.include({ type: 'withdraw', amount: 2_000n });
    const { actor } = await market.admin();
    const seen = await market.core.wallet.ledger({ actor, ...asked });
    expect(seen.postings).to.deep.equal(shown.postings);
    await market.core.wallet.ledger({ actor: asSystem('a-job'), ...asked });
  });

  it('WAL-2 shows one at least and five hundred at most, whatever was asked for', async () => {
    const market = await aBusyMarket();
    const sizes: unknown[] = [];
    const { ledgerReader } = market.ports;
    const { excerpt } = ledgerReader;
    ledgerReader.excerpt = (size) => {
      sizes.push(size);
      return excerpt(size);
    };
    for (const wanted of [-1, Number.NaN, 7.9, 1e9]) {
      await market.core.wallet.ledger({ actor: OPERATOR, accounts: wanted, postings: wanted });
    }
    const both = (count: number) => ({ accounts: count, postings: count });
    expect(sizes).to.deep.equal([both(1), both(1), both(7), both(500)]);
  });
});
