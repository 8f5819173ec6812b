import { expect } from 'chai';
import { createPostgresPorts, type Orm } from '../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS, type LedgerReader, type TrialBalance } from '../../core/index.ts';

/** WAL-2, WAL-8: what is wrong with the ledger as a whole, one line each. */
export const ledgerFlaws = async (ledgerReader: LedgerReader): Promise<readonly string[]> => {
  const { wallets, holds, escrows, revenue, outside } = await ledgerReader.trialBalance();
  const sum = wallets + holds + escrows + revenue + outside;
  const flaws = sum === 0n ? [] : [`WAL-2 all balances sum to ${sum}`];
  for await (const { name, violations } of ledgerReader.verify()) {
    for (const { rule, row, what } of violations) flaws.push(`${rule} ${name}: ${row} ${what}`);
  }
  return flaws;
};

/** Sums by kind of account in a database whose ledger is sound, as the test expects. */
export const soundBooks = async (orm: Orm): Promise<TrialBalance> => {
  const { ledgerReader } = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
  expect(await ledgerFlaws(ledgerReader)).to.deep.equal([]);
  return ledgerReader.trialBalance();
};
