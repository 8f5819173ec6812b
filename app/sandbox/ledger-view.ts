import type { Language, LedgerView } from '../../adapters/sandbox/index.ts';
import { textsIn } from '../../adapters/telegram/index.ts';
import type { ExcerptSize, LedgerExcerpt } from '../../core/index.ts';

/** What a side panel has room for. */
const SIZE: ExcerptSize = { accounts: 60, postings: 30 };

/** The ledger as the sandbox's page shows it, in the bot's own words. */
export const createLedgerView = async (
  language: Language,
  read: (size: ExcerptSize) => Promise<LedgerExcerpt>,
): Promise<LedgerView> => {
  const texts = textsIn(language).ledger;
  const { accounts, sum, postings } = await read(SIZE);
  return {
    currency: 'IDR',
    accounts: accounts.map((named) => ({
      name: texts.account(named),
      group: texts.groups[named.account.kind],
      balance: String(named.balance),
    })),
    sum: String(sum),
    postings: postings.map(({ id, type, from, to, amount, at }) => ({
      id,
      at: at.toISOString(),
      what: texts.types[type],
      from: texts.end(from),
      to: texts.end(to),
      amount: String(amount),
    })),
  };
};
