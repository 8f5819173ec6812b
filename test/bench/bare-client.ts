import { createRequire } from 'node:module';
import { workOff } from './callers.ts';

/** The part of the driver that is used; it comes with MikroORM, and brings no types. */
interface Client {
  connect(): Promise<unknown>;
  query(statement: string | Statement): Promise<{ readonly rows: readonly unknown[] }>;
  end(): Promise<void>;
}

/** A statement with a name is parsed once for each connection. */
interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Driver {
  readonly Client: new (options: {
    readonly connectionString: string;
    readonly options?: string;
  }) => Client;
}

/** A connection of the bare driver, with nothing of ours between. */
export const bareClient = async (connectionString: string, options = ''): Promise<Client> => {
  const { Client } = createRequire(import.meta.url)('pg') as Driver;
  const client = new Client({ connectionString, options });
  await client.connect();
  return client;
};

/** So many bare connections, each of which calls one function of the database. */
export interface BareCallers {
  /** Calls it once for each of these lists of arguments, on whichever connection is free. */
  callAll(calls: readonly (readonly unknown[])[]): Promise<void>;
  end(): Promise<void>;
}

export interface BareCall {
  readonly url: string;
  readonly connections: number;
  /** As it is called: `select transfer($1, $2)`. */
  readonly text: string;
}

/** A function's statements are planned once for each connection, whatever their arguments are. */
export const bareCallers = async ({ url, connections, text }: BareCall): Promise<BareCallers> => {
  const clients = await Promise.all(
    Array.from({ length: connections }, () =>
      bareClient(url, '-c plan_cache_mode=force_generic_plan'),
    ),
  );
  return {
    callAll: async (calls) => {
      const free = [...clients];
      await workOff(calls, connections, async (values) => {
        const client = free.pop();
        if (!client) throw new Error('there are more callers than connections');
        await client.query({ name: 'call', text, values });
        free.push(client);
      });
    },
    end: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
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
