import { labelOf } from '../../core/campaigns/index.ts';
import { rupiah } from '../../core/kernel/index.ts';
import {
  OUTSIDE,
  REVENUE,
  type Account,
  type ExcerptSize,
  type LedgerExcerpt,
  type NamedAccount,
  type PostingLine,
} from '../../core/wallet/index.ts';
import type { State } from './state.ts';
import { balanceOf, type AccountRow, type EntryRow } from './wallet.ts';

/** A part of the ledger: one turn is one moment. */
export const excerptOf = (state: State, size: ExcerptSize): LedgerExcerpt => {
  const kept: AccountRow[] = [];
  let sum = 0n;
  for (const row of state.accounts.values()) {
    sum += row.balance;
    const { kind } = row.account;
    const isPlatform = kind === 'outside' || kind === 'revenue';
    if (!isPlatform && (kind === 'wallet' || row.balance > 0n)) kept.push(row);
  }
  const largest = kept.toSorted((a, b) => compare(b.balance, a.balance)).slice(0, size.accounts);
  const platform = [OUTSIDE, REVENUE].map((account) => ({
    account,
    balance: balanceOf(state, account),
  }));
  return {
    accounts: [...platform, ...largest].map(({ account, balance }) => ({
      ...nameOf(state, account),
      balance,
    })),
    sum: rupiah(sum),
    postings: newestPostings(state, size.postings),
  };
};

const compare = (a: bigint, b: bigint): number => (a === b ? 0 : a < b ? -1 : 1);

const nameOf = (state: State, account: Account): NamedAccount => {
  const owner = 'userId' in account ? state.users.get(account.userId) : undefined;
  const row = account.kind === 'escrow' ? state.campaigns.get(account.campaignId) : undefined;
  return {
    account,
    owner: owner?.displayName ?? null,
    campaign: row ? labelOf(row.campaign) : null,
  };
};

/** Of the same moment, the one that was written last comes first. */
const newestPostings = (state: State, limit: number): readonly PostingLine[] =>
  [...state.entries.values()]
    .flatMap(postingsOf)
    .toReversed()
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
    .map(({ from, to, ...line }) => ({
      ...line,
      from: nameOf(state, from),
      to: nameOf(state, to),
    }));

const postingsOf = ({ transaction, born, closing }: EntryRow) => {
  const { id, type, createdAt, decidedAt } = transaction;
  const closed = closing.map((posting) => ({ ...posting, at: decidedAt ?? createdAt }));
  const all = [...born.map((posting) => ({ ...posting, at: createdAt })), ...closed];
  return all.map((posting, place) => ({ ...posting, id: `${id}:${place}`, type }));
};
