import type { FileType, StoredFile } from '../../core/files/index.ts';
import {
  invariant,
  rupiah,
  type PageRequest,
  type Sealed,
  type TransactionId,
  type UserId,
  type WithdrawalId,
} from '../../core/kernel/index.ts';
import type {
  Withdrawal,
  WithdrawalCase,
  WithdrawalDesk,
  WithdrawalRepo,
  WithdrawalStatus,
} from '../../core/withdrawals/index.ts';
import { readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';
import { usersById } from './users.ts';

interface WithdrawalRow {
  readonly id: WithdrawalId;
  readonly user_id: UserId;
  readonly transaction_id: TransactionId;
  readonly amount: bigint;
  readonly fee: bigint;
  readonly number_sealed: Sealed;
  readonly number_index: string;
  readonly number_masked: string;
  readonly new_number: boolean;
  readonly topped_up: boolean;
  readonly needs_second: boolean;
  readonly endorsed_by: UserId | null;
  readonly endorsed_at: Date | null;
  readonly status: WithdrawalStatus;
  readonly claimed_by: UserId | null;
  readonly claimed_at: Date | null;
  readonly decided_by: UserId | null;
  readonly decided_at: Date | null;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly receipt_path: string | null;
  readonly receipt_sha256_received: string | null;
  readonly receipt_sha256_stored: string | null;
  readonly receipt_perceptual_hash: string | null;
  readonly receipt_size: bigint | null;
  readonly receipt_type: FileType | null;
  readonly created_at: Date;
}

/** Money on its way out. */
export const createWithdrawalRepo = (sql: Sql): WithdrawalRepo => ({
  add: async (withdrawal) => {
    invariant(withdrawal.status === 'pending', 'a withdrawal is born pending (WAL-6)');
    insertWithdrawal(sql, withdrawal);
  },
  find: async (id) => {
    const [row] = await sql<WithdrawalRow>`select * from withdrawals where id = ${known(id)}`;
    return row && toWithdrawal(row);
  },
  lock: async (id) => {
    const [row] = await sql<WithdrawalRow>`
      select * from withdrawals where id = ${known(id)} for no key update`;
    return row && toWithdrawal(row);
  },
  save: async (withdrawal) => {
    const saved = await saveWithdrawal(sql, withdrawal);
    invariant(saved.length === 1, `withdrawal ${withdrawal.id} is not stored`);
  },
  load: async (user, since) => {
    const [row] = await sql<{ pending: number; asked: bigint }>`
      select count(*) filter (where status = 'pending')::int as pending,
        coalesce(sum(amount) filter (where created_at >= ${since}
          and status in ('pending', 'paid')), 0)::bigint as asked
      from withdrawals where user_id = ${known(user)}`;
    invariant(row, 'an aggregate is always one row');
    return { pending: row.pending, askedSince: rupiah(row.asked) };
  },
  hasUsed: async (user, numberIndex) => {
    const rows = await sql`
      select id from withdrawals where user_id = ${known(user)}
        and number_index = ${numberIndex} and status in ('pending', 'paid') limit 1`;
    return rows.length > 0;
  },
  pendingOf: async (user) => {
    const rows = await sql<WithdrawalRow>`
      select * from withdrawals where user_id = ${known(user)} and status = 'pending'
      order by created_at, id`;
    return rows.map(toWithdrawal);
  },
});

const insertWithdrawal = (sql: Sql, withdrawal: Withdrawal) => {
  const { claim } = endOf(withdrawal);
  sql.later`
    insert into withdrawals (id, user_id, transaction_id, amount, fee, number_sealed, number_index,
      number_masked, new_number, topped_up, needs_second, endorsed_by, endorsed_at, status,
      claimed_by, claimed_at, created_at)
    values (${withdrawal.id}, ${withdrawal.userId}, ${withdrawal.transactionId},
      ${withdrawal.amount}, ${withdrawal.fee}, ${withdrawal.number}, ${withdrawal.numberIndex},
      ${withdrawal.maskedNumber}, ${withdrawal.flags.newNumber}, ${withdrawal.flags.toppedUp},
      ${withdrawal.needsSecond}, ${withdrawal.endorsement?.by}, ${withdrawal.endorsement?.at},
      ${withdrawal.status}, ${claim?.by}, ${claim?.at}, ${withdrawal.createdAt})`;
};

const saveWithdrawal = (sql: Sql, withdrawal: Withdrawal) => {
  const { claim, decidedBy, decidedAt, reason, reference, receipt } = endOf(withdrawal);
  return sql`
    update withdrawals set status = ${withdrawal.status}, claimed_by = ${claim?.by},
      claimed_at = ${claim?.at}, endorsed_by = ${withdrawal.endorsement?.by},
      endorsed_at = ${withdrawal.endorsement?.at}, decided_by = ${decidedBy}, decided_at = ${decidedAt},
      reason = ${reason}, reference = ${reference}, receipt_path = ${receipt?.path},
      receipt_sha256_received = ${receipt?.sha256Received},
      receipt_sha256_stored = ${receipt?.sha256Stored},
      receipt_perceptual_hash = ${receipt?.perceptualHash}, receipt_size = ${receipt?.size},
      receipt_type = ${receipt?.type}
    where id = ${withdrawal.id} returning id`;
};

/** Withdrawals as admins see them. */
export const createWithdrawalDesk = (sql: Sql): WithdrawalDesk => ({
  count: async () => {
    const [pending] = await sql<{ total: number }>`
      select count(*)::int as total from withdrawals where status = 'pending'`;
    return pending?.total ?? 0;
  },
  oldest: async () => {
    const [row] = await sql<{ oldest: Date | null }>`
      select min(created_at) as oldest from withdrawals where status = 'pending'`;
    return row?.oldest ?? null;
  },
  waiting: (admin, page) => waiting(sql, admin, page),
  next: async (admin, skipped) => {
    const rows = await sql<WithdrawalRow>`
      select * from withdrawals where status = 'pending' and user_id <> ${admin}
        and (claimed_by is null or claimed_by = ${admin})
        and endorsed_by is distinct from ${admin}
        and id <> all (${skipped.filter((id) => known(id) !== null)}::uuid[])
      order by claimed_by is null, created_at, id limit 1`;
    return (await casesOf(sql, rows))[0];
  },
  claimedByOthers: (admin, page) =>
    readPage(page, {
      count: () => sql`
        select count(*)::int as total from withdrawals
        where status = 'pending' and claimed_by <> ${admin}`,
      items: async (limit, offset) =>
        casesOf(
          sql,
          await sql<WithdrawalRow>`
            select * from withdrawals where status = 'pending' and claimed_by <> ${admin}
            order by claimed_at, id limit ${limit} offset ${offset}`,
        ),
    }),
  case: async (id) => {
    const rows = await sql<WithdrawalRow>`select * from withdrawals where id = ${known(id)}`;
    return (await casesOf(sql, rows))[0];
  },
});

const waiting = (sql: Sql, admin: UserId, page: PageRequest) =>
  readPage(page, {
    count: () => sql`
      select count(*)::int as total from withdrawals
      where status = 'pending' and (claimed_by is null or claimed_by = ${admin})`,
    items: async (limit, offset) =>
      casesOf(
        sql,
        await sql<WithdrawalRow>`
          select * from withdrawals
          where status = 'pending' and (claimed_by is null or claimed_by = ${admin})
          order by claimed_by is null, created_at, id limit ${limit} offset ${offset}`,
      ),
  });

const casesOf = async (sql: Sql, rows: readonly WithdrawalRow[]): Promise<WithdrawalCase[]> => {
  if (rows.length === 0) return [];
  const users = await usersById(
    sql,
    rows.flatMap(({ user_id, claimed_by, endorsed_by, decided_by }) =>
      [user_id, claimed_by, endorsed_by, decided_by].filter((id) => id !== null),
    ),
  );
  const pasts = await pastsOf(
    sql,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const [user, past] = [users.get(row.user_id), pasts.get(row.id)];
    invariant(user && past, `withdrawal ${row.id} and its user are stored`);
    const named = (id: UserId | null) => (id === null ? null : (users.get(id) ?? null));
    return {
      withdrawal: toWithdrawal(row),
      user,
      claimedBy: named(row.claimed_by),
      endorsedBy: named(row.endorsed_by),
      decidedBy: named(row.decided_by),
      ...past,
    };
  });
};

/** What was paid to these people before, and who else knows their numbers. */
const pastsOf = async (sql: Sql, ids: readonly WithdrawalId[]) => {
  type Past = Pick<WithdrawalCase, 'isFirst' | 'othersWithNumber'>;
  const rows = await sql<Past & { readonly id: WithdrawalId }>`
    select w.id,
      not exists (select from withdrawals o where o.user_id = w.user_id and o.status = 'paid'
        and (o.decided_at, o.id) < (coalesce(w.decided_at, 'infinity'), w.id)) as "isFirst",
      (select count(distinct o.user_id)::int from withdrawals o
        where o.number_index = w.number_index and o.user_id <> w.user_id) as "othersWithNumber"
    from withdrawals w where w.id = any(${ids}::uuid[])`;
  return new Map<WithdrawalId, Past>(
    rows.map(({ id, isFirst, othersWithNumber }) => [id, { isFirst, othersWithNumber }]),
  );
};

const endOf = (withdrawal: Withdrawal) => {
  const paid = withdrawal.status === 'paid' ? withdrawal : null;
  return {
    claim: 'claim' in withdrawal ? withdrawal.claim : null,
    decidedBy: 'decidedBy' in withdrawal ? withdrawal.decidedBy : null,
    decidedAt: withdrawal.status === 'pending' ? null : withdrawal.decidedAt,
    reason: withdrawal.status === 'rejected' ? withdrawal.reason : null,
    reference: paid?.reference ?? null,
    receipt: paid?.receipt ?? null,
  };
};

const receiptOf = (row: WithdrawalRow): StoredFile | null => {
  const { receipt_path: path, receipt_size: size, receipt_type: type } = row;
  const { receipt_sha256_received: received, receipt_sha256_stored: stored } = row;
  if (path === null || size === null || type === null || !received || !stored) return null;
  return {
    path,
    sha256Received: received,
    sha256Stored: stored,
    perceptualHash: row.receipt_perceptual_hash,
    size: Number(size),
    type,
  };
};

const stamped = (by: UserId | null, at: Date | null) =>
  by === null || at === null ? null : { by, at };

const lifeOf = (row: WithdrawalRow) => {
  const { status, decided_at: decidedAt, decided_by: decidedBy, reason } = row;
  const claim = stamped(row.claimed_by, row.claimed_at);
  if (status === 'pending') return { status, claim };
  invariant(decidedAt !== null, 'the database keeps when it was decided');
  if (status === 'canceled') return { status, decidedAt };
  invariant(decidedBy !== null, 'the database keeps who decided');
  if (status === 'paid') {
    invariant(claim !== null, 'the database keeps who claimed what was paid');
    const { reference } = row;
    return { status, claim, decidedAt, decidedBy, reference, receipt: receiptOf(row) };
  }
  invariant(reason !== null, 'the database keeps why it was rejected');
  return { status, claim, decidedAt, decidedBy, reason };
};

const toWithdrawal = (row: WithdrawalRow): Withdrawal => ({
  ...lifeOf(row),
  id: row.id,
  userId: row.user_id,
  transactionId: row.transaction_id,
  amount: rupiah(row.amount),
  fee: rupiah(row.fee),
  number: row.number_sealed,
  numberIndex: row.number_index,
  maskedNumber: row.number_masked,
  flags: { newNumber: row.new_number, toppedUp: row.topped_up },
  needsSecond: row.needs_second,
  endorsement: stamped(row.endorsed_by, row.endorsed_at),
  createdAt: row.created_at,
});
