import { createLog } from './tables.ts';
import { createJournal } from './journal.ts';
import { createTurns } from './unit-of-work.ts';
import { createCampaignTables } from './campaigns.ts';
import { createChannelTables } from './channel.ts';
import { createDepositTables } from './deposits.ts';
import { createOutboxTables } from './outbox-rows.ts';
import { createProofTables } from './proofs.ts';
import { createTaskTables } from './tasks.ts';
import { createUserTables } from './users.ts';
import { createWalletTables } from './wallet.ts';
import { createWithdrawalTables } from './withdrawals.ts';
import type { AuditEntry } from '../../core/audit/index.ts';

/** Everything that one set of memory ports remembers, with one undo log for all of it. */
export const createState = () => {
  const journal = createJournal();
  return {
    journal,
    turns: createTurns(journal),
    audit: createLog<AuditEntry>(journal),
    ...createUserTables(journal),
    ...createWalletTables(journal),
    ...createCampaignTables(journal),
    ...createTaskTables(journal),
    ...createProofTables(journal),
    ...createDepositTables(journal),
    ...createWithdrawalTables(journal),
    ...createChannelTables(journal),
    ...createOutboxTables(journal),
  };
};

export type State = ReturnType<typeof createState>;
