import type {
  ApprovalBatchId,
  CampaignId,
  DepositId,
  OwnRole,
  Permission,
  ProofId,
  TakeId,
  TaskKind,
  UserId,
  WithdrawalId,
} from '../../core/index.ts';

/** Who asks: a person (perhaps one that does not exist), the operator, or a job. */
export type Asker = UserId | 'operator' | 'job';

/** What each kind of request carries; amounts in rupiah. */
export interface Inputs {
  'user.register': { readonly telegramId: number };
  'user.accept-terms': { readonly version: number };
  'user.choose-role': { readonly role: OwnRole };
  'user.grant-admin': { readonly telegramId: number };
  'user.revoke-admin': { readonly telegramId: number };
  'user.permit': { readonly telegramId: number; readonly may: readonly Permission[] };
  'user.change-role': { readonly id: UserId; readonly role: OwnRole };
  'user.suspend': { readonly id: UserId; readonly reason: string };
  'user.unsuspend': { readonly id: UserId };
  'deposit.request': { readonly key: string; readonly amount: bigint; readonly file: string };
  'deposit.approve': {
    readonly id: DepositId;
    readonly credited: bigint;
    readonly reason: string | null;
  };
  'deposit.reject': { readonly id: DepositId; readonly reason: string };
  'deposit.cancel': { readonly id: DepositId };
  'campaign.create': {
    readonly key: string;
    readonly task: TaskKind;
    readonly link: string;
    readonly price: bigint;
    readonly target: number;
    /** The total that the summary showed; null where none was shown. */
    readonly total: bigint | null;
  };
  'campaign.raise': { readonly key: string; readonly id: CampaignId; readonly more: number };
  'campaign.pause': { readonly id: CampaignId; readonly reason: string };
  'campaign.resume': { readonly id: CampaignId; readonly reason: string };
  'campaign.delete': { readonly id: CampaignId; readonly reason: string };
  'task.take': { readonly id: CampaignId };
  'task.release': { readonly id: TakeId };
  'task.expire': object;
  'proof.submit': { readonly id: TakeId; readonly agoMs: number };
  'proof.approve': { readonly id: ProofId };
  'proof.reject': { readonly id: ProofId; readonly reason: string | null };
  'proof.reverse': { readonly id: ProofId; readonly reason: string };
  'approvals.start': {
    readonly order: ApprovalBatchId;
    readonly id: CampaignId;
    readonly proofs: readonly ProofId[];
  };
  /** One proof of what was ordered. */
  'approvals.run': object;
  'withdrawal.request': { readonly key: string; readonly amount: bigint; readonly number: string };
  'withdrawal.endorse': { readonly id: WithdrawalId };
  'withdrawal.take-back': { readonly id: WithdrawalId };
  'withdrawal.claim': { readonly id: WithdrawalId; readonly from: UserId | null };
  'withdrawal.pay': { readonly id: WithdrawalId };
  'withdrawal.reject': { readonly id: WithdrawalId; readonly reason: string };
  'withdrawal.cancel': { readonly id: WithdrawalId };
  'wallet.adjust': {
    readonly key: string;
    readonly id: UserId;
    readonly direction: 'plus' | 'minus';
    readonly side: 'cash' | 'revenue';
    readonly amount: bigint;
    readonly reason: string;
  };
  'revenue.payout': { readonly key: string; readonly amount: bigint; readonly reason: string };
  /** Time passes. */
  wait: { readonly ms: number };
}

export type Kind = keyof Inputs;

/** One thing that somebody asks for. */
export type Request = {
  [K in Kind]: { readonly kind: K; readonly by: Asker } & Inputs[K];
}[Kind];

export type RequestOf<K extends Kind> = Extract<Request, { kind: K }>;

/**
 * What came of it: the thing that was made or changed and what was said of it, or the code of the
 * refusal.
 */
export type Outcome =
  | { readonly end: 'done'; readonly id?: string | undefined; readonly says: string }
  | { readonly end: 'refused'; readonly code: string };
