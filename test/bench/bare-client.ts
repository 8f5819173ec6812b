import { createRequire } from 'node:module';

/** The part of the driver that is used; it comes with MikroORM, and brings no types. */
interface Client {
  connect(): Promise<unknown>;
  query(text: string): Promise<{ readonly rows: readonly unknown[] }>;
  end(): Promise<void>;
}

interface Driver {
  readonly Client: new (options: { readonly connectionString: string }) => Client;
}

/** A connection of the bare driver, with nothing of ours between. */
export const bareClient = async (connectionString: string): Promise<Client> => {
  const { Client } = createRequire(import.meta.url)('pg') as Driver;
  const client = new Client({ connectionString });
  await client.connect();
  return client;
};

const AT_ONCE = 5_000;

/** Reads whole tables, row by row, in constant memory; gives how many rows there were. */
export const readTables = async (client: Client, tables: readonly string[]): Promise<number> => {
  let rows = 0;
  for (const table of tables) {
    await client.query(`begin; declare all_rows no scroll cursor for select * from ${table}`);
    for (;;) {
      const some = await client.query(`fetch ${AT_ONCE} from all_rows`);
      rows += some.rows.length;
      if (some.rows.length < AT_ONCE) break;
    }
    await client.query('commit');
  }
  return rows;
};
