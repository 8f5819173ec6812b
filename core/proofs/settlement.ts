import type { Rupiah, UserId } from '../kernel/index.ts';
import type { AuditEntry } from '../audit/index.ts';
import type { Campaign } from '../campaigns/index.ts';
import type { OutboxMessage } from '../outbox/index.ts';
import type { Take } from '../tasks/index.ts';
import type { User } from '../users/index.ts';
import type { NewTransaction } from '../wallet/index.ts';
import type { Proof, ProofDecision } from './proof.ts';

/** A proof with all that its judgement depends on, as it stands under its locks. */
export interface LockedCase {
  readonly proof: Proof;
  readonly campaign: Campaign;
  /** The take that the proof was sent for. */
  readonly take: Take;
  /** Whether anything was noticed about it (PRF-3). */
  readonly isFlagged: boolean;
  /** Who opened it last, and until when others are not given it (REV-6); null: nobody ever did. */
  readonly opened: { readonly by: UserId; readonly until: Date } | null;
  /** How it was decided last; null: not yet. */
  readonly last: Pick<ProofDecision, 'verdict' | 'by' | 'at'> | null;
  /** Of the worker's wallet, rupiah. */
  readonly balance: Rupiah;
}

/** What is locked to be decided, and by whom. */
export interface LockedCases {
  /** Undefined: no such person. */
  readonly admin: User | undefined;
  /** Since when payments stand still (WAL-13); null: they do not. */
  readonly frozenSince: Date | null;
  /** In the order in which they were asked for; what was never stored is left out. */
  readonly cases: readonly LockedCase[];
}

/** Who decides, and what the locks are for. */
export interface Locking {
  readonly by: UserId;
  /**
   * `judge`: proofs and campaigns. `pay`: after them every account that an approval moves money on, so
   * that `balance` stays true until the transaction ends.
   */
  readonly to: 'judge' | 'pay';
}

/** All that is written where a proof is paid: all of it, or nothing (REV-3). */
export interface Settlement {
  readonly decision: ProofDecision;
  /** As it ends, its slot with it; null where it stands so already. */
  readonly take: Take | null;
  /** As it stands after this approval. */
  readonly campaign: Campaign;
  /** Reward and fee. */
  readonly entries: readonly NewTransaction[];
  readonly audit: readonly AuditEntry[];
  readonly messages: readonly OutboxMessage[];
}
