import { createManualClock, createSequentialIds } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/index.ts';
import { recordsContract, type AuditRow } from '../../contracts/index.ts';
import { cloneDatabase } from '../../support/database.ts';

describe('records on PostgreSQL', () => {
  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
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
