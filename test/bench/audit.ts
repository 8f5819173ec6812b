import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { withSql } from '../../adapters/postgres/orm.ts';
import { sha256Digests, systemClock, uuidIds } from '../../adapters/system/index.ts';
import { asSystem, createAudit, DEFAULT_SETTINGS } from '../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { bareClient, readTables } from './bare-client.ts';
import type { Bench } from './contest.ts';

const TABLES = ['audit_logs', 'audit_seals'];

/** AUD-2: the whole proof of the audit log against a bare SELECT of the rows and seals it reads. */
export const audit: Bench = {
  what: 'the whole proof of the audit log against a bare SELECT of the same tables',
  sizes: { rows: 200_000, seal: 1_000 },
  goal: 0.3,
  open: async ({ rows = 0, seal = 0 }) => {
    const actor = asSystem('bench');
    const database = await cloneDatabase();
    await write(database, rows);
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const stamps = { clock: systemClock, ids: uuidIds };
    const chain = createAudit({ ...ports, ...stamps, digests: sha256Digests });
    while ((await chain.seal({ actor, limit: seal })) > 0);
    await withSql(database.ownerUrl, (sql) => sql('analyze'));
    const client = await bareClient(database.botUrl);
    const all = await readTables(client, TABLES);
    const prove = async (): Promise<number> => {
      const { violations } = await chain.verify({ actor });
      if (violations.length > 0) throw new Error(JSON.stringify(violations));
      return all;
    };
    return {
      unit: 'rows',
      ours: { name: 'audit verify', run: prove },
      yardstick: { name: 'bare SELECT', run: () => readTables(client, TABLES) },
      notes: () => ({
        seals: all - rows,
        'heap used': `${(process.memoryUsage().heapUsed / 2 ** 20).toFixed(0)} MB`,
      }),
      close: async () => {
        await client.end();
        await database.drop();
      },
    };
  },
};

const write = ({ ownerUrl }: TestDatabase, rows: number): Promise<unknown> =>
  withSql(ownerUrl, (sql) =>
    sql(`
      insert into audit_logs (actor, action, subject, subject_id, "before", "after", at)
      select 'user:' || uuidv7(), 'proof.approve', 'proof', uuidv7()::text,
        '{"status": "pending"}', '{"status": "approved", "reward": "500", "fee": "50"}',
        timestamptz '2026-01-05' + n * interval '1 second'
      from generate_series(1, ${rows}) n`),
  );
