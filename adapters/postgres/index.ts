import type { Ports, Tx } from '../../core/ports.ts';
import type { Settings } from '../../core/settings/index.ts';
import { createApprovalBatchRepo } from './approvals.ts';
import { createAuditLog } from './audit.ts';
import { createAuditChain } from './audit-chain.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createBroadcastRepo } from './broadcasts.ts';
import { createCampaignBoard } from './campaign-board.ts';
import { createCampaignRepo, createSlotRepo } from './campaigns.ts';
import { createCaseRepo } from './cases.ts';
import { createConversations } from './conversations.ts';
import { createDayBook } from './day-book.ts';
import { createDepositDesk, createDepositRepo } from './deposits.ts';
import { createCheckLog, createFreezeRepo } from './freezes.ts';
import { createInbox, createInboxMark } from './inbox.ts';
import { createLedgerReader } from './ledger-reader.ts';
import type { Orm } from './orm.ts';
import { createOutbox } from './outbox.ts';
import { createOutboxQueue } from './outbox-queue.ts';
import { createOwnerNotices } from './owner-notices.ts';
import { createProofRepo } from './proofs.ts';
import { createReportReader } from './reports.ts';
import type { RetryOptions } from './retry.ts';
import { createReviewDesk } from './review-desk.ts';
import { createSettingsStore, giveSettings } from './settings.ts';
import { createTaskBoard } from './task-board.ts';
import { createTaskRepo } from './tasks.ts';
import { ownTransactions } from './transactions.ts';
import { createPostgresUnitOfWork, type BindTx } from './unit-of-work.ts';
import { createAdminGrantRepo, createUserRepo } from './users.ts';
import { createWalletRepo } from './wallets.ts';
import { createWithdrawalDesk, createWithdrawalRepo } from './withdrawals.ts';

export * from './embedded/index.ts';
export { migrate, type MigrateOptions } from './migrate.ts';
export { migrations, type SqlMigration } from './migrations/index.ts';
export { createOrm, WORKING_PATIENCE, withSql, type Orm, type OrmOptions } from './orm.ts';
export { connectionLost, isOutage, permissionDenied } from './retry.ts';
export { readSchemaVersion, type SchemaVersion } from './schema-version.ts';
export { plainSql } from './sql.ts';

/**
 * What the ports need: a connection as the bot's role to a migrated database, and the defaults of
 * every setting.
 */
export interface PostgresPortsOptions extends Pick<RetryOptions, 'onRetry'> {
  readonly orm: Orm;
  readonly settings: Settings;
}

/** The ports that PostgreSQL keeps. */
export type PostgresPorts = Pick<
  Ports,
  'unitOfWork' | 'inbox' | 'outboxQueue' | 'ledgerReader' | 'auditChain'
>;

/** Money, work and messages in PostgreSQL: every port of the core that stores something. */
export const createPostgresPorts = ({
  orm,
  settings,
  ...retries
}: PostgresPortsOptions): PostgresPorts => {
  const own = ownTransactions(orm, retries);
  return {
    unitOfWork: createPostgresUnitOfWork<Tx>(orm, bindTx(settings), retries),
    inbox: createInbox(own),
    outboxQueue: createOutboxQueue(own),
    ledgerReader: createLedgerReader(orm),
    auditChain: createAuditChain(orm, own),
  };
};

const bindTx =
  (settings: Settings): BindTx<Tx> =>
  (sql, savepoint) => ({
    settings: createSettingsStore(sql, settings),
    users: createUserRepo(sql),
    adminGrants: createAdminGrantRepo(sql),
    wallets: createWalletRepo(sql),
    campaigns: createCampaignRepo(sql),
    campaignBoard: createCampaignBoard(sql),
    slots: createSlotRepo(sql),
    tasks: createTaskRepo(sql),
    taskBoard: createTaskBoard(sql),
    proofs: createProofRepo(sql),
    cases: createCaseRepo(sql),
    reviewDesk: createReviewDesk(sql),
    approvalBatches: createApprovalBatchRepo(sql),
    deposits: createDepositRepo(sql),
    depositDesk: createDepositDesk(sql),
    withdrawals: createWithdrawalRepo(sql),
    withdrawalDesk: createWithdrawalDesk(sql),
    audit: createAuditLog(sql),
    auditTrail: createAuditTrail(sql),
    freezes: createFreezeRepo(sql),
    ledgerChecks: createCheckLog(sql),
    ownerNotices: createOwnerNotices(sql),
    broadcasts: createBroadcastRepo(sql),
    reports: createReportReader(sql),
    dayBook: createDayBook(sql),
    outbox: createOutbox(sql),
    inbox: createInboxMark(sql, giveSettings(settings)),
    conversations: createConversations(sql),
    savepoint,
  });
