import { expect } from 'chai';
import { useFakeTimers } from 'sinon';
import { createUpahHost } from '../../app/sandbox/host.ts';
import { castTour } from '../../app/sandbox/tour-cast.ts';
import { createTour } from '../../app/sandbox/tour.ts';
import {
  DAY_MS,
  DEFAULT_SETTINGS,
  INTAKE_GRACE_MS,
  MINUTE_MS,
  plusMs,
  type Settings,
} from '../../core/index.ts';
import { failureOf } from '../contracts/harness.ts';
import { rupiahs } from '../support/builders.ts';
import { aMarket } from '../support/market.ts';

const NOW = new Date('2026-03-02T02:30:00Z');

/** A clock that is kept nowhere. */
const aClock = () => {
  let ahead = 0;
  return {
    now: () => plusMs(NOW, ahead),
    aheadMs: () => ahead,
    advance: async (ms: number) => {
      if (ms > DAY_MS) throw new Error('the disk is full');
      ahead += ms;
    },
  };
};

/** Jobs that only note from when to when they had to catch up. */
const aNotingJobs = () => {
  const asked: [Date, Date][] = [];
  return { asked, catchUp: async (from: Date, to: Date) => void asked.push([from, to]) };
};

describe('What Upah shows and does in the sandbox beside the chats', () => {
  const anOpenHost = (clock = aClock()) => {
    const market = aMarket({ settings: { feeBasisPoints: 1_000, withdrawMin: rupiahs(1) } });
    const host = createUpahHost(clock);
    const jobs = aNotingJobs();
    const parts = { core: market.core, jobs, settings: async () => DEFAULT_SETTINGS };
    host.open(parts);
    return { market, host, jobs, clock, parts };
  };

  it('OPS-1 before the bot runs, and when it stops, it says so', async () => {
    const { host, clock, parts } = anOpenHost();
    host.close();
    for (const asked of [host.ledger('id'), host.advance(1), host.tour('id')]) {
      expect(String(await failureOf(asked))).to.match(/the bot is not running/);
    }
    expect(clock.aheadMs()).to.equal(0);
    host.open(parts);
    expect((await host.ledger('id')).sum).to.equal('0');
    host.close();
  });

  it('OPS-1 a jump moves the clock, then does what came due between both moments', async () => {
    const { host, jobs, clock } = anOpenHost();
    await host.advance(30 * MINUTE_MS);
    expect(clock.aheadMs()).to.equal(30 * MINUTE_MS);
    expect(jobs.asked).to.deep.equal([[NOW, plusMs(NOW, 30 * MINUTE_MS)]]);
    host.close();
  });

  it('OPS-1 where the clock cannot jump nothing is done', async () => {
    const { host, jobs } = anOpenHost();
    expect(String(await failureOf(host.advance(2 * DAY_MS)))).to.match(/disk is full/);
    expect(jobs.asked).to.deep.equal([]);
    host.close();
  });

  it('TSK-5 OPS-1 what the jump only just passed is looked for again after its grace', async () => {
    const timers = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { host, jobs } = anOpenHost();
      await host.advance(30 * MINUTE_MS);
      await timers.tickAsync(INTAKE_GRACE_MS);
      expect(jobs.asked).to.have.length(1);
      await timers.tickAsync(1_000);
      expect(jobs.asked).to.have.length(2);
      await host.advance(MINUTE_MS);
      host.close();
      await timers.tickAsync(MINUTE_MS);
      expect(jobs.asked, 'not after the end').to.have.length(3);
    } finally {
      timers.restore();
    }
  });

  it('OPS-1 the tour keeps to the settings: fees, the least withdrawal, and how much one person may do', async () => {
    const { market } = anOpenHost();
    const castOf = (settings: Partial<Settings>) =>
      castTour('id', { ...DEFAULT_SETTINGS, ...settings });
    for (let tries = 0; tries < 200; tries += 1) {
      const { price, cost, payout, topUp, target } = castOf({
        feeBasisPoints: 2_000,
        withdrawMin: rupiahs(21_000),
        withdrawFee: rupiahs(2_500),
      });
      expect(cost).to.equal((price * 12n + 9n) / 10n);
      expect(cost * BigInt(target) <= topUp, `${target} × ${cost}`).to.equal(true);
      expect(payout).to.equal(price - 2_500n);
      expect(payout >= 21_000n, `${payout}`).to.equal(true);
    }
    expect(() => castOf({ withdrawMin: rupiahs(50_000) })).to.throw(/settings .* do not allow/);
    const make = (settings: Partial<Settings>) =>
      createTour({
        core: market.core,
        settings: async () => ({ ...DEFAULT_SETTINGS, ...settings }),
      })('id');
    expect((await make({ actionsPerSecond: 2, actionsBurst: 7 })).haste).to.deep.equal({
      perSecond: 2,
      burst: 7,
    });
    expect(await make({ actionsPerSecond: 0 })).to.not.have.property('haste');
  });

  it('WAL-2 OPS-1 the ledger is shown in the bot’s own words, in both languages', async () => {
    const { host, market } = anOpenHost();
    const client = await market.client();
    const worker = await market.worker();
    const campaign = await market.campaign(client, { pricePerTask: rupiahs(5_000), target: 3 });
    await market.approve(await market.proof(worker, campaign));
    await market.withdraw(worker, 2_000);
    const [id, en] = [await host.ledger('id'), await host.ledger('en')];
    for (const { currency, sum, accounts } of [id, en]) {
      expect({ currency, sum }).to.deep.equal({ currency: 'IDR', sum: '0' });
      const total = accounts.reduce((all, { balance }) => all + BigInt(balance), 0n);
      expect(total).to.equal(0n);
    }
    const groups = (view: typeof id) => [...new Set(view.accounts.map(({ group }) => group))];
    expect(groups(id)).to.deep.equal([
      'Dunia luar',
      'Platform',
      'Dana campaign',
      'Saldo',
      'Ditahan untuk withdraw',
    ]);
    expect(groups(en)).to.deep.equal([
      'Outside world',
      'Platform',
      'Campaign funds',
      'Balances',
      'Held for withdrawals',
    ]);
    const [newest] = id.postings;
    expect(newest).to.include({ what: '🏧 Withdraw', amount: '2000' });
    expect(newest?.from).to.match(/^Saldo /);
    expect(newest?.to).to.match(/^Uang .* yang ditahan$/);
    expect(en.postings[0]).to.include({ what: '🏧 Withdrawal', amount: '2000' });
    const escrow = id.accounts.find(({ group }) => group === 'Dana campaign');
    expect(escrow?.name).to.match(/ · instagram\.com\//);
    expect(escrow?.balance).to.equal('11000');
    host.close();
  });
});
