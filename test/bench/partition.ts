import { cloneDatabase, serverUrl, type TestDatabase } from '../support/database.ts';
import { bareClient } from './bare-client.ts';
import { figuresOf, type Notes, type Side, type Tournament, type Trial } from './contest.ts';
import { ID_OF } from './seed-bulk.ts';
import { seedLedger } from './seed-ledger.ts';

type Client = Awaited<ReturnType<typeof bareClient>>;

const MONTHS = 24;
const CALLS = 50;
/** Ids of the rows that a run adds; none of the history's kinds. */
const ADDED = 77;

/**
 * `postings` as it is against a copy in months. A month is a range of ids: they begin with the moment
 * when they were made, so the primary key is the whole of the partition's key and stays unique. Keys of
 * transactions tell no time: they stand in a table of their own, split by their hash.
 */
export const partition: Tournament = {
  what: `postings in ${MONTHS} partitions against one table; medians of single statements`,
  sizes: { postings: 1_000_000 },
  turns: 5,
  openAll: async ({ postings = 0 }) => {
    const database = await cloneDatabase();
    await seedLedger(database, postings);
    const ground = await partitioned(database);
    return {
      trials: ground.trials,
      notes: ground.notes,
      close: async () => {
        await ground.close();
        await database.drop();
      },
    };
  },
};

/** Makes the copy beside the table, and what is asked of both. */
export const partitioned = async (database: TestDatabase) => {
  const client = await bareClient(serverUrl('admin', database.name));
  const run = (text: string) => client.query(text).then(({ rows }) => rows as readonly Row[]);
  for (const statement of [...SESSION, ID_OF]) await run(statement);
  const start = performance.now();
  const [range] = await run(`
    select count(*) as total, (select id from postings order by id desc limit 1) as last
    from postings`);
  const total = Number(range?.['total']);
  for (const statement of copyOf(total)) await run(statement);
  const made = performance.now() - start;
  for (const statement of PREPARED) await run(statement);
  return {
    trials: trialsOn(client, total),
    notes: { ...(await sizes(client)), 'the copy was made in': `${(made / 1_000).toFixed(0)} s` },
    close: () => client.end(),
  };
};

type Row = Readonly<Record<string, unknown>>;

const SESSION = [
  `set session_replication_role = 'replica'`,
  `set maintenance_work_mem = '1GB'`,
  `set plan_cache_mode = force_generic_plan`,
];

/** Rewards are most of the postings; a hundredth more is left for what is older and what comes. */
const copyOf = (total: number): readonly string[] => {
  const month = Math.ceil((total * 1.02) / 2 / (MONTHS - 1));
  const at = (n: number) => `pg_temp.id(0, (${n})::bigint)`;
  return [
    `create table postings_by_month (like postings) partition by range (id)`,
    ...Array.from(
      { length: MONTHS },
      (_, n) => `do $$ begin execute format('create table postings_month_${n} partition of
        postings_by_month for values from (%L) to (%L)', ${at(n * month)},
        ${n === MONTHS - 1 ? `'ffffffff-ffff-ffff-ffff-ffffffffffff'` : at((n + 1) * month)});
      end $$`,
    ),
    `insert into postings_by_month select * from postings`,
    `alter table postings_by_month add primary key (id)`,
    `create index on postings_by_month (transaction_id)`,
    `create index on postings_by_month (from_account_id, created_at, transaction_id)
      include (amount)`,
    `create index on postings_by_month (to_account_id, created_at, transaction_id)
      include (amount)`,
    `create table transaction_keys (key text not null, transaction_id uuid not null)
      partition by hash (key)`,
    ...Array.from(
      { length: 16 },
      (_, n) => `create table transaction_keys_${n} partition of transaction_keys
        for values with (modulus 16, remainder ${n})`,
    ),
    `insert into transaction_keys select idempotency_key, id from wallet_transactions`,
    `alter table transaction_keys add primary key (key)`,
    `create index postings_brin on postings using brin (id) with (pages_per_range = 32)`,
    `vacuum analyze postings_by_month, postings, transaction_keys`,
    `checkpoint`,
  ];
};

const TABLES = { plain: 'postings', months: 'postings_by_month' } as const;

const both = (
  name: string,
  text: (table: string) => string,
  type: 'uuid' | 'bigint' = 'uuid',
): readonly string[] =>
  Object.entries(TABLES).map(
    ([side, table]) => `prepare ${name}_${side}(${type}) as ${text(table)}`,
  );

const PREPARED: readonly string[] = [
  ...both(
    'add',
    (table) => `insert into ${table}
      select pg_temp.id(${ADDED}, $1), pg_temp.id(9, $1 % 1000), pg_temp.id(4, $1 % 50),
        pg_temp.id(2, $1 % 100), 1, now()`,
    'bigint',
  ),
  ...both('one', (table) => `select * from ${table} where id = $1`),
  ...both('transaction', (table) => `select * from ${table} where transaction_id = $1`),
  ...both('since', (table) => `select * from ${table} where transaction_id = $1 and id >= $1`),
  ...both(
    'page',
    (table) => `select transaction_id, amount from ${table} where to_account_id = $1
      order by created_at desc, transaction_id desc limit 8`,
  ),
  ...both(
    'whole',
    (table) => `select count(*) from (
      select to_account_id, sum(amount) from ${table} group by to_account_id) sums where $1::uuid is null`,
  ),
  `prepare key_plain(text) as select id from wallet_transactions where idempotency_key = $1`,
  `prepare key_months(text) as select transaction_id from transaction_keys where key = $1`,
];

interface Asking {
  readonly name: string;
  readonly atMost: number;
  readonly calls?: number;
  readonly argument: (n: number) => string;
}

const trialsOn = (client: Client, total: number): readonly Trial[] => {
  const proofs = Math.floor((total * 0.98) / 2);
  const id = (kind: number, n: number) => `pg_temp.id(${kind}, ${n}::bigint)`;
  const anywhere = (n: number) => (n * 7_919) % proofs;
  const asked: Readonly<Record<string, Asking>> = {
    add: { name: 'one more posting', atMost: 1.2, argument: (n) => `${total * 2 + n}` },
    one: { name: 'by its id', atMost: 1.2, argument: (n) => id(9, anywhere(n)) },
    transaction: {
      name: 'by its transaction, in all months',
      atMost: 10,
      argument: (n) => id(9, anywhere(n)),
    },
    since: {
      name: 'by its transaction, from its moment on',
      atMost: 10,
      argument: (n) => id(9, anywhere(n)),
    },
    page: { name: 'the newest of an account', atMost: 10, argument: (n) => id(2, 2 + (n % 50)) },
    whole: { name: 'sums of all accounts', atMost: 1.5, calls: 1, argument: () => 'null' },
    key: {
      name: 'by the key of a transaction',
      atMost: 1.2,
      argument: (n) => `'proof:' || ${id(8, anywhere(n))} || 'task_reward'`,
    },
  };
  return Object.entries(asked).map(([statement, asking]) => ({
    name: asking.name,
    unit: 'ms',
    measure: 'value',
    reach: { atMost: asking.atMost },
    ours: sideOf(client, `${statement}_months`, asking),
    yardstick: sideOf(client, `${statement}_plain`, asking),
  }));
};

const sideOf = (client: Client, statement: string, { argument, calls = CALLS }: Asking): Side => {
  let asked = 0;
  return {
    name: statement.endsWith('months') ? 'in partitions' : 'one table',
    run: async () => {
      const times: number[] = [];
      for (let call = 0; call < calls; call += 1) {
        const given = argument((asked += 1));
        const text = `execute ${statement}(${given})`;
        const start = performance.now();
        await client.query(text);
        times.push(performance.now() - start);
      }
      return { value: figuresOf(times).median };
    },
  };
};

const sizes = async (client: Client): Promise<Notes> => {
  const { rows } = await client.query(`
    select relname as name, pg_size_pretty(pg_relation_size(oid)) as size from pg_class
    where relname in ('postings', 'postings_pkey', 'postings_brin', 'postings_transaction',
      'postings_from_account', 'postings_to_account')
    union all
    select 'all months with their indexes', pg_size_pretty(sum(pg_total_relation_size(inhrelid)))
    from pg_inherits where inhparent = 'postings_by_month'::regclass
    union all
    select 'all keys with their index', pg_size_pretty(sum(pg_total_relation_size(inhrelid)))
    from pg_inherits where inhparent = 'transaction_keys'::regclass order by 1`);
  const found = rows as readonly Row[];
  return {
    ...Object.fromEntries(found.map(({ name, size }) => [String(name), String(size)])),
    'a month detached in': await detached(client),
  };
};

/** The oldest month leaves, and comes back. */
const detached = async (client: Client): Promise<string> => {
  const start = performance.now();
  await client.query('begin; alter table postings_by_month detach partition postings_month_0');
  const ms = performance.now() - start;
  await client.query('rollback');
  return `${ms.toFixed(1)} ms`;
};
