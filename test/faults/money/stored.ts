import type { Orm } from '../../../adapters/postgres/index.ts';
import { MUTATION_MARK } from '../mutants.ts';
import type { Entry } from './books.ts';
import { moveOf, requestKey, type AccountName } from './names.ts';
import type { Kind, Operation, OperationOf } from './operations.ts';

interface Row {
  readonly id: string;
  readonly status: string;
}

/** What stands in the database after a run. */
export interface Stored {
  /** Several under one key are a doubled operation. */
  readonly entries: ReadonlyMap<string, readonly (Entry & { readonly reference: string })[]>;
  readonly audits: ReadonlyMap<string, number>;
  /** Dedupe keys of notices with the state of their messages. */
  readonly notices: ReadonlyMap<string, string>;
  readonly balances: ReadonlyMap<AccountName, bigint>;
  readonly deposits: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
  readonly proofs: readonly (Row & { readonly take_id: string })[];
  readonly takes: readonly (Row & { readonly worker_id: string; readonly campaign_id: string })[];
  /** Orders to approve many. */
  readonly approvals: ReadonlySet<string>;
  readonly withdrawals: readonly (Row & { readonly claimed_by: string | null })[];
}

/** Reads the whole of it, as the owner of the database. */
export const readStored = async (orm: Orm): Promise<Stored> => {
  const all = <R>(sql: string): Promise<R[]> => orm.em.fork().execute<R[]>(sql);
  const statuses = async (table: string) =>
    new Map((await all<Row>(`select id, status from ${table}`)).map((row) => [row.id, row.status]));
  return {
    entries: await readEntries(all),
    audits: await readAudits(all),
    notices: await readNotices(all),
    balances: await readBalances(all),
    deposits: await statuses('deposits'),
    campaigns: await statuses('campaigns'),
    proofs: await all('select id, status, take_id from task_proofs'),
    takes: await all('select id, status, worker_id, campaign_id from takes'),
    approvals: new Set(
      (await all<Pick<Row, 'id'>>('select id from approval_batches')).map(({ id }) => id),
    ),
    withdrawals: await all('select id, status, claimed_by from withdrawals'),
  };
};

type All = <R>(sql: string) => Promise<R[]>;

const named = (kind: string, owner: string | null): AccountName =>
  owner === null ? kind : `${kind} ${owner}`;

const readEntries = async (all: All): Promise<Stored['entries']> => {
  const moves = Map.groupBy(
    await all<{
      readonly transaction_id: string;
      readonly amount: bigint;
      readonly from_kind: string;
      readonly from_owner: string | null;
      readonly to_kind: string;
      readonly to_owner: string | null;
    }>(`select p.transaction_id, p.amount, s.kind as from_kind, s.owner_id as from_owner,
        d.kind as to_kind, d.owner_id as to_owner
      from postings p join accounts s on s.id = p.from_account_id
        join accounts d on d.id = p.to_account_id order by p.created_at, p.id`),
    ({ transaction_id: id }) => id,
  );
  const rows = await all<{
    readonly id: string;
    readonly idempotency_key: string;
    readonly type: string;
    readonly user_id: string | null;
    readonly amount: bigint;
    readonly status: string;
    readonly reference_id: string;
  }>('select * from wallet_transactions');
  const entries = rows.map((row) => ({
    key: row.idempotency_key.split(MUTATION_MARK)[0] ?? '',
    type: row.type,
    user: row.user_id,
    amount: row.amount,
    status: row.status,
    reference: row.reference_id,
    moves: (moves.get(row.id) ?? []).map((move) =>
      moveOf(
        named(move.from_kind, move.from_owner),
        named(move.to_kind, move.to_owner),
        move.amount,
      ),
    ),
  }));
  return Map.groupBy(entries, ({ key }) => key);
};

/** What is about people (registration, roles) is not about money. */
const readAudits = async (all: All): Promise<Stored['audits']> => {
  const rows = await all<{ readonly line: string; readonly times: number }>(`
    select action || ' ' || subject_id as line, count(*)::int as times from audit_logs
    where subject <> 'user' group by action, subject_id`);
  return new Map(rows.map(({ line, times }) => [line, times]));
};

/** Without what tells of roles or of a morning (RPT-2), and of nothing but the run. */
const readNotices = async (all: All): Promise<Stored['notices']> => {
  const rows = await all<{ readonly dedupe_key: string; readonly state: string }>(
    `select dedupe_key, state from outbox where kind = 'notice' and dedupe_key !~ '^(role|run|report):'`,
  );
  return new Map(rows.map((row) => [row.dedupe_key, row.state]));
};

const readBalances = async (all: All): Promise<Stored['balances']> => {
  const rows = await all<{
    readonly kind: string;
    readonly owner_id: string | null;
    readonly balance: bigint;
  }>(`select kind, owner_id,
      case when kind in ('revenue', 'outside') then posted(id) else balance end as balance
    from accounts`);
  return new Map(rows.map((row) => [named(row.kind, row.owner_id), row.balance]));
};

/** The id of what an operation made or changed; undefined where it did not happen. */
export const findHappened = (
  stored: Stored,
  operation: Operation,
  taken: ReadonlySet<string>,
): string | undefined => {
  const find = FINDERS[operation.kind] as (what: Operation, facts: Facts) => string | undefined;
  return find(operation, { stored, taken });
};

interface Facts {
  readonly stored: Stored;
  /** Takes that other operations have made. */
  readonly taken: ReadonlySet<string>;
}

type Finders = {
  readonly [K in Kind]: (operation: OperationOf<K>, facts: Facts) => string | undefined;
};

const byKey = ({ by, key }: { readonly by: string; readonly key: string }, { stored }: Facts) =>
  stored.entries.get(requestKey(by, key))?.[0]?.reference;

const deposit =
  (status: string) =>
  ({ id }: { readonly id: string }, { stored }: Facts): string | undefined =>
    stored.deposits.get(id) === status ? id : undefined;

const proof =
  (status: string) =>
  ({ id }: { readonly id: string }, { stored }: Facts): string | undefined =>
    stored.proofs.find((row) => row.id === id && row.status === status)?.id;

const withdrawal =
  (status: string) =>
  ({ id }: { readonly id: string }, { stored }: Facts): string | undefined =>
    stored.withdrawals.find((row) => row.id === id && row.status === status)?.id;

const FINDERS: Finders = {
  'deposit.request': byKey,
  'deposit.approve': deposit('approved'),
  'deposit.reject': deposit('rejected'),
  'deposit.cancel': deposit('canceled'),
  'campaign.create': byKey,
  'campaign.raise': byKey,
  'campaign.delete': ({ id }, { stored }) =>
    stored.campaigns.get(id) === 'deleted' ? id : undefined,
  'task.take': ({ by, id }, { stored, taken }) =>
    stored.takes.find(
      (take) => take.worker_id === by && take.campaign_id === id && !taken.has(take.id),
    )?.id,
  'task.release': ({ id }, { stored }) =>
    stored.takes.find((take) => take.id === id && take.status === 'released')?.id,
  'proof.submit': ({ id }, { stored }) => stored.proofs.find((row) => row.take_id === id)?.id,
  'proof.approve': proof('approved'),
  'proof.reject': proof('rejected'),
  'approvals.start': ({ key }, { stored }) => (stored.approvals.has(key) ? key : undefined),
  'withdrawal.request': byKey,
  'withdrawal.claim': ({ id }, { stored }) =>
    stored.withdrawals.find((row) => row.id === id && row.claimed_by !== null)?.id,
  'withdrawal.pay': withdrawal('paid'),
  'withdrawal.reject': withdrawal('rejected'),
  'withdrawal.cancel': withdrawal('canceled'),
};
