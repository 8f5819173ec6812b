import { expect } from 'chai';
import { createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { createOrm, type Orm } from '../../../adapters/postgres/orm.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import {
  asRefusal,
  createCore,
  DEFAULT_SETTINGS,
  type BroadcastReport,
} from '../../../core/index.ts';
import { broadcastsBy } from '../../support/broadcasts.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { peopleOn, together, type People, type Person } from '../../support/market.ts';
import { NO_PACE } from '../../support/unhurried.ts';
import { withoutAgreement } from './harness.ts';
import { answerOf, DENIED, RULE } from './ledger.ts';

const PEOPLE = 3_000;
const MESSAGES = 15_000;
/** Of the outbox, and of the recipients: some for each whom two runs move, and none for the rest. */
const ENOUGH = 4_000;

/** People, and what they were sent before: a message each, ten times. */
const CROWD = `
  insert into users (id, telegram_id, display_name, language, role, terms_version, status, created_at)
    select uuidv7(), 9000000 + n, 'Orang ' || n, 'id', 'worker', 1, 'active', '2026-01-01'
    from generate_series(1, ${PEOPLE}) n;
  insert into outbox (id, to_user, kind, payload, dedupe_key, priority, state, due_at, created_at,
      settled_at, not_before)
    select uuidv7(), u.id, 'notice', 'null', 'old:' || n || ':' || u.id, 1, 'sent', now(), now(), now(),
      now()
    from users u, generate_series(1, ${MESSAGES / PEOPLE}) n;
  analyze`;

/** Whoever steers may come after the last message was sent. */
const unlessEnded = async (steer: () => Promise<unknown>): Promise<void> => {
  try {
    await steer();
  } catch (error) {
    if (asRefusal(error)?.code !== 'broadcast.ended') throw error;
  }
};

describe('Broadcasts on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  /** One connection, so that what it has read can be asked of it. */
  let single: Orm;
  let here: People;
  let there: People;
  let admin: Person;

  const processOn = (orm: Orm): People => {
    const stored = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
    const ports = { ...createMemoryPorts(), ...stored, ids: uuidIds };
    return peopleOn(ports, createCore(ports));
  };
  const rows = <Row extends object>(orm: Orm, statement: string): Promise<Row[]> =>
    orm.em.fork().execute<Row[]>(statement);

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    await withoutAgreement(database);
    single = await createOrm({ url: database.botUrl, poolMax: 1 });
    [here, there] = [processOn(single), processOn(database.orm)];
    admin = await here.admin();
    await rows(await database.ownerOrm(), CROWD);
  });
  after(async () => {
    await single?.close(true);
    await database?.drop();
  });

  /** How many rows of a table and its indexes the one connection has looked at so far. */
  const lookedAt = async (table: string): Promise<number> => {
    await rows(single, 'select pg_stat_force_next_flush()');
    const [found] = await rows<{ looked: number }>(
      single,
      `select (t.seq_tup_read + sum(i.idx_tup_read))::int as looked
        from pg_stat_user_tables t join pg_stat_user_indexes i using (relid)
        where t.relname = '${table}' group by t.seq_tup_read`,
    );
    return found?.looked ?? 0;
  };
  const sendAll = async (): Promise<void> => {
    await rows(
      await database.ownerOrm(),
      `update outbox set state = 'sent', payload = 'null', settled_at = now()
        where settled_at is null`,
    );
  };

  it('ADM-5 NTF-3 of thousands of recipients a run moves its few, and reads the others not at all', async () => {
    const { start, feed, progress, cancel } = broadcastsBy(here, admin);
    const report = await start({ audience: 'workers' });
    expect(await progress(report)).to.deep.include({ recipients: PEOPLE, waiting: PEOPLE });
    expect(await feed()).to.equal(300);
    await sendAll();
    const before = [await lookedAt('outbox'), await lookedAt('broadcast_recipients')];
    expect(await feed()).to.equal(600);
    await sendAll();
    expect(await feed()).to.equal(600);
    const after = [await lookedAt('outbox'), await lookedAt('broadcast_recipients')];
    for (const [at, looked] of after.entries()) {
      expect(looked - (before[at] ?? 0), 'rows looked at, for 600').to.be.below(ENOUGH);
    }
    expect(await progress(report)).to.deep.include({ sent: 600, waiting: PEOPLE - 600 });
    await cancel(report);
    await feed();
    expect(await progress(report)).to.deep.include({ sent: 600, canceled: PEOPLE - 600 });
  });

  it('ADM-5 OPS-4 two processes feed, claim, pause and resume at once: each gets it once', async () => {
    const [one, other] = [broadcastsBy(here, admin), broadcastsBy(there, admin)];
    const got = new Map<string, number>();
    const send = async ({ core }: People): Promise<void> => {
      const claim = { limit: 50, leaseMs: 60_000, pace: NO_PACE };
      const { messages } = await core.outbox.claimDue(claim);
      for (const tried of messages) {
        if (tried.kind === 'broadcast') got.set(tried.to, (got.get(tried.to) ?? 0) + 1);
        await core.outbox.settle({ tried, outcome: { outcome: 'sent' } });
      }
    };
    for (let made = 0; made < 20; made += 1) await here.client();
    const report = await one.start({ audience: 'clients' });
    for (let round = 0; round < 3; round += 1) {
      await together(2, (at) => (at === 0 ? one : other).feed(5));
      const [pausing, resuming] = [() => one.pause(report), () => other.resume(report)];
      await Promise.all([send(here), send(there), unlessEnded(pausing), other.feed(5)]);
      await Promise.all([unlessEnded(resuming), one.feed(5), send(there)]);
    }
    let still: BroadcastReport = report;
    for (let rounds = 0; still.broadcast.endedAt === null && rounds < 50; rounds += 1) {
      await Promise.all([one.feed(5), send(there)]);
      await send(here);
      still = await one.show(report);
    }
    expect(still.progress).to.deep.include({ recipients: 20, sent: 20, waiting: 0 });
    expect([...got.values()].filter((times) => times !== 1)).to.deep.equal([]);
    expect(got.size).to.equal(20);
  });

  it('ADM-5 what was sent to many stands, whoever asks', async () => {
    const { start, cancel } = broadcastsBy(here, admin);
    const report = await start({ audience: 'clients' });
    const { id } = report.broadcast;
    await cancel(report);
    const owner = await database.ownerOrm();
    const refused = async (orm: Orm, statement: string) => (await answerOf(orm, statement)).code;
    for (const statement of [
      `update broadcasts set text = 'x' where id = '${id}'`,
      `update broadcasts set audience = 'all' where id = '${id}'`,
      `update broadcasts set recipients = 1 where id = '${id}'`,
      `update broadcasts set sent = sent + 1, canceled = canceled - 1 where id = '${id}'`,
      `update broadcasts set ended_at = now() where id = '${id}'`,
      `update broadcasts set status = 'done' where id = '${id}'`,
      `update broadcast_recipients set state = 'waiting' where broadcast_id = '${id}'`,
      `update broadcast_recipients set user_id = uuidv7() where broadcast_id = '${id}'`,
      `delete from broadcast_recipients`,
      `truncate broadcasts cascade`,
    ]) {
      expect(await refused(owner, statement), statement).to.equal(RULE);
    }
    for (const statement of [
      `update broadcasts set text = 'x'`,
      `update outbox set dedupe_key = 'x'`,
      `delete from broadcast_recipients`,
    ]) {
      expect(await refused(single, statement), statement).to.equal(DENIED);
    }
  });
});
