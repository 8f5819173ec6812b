import { plainSql, type Orm, type PostgresPorts } from '../../adapters/postgres/index.ts';
import { OUTSIDE, type UserId } from '../../core/index.ts';
import { ledgerFlaws } from '../support/sound-books.ts';
import { halvesOf, type Payment } from './payments.ts';
import { START, type Customers } from './people.ts';
import type { Ended } from './writers.ts';

export interface Evidence {
  readonly orm: Orm;
  readonly ports: Pick<PostgresPorts, 'ledgerReader'>;
  readonly customers: Customers;
  readonly ended: readonly Ended[];
}

/** Looks every payment up by its keys: done is there once, anything else is not there at all. */
export const judge = async (evidence: Evidence): Promise<readonly string[]> => [
  ...(await compareEntries(evidence)),
  ...(await compareBalances(evidence)),
  ...(await ledgerFlaws(evidence.ports.ledgerReader)),
];

const compareEntries = async ({ orm, ended }: Evidence): Promise<readonly string[]> => {
  const stored = await readEntries(orm);
  const losses: string[] = [];
  for (const { payment, end } of ended) {
    for (const [key, expected] of entriesOf(payment)) {
      const found = stored.get(key) ?? [];
      stored.delete(key);
      if (end !== 'done') {
        if (found.length > 0) losses.push(`${key} was ${end}, and is there: ${found.join('; ')}`);
      } else if (found.length !== 1 || found[0] !== expected) {
        losses.push(`${key} must be there once as ${expected}: ${found.join('; ') || 'nothing'}`);
      }
    }
  }
  for (const key of stored.keys()) losses.push(`nobody asked for ${key}`);
  return losses;
};

const movement = (from: string, to: string, amount: bigint): string => `${from} → ${to}: ${amount}`;

/** What the two halves of a payment must have moved, by key. */
const entriesOf = (payment: Payment): readonly (readonly [string, string])[] =>
  halvesOf(payment).map(({ key, postings }) => {
    const moved = postings.map(({ from, to, amount }) =>
      movement(nameOf(from), nameOf(to), amount),
    );
    return [key, moved.join()] as const;
  });

const nameOf = (account: typeof OUTSIDE): string =>
  'userId' in account ? account.userId : account.kind;

/** Everything that was posted under a key of this bank, or under one that was made from it. */
const readEntries = async (orm: Orm): Promise<Map<string, string[]>> => {
  const { rows } = await plainSql(orm)(ENTRIES);
  const entries = new Map<string, string[]>();
  for (const { key, source, target, amount } of rows) {
    const under = String(key).replace(/(:(?:in|out)).*$/, '$1');
    const moved = movement(String(source), String(target), BigInt(String(amount)));
    entries.set(under, [...(entries.get(under) ?? []), moved]);
  }
  return entries;
};

const ENTRIES = `
select t.idempotency_key as key, coalesce(s.owner_id::text, s.kind) as source,
  coalesce(d.owner_id::text, d.kind) as target, p.amount
from wallet_transactions t left join postings p on p.transaction_id = t.id
  left join accounts s on s.id = p.from_account_id left join accounts d on d.id = p.to_account_id
where t.idempotency_key like 'bank:%'`;

const compareBalances = async ({ orm, customers, ended }: Evidence): Promise<readonly string[]> => {
  const expected = new Map<UserId, bigint>(customers.all.map((id) => [id, BigInt(START)]));
  for (const { payment, end } of ended) {
    if (end !== 'done') continue;
    const { from, to, amount } = payment;
    expected.set(from, (expected.get(from) ?? 0n) - amount);
    expected.set(to, (expected.get(to) ?? 0n) + amount);
  }
  const { rows } = await plainSql(orm)(
    `select owner_id as id, balance from accounts where kind = 'wallet'`,
  );
  const stored = new Map(rows.map(({ id, balance }) => [String(id), balance]));
  return [...expected]
    .filter(([id, balance]) => stored.get(id) !== balance)
    .map(([id, balance]) => `${id} has ${String(stored.get(id))}, not ${balance}`);
};
