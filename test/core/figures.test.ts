import { expect } from 'chai';
import {
  asSystem,
  createCore,
  DAY_MS,
  MINUTE_MS,
  rupiah,
  startOfWibDay,
} from '../../core/index.ts';
import { aMarket, OPERATOR, type Market, type Person } from '../support/market.ts';

const JOB = asSystem('test');

const toMorning = (market: Market, minutes: number): void => {
  const midnight = startOfWibDay(market.clock.now()).getTime();
  market.clock.set(new Date(midnight + DAY_MS + minutes * MINUTE_MS));
};

describe('Figures', () => {
  it('RPT-1 a person is noted once a day, with nothing asked of the database after that', async () => {
    const market = aMarket();
    const worker = await market.worker();
    const { telegramId } = worker;
    let noted = 0;
    const { unitOfWork } = market.ports;
    const counting = createCore({
      ...market.ports,
      unitOfWork: {
        run: (work) =>
          unitOfWork.run((tx) => {
            const noteActive: typeof tx.dayBook.noteActive = (user, at) => {
              noted += 1;
              return tx.dayBook.noteActive(user, at);
            };
            return work({ ...tx, dayBook: { ...tx.dayBook, noteActive } });
          }),
      },
    });
    const come = () =>
      counting.users.register({
        telegramId,
        username: null,
        displayName: 'Siti',
        languageCode: 'id',
      });
    await come();
    expect(noted, 'they were there today').to.equal(0);
    toMorning(market, 0);
    const { user } = await come();
    market.clock.advance(MINUTE_MS);
    await come();
    expect(noted).to.equal(1);
    expect(user.actedAt).to.deep.equal(startOfWibDay(market.clock.now()));
    expect((await market.userOf(worker)).actedAt).to.deep.equal(user.actedAt);
  });

  it('ADM-1 WAL-11 the cash of the days is only for admins with the right to money', async () => {
    const market = aMarket();
    const [teller, reviewer] = [await market.admin(), await market.admin()];
    await market.core.users.setPermissions({
      actor: OPERATOR,
      telegramId: reviewer.telegramId,
      permissions: ['review', 'users', 'settings'],
    });
    const cashSeenBy = async ({ actor }: Person) =>
      (await market.core.reports.figures({ actor })).days.map(({ liability }) => liability);
    expect(await cashSeenBy(teller)).to.deep.equal(Array(14).fill(0n));
    expect(await cashSeenBy(reviewer)).to.deep.equal(Array(14).fill(null));
  });

  it('RPT-1 a day is closed when it ended ten minutes ago, and never while it lasts', async () => {
    const market = aMarket();
    const [{ actor }, close] = [
      await market.admin(),
      () => market.core.reports.closeDays({ actor: JOB }),
    ];
    expect(await close()).to.equal(0);
    toMorning(market, 0);
    market.clock.advance(10 * MINUTE_MS - 1);
    expect(await close()).to.equal(0);
    market.clock.advance(1);
    const before = await market.core.reports.figures({ actor });
    expect(await close()).to.equal(1);
    expect(await market.core.reports.figures({ actor })).to.deep.equal(before);
  });

  it('RPT-1 sixty days at once are closed at most, the first time those just past', async () => {
    const market = aMarket();
    const close = () => market.core.reports.closeDays({ actor: JOB });
    expect(await close(), 'nobody was ever there').to.equal(0);
    await market.worker();
    market.clock.advance(100 * DAY_MS);
    expect(await close()).to.equal(60);
    expect(await close()).to.equal(0);
    market.clock.advance(70 * DAY_MS);
    expect([await close(), await close(), await close()]).to.deep.equal([60, 10, 0]);
  });

  it('WAL-11 says by kind what cash must exist, and notices when the outside world disagrees', async () => {
    const market = aMarket();
    const [{ actor }, client] = [await market.admin(), await market.client()];
    await market.campaign(client);
    await market.topUp(client, 20_000);
    await market.withdraw(client, 15_000);
    const liability = await market.core.reports.liability({ actor });
    expect(liability).to.deep.equal({
      at: market.clock.now(),
      wallets: 5_000n,
      holds: 15_000n,
      escrows: 1_500n,
      revenue: 0n,
      outside: -21_500n,
      cash: 21_500n,
      isSound: true,
    });
    const { unitOfWork } = market.ports;
    const robbed = createCore({
      ...market.ports,
      unitOfWork: {
        run: (work) =>
          unitOfWork.run((tx) => {
            const balance: typeof tx.reports.balance = async () => ({
              ...(await tx.reports.balance()),
              holds: rupiah(14_999n),
            });
            return work({ ...tx, reports: { ...tx.reports, balance } });
          }),
      },
    });
    const { isSound, cash } = await robbed.reports.liability({ actor });
    expect({ isSound, cash }).to.deep.equal({ isSound: false, cash: 21_499n });
  });
});
