import type { ApprovalRefusals } from './approvals/index.ts';
import type { BroadcastRefusals } from './broadcasts/index.ts';
import type { CampaignRefusals } from './campaigns/index.ts';
import type { DepositRefusals } from './deposits/index.ts';
import type { FileRefusals } from './files/index.ts';
import type { FreezeRefusals } from './freeze/index.ts';
import { Refusal, type CommonRefusals, type MoneyRefusals } from './kernel/index.ts';
import type { ProofRefusals } from './proofs/index.ts';
import type { SettingsRefusals } from './settings/index.ts';
import type { TaskRefusals } from './tasks/index.ts';
import type { UserRefusals } from './users/index.ts';
import type { WalletRefusals } from './wallet/index.ts';
import type { WithdrawalRefusals } from './withdrawals/index.ts';

/** Every refusal of the core: code → details. Adapters translate it through a total record. */
export type RefusalDetails = CommonRefusals &
  MoneyRefusals &
  UserRefusals &
  SettingsRefusals &
  WalletRefusals &
  CampaignRefusals &
  TaskRefusals &
  FileRefusals &
  FreezeRefusals &
  ProofRefusals &
  ApprovalRefusals &
  BroadcastRefusals &
  DepositRefusals &
  WithdrawalRefusals;

/** A refusal as a union to switch over. */
export type AnyRefusal = {
  [C in keyof RefusalDetails]: { readonly code: C; readonly details: RefusalDetails[C] };
}[keyof RefusalDetails];

/** The refusal that an error is, if it is one; defects give undefined. */
export const asRefusal = (error: unknown): AnyRefusal | undefined =>
  error instanceof Refusal ? (error as unknown as AnyRefusal) : undefined;
