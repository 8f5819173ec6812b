import { expect } from 'chai';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { offsetClock, systemClock } from '../../adapters/system/index.ts';
import { fellDue } from '../../app/pipeline/cron.ts';
import { timerOn } from '../../app/pipeline/sender.ts';
import { createCore, DAY_MS, DEFAULT_SETTINGS, MINUTE_MS, plusMs } from '../../core/index.ts';
import { aRecordedLogger } from '../adapters/logging/lines.ts';
import { failureOf } from '../contracts/harness.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { jobsOnTheSpot as onTheSpot } from '../support/jobs-on-the-spot.ts';
import { aMarket, ofKind, OPERATOR, type Market, type Person } from '../support/market.ts';

/** 09:30 in Jakarta. */
const MORNING = new Date('2026-03-02T02:30:00Z');

const rich = async (market: Market): Promise<Person> => {
  const client = await market.client();
  await market.topUp(client, 500_000);
  return client;
};

/** What a person hears of a task they have taken. */
const aTaker = async (market: Market) => {
  const campaign = await market.campaign(await rich(market));
  const worker = await market.worker();
  return { worker, take: await market.take(worker, campaign) };
};

describe('What a jump of the clock makes due', () => {
  const at = (hours: number) => plusMs(MORNING, hours * 60 * MINUTE_MS);

  it('OPS-1 a cron line falls due by the time of Jakarta, from the minute of the jump on', () => {
    expect(fellDue('* * * * *', MORNING, plusMs(MORNING, 1))).to.equal(true);
    expect(fellDue('17 * * * *', MORNING, at(0.5))).to.equal(false);
    expect(fellDue('17 * * * *', MORNING, at(1))).to.equal(true);
    expect(fellDue('0 8 * * *', MORNING, at(22))).to.equal(false);
    expect(fellDue('0 8 * * *', MORNING, at(22.5))).to.equal(true);
    expect(fellDue('30 9 * * *', plusMs(MORNING, 59_000), at(0.1))).to.equal(true);
    expect(fellDue('30 3 * * *', MORNING, at(24 * 30))).to.equal(true);
    expect(() => fellDue('0 8 * * 1', MORNING, at(1))).to.throw(/each day/);
  });

  it('TSK-5 OPS-1 an expired task is back, and its worker told, when the jump is over', async () => {
    const market = aMarket();
    const { worker, take } = await aTaker(market);
    const { all, woken } = await onTheSpot(market.core);
    const from = market.clock.now();
    market.clock.advance(31 * MINUTE_MS);
    await all.catchUp(from, market.clock.now());
    expect((await market.takeNow(take)).status).to.equal('expired');
    expect(ofKind(market.noticesTo(worker), 'task.expired')).to.have.length(1);
    expect(ofKind(market.noticesTo(worker), 'task.reminder'), 'too late').to.deep.equal([]);
    expect(woken()).to.equal(2);
    expect(await market.core.audit.unsealedSeconds({ actor: OPERATOR })).to.equal(0);
  });

  it('TSK-5 OPS-1 a jump to shortly before the deadline reminds the worker', async () => {
    const market = aMarket();
    const { worker, take } = await aTaker(market);
    const { all } = await onTheSpot(market.core);
    const from = market.clock.now();
    market.clock.advance(27 * MINUTE_MS);
    await all.catchUp(from, market.clock.now());
    expect((await market.takeNow(take)).status).to.equal('taken');
    expect(ofKind(market.noticesTo(worker), 'task.reminder')).to.have.length(1);
  });

  it('AUD-2 OPS-1 the head is told once for all mornings that were jumped over', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const { all } = await onTheSpot(market.core);
    await all.runNow('seal-audit');
    const from = market.clock.now();
    market.clock.advance(30 * DAY_MS);
    await all.catchUp(from, market.clock.now());
    await all.catchUp(from, market.clock.now());
    expect(ofKind(market.noticesTo(admin), 'audit.head')).to.have.length(1);
  });

  it('OPS-1 a job that fails is a line in the log and stands in no other’s way', async () => {
    const market = aMarket();
    const { take } = await aTaker(market);
    const { logger: log, text } = aRecordedLogger('error');
    const { core } = market;
    const seal = () => Promise.reject(new Error('no seal today'));
    const expireDue = () => Promise.reject(new Error('no database'));
    const broken = {
      ...core,
      audit: { ...core.audit, seal },
      tasks: { ...core.tasks, expireDue },
    };
    const { all } = await onTheSpot(broken, { log });
    const from = market.clock.now();
    market.clock.advance(27 * MINUTE_MS);
    await all.catchUp(from, market.clock.now());
    expect(text())
      .to.match(/expire-takes/)
      .and.to.match(/no seal today/);
    expect(
      ofKind(market.noticesTo({ id: take.workerId } as Person), 'task.reminder'),
    ).to.have.length(1);
  });

  it('OPS-4 a run of the scheduler and a jump do a job one after the other', async () => {
    const { core } = aMarket();
    const going: string[] = [];
    const gate = Promise.withResolvers<void>();
    const expireDue: typeof core.tasks.expireDue = async () => {
      going.push('begins');
      await gate.promise;
      going.push('ends');
      return { done: 0, faults: [], next: null };
    };
    const { all } = await onTheSpot({ ...core, tasks: { ...core.tasks, expireDue } });
    const both = [all.runNow('expire-takes'), all.catchUp(MORNING, at(0.1))];
    gate.resolve();
    await Promise.all(both);
    expect(going).to.deep.equal(['begins', 'ends', 'begins', 'ends']);
  });

  it('NTF-2 OPS-1 the sender waits by the clock that messages are due by', () => {
    const clock = offsetClock({ now: () => MORNING });
    const timer = timerOn(clock);
    clock.advance(DAY_MS);
    expect(timer.now()).to.equal(MORNING.getTime() + DAY_MS);
  });

  it('OPS-3 jobs that have not started cannot catch up', async () => {
    const { all } = await onTheSpot(aMarket().core);
    await all.stop();
    await all.catchUp(MORNING, at(1)); // nothing more begins, and nothing is thrown
    const { createJobs } = await import('../../app/pipeline/jobs.ts');
    const idle = createJobs({
      core: aMarket().core,
      log: aRecordedLogger('error').logger,
      createScheduler: () => Promise.reject(new Error('never')) as never,
    });
    expect(String(await failureOf(idle.catchUp(MORNING, at(1))))).to.match(/have not started/);
  });
});

describe('A jump of thirty days, on PostgreSQL', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('OPS-1 no job fails although the database’s own clock stays behind', async () => {
    const clock = offsetClock(systemClock);
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const core = createCore({ ...aMarket().ports, ...ports, clock });
    const { logger: log, text } = aRecordedLogger('warn');
    const { all } = await onTheSpot(core, { log });
    for (const jump of [30 * MINUTE_MS, DAY_MS, 30 * DAY_MS]) {
      const from = clock.now();
      clock.advance(jump);
      await all.catchUp(from, clock.now());
    }
    expect(text()).to.equal('');
    const { full, recent } = await core.freeze.current({ actor: OPERATOR });
    for (const done of [full, recent]) {
      expect(done?.broken).to.equal(0);
      expect(done?.at.getTime()).to.be.above(Date.now() + 30 * DAY_MS);
    }
  });
});
