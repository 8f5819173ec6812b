import { expect } from 'chai';
import { payOut, type PayOut } from '../../app/commands/revenue.ts';
import { withBooks } from '../support/broken-books.ts';
import { freshId, rupiahs } from '../support/builders.ts';
import { aMarket, OPERATOR } from '../support/market.ts';

/** A marketplace with 50.000 of revenue, and an operator who answers so. */
const aTerminal = async (answer?: string) => {
  const market = aMarket();
  const client = await market.client();
  const { actor } = await market.house();
  await market.topUp(client, 50_000);
  const gift = { direction: 'minus', side: 'revenue', reason: 'a gift', mends: null } as const;
  const asked = { actor, userId: client.id, amount: rupiahs(50_000), key: freshId<never>() };
  await market.core.wallet.adjust({ ...asked, ...gift });
  const said: string[] = [];
  const complaints: string[] = [];
  const talk = {
    say: (line: string) => void said.push(line),
    complain: (line: string) => void complaints.push(line),
    ask: async () => answer,
  };
  const pay = (change: Partial<PayOut> = {}, wallet: Wallet = market.core.wallet) => {
    const wish = { actor: OPERATOR, amount: rupiahs(20_000), reason: 'profit of May' };
    return payOut(wallet, { ...wish, key: undefined, isSure: true, ...change }, talk);
  };
  const left = () => market.core.wallet.revenue({ actor: OPERATOR });
  /** The key that was printed. */
  const key = () => said.find((line) => line.startsWith('key:'))?.split(/\s+/)[1];
  return { market, said, complaints, pay, left, key };
};

type Wallet = Parameters<typeof payOut>[0];

describe('upah revenue payout', () => {
  it('WAL-12 prints what there is, books it and prints what is left', async () => {
    const { said, pay, left } = await aTerminal();
    await pay();
    expect(said[0]).to.equal('revenue: Rp 50.000');
    expect(said.at(-1)).to.equal('left:    Rp 30.000');
    expect(await left()).to.equal(30_000n);
  });

  it('WAL-12 wants the amount typed again, or --yes', async () => {
    for (const [answer, rest] of [
      ['20rb', 30_000n],
      ['20.001', 50_000n],
      ['yes', 50_000n],
      [undefined, 50_000n],
    ] as const) {
      const { pay, left, complaints } = await aTerminal(answer);
      await pay({ isSure: false });
      expect(await left(), answer).to.equal(rest);
      expect(complaints).to.have.length(rest === 50_000n ? 1 : 0);
    }
  });

  it('WAL-12 without a reason nothing is booked', async () => {
    const { pay, left, complaints } = await aTerminal();
    expect(await pay({ reason: ' ' })).to.equal(undefined);
    expect(complaints[0]).to.contain('--reason');
    expect(await left()).to.equal(50_000n);
  });

  it('WAL-7 prints the key before it books, and a repeated command books once', async () => {
    const { market, pay, left, key, complaints } = await aTerminal();
    const { wallet } = market.core;
    const lost: Wallet = {
      revenue: wallet.revenue,
      payoutRevenue: async (asked) => {
        await wallet.payoutRevenue(asked);
        throw new Error('connection lost');
      },
    };
    const [first] = await Promise.allSettled([pay({}, lost)]);
    expect(first.status).to.equal('rejected');
    expect(complaints[0]).to.match(/not known.* --key \S+$/);
    await pay({ key: key() });
    expect(await left()).to.equal(30_000n);
  });

  it('WAL-4 WAL-13 says in words why it was refused', async () => {
    const { market, pay, left, complaints } = await aTerminal();
    await pay({ amount: rupiahs(50_001) });
    expect(complaints).to.deep.equal(['Refused: that is Rp 1 more than there is.']);
    await pay({ key: 'one-key' });
    await pay({ key: 'one-key', reason: 'another' });
    expect(complaints[1]).to.match(/^Refused: this key was used/);
    const books = withBooks(market);
    await books.freeze();
    await pay({}, books.core.wallet);
    expect(complaints[2]).to.match(/^Refused: payments stand still.*upah freeze/);
    expect(await left()).to.equal(30_000n);
  });
});
