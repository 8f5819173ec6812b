import type { AuditEntry } from '../../core/audit/index.ts';
import { createApprovalTables } from './approvals.ts';
import { createAuditChainTables } from './audit-chain.ts';
import { createBroadcastTables } from './broadcasts.ts';
import { createActions, createCampaignTables } from './campaigns.ts';
import { createChannelTables } from './channel.ts';
import { createDayBookTables } from './day-book.ts';
import { createDepositTables } from './deposits.ts';
import { createFreezeTables } from './freezes.ts';
import { createJournal } from './journal.ts';
import { createOutboxTables } from './outbox-rows.ts';
import { createOwnerTables } from './owner.ts';
import { createPastTables } from './past-audit.ts';
import { createProofTables } from './proofs.ts';
import { createLog } from './tables.ts';
import { createSettingsTables } from './settings.ts';
import { createTaskTables } from './tasks.ts';
import { createTurns } from './unit-of-work.ts';
import { createUserTables } from './users.ts';
import { createWalletTables } from './wallet.ts';
import { createWithdrawalTables } from './withdrawals.ts';

/** Everything that one set of memory ports remembers, with one undo log for all of it. */
export const createState = () => {
  const journal = createJournal();
  const actionOf = createActions();
  return {
    journal,
    actionOf,
    turns: createTurns(journal),
    audit: createLog<AuditEntry>(journal),
    ...createAuditChainTables(journal),
    ...createSettingsTables(journal),
    ...createUserTables(journal),
    ...createWalletTables(journal),
    ...createCampaignTables(journal),
    ...createTaskTables(journal, actionOf),
    ...createProofTables(journal),
    ...createApprovalTables(journal),
    ...createDepositTables(journal),
    ...createWithdrawalTables(journal),
    ...createFreezeTables(journal),
    ...createPastTables(journal),
    ...createDayBookTables(journal),
    ...createBroadcastTables(journal),
    ...createChannelTables(journal),
    ...createOutboxTables(journal),
    ...createOwnerTables(journal),
  };
};

export type State = ReturnType<typeof createState>;
