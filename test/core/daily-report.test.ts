import { expect } from 'chai';
import { asSystem, createCore, DAY_MS, MINUTE_MS, startOfWibDay } from '../../core/index.ts';
import { aMarket, ofKind, type Market, type Person } from '../support/market.ts';

const JOB = asSystem('test');
const EIGHT = 8 * 60;

const toMorning = (market: Market, minutes: number): void => {
  const midnight = startOfWibDay(market.clock.now()).getTime();
  market.clock.set(new Date(midnight + DAY_MS + minutes * MINUTE_MS));
};

const reportsTo = (market: Market, who: Person) => ofKind(market.noticesTo(who), 'report.daily');

describe('The daily report', () => {
  const aMorning = async () => {
    const market = aMarket();
    const [admin, client] = [await market.house(), await market.client()];
    await market.proof(await market.worker(), await market.campaign(client));
    toMorning(market, EIGHT);
    return { market, admin, tell: () => market.core.reports.daily({ actor: JOB }) };
  };

  it('RPT-2 tells every admin once what yesterday came to, the day before, and what waits', async () => {
    const { market, admin, tell } = await aMorning();
    expect(await tell()).to.equal(1);
    expect(await tell()).to.equal(0);
    const [report, ...more] = reportsTo(market, admin);
    expect(more).to.deep.equal([]);
    expect(report?.yesterday).to.include({ submitted: 1, newUsers: 3, deposits: 1_500n });
    expect(report?.before).to.include({ submitted: 0, newUsers: 0 });
    expect(report?.yesterday, 'cash is not for every admin').not.to.have.property('liability');
    expect(report?.waiting).to.deep.equal({
      proofs: { count: 1, oldest: '2026-01-05T02:00:00.000Z' },
      deposits: { count: 0, oldest: null },
      withdrawals: { count: 0, oldest: null },
    });
    market.clock.advance(DAY_MS);
    expect(await tell()).to.equal(1);
  });

  it('RPT-2 comes at the minute that is set, not before it, and later where that was missed', async () => {
    const { market, tell } = await aMorning();
    market.ports.changeSettings({ reportAtMinute: EIGHT + 1 });
    expect(await tell()).to.equal(0);
    market.clock.advance(MINUTE_MS);
    expect(await tell()).to.equal(1);
    market.ports.changeSettings({ reportAtMinute: EIGHT + 30 });
    market.clock.advance(60 * MINUTE_MS);
    expect(await tell(), 'another minute is no second report').to.equal(0);
  });

  it('RPT-2 two replicas and a crash tell it once', async () => {
    const { market, admin, tell } = await aMorning();
    const { unitOfWork } = market.ports;
    const dying = createCore({
      ...market.ports,
      unitOfWork: {
        run: (work) =>
          unitOfWork.run(async (tx) => {
            await work(tx);
            throw new Error('killed');
          }),
      },
    });
    const [crash] = await Promise.allSettled([dying.reports.daily({ actor: JOB })]);
    expect(crash?.status).to.equal('rejected');
    expect((await Promise.all([tell(), tell()])).toSorted()).to.deep.equal([0, 1]);
    expect(reportsTo(market, admin)).to.have.length(1);
  });

  it('RPT-2 spares who cannot be reached, and says nothing of a market that is new today', async () => {
    const { market, admin, tell } = await aMorning();
    const other = await market.admin();
    await market.core.users.noteReach({ telegramId: admin.telegramId, reachable: false });
    expect(await tell()).to.equal(1);
    expect(reportsTo(market, other)).to.have.length(1);
    const fresh = aMarket();
    await fresh.admin();
    expect(await fresh.core.reports.daily({ actor: JOB })).to.equal(0);
  });
});
