import type { CampaignId, Json, Slice, SliceRequest, UserId } from '../kernel/index.ts';
import type { CampaignLabel } from '../outbox/index.ts';
import type { AuditSubject } from './audit.ts';

/** Which records to show: those that fit everything named; null and absent fit all (AUD-3). */
export interface AuditFilter {
  /** Records of what this person did, or of what was done about them or about what is theirs. */
  readonly userId?: UserId | null | undefined;
  /** Records about this campaign, its tasks and its proofs. */
  readonly campaignId?: CampaignId | null | undefined;
  /** Only of what this person did. */
  readonly actorId?: UserId | null | undefined;
  readonly subject?: AuditSubject | null | undefined;
  /** Only about the thing of this id, of which there are few; its `subject` is named beside it. */
  readonly subjectId?: string | null | undefined;
  /** A day of Jakarta: any moment of it. */
  readonly day?: Date | null | undefined;
}

/** A record as admins read it (AUD-3). */
export interface AuditLine {
  /** What names the row, as the seals know it, e.g. `4711`. */
  readonly id: string;
  readonly at: Date;
  /** As `actorName` writes it. */
  readonly actor: string;
  /** The display name of an acting person; null for jobs and the operator. */
  readonly actorDisplayName: string | null;
  readonly action: string;
  readonly subject: AuditSubject;
  readonly subjectId: string;
  /** Whom it concerns beside the actor; null: nobody. */
  readonly concerns: { readonly userId: UserId; readonly displayName: string } | null;
  /** The campaign it belongs to; null: none. */
  readonly campaign: (CampaignLabel & { readonly id: CampaignId }) | null;
  readonly before: Readonly<Record<string, Json>> | null;
  readonly after: Readonly<Record<string, Json>> | null;
  /** Whether a seal names it; false: it is among the newest (AUD-2). */
  readonly sealed: boolean;
}

/** A campaign among others on the same link. */
export interface LinkedCampaign extends CampaignLabel {
  readonly id: CampaignId;
  readonly createdAt: Date;
}

/**
 * Reads the audit log (AUD-3), in time that does not grow with it. A record concerns whose its
 * subject is: the worker of a take or proof, the owner of a deposit, withdrawal or transaction, the
 * client of a campaign, the person themselves, the worker whose proofs were approved together. It
 * belongs to the campaign that its subject is or is part of.
 */
export interface AuditTrail {
  /**
   * Newest first by moment, then in the order they were written. A key that was never given reads
   * from the newest.
   */
  browse(filter: AuditFilter, slice: SliceRequest): Promise<Slice<AuditLine>>;
  /** One record; undefined for an id that names none. */
  find(id: string): Promise<AuditLine | undefined>;
  /** The campaigns of every kind whose link has this key, newest first, at most `limit`. */
  campaignsOn(linkKey: string, limit: number): Promise<readonly LinkedCampaign[]>;
}
