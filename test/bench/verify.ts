import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS } from '../../core/settings/index.ts';
import { cloneDatabase } from '../support/database.ts';
import { bareClient, readTables } from './bare-client.ts';
import type { Bench } from './contest.ts';
import { LEDGER_TABLES, seedLedger } from './seed-ledger.ts';

/** WAL-8: the whole proof against a bare SELECT of every row of every table that it reads. */
export const verify: Bench = {
  what: 'the whole proof of the ledger against a bare SELECT of the same tables',
  sizes: { postings: 200_000 },
  goal: 0.3,
  open: async ({ postings = 0 }) => {
    const database = await cloneDatabase();
    await seedLedger(database, postings);
    const { ledgerReader } = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const client = await bareClient(database.botUrl);
    const rows = await readTables(client, LEDGER_TABLES);
    let longestMs = 0;
    const pauses = () => {
      let last = performance.now();
      return (): void => {
        longestMs = Math.max(longestMs, performance.now() - last);
        last = performance.now();
      };
    };
    const prove = async (): Promise<number> => {
      for await (const { name, violations } of ledgerReader.verify(pauses())) {
        if (violations.length > 0) throw new Error(`${name}: ${JSON.stringify(violations)}`);
      }
      return rows;
    };
    return {
      unit: 'rows',
      ours: { name: 'verify', run: prove },
      yardstick: { name: 'bare SELECT', run: () => readTables(client, LEDGER_TABLES) },
      notes: () => ({
        'rows in all': rows,
        'longest without progress': `${longestMs.toFixed(0)} ms`,
        'heap used': `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)} MB`,
      }),
      close: async () => {
        await client.end();
        await database.drop();
      },
    };
  },
};
