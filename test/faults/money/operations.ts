import type {
  ApprovalBatchId,
  CampaignId,
  DepositId,
  ProofId,
  TakeId,
  UserId,
  WithdrawalId,
} from '../../../core/index.ts';

/** What each kind of operation needs; amounts in rupiah. */
interface Inputs {
  'deposit.request': { readonly key: string; readonly amount: bigint };
  'deposit.approve': { readonly id: DepositId; readonly credited: bigint };
  'deposit.reject': { readonly id: DepositId };
  'deposit.cancel': { readonly id: DepositId };
  'campaign.create': { readonly key: string; readonly price: bigint; readonly target: number };
  'campaign.raise': { readonly key: string; readonly id: CampaignId; readonly more: number };
  'campaign.delete': { readonly id: CampaignId };
  'task.take': { readonly id: CampaignId };
  'task.release': { readonly id: TakeId };
  'proof.submit': { readonly id: TakeId };
  'proof.approve': { readonly id: ProofId };
  'proof.reject': { readonly id: ProofId };
  'approvals.start': {
    readonly key: ApprovalBatchId;
    readonly id: CampaignId;
    readonly proofs: readonly ProofId[];
  };
  'withdrawal.request': { readonly key: string; readonly amount: bigint };
  'withdrawal.claim': { readonly id: WithdrawalId };
  'withdrawal.pay': { readonly id: WithdrawalId };
  'withdrawal.reject': { readonly id: WithdrawalId };
  'withdrawal.cancel': { readonly id: WithdrawalId };
}

export type Kind = keyof Inputs;

/** One thing that somebody does about money. `by` is who does it. */
export type Operation = {
  [K in Kind]: { readonly kind: K; readonly by: UserId } & Inputs[K];
}[Kind];

export type OperationOf<K extends Kind> = Extract<Operation, { kind: K }>;

/**
 * What came of a try: the thing that it made or changed, a refusal, or nothing that anybody knows.
 */
export type Outcome =
  | { readonly end: 'done'; readonly id: string }
  | { readonly end: 'refused'; readonly code: string }
  | { readonly end: 'unknown'; readonly why: string };

/**
 * How a decision that was made already answers the one who asks again because they did not hear.
 * What has a key of its own, and what is decided by admins, answers as the first time.
 */
export const ALREADY: Partial<Record<Kind, string>> = {
  'deposit.cancel': 'deposit.not-pending',
  'campaign.delete': 'campaign.final',
  'task.release': 'take.not-open',
  'withdrawal.cancel': 'withdrawal.not-pending',
};

/** Kinds that may be asked again at any later time and must still change nothing. */
export const REPEATABLE: ReadonlySet<Kind> = new Set<Kind>([
  'deposit.request',
  'deposit.approve',
  'deposit.reject',
  'campaign.create',
  'campaign.raise',
  'proof.approve',
  'proof.reject',
  'approvals.start',
  'withdrawal.request',
  'withdrawal.pay',
  'withdrawal.reject',
]);
