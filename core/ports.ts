import type { ApprovalBatchRepo } from './approvals/ports.ts';
import type { AuditLog, AuditTrail } from './audit/index.ts';
import type { AuditChain } from './audit/ports.ts';
import type { BroadcastRepo } from './broadcasts/ports.ts';
import type { CampaignBoard, CampaignRepo, SlotRepo } from './campaigns/ports.ts';
import type { Conversations, Inbox, InboxMark } from './channel/ports.ts';
import type { DepositDesk, DepositRepo } from './deposits/ports.ts';
import type { ByteDigest, ImageInspector, ProofStorage } from './files/ports.ts';
import type { CheckLog, FreezeRepo } from './freeze/ports.ts';
import type { Cipher, Clock, Digests, Ids, Savepoints, UnitOfWork } from './kernel/index.ts';
import type { Outbox, OutboxQueue } from './outbox/ports.ts';
import type { OwnerNotices } from './owner/index.ts';
import type { CaseRepo, ProofRepo, ReviewDesk } from './proofs/ports.ts';
import type { DayBook, ReportReader } from './reports/ports.ts';
import type { SettingsStore } from './settings/index.ts';
import type { TaskBoard, TaskRepo } from './tasks/ports.ts';
import type { AdminGrantRepo, UserRepo } from './users/ports.ts';
import type { LedgerReader, WalletRepo } from './wallet/ports.ts';
import type { WithdrawalDesk, WithdrawalRepo } from './withdrawals/ports.ts';

/** Everything that one transaction can read and write. */
export interface Tx extends Savepoints<Tx> {
  readonly settings: SettingsStore;
  readonly users: UserRepo;
  readonly adminGrants: AdminGrantRepo;
  readonly wallets: WalletRepo;
  readonly campaigns: CampaignRepo;
  readonly campaignBoard: CampaignBoard;
  readonly slots: SlotRepo;
  readonly tasks: TaskRepo;
  readonly taskBoard: TaskBoard;
  readonly proofs: ProofRepo;
  readonly cases: CaseRepo;
  readonly reviewDesk: ReviewDesk;
  readonly approvalBatches: ApprovalBatchRepo;
  readonly deposits: DepositRepo;
  readonly depositDesk: DepositDesk;
  readonly withdrawals: WithdrawalRepo;
  readonly withdrawalDesk: WithdrawalDesk;
  readonly audit: AuditLog;
  readonly auditTrail: AuditTrail;
  readonly freezes: FreezeRepo;
  readonly ledgerChecks: CheckLog;
  readonly ownerNotices: OwnerNotices;
  readonly broadcasts: BroadcastRepo;
  readonly reports: ReportReader;
  readonly dayBook: DayBook;
  readonly outbox: Outbox;
  readonly inbox: InboxMark;
  readonly conversations: Conversations;
}

/** What an integrator brings so that the marketplace runs: the whole shopping list. */
export interface Ports {
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly inbox: Inbox;
  readonly outboxQueue: OutboxQueue;
  readonly ledgerReader: LedgerReader;
  readonly auditChain: AuditChain;
  readonly proofStorage: ProofStorage;
  readonly imageInspector: ImageInspector;
  readonly byteDigest: ByteDigest;
  readonly digests: Digests;
  readonly cipher: Cipher;
  readonly clock: Clock;
  readonly ids: Ids;
}
