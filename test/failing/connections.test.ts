import { expect } from 'chai';
import { createPostgresUnitOfWork } from '../../adapters/postgres/unit-of-work.ts';
import { cloneDatabase } from '../support/database.ts';
import { createFaults, type Way } from './faults.ts';
import { createFaultyOrm } from './faulty-orm.ts';

/** The pool has ten. */
const MORE_THAN_THERE_ARE = 12;

describe('Connections whose BEGIN or ROLLBACK failed', () => {
  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });

  for (const way of ['refused', 'full'] as const satisfies readonly Way[]) {
    it(`OPS-3 serve nobody any more, and others take their place (${way})`, async () => {
      const database = await cloneDatabase();
      const faults = createFaults();
      const terminate = async (): Promise<void> => {};
      const orm = await createFaultyOrm(database.botUrl, {
        faults,
        terminate,
        onLost: () => undefined,
      });
      const unitOfWork = createPostgresUnitOfWork(orm, (sql) => sql);
      const look = () => unitOfWork.run((sql) => sql<{ one: number }>`select 1 as one`);
      await look(); // connects
      const [begin, rollback] = [1, 3];
      for (const nth of [begin, rollback]) {
        for (let count = 0; count < MORE_THAN_THERE_ARE; count += 1) {
          faults.arm(nth, way);
          const [failed] = await Promise.allSettled([unitOfWork.run((sql) => sql`select 1/0`)]);
          expect(faults.disarm()).to.match(nth === begin ? /^begin/ : /^rollback/);
          expect(String(failed.status === 'rejected' && failed.reason)).to.match(
            nth === begin ? /injected/ : /division by zero/,
          );
        }
      }
      expect(await look()).to.deep.equal([{ one: 1 }]);
      await orm.close(true);
      await database.drop();
    });
  }
});
