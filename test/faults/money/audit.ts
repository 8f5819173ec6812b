import { balancesOf, type Books, type Entry } from './books.ts';
import type { Stored } from './stored.ts';

/**
 * Holds what is stored against the books, key by key: what is missing, what is there twice, what is
 * wrong, and what nobody asked for. Sums alone would not show a doubled or a lost operation.
 */
export const compare = (books: Books, stored: Stored): string[] => [
  ...compareEntries(books, stored),
  ...compareAudits(books, stored),
  ...compareNotices(books, stored),
  ...compareBalances(books, stored),
];

const compareEntries = ({ entries }: Books, stored: Stored): string[] => {
  const losses: string[] = [];
  for (const [key, expected] of entries) {
    const found = stored.entries.get(key) ?? [];
    if (found.length === 0) losses.push(`lost: no transaction for the key ${key}`);
    if (found.length > 1) losses.push(`doubled: ${found.length} transactions for the key ${key}`);
    for (const one of found) {
      const [is, shouldBe] = [textOf(one), textOf(expected)];
      if (is !== shouldBe) losses.push(`wrong: ${key} is ${is}, not ${shouldBe}`);
    }
  }
  for (const key of stored.entries.keys()) {
    if (!entries.has(key)) losses.push(`unasked: a transaction with the key ${key}`);
  }
  return losses;
};

const textOf = ({ type, user, amount, status, moves }: Entry): string =>
  `${type} of ${amount} for ${user ?? 'nobody'}, ${status}, moving ` +
  `${moves.toSorted().join('; ') || 'nothing'}`;

const compareAudits = ({ audits }: Books, stored: Stored): string[] => {
  const lines = new Set([...audits.keys(), ...stored.audits.keys()]);
  return [...lines].flatMap((line) => {
    const [expected, found] = [audits.get(line) ?? 0, stored.audits.get(line) ?? 0];
    if (found === expected) return [];
    return [`audited ${found} times, not ${expected}: ${line}`];
  });
};

const compareNotices = ({ notices }: Books, stored: Stored): string[] => [
  ...[...notices]
    .filter((key) => !stored.notices.has(key))
    .map((key) => `untold: no message in the outbox for ${key}`),
  ...[...stored.notices.keys()]
    .filter((key) => !notices.has(key))
    .map((key) => `unasked: a message in the outbox for ${key}`),
];

const compareBalances = (books: Books, stored: Stored): string[] => {
  const expected = balancesOf(books);
  const names = new Set([...expected.keys(), ...stored.balances.keys()]);
  return [...names].flatMap((name) => {
    const [should, is] = [expected.get(name) ?? 0n, stored.balances.get(name) ?? 0n];
    return is === should ? [] : [`balance: ${name} holds ${is}, not ${should}`];
  });
};
