import type {
  AuditChain,
  AuditRow,
  Block,
  ChainSnapshot,
  Head,
  Seal,
} from '../../core/audit/index.ts';
import type { Orm } from './orm.ts';
import { beginOn, ONE_SNAPSHOT } from './session.ts';
import { fragment, sqlOn, type Sql } from './sql.ts';
import { apart, withoutHaste, type OwnTransactions } from './transactions.ts';

/** Any number that no other lock has: one sealer at a time. */
const SEALING_LOCK = 4_242_002;

/** Rows and seals read at once: bounds memory, and is enough for a round trip to cost little. */
const ROWS_AT_ONCE = 5_000;
const SEALS_AT_ONCE = 1_000;

const HASH_DIGITS = 64;

/** Microseconds since 1970, exact, whatever the session's time zone. */
const MICROSECONDS = (column: string) =>
  `trim_scale(extract(epoch from ${column}) * 1000000)::text`;
const ROW = fragment(`a.id::text as id, a.actor, a.action, a.subject, a.subject_id as "subjectId",
  a."before"::text as "before", a."after"::text as "after", ${MICROSECONDS('a.at')} as at`);
const HEAD = fragment(`s.number::text as number, encode(s.hash, 'hex') as hash,
  s.total::text as total, ${MICROSECONDS('s.sealed_at')} as "sealedAt"`);

interface HeadRow {
  readonly number: string;
  readonly hash: string;
  readonly total: string;
  readonly sealedAt: string;
}

interface SealRow extends HeadRow {
  readonly previous: string | null;
  readonly ids: string;
  readonly hashes: string;
}

/** The seals over the audit log; see `migrations/0004/audit-chain.ts` for what the database does. */
export const createAuditChain = (orm: Orm, own: OwnTransactions): AuditChain => ({
  head: () => own.single(newest),
  oldestUnsealed: () =>
    own.single(async (sql) => {
      // By id, which the list is sorted by: a row's neighbours are of its age.
      const [row] = await sql<{ at: Date }>`
        select a.at from audit_unsealed u join audit_logs a on a.id = u.id order by u.id limit 1`;
      return row?.at ?? null;
    }),
  extend: (limit, make) =>
    own.several(async (sql) => {
      await sql`select pg_advisory_xact_lock(${SEALING_LOCK})`;
      const head = await newest(sql);
      const rows = await sql<AuditRow>`
        select ${ROW} from audit_logs a
        where a.id in (select id from audit_unsealed order by id limit ${limit}) order by a.id`;
      const seals = make({ head, rows });
      for (const seal of seals) await store(sql, seal);
      return seals.reduce((sum, seal) => sum + seal.rows.length, 0);
    }),
  read: async (work) => {
    const snapshot = await apart(() => beginOn(orm, ONE_SNAPSHOT));
    const sql = sqlOn(snapshot);
    try {
      withoutHaste(sql);
      return await work(snapshotOn(sql));
    } finally {
      await snapshot.rollback();
    }
  },
});

const newest = async (sql: Sql): Promise<Head | null> => {
  const [row] = await sql<HeadRow>`
    select ${HEAD} from audit_seals s order by s.number desc limit 1`;
  return row === undefined ? null : readHead(row);
};

const readHead = ({ number, total, hash, sealedAt }: HeadRow): Head => ({
  number: Number(number),
  hash,
  total: Number(total),
  sealedAt,
});

const store = (sql: Sql, { rows, ...seal }: Seal): Promise<object[]> => {
  const ids = arrayOf(rows.map(({ id }) => id).join());
  const hashes = rows.map(({ hash }) => hash).join('');
  return sql`
    insert into audit_seals (number, previous, total, sealed_at, row_ids, row_hashes, hash)
    values (${seal.number}, decode(${seal.previous}, 'hex'), ${seal.total},
      ${new Date(Number(seal.sealedAt) / 1_000)}, ${ids}::bigint[], decode(${hashes}, 'hex'),
      decode(${seal.hash}, 'hex'))`;
};

const arrayOf = (ids: string): string => `{${ids}}`;

const snapshotOn = (sql: Sql): ChainSnapshot => ({
  size: () => countOf(sql`select count(*) as count from audit_logs`),
  unsealed: async () => ({
    waiting: await countOf(sql`select count(*) as count from audit_unsealed`),
    lost: await countOf(sql`
      select count(*) as count from audit_unsealed u
      where not exists (select from audit_logs a where a.id = u.id)`),
  }),
  blocks: (after) => blocksOn(sql, after),
  strays: (limit) =>
    // Not as an anti-join: for a list out of arrays the planner may choose nested loops.
    idsOf(sql`
      select n.id::text as id
      from (
        select id from audit_logs
        except (select unnest(row_ids) from audit_seals union all select id from audit_unsealed)
      ) n
      order by n.id limit ${limit}`),
  lost: (limit) =>
    idsOf(sql`
      select u.id::text as id from audit_unsealed u
      where not exists (select from audit_logs a where a.id = u.id) order by u.id limit ${limit}`),
});

const countOf = async (answer: Promise<object[]>): Promise<number> => {
  const [row] = (await answer) as { count: bigint }[];
  return Number(row?.count);
};

const idsOf = async (answer: Promise<object[]>): Promise<readonly string[]> =>
  ((await answer) as { id: string }[]).map(({ id }) => id);

/** The database fetches the next blocks while these are looked at. */
async function* blocksOn(sql: Sql, after: number): AsyncIterable<readonly Block[]> {
  let next = pageAfter(sql, after);
  for (;;) {
    const blocks = await next;
    const last = blocks.at(-1)?.seal;
    if (last === undefined) return;
    next = pageAfter(sql, last.number, last.total);
    next.catch(() => undefined); // thrown where it is awaited, if anybody still does
    yield blocks;
  }
}

const pageAfter = async (sql: Sql, after: number, total?: number): Promise<readonly Block[]> => {
  const seals = await sealsAfter(sql, after, total);
  const rows = await sql<AuditRow>`
    select ${ROW} from audit_logs a
    where a.id = any (${arrayOf(seals.flatMap(({ ids }) => ids || []).join())}::bigint[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return seals.map((row) => {
    const seal = sealOf(row);
    return { seal, rows: seal.rows.map(({ id }) => byId.get(id)) };
  });
};

/** As many seals as stand over `ROWS_AT_ONCE` rows, one at least. */
const sealsAfter = async (sql: Sql, after: number, total = 0): Promise<readonly SealRow[]> => {
  const columns = fragment(`encode(s.previous, 'hex') as previous,
    array_to_string(s.row_ids, ',') as ids, encode(s.row_hashes, 'hex') as hashes`);
  const found = await sql<SealRow>`
    select ${HEAD}, ${columns} from audit_seals s
    where s.number > ${after} and s.number <= ${after + SEALS_AT_ONCE}
      and s.total <= ${total + ROWS_AT_ONCE}
    order by s.number`;
  if (found.length > 0) return found;
  return sql<SealRow>`
    select ${HEAD}, ${columns} from audit_seals s where s.number > ${after}
    order by s.number limit 1`;
};

const sealOf = ({ previous, ids, hashes, ...head }: SealRow): Seal => ({
  ...readHead(head),
  previous,
  rows: ids
    .split(',')
    .filter(Boolean)
    .map((id, place) => ({
      id,
      hash: hashes.slice(place * HASH_DIGITS, (place + 1) * HASH_DIGITS),
    })),
});
