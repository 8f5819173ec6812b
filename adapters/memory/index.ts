import type { AuditEntry } from '../../core/audit/index.ts';
import type { Clock, Ids } from '../../core/kernel/index.ts';
import type { OutboxMessage } from '../../core/outbox/index.ts';
import type { Ports, Tx } from '../../core/ports.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../core/settings/index.ts';
import { createApprovalBatchRepo } from './approvals.ts';
import { createAuditChain } from './audit-chain.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createBroadcastRepo } from './broadcasts.ts';
import { createCaseRepo } from './cases.ts';
import { createCampaignBoard, createCampaignRepo, createSlotRepo } from './campaigns.ts';
import { createConversations, createInbox, createInboxMark } from './channel.ts';
import { createManualClock, type ManualClock } from './clock.ts';
import { createCipher, digests } from './crypto.ts';
import { createDayBook } from './day-book.ts';
import { createDepositDesk, createDepositRepo } from './deposits.ts';
import { everythingIn, sizesOf } from './everything.ts';
import { createProofStorage, magicBytesInspector } from './files.ts';
import { forget, type Forgotten } from './forget.ts';
import { createCheckLog, createFreezeRepo } from './freezes.ts';
import { createSequentialIds } from './ids.ts';
import { createLedgerReader } from './ledger-reader.ts';
import { createRecordingNotifier, type RecordingNotifier } from './notifier.ts';
import type { MessageRow } from './outbox-rows.ts';
import { createOutbox, createOutboxQueue } from './outbox.ts';
import { createOwnerNotices } from './owner.ts';
import { createProofRepo } from './proofs.ts';
import { createReportReader } from './reports.ts';
import { createReviewDesk } from './review-desk.ts';
import { createSettingsStore, settingsIn, type ReadSettings } from './settings.ts';
import { createState, type State } from './state.ts';
import { createTaskBoard, createTaskRepo } from './tasks.ts';
import { createAdminGrantRepo, createUserRepo } from './users.ts';
import { createWalletRepo } from './wallet.ts';
import { createWithdrawalDesk, createWithdrawalRepo } from './withdrawals.ts';

export type { Forgotten } from './forget.ts';
export { createManualClock, DEFAULT_START, type ManualClock } from './clock.ts';
export { createCipher, digests } from './crypto.ts';
export { createProofStorage, magicBytesInspector } from './files.ts';
export { createSequentialIds } from './ids.ts';
export { createRecordingNotifier, type RecordingNotifier } from './notifier.ts';

/** What may be chosen; everything has a default. */
export interface MemoryOptions<C extends Clock = ManualClock> {
  /** On top of `DEFAULT_SETTINGS`. */
  readonly settings?: Partial<Settings>;
  /** A manual clock that stands at `DEFAULT_START`, unless given. */
  readonly clock?: C;
  /** `createSequentialIds()`, unless given. */
  readonly ids?: Ids;
}

/** How the delivery of a message stands. */
export interface SentMessage extends OutboxMessage {
  readonly state: MessageRow['state'];
}

/** Every port, and a look behind them for tests and simulations. */
export interface MemoryPorts<C extends Clock = ManualClock> extends Ports {
  readonly clock: C;
  readonly notifier: RecordingNotifier;
  /** Changes the defaults of settings from the next transaction on. */
  changeSettings(change: Partial<Settings>): void;
  /** The audit log, oldest first, as far as it is not forgotten. */
  auditLog(): readonly AuditEntry[];
  /** Every message that was added to the outbox and is not forgotten, oldest first. */
  outboxMessages(): readonly SentMessage[];
  /** Every row that is stored, by table: two states are equal where these are. */
  everything(): Readonly<Record<string, readonly unknown[]>>;
  /** How many rows each table has. */
  sizes(): Readonly<Record<string, number>>;
  /**
   * Forgets what came to rest before then, so that memory grows with what is alive: campaigns that
   * are final, with their slots, takes, proofs and transactions; decided deposits and withdrawals;
   * orders to approve many that are done, broadcasts that have ended; settled messages, handled
   * updates; sealed audit rows,
   * whole seals at a time. Balances and earnings are carried forward, so that every sum is still
   * proved to the rupiah (WAL-3); workers' records, actions they were paid for (TSK-2), sent files
   * (DEP-3), used numbers (WDR-4) and who was paid out (WDR-1) stay. What is forgotten is gone from
   * histories and days, cannot be shown or reversed, its keys are new again (WAL-7), and files of
   * its proofs unseen (PRF-3): choose a moment older than *cfg* reversalDays and than any request
   * that may be asked again, and not of the last two days. Files are not touched.
   */
  forget(before: Date): Promise<Forgotten>;
}

const createTx = (state: State, ids: Ids, settings: ReadSettings): Tx => {
  const tx: Tx = {
    settings: createSettingsStore(state, settings),
    users: createUserRepo(state),
    adminGrants: createAdminGrantRepo(state),
    wallets: createWalletRepo(state),
    campaigns: createCampaignRepo(state),
    campaignBoard: createCampaignBoard(state),
    slots: createSlotRepo(state, ids),
    tasks: createTaskRepo(state),
    taskBoard: createTaskBoard(state),
    proofs: createProofRepo(state),
    cases: createCaseRepo(state),
    reviewDesk: createReviewDesk(state),
    approvalBatches: createApprovalBatchRepo(state),
    deposits: createDepositRepo(state),
    depositDesk: createDepositDesk(state),
    withdrawals: createWithdrawalRepo(state),
    withdrawalDesk: createWithdrawalDesk(state),
    audit: { append: async (entry) => state.audit.append(entry) },
    auditTrail: createAuditTrail(state),
    freezes: createFreezeRepo(state),
    ledgerChecks: createCheckLog(state),
    broadcasts: createBroadcastRepo(state),
    ownerNotices: createOwnerNotices(state),
    reports: createReportReader(state),
    dayBook: createDayBook(state),
    outbox: createOutbox(state),
    inbox: createInboxMark(state),
    conversations: createConversations(state),
    savepoint: (work) => state.journal.savepoint(() => work(tx)),
  };
  return tx;
};

/**
 * A whole marketplace in memory: every port of `core/ports.ts`. Transactions come one after the
 * other and roll back by an undo log. Nothing outlives the process.
 */
export const createMemoryPorts = <C extends Clock = ManualClock>(
  options: MemoryOptions<C> = {},
): MemoryPorts<C> => {
  const clock = options.clock ?? (createManualClock() as Clock as C);
  const ids = options.ids ?? createSequentialIds();
  const state = createState();
  let settings: Settings = { ...DEFAULT_SETTINGS, ...options.settings };
  let settingsNow: Settings | undefined;
  const tx = createTx(state, ids, {
    found: () => (settingsNow ??= settingsIn(state, settings)),
    defaults: () => settings,
  });
  const inTurn = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    state.turns.run(() => {
      settingsNow = undefined; // one answer per transaction
      return work(tx);
    });
  return {
    unitOfWork: { run: inTurn },
    inbox: createInbox(state),
    outboxQueue: createOutboxQueue(state),
    ledgerReader: createLedgerReader(state),
    auditChain: createAuditChain(state),
    notifier: createRecordingNotifier(),
    proofStorage: createProofStorage(),
    imageInspector: magicBytesInspector,
    byteDigest: digests,
    digests,
    cipher: createCipher(),
    clock,
    ids,
    changeSettings: (change) => {
      settings = { ...settings, ...change };
    },
    auditLog: () => [...state.audit.all()],
    everything: () => everythingIn(state),
    sizes: () => sizesOf(state),
    forget: (before) => state.turns.run(async () => forget(state, before)),
    outboxMessages: () =>
      [...state.messages.values()].map(({ message, state: how }) => ({ ...message, state: how })),
  };
};
