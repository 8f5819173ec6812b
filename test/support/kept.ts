import type { plainSql } from '../../adapters/postgres/index.ts';

type Sql = ReturnType<typeof plainSql>;

/** All rows of a database, and its sequences, as they stood at a moment. */
export interface Kept {
  /** How the rows stand now, by table. */
  dump(): Promise<Readonly<Record<string, readonly unknown[]>>>;
  /** Takes 3 ms on small tables; nobody else may be at work on them. */
  putBack(): Promise<void>;
}

interface Table {
  readonly name: string;
  /** In the order of which rows are written out. */
  readonly key: string;
  readonly columns: string;
  /** Not written out: they differ from run to run and say nothing. */
  readonly chance: readonly string[];
}

const TABLES = `
  select c.relname as name,
    coalesce((select string_agg(quote_ident(a.attname), ', ' order by k.place)
      from pg_index i, unnest(i.indkey) with ordinality k (attnum, place)
      join pg_attribute a on a.attnum = k.attnum
      where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid), 't::text') as key,
    (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
      as columns,
    (select coalesce(json_agg(a.attname), '[]') from pg_attribute a
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and (a.attidentity <> ''
        or (a.attname = 'id' and a.atttypid = 'int8'::regtype)
        or a.atttypid in ('xid8'::regtype, 'int8[]'::regtype)
        or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')) as chance
  from pg_class c
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
  order by c.relname`;

const SEQUENCES = `
  select format('select setval(%L, %s, %L);', quote_ident(schemaname) || '.'
    || quote_ident(sequencename), coalesce(last_value, start_value), last_value is not null) as back
  from pg_sequences where schemaname = 'public'`;

/** Keeps everything that the tables hold now, by a name; `sql` is the database's administrator. */
export const keepEverything = async (sql: Sql, as: string): Promise<Kept> => {
  const tables = (await sql(TABLES)).rows as unknown as readonly Table[];
  const copies = tables.map(({ name }) => `create table ${as}.${name} as table public.${name};`);
  await sql(`drop schema if exists ${as} cascade; create schema ${as}; ${copies.join(' ')}`);
  const rowsOf = ({ name, key, chance }: Table): string =>
    `'${name}' value (select coalesce(json_agg(to_jsonb(t) - '{${chance.join(',')}}'::text[]
      order by ${key}), '[]') from public.${name} t)`;
  const looking = `select json_object(${tables.map(rowsOf).join(', ')}) as dump`;
  const sequences = (await sql(SEQUENCES)).rows.map(({ back }) => String(back));
  const restoring = tables.map(
    ({ name, columns }) => `delete from public.${name};
      insert into public.${name} (${columns}) overriding system value
        select ${columns} from ${as}.${name};`,
  );
  return {
    dump: async () => {
      const [row] = (await sql(looking)).rows;
      return row?.['dump'] as Awaited<ReturnType<Kept['dump']>>;
    },
    putBack: async () => {
      await sql(`begin; set local session_replication_role = replica;
        ${restoring.join(' ')} ${sequences.join(' ')} commit;`);
    },
  };
};
