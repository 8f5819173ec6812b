import { expect } from 'chai';
import { aMarket, FIRST_PAGE, refusal, type Market } from '../support/market.ts';
import { freshNumber } from '../support/builders.ts';

const meet = async (market: Market, username: string | null, displayName: string) => {
  const person = { telegramId: freshNumber(), username, displayName, languageCode: 'id' };
  return (await market.core.users.register(person)).user;
};

const aScene = async () => {
  const market = aMarket();
  const { actor } = await market.admin();
  const [budi, siti] = [
    await meet(market, 'Budi_99', 'Budi Santoso'),
    await meet(market, null, 'Siti Budiman'),
  ];
  const find = async (text: string): Promise<readonly string[]> => {
    const found = await market.core.users.search({ actor, text, page: FIRST_PAGE });
    return found.items.map(({ displayName }) => displayName);
  };
  return { market, actor, budi, siti, find };
};

describe('Looking for people', () => {
  it('ADM-3 an admin finds people by id, @username or name, in any case', async () => {
    const { budi, siti, find } = await aScene();
    expect(await find(String(budi.telegramId))).to.deep.equal(['Budi Santoso']);
    expect(await find(` ${siti.telegramId} `)).to.deep.equal(['Siti Budiman']);
    expect(await find('@BUDI_')).to.deep.equal(['Budi Santoso']);
    expect(await find('budi_9')).to.deep.equal(['Budi Santoso']);
    expect(await find('siti   BUDI')).to.deep.equal(['Siti Budiman']);
    expect(await find('santoso')).to.deep.equal([]);
  });

  it('ADM-3 behind @ only usernames are meant', async () => {
    const { market, find } = await aScene();
    await meet(market, null, 'budi_again');
    expect(await find('budi_')).to.have.members(['Budi Santoso', 'budi_again']);
    expect(await find('@budi_')).to.deep.equal(['Budi Santoso']);
  });

  it('ADM-3 whoever is called by a number is found by it, too', async () => {
    const { market, budi, find } = await aScene();
    const number = String(budi.telegramId);
    await meet(market, null, number);
    expect(await find(number)).to.have.members(['Budi Santoso', number]);
  });

  it('ADM-3 without a search everybody is found, newest first', async () => {
    const { market, actor } = await aScene();
    market.clock.advance(1_000);
    await meet(market, null, 'Terbaru');
    const all = await market.core.users.search({ actor, text: null, page: FIRST_PAGE });
    expect(all.items[0]?.displayName).to.equal('Terbaru');
    expect(all.total).to.be.greaterThan(2);
  });

  it('ADM-3 nothing to look for is refused, and nonsense finds nobody', async () => {
    const { market, actor, find } = await aScene();
    for (const text of ['', '  \n', '@', '\u200b']) {
      const asked = market.core.users.search({ actor, text, page: FIRST_PAGE });
      expect((await refusal(asked)).code, JSON.stringify(text)).to.equal('text.empty');
    }
    for (const text of ['%', '_', "'; --", '9'.repeat(400), 'x'.repeat(5_000)]) {
      expect(await find(text)).to.deep.equal([]);
    }
  });
});
