import type { Rupiah, UserId } from '../kernel/index.ts';
import type { TrialBalance } from '../wallet/index.ts';
import type { DayFigures, Figures, TimelineEvent, WorkRecord } from './report.ts';
import type { EventPlace } from './timeline.ts';

/** The marketplace as it stands, without its days (RPT-1). */
export type MarketNow = Omit<Figures, 'at' | 'days'>;

/** What a person did on either side of the market: all time (ADM-3). */
export interface PersonSums {
  readonly work: WorkRecord;
  /** Top-ups credited, and withdrawals paid without their fees. */
  readonly toppedUp: Rupiah;
  readonly withdrawn: Rupiah;
  /** Campaigns ever made, and what stands in escrow for them. */
  readonly campaigns: number;
  readonly inEscrow: Rupiah;
}

/** A part of a person's timeline, read from a place on; null: from the newest. */
export interface TimelineRequest {
  readonly from: { readonly place: EventPlace; readonly towards: 'older' | 'newer' } | null;
  readonly limit: number;
}

export interface PlacedEvent {
  readonly place: EventPlace;
  readonly event: TimelineEvent;
}

/** Reads all features' rows for admins' eyes, in time that does not grow with the history. */
export interface ReportReader {
  now(at: Date): Promise<MarketNow>;
  /**
   * Days of Jakarta from the one that begins at `first` up to the one of `at`, oldest first: closed
   * ones as they were noted, others counted now.
   */
  days(first: Date, at: Date): Promise<readonly DayFigures[]>;
  /** As `LedgerReader.trialBalance`, from sums that are kept, whatever the length of the history. */
  balance(): Promise<TrialBalance>;
  person(user: UserId): Promise<PersonSums>;
  /**
   * The events next to that place, the place's own not among them, `limit` at most, the nearest
   * first; those of one moment by where they come from and then by id.
   */
  timeline(user: UserId, request: TimelineRequest): Promise<readonly PlacedEvent[]>;
}

/** What is kept day by day of Jakarta; each `day` is when one began. */
export interface DayBook {
  /** Notes that a person did something: their last day, and that they were there on it. */
  noteActive(user: UserId, at: Date): Promise<void>;
  /** Forgets who was there on days before then, oldest first. Resolves to how many such notes. */
  pruneActive(before: Date, limit: number): Promise<number>;
  /** The day on which the first person came; null: nobody has. */
  first(): Promise<Date | null>;
  lastClosed(): Promise<Date | null>;
  /**
   * Counts a day that is over and keeps it, once. False, and nothing is kept, while an update that
   * came in before its end, and after `since`, waits to be handled: what it brings counts on that day.
   */
  close(day: Date, since: Date): Promise<boolean>;
  /** True for the first caller, also of concurrent ones, whose transaction commits. */
  tellOnce(day: Date, at: Date): Promise<boolean>;
}
