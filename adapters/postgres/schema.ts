import type { EntitySchema } from '@mikro-orm/postgresql';
import { users, adminGrants, settings, auditLogs, conversations } from './schema/people.ts';
import { accounts, wallets, walletTransactions, postings } from './schema/ledger.ts';
import { campaigns, tasks, takes, taskProofs, proofDecisions } from './schema/market.ts';
import { deposits, withdrawals } from './schema/desks.ts';
import { lanes, inbox } from './schema/inbox.ts';
import { outbox, outboxChats, outboxGate } from './schema/outbox.ts';

/** The rows this adapter knows: every table of `migrations/`. */
export const entities = [
  users,
  adminGrants,
  settings,
  auditLogs,
  conversations,
  accounts,
  wallets,
  walletTransactions,
  postings,
  campaigns,
  tasks,
  takes,
  taskProofs,
  proofDecisions,
  deposits,
  withdrawals,
  lanes,
  inbox,
  outbox,
  outboxGate,
  outboxChats,
] as const satisfies readonly EntitySchema[];
