import { expect } from 'chai';
import { createManualClock, createSequentialIds } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/index.ts';
import { recordsContract, type AuditRow } from '../../contracts/index.ts';
import { cloneDatabase } from '../../support/database.ts';

describe('records on PostgreSQL', () => {
  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });

  it('ADM-4 what one replica changes counts in the next transaction of every other', async () => {
    const database = await cloneDatabase();
    try {
      const aReplica = () =>
        createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS }).unitOfWork;
      const [one, other] = [aReplica(), aReplica()];
      const held = async ({ run }: typeof one) =>
        (await run((tx) => tx.settings.current())).holdMinutes;
      expect(await held(other)).to.equal(30);
      await one.run((tx) => tx.settings.save('holdMinutes', { from: 30, to: 45 }));
      expect([await held(one), await held(other)]).to.deep.equal([45, 45]);
      await other.run((tx) => tx.settings.reset('holdMinutes', 45));
      expect([await held(one), await held(other)]).to.deep.equal([30, 30]);
    } finally {
      await database.drop();
    }
  });

  recordsContract('postgres', async () => {
    const database = await cloneDatabase();
    return {
      ports: createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS }),
      clock: createManualClock(),
      ids: createSequentialIds(),
      auditRows: (subjectId) =>
        database.orm.em
          .fork()
          .execute<AuditRow[]>(
            'select action, actor, before, after from audit_logs where subject_id = ? order by id',
            [subjectId],
          ),
      changeSetting: async (key, value) => {
        await (
          await database.ownerOrm()
        ).em
          .fork()
          .execute('insert into settings (key, value) values (?, ?::jsonb)', [
            key,
            JSON.stringify(value),
          ]);
      },
      dispose: () => database.drop(),
    };
  });
});
