import { createPostgresPorts, type PostgresPorts } from '../../../adapters/postgres/index.ts';
import type { Orm } from '../../../adapters/postgres/orm.ts';
import type { TransactionId, UserId } from '../../../core/kernel/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { aCredit, aDeposit, aDepositTransaction, aUser, freshId } from '../../support/builders.ts';
import { cloneDatabase } from '../../support/database.ts';
import { withoutAgreement } from './harness.ts';

export const REVENUE = '00000000-0000-0000-0000-000000000001';
export const OUTSIDE = '00000000-0000-0000-0000-000000000002';

/** SQLSTATEs of the three kinds of wall: no right, a rule of ours, a CHECK. */
export const DENIED = '42501';
export const RULE = '23001';
export const CHECK = '23514';

/** How the database answered a statement that must not pass. */
export interface Answer {
  readonly code: string;
  readonly constraint: string;
  readonly message: string;
}

/** A database with one user of 1.000 rupiah, a decided and a pending transaction, for plain SQL. */
export interface Ledger {
  readonly bot: Orm;
  readonly owner: Orm;
  readonly ports: PostgresPorts;
  readonly user: UserId;
  readonly wallet: string;
  readonly hold: string;
  readonly decided: TransactionId;
  readonly pending: TransactionId;
  drop(): Promise<void>;
}

/** Runs a statement that must fail, and says how it failed. */
export const answerOf = async (orm: Orm, statement: string): Promise<Answer> => {
  const [result] = await Promise.allSettled([orm.em.fork().execute(statement)]);
  if (result.status === 'fulfilled') throw new Error(`this passed: ${statement}`);
  const { code = '', constraint = '', message = '' } = result.reason as Partial<Answer>;
  return { code, constraint, message };
};

/** The accounts of a user, by kind. */
export const accountsOf = async (orm: Orm, user: UserId) => {
  const [row] = await orm.em.fork().execute<{ wallet: string; hold: string }[]>(
    `select wallet_account_id as wallet, hold_account_id as hold
       from wallets where user_id = '${user}'`,
  );
  if (!row) throw new Error(`no wallet of ${user}`);
  return row;
};

/** For statements by themselves: what tables owe each other at commit is not asked for here. */
export const openLedger = async (): Promise<Ledger> => {
  const database = await cloneDatabase();
  await withoutAgreement(database);
  const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
  const person = aUser();
  const made = await ports.unitOfWork.run(async (tx) => {
    await tx.users.add(person);
    const decided = await tx.wallets.post(aCredit(person.id, 1_000));
    const deposit = aDeposit({ userId: person.id, transactionId: freshId() });
    const reference = { kind: 'deposit', id: deposit.id } as const;
    const id = deposit.transactionId;
    const pending = await tx.wallets.post(aDepositTransaction(person.id, { id, reference }));
    await tx.deposits.add(deposit);
    return { decided: decided.id, pending: pending.id };
  });
  return {
    bot: database.orm,
    owner: await database.ownerOrm(),
    ports,
    user: person.id,
    ...(await accountsOf(database.orm, person.id)),
    ...made,
    drop: () => database.drop(),
  };
};

const born = (type: string): string =>
  type === 'deposit' || type === 'withdraw' ? 'pending' : 'approved';

/** A statement that makes a transaction of 10 rupiah. */
export const transaction = (user: UserId, type: string, status = born(type)): string => `
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind,
    reference_id, idempotency_key, fingerprint, created_by, created_at, decided_at)
  values (uuidv7(), '${type}', '${status}', '${user}', 10, 'transaction', uuidv7(),
    uuidv7()::text, 'f', 'test', now(), ${status === 'pending' ? 'null' : 'now()'})`;

/** A statement that adds a posting to a transaction that is there. */
export const posting = (id: string, from: string, to: string): string => `
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
  values ('${id}', '${from}', '${to}', 10, now())`;

/** A statement that makes a transaction with one posting, as the bot's role could with psql. */
export const movement = (
  user: UserId,
  type: string,
  { from, to, amount = 10 }: { from: string; to: string; amount?: number },
): string => `
  with t as (${transaction(user, type)} returning id)
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
  select id, '${from}', '${to}', ${amount}, now() from t`;
