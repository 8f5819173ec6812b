import { expect } from 'chai';
import { createLogger } from '../../adapters/logging/index.ts';
import { createScheduler, INTERVALS, type Run } from '../../adapters/pg-boss/index.ts';
import { createPostgresPorts, plainSql } from '../../adapters/postgres/index.ts';
import { createJobs, type Jobs, type JobsParts } from '../../app/pipeline/jobs.ts';
import {
  createCore,
  DEFAULT_SETTINGS,
  INTAKE_GRACE_MS,
  type Core,
  type Take,
  type Tx,
} from '../../core/index.ts';
import { failureOf } from '../contracts/harness.ts';
import { aRecordedLogger } from '../adapters/logging/lines.ts';
import { aScene as aManyScene, of } from '../support/approvals.ts';
import { broadcastsBy } from '../support/broadcasts.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { deliverDue } from '../support/deliver.ts';
import { jobsOnTheSpot as onTheSpot } from '../support/jobs-on-the-spot.ts';
import { aMarket, ofKind, OPERATOR, type Market, type Person } from '../support/market.ts';

const NAMES = [
  'expire-takes',
  'remind-workers',
  'approve-many',
  'feed-broadcast',
  'seal-audit',
  'audit-head',
  'close-days',
  'daily-report',
  'prune-activity',
  'prune-outbox',
  'prune-inbox',
  'check-ledger',
  'check-everything',
];
const AN_HOUR = 3_600_000;

/** The core, with a fault where one of these takes is locked. */
const faultyFor = ({ ports }: Market, broken: ReadonlySet<Take['id']>): Core =>
  createCore({
    ...ports,
    unitOfWork: {
      run: (work) =>
        ports.unitOfWork.run((tx) => {
          const lock: Tx['tasks']['lock'] = async (id) => {
            if (broken.has(id)) throw new Error('a broken row');
            return tx.tasks.lock(id);
          };
          return work({ ...tx, tasks: { ...tx.tasks, lock } });
        }),
    },
  });

/** A client who can pay for a campaign. */
const rich = async (market: Market): Promise<Person> => {
  const client = await market.client();
  await market.topUp(client, 500_000);
  return client;
};

describe('The jobs of the marketplace', () => {
  it('TSK-5 looks for overdue tasks so often that 75 s are enough', async () => {
    const { jobs } = await onTheSpot(aMarket().core);
    expect([...jobs.keys()]).to.deep.equal(NAMES);
    for (const name of ['expire-takes', 'remind-workers']) {
      const { cron, pollSeconds = Infinity } = jobs.get(name) ?? {};
      expect(cron).to.equal('* * * * *');
      const { cronSeconds, forwardSeconds } = INTERVALS;
      const grace = INTAKE_GRACE_MS / 1_000;
      expect(grace + 60 + cronSeconds + forwardSeconds + pollSeconds).to.be.below(75);
    }
  });

  it('TSK-5 an overdue task returns to the pool, and the sender is woken', async () => {
    const market = aMarket();
    const { all, woken } = await onTheSpot(market.core);
    const campaign = await market.campaign(await rich(market));
    const worker = await market.worker();
    const take = await market.take(worker, campaign);
    await all.runNow('expire-takes');
    expect(woken(), 'nothing was due').to.equal(0);
    market.clock.advance(AN_HOUR);
    await all.runNow('expire-takes');
    expect((await market.takeNow(take)).status).to.equal('expired');
    expect(woken()).to.equal(1);
  });

  it('TSK-5 a hundred and one tasks that meet faults keep no other from returning', async () => {
    const market = aMarket();
    const campaign = await market.campaign(await rich(market), { target: 205 });
    const takes: Take[] = [];
    for (let count = 0; count < 205; count += 1) {
      takes.push(await market.take(await market.worker(), campaign));
    }
    const broken = new Set(takes.slice(0, 101).map(({ id }) => id));
    market.clock.advance(AN_HOUR);
    const { all, woken } = await onTheSpot(faultyFor(market, broken));
    const error = (await failureOf(all.runNow('expire-takes'))) as AggregateError;
    expect(error.errors).to.have.length(101);
    expect(error.errors.every((fault) => String(fault) === 'Error: a broken row')).to.equal(true);
    const statuses = await Promise.all(takes.map((take) => market.takeNow(take)));
    for (const { id, status } of statuses) {
      expect(status).to.equal(broken.has(id) ? 'taken' : 'expired');
    }
    expect(woken(), 'for the second and third batch').to.equal(2);
  });

  it('OPS-4 what a run met with is told even where it ends before its time', async () => {
    const { core } = aMarket();
    const [fault, away] = [new Error('one of them'), new Error('no database')];
    const next = { id: 'a' as Take['id'], deadline: new Date(0) };
    const answers = [async () => ({ done: 1, faults: [fault], next }), () => Promise.reject(away)];
    const expireDue: Core['tasks']['expireDue'] = async () => {
      const answer = answers.shift();
      return answer ? answer() : { done: 0, faults: [], next: null };
    };
    const { all, woken } = await onTheSpot({ ...core, tasks: { ...core.tasks, expireDue } });
    const error = (await failureOf(all.runNow('expire-takes'))) as AggregateError;
    expect(error.errors).to.deep.equal([fault, away]);
    expect(woken()).to.equal(1);
  });

  it('REV-8 what was ordered is worked off in one go, and the sender is woken', async () => {
    const { market, admin, campaign, start, show } = await aManyScene({
      waiting: 101,
      target: 101,
    });
    const { approvals } = market.core;
    const done: number[] = [];
    const run: Core['approvals']['run'] = async (request) => {
      const batch = await approvals.run(request);
      done.push(batch.done);
      return batch;
    };
    const { all, jobs, woken } = await onTheSpot({
      ...market.core,
      approvals: { ...approvals, run },
    });
    expect(jobs.get('approve-many')?.cron, 'where nobody asked for it').to.equal('* * * * *');
    const order = await start(of(campaign));
    await all.runNow('approve-many');
    expect(done).to.deep.equal([101]);
    expect(woken()).to.equal(1);
    expect((await show(order)).approved).to.equal(101);
    expect(ofKind(market.noticesTo(admin), 'approvals.done')).to.have.length(1);
  });

  it('ADM-5 a broadcast moves on every few seconds, a few hundred at a time, and the sender is woken', async () => {
    const market = aMarket();
    const admin = await market.admin();
    await market.worker();
    const { start, progress } = broadcastsBy(market, admin);
    const { all, jobs, woken } = await onTheSpot(market.core);
    await all.runNow('feed-broadcast');
    expect(woken(), 'nothing to say').to.equal(0);
    const report = await start();
    await all.runNow('feed-broadcast');
    expect(woken()).to.equal(1);
    await deliverDue(market);
    await all.runNow('feed-broadcast');
    expect(await progress(report)).to.deep.include({ sent: 2, waiting: 0 });
    expect(jobs.get('feed-broadcast')).to.include({ cron: '* * * * *', everySeconds: 5 });
  });

  it('RPT-1 RPT-2 days are closed after midnight, and the morning’s report wakes the sender', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const { all, jobs, woken } = await onTheSpot(market.core);
    expect(jobs.get('close-days')).to.include({ cron: '15 0 * * *', missed: 'once' });
    market.clock.advance(24 * AN_HOUR);
    await all.runNow('close-days');
    expect(market.ports.sizes()['dailyFigures']).to.equal(1);
    await all.runNow('daily-report');
    await all.runNow('daily-report');
    expect(woken()).to.equal(1);
    expect(ofKind(market.noticesTo(admin), 'report.daily')).to.have.length(1);
  });

  it('AUD-2 all that waits is sealed each half minute, and the head is told each morning', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const { all, jobs, woken } = await onTheSpot(market.core);
    await all.runNow('audit-head');
    expect(woken(), 'before the first seal').to.equal(0);
    await all.runNow('seal-audit');
    const rows = market.ports.auditLog().length;
    const sealed = await market.core.audit.verify({ actor: OPERATOR });
    expect(sealed).to.deep.include({ rows, unsealed: 0, broken: 0 });
    await all.runNow('audit-head');
    expect(ofKind(market.noticesTo(admin), 'audit.head')).to.have.length(1);
    expect(woken()).to.equal(1);
    expect(jobs.get('seal-audit')).to.include({ everySeconds: 30, pollSeconds: 2 });
    expect(jobs.get('audit-head')).to.include({ cron: '0 8 * * *', missed: 'once' });
  });

  it('works on as long as batches come full, and stops when the process stops', async () => {
    const { core } = aMarket();
    const left = [1_000, 1_000, 7];
    const asked: unknown[] = [];
    const prune: Core['outbox']['prune'] = async (request) => {
      asked.push(request);
      return left.shift() ?? 0;
    };
    const channel = { ...core.channel, prune: ({ limit }: { limit: number }) => endless(limit) };
    const { all, woken } = await onTheSpot({ ...core, outbox: { ...core.outbox, prune }, channel });
    let batches = 0;
    const endless = async (limit: number): Promise<number> => {
      batches += 1;
      if (batches === 5) await all.stop();
      return limit;
    };
    await all.runNow('prune-outbox');
    const request = { actor: { kind: 'system', job: 'prune-outbox' }, limit: 1_000 };
    expect(asked).to.deep.equal([request, request, request]);
    await all.runNow('prune-inbox');
    expect(batches).to.equal(5);
    expect(woken(), 'pruning writes no message').to.equal(0);
  });

  it('does not work for ever in one run', async () => {
    const { core } = aMarket();
    let batches = 0;
    const prune: Core['outbox']['prune'] = async ({ limit }) => {
      batches += 1;
      return limit;
    };
    const { all } = await onTheSpot({ ...core, outbox: { ...core.outbox, prune } });
    await all.runNow('prune-outbox');
    expect(batches).to.equal(200);
  });

  it('OPS-2 each run is a line and is told, a failed one as an error', async () => {
    const { logger: log, text } = aRecordedLogger('debug');
    const told: Run[] = [];
    let tell: ((run: Run) => void) | undefined;
    const createQuiet: JobsParts['createScheduler'] = ({ onRun }) => {
      tell = onRun;
      return {
        schedule() {},
        start: async () => {},
        runNow: async () => true,
        stop: async () => {},
      };
    };
    const jobs = createJobs({ core: aMarket().core, log, createScheduler: createQuiet });
    await jobs.start({ onMessages: () => {}, onRun: (run) => told.push(run) });
    tell?.({ name: 'expire-takes', ms: 12, ok: true });
    tell?.({ name: 'expire-takes', ms: 3, ok: false, error: new Error('disk full') });
    expect(told.map(({ ok, ms }) => [ok, ms])).to.deep.equal([
      [true, 12],
      [false, 3],
    ]);
    const [done, failed] = text().trimEnd().split('\n');
    expect(JSON.parse(done ?? '')).to.include({ level: 'debug', name: 'expire-takes', ms: 12 });
    expect(JSON.parse(failed ?? '')).to.include({ level: 'error', name: 'expire-takes', ms: 3 });
    expect(failed).to.match(/disk full/);
  });
});

describe('The jobs of the marketplace, on PostgreSQL', () => {
  let database: TestDatabase;
  let jobs: Jobs | undefined;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(async () => {
    await jobs?.stop();
    await database?.drop();
  });

  it('SEC-A62 OPS-4 every job runs as the bot’s role', async () => {
    const { orm } = database;
    const ports = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
    const core = createCore({ ...aMarket().ports, ...ports });
    const runs = new Map<string, Run>();
    const all = Promise.withResolvers<void>();
    const started = createJobs({
      core,
      log: createLogger({ level: 'error' }),
      createScheduler: (events) =>
        createScheduler({ db: { executeSql: plainSql(orm) }, ...events }),
    });
    jobs = started;
    await started.start({
      onMessages: () => {},
      onRun: (run) => {
        runs.set(run.name, run);
        if (runs.size === NAMES.length) all.resolve();
      },
    });
    await Promise.all(NAMES.map((name) => started.runNow(name)));
    await all.promise;
    expect([...runs.values()].filter(({ ok }) => !ok)).to.deep.equal([]);
  });
});
