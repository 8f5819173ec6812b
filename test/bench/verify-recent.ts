import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../core/settings/index.ts';
import { aCredit } from '../support/builders.ts';
import { postTold } from '../support/post-told.ts';
import { cloneDatabase } from '../support/database.ts';
import type { Bench } from './contest.ts';
import { seedLedger } from './seed-ledger.ts';

const RUNS = 20;

/** WAL-8: the check of each minute must not grow with the history. */
export const verifyRecent: Bench = {
  what: 'the check of what is new, on a long history against a short one',
  sizes: { postings: 1_000_000, short: 10_000, fresh: 50 },
  open: async ({ postings = 0, short = 0, fresh = 0 }) => {
    const open = async (size: number) => {
      const database = await cloneDatabase();
      await seedLedger(database, size);
      const { orm } = database;
      const ports = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
      const { mark } = await ports.ledgerReader.verifyRecent(null);
      const users = await orm.em
        .fork()
        .execute<{ id: never }[]>(`select id from users limit ${fresh}`);
      for (const { id } of users) {
        await ports.unitOfWork.run((tx) => postTold(tx, aCredit(id, 100)));
      }
      let rows = 0;
      const check = async (): Promise<number> => {
        for (let run = 0; run < RUNS; run += 1) {
          const { steps } = await ports.ledgerReader.verifyRecent(mark);
          const broken = steps.flatMap(({ violations }) => violations);
          if (broken.length > 0) throw new Error(JSON.stringify(broken));
          rows = steps.reduce((sum, step) => sum + step.rows, 0);
        }
        return RUNS;
      };
      return { database, check, rows: () => rows };
    };
    const [long, brief] = [await open(postings), await open(short)];
    return {
      unit: 'checks',
      ours: { name: `${postings} postings`, run: long.check },
      yardstick: { name: `${short} postings`, run: brief.check },
      notes: () => ({ 'rows examined': long.rows() }),
      close: async () => {
        await long.database.drop();
        await brief.database.drop();
      },
    };
  },
};
