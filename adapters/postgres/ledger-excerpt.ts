import {
  invariant,
  rupiah,
  type CampaignId,
  type Rupiah,
  type TaskKind,
  type UserId,
} from '../../core/kernel/index.ts';
import type {
  Account,
  ExcerptSize,
  LedgerExcerpt,
  NamedAccount,
  PostingLine,
  TransactionType,
} from '../../core/wallet/index.ts';
import type { Sql } from './sql.ts';

/** Reads a part of the ledger; the snapshot under way makes its parts agree. */
export const readExcerpt = async (sql: Sql, size: ExcerptSize): Promise<LedgerExcerpt> => {
  const platform = await platformBalances(sql);
  const balances = [...platform, ...(await largestBalances(sql, size.accounts))];
  const newest = await newestPostings(sql, size.postings);
  const names = await namesOf(sql, [
    ...balances.map(({ id }) => id),
    ...newest.flatMap(({ source, destination }) => [source, destination]),
  ]);
  const named = (id: string): NamedAccount => {
    const name = names.get(id);
    invariant(name, 'a foreign key keeps every account of a posting');
    return name;
  };
  return {
    accounts: balances.map(({ id, balance }) => ({ ...named(id), balance: rupiah(balance) })),
    sum: await sumOfAll(sql, platform),
    postings: newest.map(({ source, destination, ...row }): PostingLine => ({
      ...row,
      amount: rupiah(row.amount),
      from: named(source),
      to: named(destination),
    })),
  };
};

interface BalanceRow {
  readonly id: string;
  readonly balance: bigint;
}

/** They keep no balance: what was posted to them is summed up, from an index alone. */
const platformBalances = (sql: Sql) => sql<BalanceRow>`
  select id, posted(id) as balance from accounts where kind in ('outside', 'revenue')
  order by kind`;

/**
 * One pass over the accounts. An index by balance would be written with every posting, for a list
 * that is looked at now and then.
 */
const largestBalances = (sql: Sql, limit: number) => sql<BalanceRow>`
  select id, balance from accounts where kind = 'wallet' or balance > 0
  order by balance desc, id desc limit ${limit}`;

const sumOfAll = async (sql: Sql, platform: readonly BalanceRow[]): Promise<Rupiah> => {
  const [kept] = await sql<{ sum: bigint }>`
    select coalesce(sum(balance), 0)::bigint as sum from accounts`;
  invariant(kept, 'an aggregate is always one row');
  return rupiah(platform.reduce((sum, { balance }) => sum + balance, kept.sum));
};

interface PostingRow {
  readonly id: string;
  readonly type: TransactionType;
  readonly source: string;
  readonly destination: string;
  readonly amount: bigint;
  readonly at: Date;
}

/** Ids of postings grow with time, so their key has the newest at its end. */
const newestPostings = (sql: Sql, limit: number) => sql<PostingRow>`
  select p.id, t.type, p.from_account_id as source, p.to_account_id as destination, p.amount,
    p.created_at as at
  from (select * from postings order by id desc limit ${limit}) p
  join wallet_transactions t on t.id = p.transaction_id
  order by p.id desc`;

interface NameRow {
  readonly id: string;
  readonly kind: Account['kind'];
  readonly owner_id: string;
  readonly owner: string | null;
  readonly task_kind: TaskKind | null;
  readonly link: string | null;
}

const namesOf = async (
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedAccount>> => {
  const rows = await sql<NameRow>`
    select a.id, a.kind, a.owner_id, u.display_name as owner, c.kind as task_kind,
      c.link_target as link
    from accounts a
    left join users u on a.kind in ('wallet', 'hold') and u.id = a.owner_id
    left join campaigns c on a.kind = 'escrow' and c.id = a.owner_id
    where a.id = any(${[...new Set(ids)]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, toNamed(row)]));
};

const toNamed = ({ kind, owner_id, owner, task_kind, link }: NameRow): NamedAccount => ({
  account: accountOf(kind, owner_id),
  owner,
  campaign: task_kind === null || link === null ? null : { taskKind: task_kind, link },
});

const accountOf = (kind: Account['kind'], owner: string): Account => {
  switch (kind) {
    case 'wallet':
    case 'hold':
      return { kind, userId: owner as UserId };
    case 'escrow':
      return { kind, campaignId: owner as CampaignId };
    case 'revenue':
    case 'outside':
      return { kind };
  }
};
