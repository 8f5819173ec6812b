import { expect } from 'chai';
import {
  createOrm,
  createPostgresPorts,
  plainSql,
  type PostgresPorts,
} from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import type { MessageId } from '../../../core/kernel/index.ts';
import type { ClaimedMessage, DeliveryOutcome, OutboxMessage } from '../../../core/outbox/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { aMessage, aUser, later, MONDAY } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { NO_PACE } from '../../support/unhurried.ts';

const LEASE_MS = 5_000;
const SENT: DeliveryOutcome = { outcome: 'sent' };

describe('a claim that others overtake', () => {
  let database: TestDatabase;
  let ports: PostgresPorts;
  beforeEach(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
  });
  afterEach(() => database?.drop());

  const claim = async (now: Date): Promise<readonly ClaimedMessage[]> => {
    return (await ports.outboxQueue.claim({ now, limit: 5, leaseMs: LEASE_MS, pace: NO_PACE }))
      .messages;
  };

  /** Someone with a notice that is being sent, and a broadcast that waits. */
  const scene = async () => {
    const { id: to } = await ports.unitOfWork.run((tx) => tx.users.add(aUser()));
    const broadcast = aMessage({ to, priority: 'broadcast' });
    await ports.unitOfWork.run(async (tx) => {
      for (const message of [aMessage({ to }), broadcast]) await tx.outbox.add(message);
    });
    const [notice] = await claim(MONDAY);
    if (!notice) throw new Error('nothing claimed');
    return { notice, broadcast };
  };

  /** As if these had looked ready, and everything since had happened before they were locked. */
  const lookedReady = (...ids: readonly MessageId[]): Promise<unknown> =>
    withSql(database.ownerUrl, (sql) =>
      sql(`create or replace function outbox_ready(of_priority smallint, at timestamptz,
        chat_slack interval, at_most integer) returns uuid[] language sql stable
        as $$ select array(select id from outbox
          where id in (${ids.map((id) => `'${id}'`).join()}) and priority = of_priority) $$`),
    );

  it('OPS-4 hands out what still looks the same', async () => {
    const { notice, broadcast } = await scene();
    await lookedReady(notice.id, broadcast.id);
    const [again, ...more] = await claim(later(LEASE_MS));
    expect(again).to.deep.equal({ ...notice, attempt: 2 });
    expect(more, 'one of a person').to.deep.equal([]);
  });

  it('OPS-4 leaves a message whose lease was renewed meanwhile, and all of its person', async () => {
    const { notice, broadcast } = await scene();
    await ports.outboxQueue.renew([notice], later(2 * LEASE_MS));
    await lookedReady(notice.id, broadcast.id);
    expect(await claim(later(LEASE_MS))).to.deep.equal([]);
  });

  it('OPS-4 leaves what was put off meanwhile', async () => {
    const { notice } = await scene();
    const outcome = { outcome: 'later', scope: 'message', afterMs: 9_000, why: '500' } as const;
    await ports.outboxQueue.settle(notice, outcome, MONDAY);
    await lookedReady(notice.id);
    expect(await claim(later(LEASE_MS))).to.deep.equal([]);
  });

  it('OPS-4 leaves a chat that was paused meanwhile', async () => {
    const { notice, broadcast } = await scene();
    const outcome = { outcome: 'later', scope: 'chat', afterMs: 9_000, why: '429' } as const;
    await ports.outboxQueue.settle(notice, outcome, MONDAY);
    await lookedReady(broadcast.id);
    expect(await claim(later(LEASE_MS))).to.deep.equal([]);
  });

  it('OPS-4 leaves what was sent meanwhile', async () => {
    const { notice } = await scene();
    await ports.outboxQueue.settle(notice, SENT, MONDAY);
    await lookedReady(notice.id);
    expect(await claim(later(LEASE_MS))).to.deep.equal([]);
  });
});

describe('how several messages ended, recorded together', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('NTF-2 is recorded of all others where one is refused, and of that one once it can be', async () => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const { unitOfWork, outboxQueue } = ports;
    const owed = await unitOfWork.run(async (tx) => {
      const messages: OutboxMessage[] = [];
      for (let one = 0; one < 3; one += 1) {
        const { id: to } = await tx.users.add(aUser());
        const message = aMessage({ to });
        messages.push(message);
        await tx.outbox.add(message);
      }
      return messages;
    });
    const keys = owed.map(({ dedupeKey }) => dedupeKey);
    const request = { now: MONDAY, limit: 5, leaseMs: LEASE_MS, pace: NO_PACE };
    const { messages } = await outboxQueue.claim(request);
    expect(messages).to.have.length(3);
    const settleAll = async () => {
      const recorded = messages.map((message) => outboxQueue.settle(message, SENT, MONDAY));
      return (await Promise.allSettled(recorded)).map(({ status }) => status);
    };
    const fates = async () => {
      const found = await unitOfWork.run((tx) => tx.outbox.fates(keys));
      return messages.map(({ dedupeKey }) => found.get(dedupeKey));
    };
    await refusing(database, messages[1]?.id);
    expect(await settleAll()).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(await fates()).to.deep.equal(['sent', 'open', 'sent']);
    await withSql(database.ownerUrl, (sql) => sql('drop trigger refusing on outbox'));
    expect(await settleAll()).to.deep.equal(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(await fates()).to.deep.equal(['sent', 'sent', 'sent']);
  });
});

describe('a claim that waits for no disk', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('OPS-3 leaves its connection to the next one as it was: all else is safe when it is done', async () => {
    const { name, ownerUrl, botUrl } = database;
    await withSql(ownerUrl, (sql) => sql(`alter database ${name} set synchronous_commit = 'on'`));
    const orm = await createOrm({ url: botUrl, poolMax: 1 });
    try {
      const { outboxQueue } = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
      await outboxQueue.claim({ now: MONDAY, limit: 5, leaseMs: LEASE_MS, pace: NO_PACE });
      const { rows } = await plainSql(orm)('show synchronous_commit');
      expect(rows).to.deep.equal([{ synchronous_commit: 'on' }]);
    } finally {
      await orm.close(true);
    }
  });
});

/** As if there were something about this message that the database cannot take. */
const refusing = ({ ownerUrl }: TestDatabase, id: MessageId | undefined): Promise<unknown> =>
  withSql(ownerUrl, (sql) =>
    sql(`create function refusing() returns trigger language plpgsql as $$
        begin raise exception 'refused'; end $$;
      create trigger refusing before update on outbox for each row
        when (old.id = '${id}') execute function refusing()`),
  );
