import { expect } from 'chai';
import type { ScheduledJob, SchedulerDatabase } from '../../../adapters/pg-boss/index.ts';
import { statementsOf } from '../../../adapters/pg-boss/statements.ts';
import { plainSql, withSql } from '../../../adapters/postgres/index.ts';
import { cloneDatabase, serverUrl, type TestDatabase } from '../../support/database.ts';
import { openBench, SOME_DAY, type Bench } from './bench.ts';

const nothing = async (): Promise<void> => {};

describe('Jobs on pg-boss, as the bot’s role', () => {
  let database: TestDatabase;
  let benches: Bench[];
  let releases: (() => void)[];
  /** Resolves when `release` is called, at the latest when the test is over. */
  const held = () => {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    releases.push(release);
    return { promise, release };
  };
  const open = (jobs: readonly ScheduledJob[], db?: SchedulerDatabase): Bench => {
    const bench = openBench(database, jobs, db);
    benches.push(bench);
    return bench;
  };
  const asOwner = (text: string) => withSql(database.ownerUrl, (sql) => sql(text));

  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });
  beforeEach(async () => {
    benches = [];
    releases = [];
    database = await cloneDatabase();
  });
  afterEach(async () => {
    for (const release of releases) release();
    await Promise.all(benches.map(({ scheduler }) => scheduler.stop()));
    await database?.drop();
  });

  it('OPS-4 two processes that ask for a run at once get one', async () => {
    const { promise, release } = held();
    const began = Promise.withResolvers<void>();
    const work = async (): Promise<void> => {
      began.resolve();
      await promise;
    };
    const job = { name: 'lonely', cron: SOME_DAY, work };
    const one = open([job]);
    const two = open([job]);
    await Promise.all([one.scheduler.start(), two.scheduler.start()]);
    const asked = await Promise.all([
      one.scheduler.runNow('lonely'),
      two.scheduler.runNow('lonely'),
    ]);
    await began.promise;
    expect(asked.toSorted()).to.deep.equal([false, true]);
    expect(await two.scheduler.runNow('lonely'), 'while it runs').to.equal(false);
    const ended = Promise.race([one.nextRun(), two.nextRun()]);
    release();
    expect((await ended).ok).to.equal(true);
    await Promise.all([one.scheduler.stop(), two.scheduler.stop()]);
    expect(one.runs.length + two.runs.length).to.equal(1);
  });

  it('AUD-2 a job can run more often than each minute', async () => {
    const thrice = Promise.withResolvers<void>();
    let runs = 0;
    const work = async (): Promise<void> => {
      runs += 1;
      if (runs === 3) thrice.resolve();
    };
    const bench = open([{ name: 'eager', cron: SOME_DAY, everySeconds: 0.02, work }]);
    await bench.scheduler.start();
    await thrice.promise;
    await bench.scheduler.stop();
    expect(bench.runs.map(({ ok }) => ok).slice(0, 3)).to.deep.equal([true, true, true]);
  });

  it('a failed job is reported, comes again, and leaves nothing personal behind', async () => {
    let tries = 0;
    const work = async (): Promise<void> => {
      tries += 1;
      if (tries === 1) throw new Error('the number 081234567890 is wrong');
    };
    const bench = open([{ name: 'moody', cron: SOME_DAY, work }]);
    await bench.scheduler.start();
    const first = bench.nextRun();
    await bench.scheduler.runNow('moody');
    const failed = await first;
    await bench.scheduler.stop();
    const again = open([{ name: 'moody', cron: SOME_DAY, work }]);
    const second = again.nextRun();
    await again.scheduler.start();
    expect(await again.scheduler.runNow('moody')).to.equal(true);
    expect(await second).to.include({ name: 'moody', ok: true });
    expect(failed).to.include({ name: 'moody', ok: false });
    expect(failed.ok || failed.error)
      .to.be.an('error')
      .with.property('message')
      .that.match(/0812/);
    const [kept] = await asOwner(`select output::text from pgboss.job where state = 'failed'`);
    expect(kept?.['output'])
      .to.match(/failed: see the log/)
      .and.not.match(/0812/);
  });

  it('OPS-3 a run whose process died is noticed, and the job comes again', async () => {
    const before = open([{ name: 'orphan', cron: SOME_DAY, work: nothing, retries: 1 }]);
    await before.scheduler.start();
    await before.scheduler.stop();
    await asOwner(
      `insert into pgboss.job_common (name, state, policy, retry_limit, expire_seconds,
         heartbeat_seconds, started_on, heartbeat_on)
       select name, 'active', policy, retry_limit, expire_seconds, heartbeat_seconds,
         now() - interval '20 seconds', now() - interval '16 seconds'
       from pgboss.queue where name = 'orphan'`,
    );
    const after = open([{ name: 'orphan', cron: SOME_DAY, work: nothing, retries: 1 }]);
    const run = after.nextRun();
    await after.scheduler.start();
    expect(await after.scheduler.runNow('orphan'), 'the dead run stands in the way').to.equal(
      false,
    );
    expect(await run).to.include({ name: 'orphan', ok: true });
  });

  it('OPS-3 stopping waits for the run and tells it to begin nothing more', async () => {
    const began = Promise.withResolvers<AbortSignal>();
    const { promise, release } = held();
    const work = async (signal: AbortSignal): Promise<void> => {
      began.resolve(signal);
      await promise;
    };
    const bench = open([{ name: 'slow', cron: SOME_DAY, work }]);
    await bench.scheduler.start();
    await bench.scheduler.runNow('slow');
    const signal = await began.promise;
    const stopped = bench.scheduler.stop();
    expect(signal.aborted).to.equal(true);
    expect(bench.runs).to.deep.equal([]);
    release();
    await stopped;
    expect(bench.runs.map(({ ok }) => ok)).to.deep.equal([true]);
    const [row] = await asOwner(`select state from pgboss.job where name = 'slow'`);
    expect(row).to.deep.equal({ state: 'completed' });
  });

  it('OPS-4 a database that is away costs a few lines, and then the jobs go on', async () => {
    let away = false;
    const real = plainSql(database.orm);
    const underWay = new Set<Promise<unknown>>();
    const failures = countdowns();
    const db: SchedulerDatabase = {
      executeSql: (text, values) => {
        if (away) {
          failures.count();
          return Promise.reject(new Error('connect ECONNREFUSED'));
        }
        const answer = real(text, values);
        underWay.add(answer);
        return answer.finally(() => underWay.delete(answer));
      },
    };
    const names = ['patient', 'calm', 'quiet', 'still', 'mild', 'meek'];
    const jobs = names.map((name) => ({ name, cron: SOME_DAY, work: nothing }));
    const bench = open(jobs, db);
    await bench.scheduler.start();
    away = true;
    await Promise.all(underWay);
    await failures.reach(8);
    const lines = bench.errors.length;
    expect(lines).to.be.within(1, 6);
    await failures.reach(16);
    expect(bench.errors).to.have.length(lines);
    away = false;
    const run = bench.nextRun();
    expect(await bench.scheduler.runNow('patient')).to.equal(true);
    expect((await run).ok).to.equal(true);
    away = true;
    expect(await bench.nextError())
      .to.be.an('error')
      .with.property('message')
      .that.match(/ECONN/);
    away = false;
  });

  it('a job that this release does not know any more is not scheduled any more', async () => {
    const old = open([{ name: 'forgotten', cron: '* * * * *', work: nothing }]);
    await old.scheduler.start();
    await old.scheduler.stop();
    const present = open([{ name: 'known', cron: SOME_DAY, work: nothing, missed: 'once' }]);
    await present.scheduler.start();
    const rows = await asOwner('select name, timezone, options from pgboss.schedule');
    expect(rows).to.deep.equal([
      {
        name: 'known',
        timezone: 'Asia/Jakarta',
        options: { tz: 'Asia/Jakarta', missed: 'once' },
      },
    ]);
  });

  it('SEC-A62 starting changes no table, index or function of a migrated database', async () => {
    const objects = `select string_agg(oid || relname, ',' order by oid) as tables,
      (select string_agg(oid || proname || prosrc, ',' order by oid) from pg_proc) as functions
      from pg_class`;
    const before = await asOwner(objects);
    const bench = open([{ name: 'quiet', cron: SOME_DAY, work: nothing }]);
    await bench.scheduler.start();
    const run = bench.nextRun();
    await bench.scheduler.runNow('quiet');
    await run;
    expect(await asOwner(objects)).to.deep.equal(before);
    expect(bench.errors).to.deep.equal([]);
  });

  it('a bigint reaches pg-boss as the text that it reckons with', async () => {
    const statements = statementsOf({ executeSql: plainSql(database.orm) }, { onAnswer: () => {} });
    const { rows } = await statements.executeSql(
      'select $1::int8 as big, $2::int as small',
      [5, 6],
    );
    expect(rows).to.deep.equal([{ big: '5', small: 6 }]);
  });

  it('a statement of several that fails leaves its connection fit for the next', async () => {
    const db: SchedulerDatabase = {
      executeSql: (text, values) => plainSql(database.orm)(sabotaged(text), values),
    };
    const bench = open([{ name: 'upset', cron: SOME_DAY, work: nothing }], db);
    const error = bench.nextError();
    await bench.scheduler.start();
    expect(await error)
      .to.be.an('error')
      .with.property('message')
      .that.match(/division by zero/);
    const states = await withSql(serverUrl('admin', database.name), (sql) =>
      sql(`select distinct state from pg_stat_activity
       where usename = 'upah_bot' and datname = current_database() and state <> 'active'`),
    );
    expect(states).to.deep.equal([{ state: 'idle' }]);
  });
});

const countdowns = () => {
  let counted = 0;
  const waiting = new Map<number, () => void>();
  return {
    count: (): void => {
      counted += 1;
      waiting.get(counted)?.();
    },
    reach: (number: number): Promise<void> =>
      counted >= number
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.set(number, resolve);
          }),
  };
};

/** What looks for runs that timed out fails in the middle. */
const sabotaged = (text: string): string =>
  text.includes('failJobsByTimeout') ? text.replace('WITH deleted_jobs', 'select 1 / 0; $&') : text;
