import { invariant, type PageRequest, type UserId } from '../../core/kernel/index.ts';
import type {
  AdminGrant,
  AdminGrantRepo,
  Language,
  OpenThings,
  OwnRole,
  Permission,
  Role,
  Standing,
  User,
  UserRepo,
  Wanted,
} from '../../core/users/index.ts';
import { readPage } from './paging.ts';
import { known, type Sql } from './sql.ts';

export interface UserRow {
  readonly id: UserId;
  readonly telegram_id: bigint;
  readonly username: string | null;
  readonly display_name: string;
  readonly language: Language;
  readonly role: Role | null;
  readonly former_role: OwnRole | null;
  readonly permissions: readonly Permission[];
  readonly status: User['status'];
  readonly suspension_reason: string | null;
  readonly suspended_by: string | null;
  readonly suspended_at: Date | null;
  readonly terms_version: number | null;
  readonly created_at: Date;
  readonly acted_at: Date | null;
  readonly unreachable_since: Date | null;
}

/** Users, each with their wallet and hold. */
export const createUserRepo = (sql: Sql): UserRepo => {
  const findByTelegramId = async (telegramId: number): Promise<User | undefined> => {
    const [row] = await sql<UserRow>`select * from users where telegram_id = ${telegramId}`;
    return row && toUser(row);
  };
  return {
    add: async (user) => {
      await insertUser(sql, user);
      const stored = await findByTelegramId(user.telegramId);
      invariant(stored, 'a user was stored, by us or by who came first');
      return stored;
    },
    find: async (id) => (await usersById(sql, [id])).get(id),
    findByTelegramId,
    lock: async (id) => {
      const [row] = await sql<UserRow>`
        select * from users where id = ${known(id)} for no key update`;
      return row && toUser(row);
    },
    save: async (user) => {
      const saved = await saveUser(sql, user);
      invariant(saved.length === 1, `user ${user.id} is not stored`);
    },
    search: (wanted, page) => search(sql, wanted, page),
    admins: async () => {
      const rows = await sql<UserRow>`select * from users
        where role = 'admin' and status = 'active' order by created_at, id`;
      return rows.map(toUser);
    },
    openThings: async (id) => {
      const [open] = await sql<OpenThings>`
        select
          (select count(*)::int from campaigns where client_id = ${known(id)}
            and status in ('active', 'paused')) as campaigns,
          (select count(*)::int from takes where worker_id = ${known(id)}
            and status = 'taken') as "takenTasks",
          (select count(*)::int from takes where worker_id = ${known(id)}
            and status = 'pending_review') as "proofsUnderReview",
          (select count(*)::int from deposits where user_id = ${known(id)}
            and status = 'pending') as deposits,
          (select count(*)::int from withdrawals where user_id = ${known(id)}
            and status = 'pending') as withdrawals`;
      invariant(open, 'a row of sub-selects is always one row');
      return open;
    },
  };
};

/** Comes after everything that a name or a @username can go on with: both are shorter. */
const LAST = '\u{10FFFF}'.repeat(65);

/**
 * By what names lie between: LIKE finds its index only in a plan that was made for this very name,
 * and a plan that is kept would read everybody.
 */
const search = (sql: Sql, wanted: Wanted, page: PageRequest) => {
  const { telegramId, username, name } = wanted;
  if (name === '') return everybody(sql, page);
  return readPage<User>(page, {
    count: () => sql`
      select count(*)::int as total from users
      where telegram_id = ${telegramId}
        or (lower(username) ~>=~ lower(${username}::text)
          and lower(username) ~<~ (lower(${username}::text) || ${LAST}))
        or (lower(display_name) ~>=~ lower(${name}::text)
          and lower(display_name) ~<~ (lower(${name}::text) || ${LAST}))`,
    // who fits is found first: looked for among the newest, a rare name is met after all others
    items: async (limit, offset) => {
      const rows = await sql<UserRow>`
        with found as materialized (
          select * from users
          where telegram_id = ${telegramId}
            or (lower(username) ~>=~ lower(${username}::text)
              and lower(username) ~<~ (lower(${username}::text) || ${LAST}))
            or (lower(display_name) ~>=~ lower(${name}::text)
              and lower(display_name) ~<~ (lower(${name}::text) || ${LAST}))
        )
        select * from found order by created_at desc, id desc limit ${limit} offset ${offset}`;
      return rows.map(toUser);
    },
  });
};

/** Every name begins with nothing. */
const everybody = (sql: Sql, page: PageRequest) =>
  readPage<User>(page, {
    count: () => sql`select count(*)::int as total from users`,
    items: async (limit, offset) => {
      const rows = await sql<UserRow>`
        select * from users order by created_at desc, id desc limit ${limit} offset ${offset}`;
      return rows.map(toUser);
    },
  });

/**
 * Several users in one look. The ids are a sub-select, of which the planner knows no more when it sees
 * them than before: so this is planned once for a connection, and not anew because these are few.
 */
export const usersById = async (
  sql: Sql,
  ids: readonly UserId[],
): Promise<ReadonlyMap<UserId, User>> => {
  const rows = await sql<UserRow>`
    select * from users where id = any(array(select unnest(${ids.map(known)}::uuid[])))`;
  return new Map(rows.map((row) => [row.id, toUser(row)]));
};

/** The wallet's id is made before the hold's: accounts are locked in the order of their ids. */
const insertUser = (sql: Sql, user: User) => {
  const { reason, by, at } = suspensionOf(user);
  return sql`
    with fresh as (
      insert into users (id, telegram_id, username, display_name, language, role, former_role,
        permissions, status, suspension_reason, suspended_by, suspended_at, terms_version,
        created_at, unreachable_since)
      values (${user.id}, ${user.telegramId}, ${user.username}, ${user.displayName},
        ${user.language}, ${user.role}, ${user.formerRole}, ${user.permissions}, ${user.status},
        ${reason}, ${by}, ${at}, ${user.termsVersion}, ${user.createdAt},
        ${user.unreachableSince})
      on conflict (telegram_id) do nothing returning id
    ), ids as materialized (
      select id as user_id, uuidv7() as wallet_id, uuidv7() as hold_id from fresh
    ), opened as (
      insert into accounts (id, kind, owner_id)
      select wallet_id, 'wallet', user_id from ids
      union all select hold_id, 'hold', user_id from ids
    )
    insert into wallets (user_id, wallet_account_id, hold_account_id)
    select user_id, wallet_id, hold_id from ids`;
};

const saveUser = (sql: Sql, user: User) => {
  const { reason, by, at } = suspensionOf(user);
  return sql`
    update users set username = ${user.username}, display_name = ${user.displayName},
      language = ${user.language}, role = ${user.role}, former_role = ${user.formerRole},
      permissions = ${user.permissions}, status = ${user.status}, suspension_reason = ${reason}, suspended_by = ${by},
      suspended_at = ${at}, terms_version = ${user.termsVersion},
      unreachable_since = ${user.unreachableSince}
    where id = ${user.id} returning id`;
};

/** What the operator said of Telegram ids. */
export const createAdminGrantRepo = (sql: Sql): AdminGrantRepo => ({
  find: async (telegramId) => {
    const [row] = await sql<GrantRow>`
      select * from admin_grants where telegram_id = ${telegramId}`;
    return row && toGrant(row);
  },
  save: async ({ telegramId, state, permissions, by, at }) => {
    await sql`
      insert into admin_grants (telegram_id, state, permissions, decided_by, decided_at)
      values (${telegramId}, ${state}, ${permissions}, ${by}, ${at})
      on conflict (telegram_id) do update set state = excluded.state,
        permissions = excluded.permissions,
        decided_by = excluded.decided_by, decided_at = excluded.decided_at`;
  },
});

interface GrantRow {
  readonly telegram_id: bigint;
  readonly state: AdminGrant['state'];
  readonly permissions: readonly Permission[];
  readonly decided_by: string;
  readonly decided_at: Date;
}

const toGrant = (row: GrantRow): AdminGrant => ({
  telegramId: Number(row.telegram_id),
  state: row.state,
  permissions: row.permissions,
  by: row.decided_by,
  at: row.decided_at,
});

const suspensionOf = (user: User) =>
  user.status === 'suspended' ? user.suspension : { reason: null, by: null, at: null };

const standingOf = (row: UserRow): Standing => {
  if (row.status === 'active') return { status: 'active' };
  const { suspension_reason: reason, suspended_by: by, suspended_at: at } = row;
  invariant(reason !== null && by !== null && at !== null, 'the database keeps suspensions whole');
  return { status: 'suspended', suspension: { reason, by, at } };
};

export const toUser = (row: UserRow): User => ({
  ...standingOf(row),
  id: row.id,
  telegramId: Number(row.telegram_id),
  username: row.username,
  displayName: row.display_name,
  language: row.language,
  role: row.role,
  formerRole: row.former_role,
  permissions: row.permissions,
  termsVersion: row.terms_version,
  createdAt: row.created_at,
  actedAt: row.acted_at,
  unreachableSince: row.unreachable_since,
});
