import { plainSql, withSql, type Orm, type PostgresPorts } from '../../adapters/postgres/index.ts';
import { refuseWallet, type UserId } from '../../core/index.ts';
import { mutated } from '../faults/mutants.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { postTold } from '../support/post-told.ts';
import { fingerprintOf, GivenUp, halvesOf, KEYS, type Payment } from './payments.ts';
import { throughPort, type MoveMoney } from './writers.ts';

/**
 * Wrong ways to move money, each of which a run must find out.
 *
 * - `read-modify-write`: balances are read, and written as they then should be; the walls that
 *   forbid that are taken down first;
 * - `no-key`: posted although the key was used before;
 * - `halves`: the two halves of a payment in transactions of their own.
 */
export const MUTANTS = ['read-modify-write', 'no-key', 'halves'] as const;
export type Mutant = (typeof MUTANTS)[number];

export interface Parts {
  readonly ports: PostgresPorts;
  /** Connected as the owner of the tables. */
  readonly owner: Orm;
}

/** Moves money with that defect; as the product does it where there is none. */
export const moveWith = ({ ports, owner }: Parts, mutant: Mutant | undefined): MoveMoney => {
  switch (mutant) {
    case undefined:
      return throughPort(ports.unitOfWork);
    case 'no-key':
      return throughPort(mutated(ports, 'no-key').unitOfWork);
    case 'halves':
      return inHalves(ports);
    case 'read-modify-write':
      return (payment) => readModifyWrite(owner, payment);
  }
};

const inHalves =
  ({ unitOfWork }: PostgresPorts): MoveMoney =>
  async (payment) => {
    for (const half of halvesOf(payment)) await unitOfWork.run((tx) => postTold(tx, half));
    if (payment.way === 'aborted') throw new GivenUp();
  };

/** Owner and triggers: what a balance cannot be changed by is switched off in this database. */
export const takeWallsDown = ({ ownerUrl }: Pick<DatabaseUrls, 'ownerUrl'>): Promise<unknown> =>
  withSql(ownerUrl, (sql) =>
    sql(`alter table accounts disable trigger accounts_change_by_postings_only;
      alter table postings disable trigger postings_keep_balances;
      alter table postings disable trigger postings_serve_their_purpose;`),
  );

/** What a programmer in a hurry would write, with the rights of the owner. */
export const readModifyWrite = async (owner: Orm, payment: Payment): Promise<void> => {
  const { key, from, to, amount, way } = payment;
  const sql = plainSql(owner);
  const balances = new Map<UserId, bigint>();
  for (const id of [from, to]) {
    const { rows } = await sql(BALANCE, [id]);
    balances.set(id, BigInt(String(rows[0]?.['balance'])));
  }
  const [has, gets] = [balances.get(from) ?? 0n, balances.get(to) ?? 0n];
  if (has < amount) throw refuseWallet('wallet.overdrawn');
  if (way === 'aborted') throw new GivenUp();
  const [used] = (await sql(USED, [`${key}${KEYS.out}`])).rows;
  const content = fingerprintOf(payment);
  if (used && used['fingerprint'] !== content) throw refuseWallet('wallet.key-reused', { key });
  if (used) return;
  await sql(WRITE, [
    [has - amount, gets + amount],
    [from, to],
    amount,
    [`${key}${KEYS.out}`, `${key}${KEYS.in}`],
    content,
  ]);
};

const BALANCE = `select balance from accounts where kind = 'wallet' and owner_id = $1`;
const USED = `select fingerprint from wallet_transactions where idempotency_key = $1`;

/** One statement: both halves and the balances as they were computed. */
const WRITE = `
with half as (select owner_id, key, place from unnest($2::uuid[], $4::text[])
    with ordinality as one (owner_id, key, place)),
  t as (insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
      reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
    select uuidv7(), 'adjustment', 'approved', owner_id, $3, 'transaction', uuidv7(), key, $5,
      'system:bank', now(), now() from half returning id, user_id, idempotency_key),
  p as (insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    select t.id, case half.place when 1 then a.id else o.id end,
      case half.place when 1 then o.id else a.id end, $3, now()
    from t join half on half.key = t.idempotency_key
      join accounts a on a.kind = 'wallet' and a.owner_id = t.user_id
      join accounts o on o.kind = 'outside')
update accounts a set balance = n.balance
from unnest($1::bigint[], $2::uuid[]) as n (balance, owner_id)
where a.kind = 'wallet' and a.owner_id = n.owner_id`;
