import { expect } from 'chai';
import { createPostgresPorts, migrate, migrations } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { freshId, later, MONDAY } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { NO_PACE } from '../../support/unhurried.ts';

describe('an outbox of the release before', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
  });
  after(() => database?.drop());

  it('NTF-2 what was owed before the update goes out after it, in the old order', async () => {
    const { ownerUrl } = database;
    await withSql(ownerUrl, (sql) => sql('drop schema public cascade; create schema public'));
    await migrate({ ownerUrl, list: migrations.slice(0, 1) });
    const [person, second, first] = [freshId(), freshId(), freshId()];
    const row = (id: string, at: Date) =>
      `('${id}', '${person}', 'notice', '{}', '${id}', 1, now(), '${at.toISOString()}')`;
    await withSql(ownerUrl, async (sql) => {
      await sql(`insert into users (id, telegram_id, display_name, language, status, created_at)
        values ('${person}', 1, 'Siti', 'id', 'active', now())`);
      await sql(`insert into outbox (id, to_user, kind, payload, dedupe_key, priority, due_at,
        created_at) values ${row(second, later(1))}, ${row(first, MONDAY)}`);
    });
    await migrate({ ownerUrl, list: migrations });
    const { outboxQueue } = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const now = new Date(Date.now() + 60_000);
    const sent: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      const { messages } = await outboxQueue.claim({
        now,
        limit: 9,
        leaseMs: 1_000,
        pace: NO_PACE,
      });
      for (const message of messages) {
        sent.push({ id: message.id, notBefore: message.notBefore });
        await outboxQueue.settle(message, { outcome: 'sent' }, now);
      }
    }
    expect(sent).to.deep.equal([
      { id: first, notBefore: MONDAY },
      { id: second, notBefore: later(1) },
    ]);
  });
});
