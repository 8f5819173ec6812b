/** One suite per port: prove your own adapter by running them against it. */
export { approvalsContract } from './approvals.contract.ts';
export { auditChainContract } from './audit-chain.contract.ts';
export { auditTrailContract } from './audit-trail.contract.ts';
export { broadcastsContract } from './broadcasts.contract.ts';
export { campaignBoardContract } from './campaign-board.contract.ts';
export { campaignsContract } from './campaigns.contract.ts';
export { casesContract } from './cases.contract.ts';
export { channelContract } from './channel.contract.ts';
export { cipherContract } from './cipher.contract.ts';
export { depositsContract } from './deposits.contract.ts';
export { freezesContract } from './freezes.contract.ts';
export type { Harness, OpenHarness } from './harness.ts';
export { digestsContract, idsContract } from './identity.contract.ts';
export {
  imageInspectorContract,
  type ImageInspectorHarness,
  type Pictures,
} from './image-inspector.contract.ts';
export { ledgerReaderContract } from './ledger-reader.contract.ts';
export { outboxContract } from './outbox.contract.ts';
export { ownerContract } from './owner.contract.ts';
export { proofStorageContract, type ProofStorageHarness } from './proof-storage.contract.ts';
export { proofsContract } from './proofs.contract.ts';
export { recordsContract, type AuditRow, type RecordsHarness } from './records.contract.ts';
export { reportsContract } from './reports.contract.ts';
export { tasksContract } from './tasks.contract.ts';
export { unitOfWorkContract } from './unit-of-work.contract.ts';
export { usersContract } from './users.contract.ts';
export { walletContract } from './wallet.contract.ts';
export { withdrawalsContract } from './withdrawals.contract.ts';
