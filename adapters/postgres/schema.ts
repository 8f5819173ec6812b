import type { EntitySchema } from '@mikro-orm/postgresql';
import { approvalBatches, approvalBatchItems } from './schema/approvals.ts';
import { auditSeals, auditUnsealed } from './schema/audit.ts';
import { broadcasts, broadcastRecipients } from './schema/broadcasts.ts';
import { users, adminGrants, settings, auditLogs, conversations } from './schema/people.ts';
import { accounts, wallets, walletTransactions, postings, tallies } from './schema/ledger.ts';
import {
  campaigns,
  tasks,
  takes,
  taskProofs,
  proofDecisions,
  proofFlags,
} from './schema/market.ts';
import { deposits, withdrawals } from './schema/desks.ts';
import { lanes, inbox } from './schema/inbox.ts';
import { activeDays, dailyFigures, dailyReports } from './schema/reports.ts';
import { outbox, outboxChats, outboxGate } from './schema/outbox.ts';
import { freezes, ledgerChecks } from './schema/freezes.ts';
import { ownerNotices, ownerReports } from './schema/owner.ts';

/** The rows this adapter knows: every table of `migrations/`. */
export const entities = [
  users,
  adminGrants,
  settings,
  auditLogs,
  auditUnsealed,
  auditSeals,
  conversations,
  accounts,
  wallets,
  walletTransactions,
  postings,
  tallies,
  campaigns,
  tasks,
  takes,
  taskProofs,
  proofDecisions,
  proofFlags,
  approvalBatches,
  approvalBatchItems,
  broadcasts,
  broadcastRecipients,
  deposits,
  withdrawals,
  activeDays,
  dailyFigures,
  dailyReports,
  lanes,
  inbox,
  outbox,
  outboxGate,
  outboxChats,
  freezes,
  ledgerChecks,
  ownerNotices,
  ownerReports,
] as const satisfies readonly EntitySchema[];
