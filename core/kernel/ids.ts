declare const idBrand: unique symbol;

/** An opaque identifier (UUID v7 text, made by the `Ids` port); the brand keeps kinds apart. */
export type Id<Kind extends string> = string & { readonly [idBrand]: Kind };

export type UserId = Id<'user'>;
export type CampaignId = Id<'campaign'>;
export type TaskId = Id<'task'>;
export type TakeId = Id<'take'>;
export type ProofId = Id<'proof'>;
export type DepositId = Id<'deposit'>;
export type WithdrawalId = Id<'withdrawal'>;
export type TransactionId = Id<'transaction'>;
export type MessageId = Id<'message'>;
export type FreezeId = Id<'freeze'>;
export type ApprovalBatchId = Id<'approval-batch'>;
export type BroadcastId = Id<'broadcast'>;
export type OwnerNoticeId = Id<'owner-notice'>;

/** Names one request to move or commit money; the same key moves money at most once (WAL-7). */
export type IdempotencyKey = Id<'idempotency-key'>;
export const idempotencyKey = (text: string): IdempotencyKey => text as IdempotencyKey;

/** Makes identifiers: UUID v7, growing within a process. */
export interface Ids {
  next<I extends Id<string>>(): I;
}
