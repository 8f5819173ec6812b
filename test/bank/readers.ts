import { setTimeout as sleep } from 'node:timers/promises';
import { plainSql, type Orm } from '../../adapters/postgres/index.ts';
import type { UserId } from '../../core/index.ts';
import type { Dice } from '../support/dice.ts';
import { START, type Customers } from './people.ts';

export interface Reading {
  /** Snapshots that were looked at. */
  snapshots: number;
  /** Of these, over all accounts and postings. */
  whole: number;
  readonly losses: string[];
}

export interface Reader {
  readonly orm: Orm;
  readonly customers: Customers;
  readonly dice: Dice;
  readonly reading: Reading;
  readonly goesOn: () => boolean;
}

/** Every so often everything is summed: it takes longer with every posting. */
const WHOLE_EVERY = 100;
/** So that looking does not take the time of writing. */
const PAUSE_MS = 7;

/** Looks at one consistent snapshot after the other: one statement each. */
export const read = async (reader: Reader): Promise<void> => {
  const { orm, customers, dice, reading, goesOn } = reader;
  for (let number = 1; goesOn(); number += 1) {
    reading.losses.push(...(await lookAtPeople(orm, customers, dice.pick(customers.all))));
    reading.snapshots += 1;
    await sleep(PAUSE_MS);
    if (number % WHOLE_EVERY !== 0) continue;
    reading.losses.push(...(await lookAtAll(orm)));
    reading.whole += 1;
  }
};

/** WAL-2, WAL-3, WAL-4: what all have together, that nobody owes, and one person by postings. */
const lookAtPeople = async (
  orm: Orm,
  { all }: Customers,
  someone: UserId,
): Promise<readonly string[]> => {
  const [row] = (await plainSql(orm)(PEOPLE, [all, someone])).rows;
  const expected = BigInt(all.length * START);
  const wrong: string[] = [];
  if (row?.['total'] !== expected) wrong.push(`together they have ${String(row?.['total'])}`);
  if (row?.['negative'] !== 0n) wrong.push(`${String(row?.['negative'])} balances are below zero`);
  if (row?.['stored'] !== row?.['posted']) {
    wrong.push(`${someone} has ${String(row?.['stored'])}, by postings ${String(row?.['posted'])}`);
  }
  return wrong;
};

const PEOPLE = `
with mine as (select a.owner_id, a.id, a.balance from accounts a
  where a.kind = 'wallet' and a.owner_id = any($1::uuid[]))
select sum(balance)::bigint as total, count(*) filter (where balance < 0) as negative,
  (select balance from mine where owner_id = $2) as stored,
  (select posted(id) from mine where owner_id = $2) as posted
from mine`;

/** WAL-2: everything that there is sums to 0. */
const lookAtAll = async (orm: Orm): Promise<readonly string[]> => {
  const [row] = (await plainSql(orm)(WHOLE)).rows;
  return row?.['sum'] === 0n ? [] : [`all balances sum to ${String(row?.['sum'])}`];
};

const WHOLE = `
select (select sum(balance) from accounts where kind in ('wallet', 'hold', 'escrow'))::bigint
  + (select sum(posted(id)) from accounts where kind in ('revenue', 'outside'))::bigint as sum`;
