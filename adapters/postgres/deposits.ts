import type {
  Deposit,
  DepositCase,
  DepositDesk,
  DepositRepo,
  DepositStatus,
  EarlierDeposit,
} from '../../core/deposits/index.ts';
import {
  invariant,
  rupiah,
  type DepositId,
  type TransactionId,
  type UserId,
} from '../../core/kernel/index.ts';
import { toFile, type FileRow } from './files.ts';
import { readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';
import { usersById } from './users.ts';

interface DepositRow extends FileRow {
  readonly id: DepositId;
  readonly user_id: UserId;
  readonly transaction_id: TransactionId;
  readonly claimed: bigint;
  readonly credited: bigint | null;
  readonly status: DepositStatus;
  readonly reason: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: UserId | null;
  readonly created_at: Date;
}

/** Top-ups by hand. */
export const createDepositRepo = (sql: Sql): DepositRepo => ({
  add: async (deposit) => {
    insertDeposit(sql, deposit);
  },
  find: async (id) => {
    const [row] = await sql<DepositRow>`select * from deposits where id = ${known(id)}`;
    return row && toDeposit(row);
  },
  lock: async (id) => {
    const [row] = await sql<DepositRow>`
      select * from deposits where id = ${known(id)} for no key update`;
    return row && toDeposit(row);
  },
  save: async (deposit) => {
    const { credited, reason, decidedAt, decidedBy } = endOf(deposit);
    const saved = await sql`
      update deposits set status = ${deposit.status}, credited = ${credited}, reason = ${reason},
        decided_at = ${decidedAt}, decided_by = ${decidedBy}
      where id = ${deposit.id} returning id`;
    invariant(saved.length === 1, `deposit ${deposit.id} is not stored`);
  },
  pendingOf: async (user) => {
    const rows = await sql<DepositRow>`
      select * from deposits where user_id = ${known(user)} and status = 'pending'
      order by created_at, id`;
    return rows.map(toDeposit);
  },
  hasSent: async (user, file) => {
    const rows = await sql`
      select id from deposits where user_id = ${known(user)} and status <> 'canceled'
        and (file_sha256_received = ${file.sha256Received}
          or file_channel_id = ${file.channelFileId}) limit 1`;
    return rows.length > 0;
  },
});

const insertDeposit = (sql: Sql, deposit: Deposit) => {
  const { credited, reason, decidedAt, decidedBy } = endOf(deposit);
  const { file } = deposit;
  sql.later`
    insert into deposits (id, user_id, transaction_id, claimed, credited, status, reason,
      decided_at, decided_by, file_path, file_sha256_received, file_sha256_stored,
      file_perceptual_hash, file_size, file_type, file_channel_id, created_at)
    values (${deposit.id}, ${deposit.userId}, ${deposit.transactionId}, ${deposit.claimed},
      ${credited}, ${deposit.status}, ${reason}, ${decidedAt}, ${decidedBy}, ${file.path},
      ${file.sha256Received}, ${file.sha256Stored}, ${file.perceptualHash}, ${file.size},
      ${file.type}, ${file.channelFileId}, ${deposit.createdAt})`;
};

const countPending = (sql: Sql) =>
  sql<{ total: number }>`select count(*)::int as total from deposits where status = 'pending'`;

/** Deposits as admins see them. */
export const createDepositDesk = (sql: Sql): DepositDesk => ({
  count: async () => (await countPending(sql))[0]?.total ?? 0,
  waiting: (page) =>
    readPage(page, {
      count: () => countPending(sql),
      items: async (limit, offset) =>
        casesOf(
          sql,
          await sql<DepositRow>`
            select * from deposits where status = 'pending'
            order by created_at, id limit ${limit} offset ${offset}`,
        ),
    }),
  next: async (admin, skipped) => {
    const rows = await sql<DepositRow>`
      select * from deposits where status = 'pending' and user_id <> ${admin}
        and id <> all (${skipped.filter((id) => known(id) !== null)}::uuid[])
      order by created_at, id limit 1`;
    return (await casesOf(sql, rows))[0];
  },
  case: async (id) => {
    const rows = await sql<DepositRow>`select * from deposits where id = ${known(id)}`;
    return (await casesOf(sql, rows))[0];
  },
});

const casesOf = async (sql: Sql, rows: readonly DepositRow[]): Promise<DepositCase[]> => {
  if (rows.length === 0) return [];
  const same = await sameFiles(
    sql,
    rows.map((row) => row.id),
  );
  const users = await usersById(
    sql,
    [...rows, ...same].flatMap((row) => [row.user_id, row.decided_by]).filter((id) => id !== null),
  );
  const withUser = (row: DepositRow): EarlierDeposit => {
    const user = users.get(row.user_id);
    invariant(user, `the user of deposit ${row.id} is stored`);
    return { deposit: toDeposit(row), user };
  };
  const earlier = Map.groupBy(same, (row) => row.sent_again_with);
  return rows.map((row) => {
    const found = earlier.get(row.id) ?? [];
    return {
      ...withUser(row),
      decidedBy: row.decided_by === null ? null : (users.get(row.decided_by) ?? null),
      sameFile: found[0]?.same_file ?? 0,
      earlier: found.map(withUser),
    };
  });
};

interface SameFileRow extends DepositRow {
  readonly sent_again_with: DepositId;
  /** How many there are, those beyond the third included. */
  readonly same_file: number;
}

/**
 * For each of these the newest three earlier deposits with the same file, by its bytes or the
 * channel's id (DEP-3).
 */
const sameFiles = (sql: Sql, ids: readonly DepositId[]) => sql<SameFileRow>`
  select d.id as sent_again_with, found.* from deposits d cross join lateral (
    select e.*, (count(*) over ())::int as same_file from deposits e
    where (e.created_at, e.id) < (d.created_at, d.id) and e.id in (
      select s.id from deposits s where s.file_sha256_received = d.file_sha256_received
      union select c.id from deposits c where c.file_channel_id = d.file_channel_id)
    order by e.created_at desc, e.id desc limit 3) found
  where d.id = any(${ids}::uuid[])
  order by d.id, found.created_at desc, found.id desc`;

const endOf = (deposit: Deposit) => ({
  credited: deposit.status === 'approved' ? deposit.credited : null,
  reason: 'reason' in deposit ? deposit.reason : null,
  decidedAt: deposit.status === 'pending' ? null : deposit.decidedAt,
  decidedBy: 'decidedBy' in deposit ? deposit.decidedBy : null,
});

const lifeOf = (row: DepositRow) => {
  const { status, credited, reason, decided_at: decidedAt, decided_by: decidedBy } = row;
  if (status === 'pending') return { status };
  invariant(decidedAt !== null, 'the database keeps when it was decided');
  if (status === 'canceled') return { status, decidedAt };
  invariant(decidedBy !== null, 'the database keeps who decided');
  if (status === 'approved') {
    invariant(credited !== null, 'the database keeps what was credited');
    return { status, decidedAt, decidedBy, credited: rupiah(credited), reason };
  }
  invariant(reason !== null, 'the database keeps why it was rejected');
  return { status, decidedAt, decidedBy, reason };
};

const toDeposit = (row: DepositRow): Deposit => ({
  ...lifeOf(row),
  id: row.id,
  userId: row.user_id,
  transactionId: row.transaction_id,
  claimed: rupiah(row.claimed),
  file: toFile(row),
  createdAt: row.created_at,
});
