import { MikroORM } from '@mikro-orm/postgresql';
import { ormOptions, type Orm, type Pool } from '../../adapters/postgres/orm.ts';
import type { Statement } from '../../adapters/postgres/session.ts';
import type { Faults, Way } from './faults.ts';

/** What is used of a connection of the driver. */
interface Client {
  readonly processID: number;
  readonly connection: { readonly stream: { destroy(): void } };
  query(...args: readonly unknown[]): unknown;
}

type Query = (...args: readonly unknown[]) => Promise<unknown>;

/** SQL that ends as a statement does that meets this trouble: its transaction is aborted, too. */
const raising = (code: string): string =>
  `do $$ begin raise exception 'injected' using errcode = '${code}'; end $$`;

interface Connections {
  readonly faults: Faults;
  /** Ends a connection; resolves when it is gone. */
  terminate(pid: number): Promise<unknown>;
  /** A connection was lost: it may still be doing what it had received. */
  onLost(pid: number): void;
}

/** Connects as the bot; each statement of each connection goes through `faults`. */
export const createFaultyOrm = (
  url: string,
  { faults, terminate, onLost }: Connections,
): Promise<Orm> => {
  const options = ormOptions({ url });
  const { onPoolCreated, ...driverOptions } = options.driverOptions as {
    readonly onPoolCreated: (pool: Pool) => void;
  };
  return MikroORM.init({
    ...options,
    driverOptions: {
      ...driverOptions,
      onPoolCreated: (pool: Pool) => {
        pool.on('connect', (connected) => {
          const client = connected as unknown as Client;
          const query = client.query.bind(client) as Query;
          let end: Promise<unknown> | undefined;
          const fail = failing(client, {
            query,
            kill: () => (end = terminate(client.processID)),
            onLost: () => onLost(client.processID),
          });
          client.query = (...args: readonly unknown[]) => {
            const way = faults.next(wordsOf(args[0]));
            if (way !== undefined) return fail(way, args);
            // nothing overtakes the statement at which its connection ends, a COMMIT least of all
            return end === undefined ? query(...args) : end.then(() => query(...args));
          };
        });
        onPoolCreated(pool); // what the product watches is what the faults have left
      },
    },
  });
};

const wordsOf = (statement: unknown): string =>
  (typeof statement === 'string' ? statement : (statement as Statement).text)
    .replaceAll(/\s+/g, ' ')
    .slice(0, 70);

interface Failing {
  readonly query: Query;
  kill(): Promise<unknown>;
  onLost(): void;
}

const failing =
  (client: Client, { query, kill, onLost }: Failing) =>
  async (way: Way, args: readonly unknown[]): Promise<unknown> => {
    switch (way) {
      case 'refused':
        throw new Error('injected: a defect before the statement');
      case 'conflict':
        return query(raising('40001'));
      case 'full':
        return query(raising('53100'));
      case 'killed':
        await kill();
        return query(...args);
      case 'lost': {
        await query(...args);
        client.connection.stream.destroy();
        onLost();
        throw Object.assign(new Error('injected: the answer is lost'), { code: 'ECONNRESET' });
      }
    }
  };
