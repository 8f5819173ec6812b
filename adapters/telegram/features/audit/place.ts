import { z } from 'zod';
import type { CampaignId, UserId } from '../../../../core/index.ts';
import { dayIn, dayOf, filterSchema, type KeptFilter } from '../../audit-filter.ts';
import { longId, path, shortId } from '../../buttons.ts';
import { CODES } from '../../codes.ts';

/** Where in the log an admin is; a filter is too long for a button. */
export const placeSchema = z.object({
  filter: filterSchema,
  /** Where the part that is shown begins; absent: with the newest. */
  key: z.string().max(40).optional(),
  towards: z.enum(['older', 'newer']).optional(),
  /** The record whose card is open. */
  record: z.string().max(20).optional(),
  /** What was typed for the question that is open. */
  text: z.string().optional(),
  page: z.number().int().min(0).optional(),
});

export type AuditPlace = z.infer<typeof placeSchema>;

/** Of this millennium: what the log cannot have from before is no date, and no database takes it. */
const DAY = /^2\d{3}-\d\d-\d\d$/;

/** The day of a button; undefined for anything else that a forged one may carry (SEC-2). */
export const asDay = (written = ''): string | undefined => {
  const at = dayIn(written);
  // A day that no month has rolls over into the next one.
  const isDay = DAY.test(written) && !Number.isNaN(at.getTime()) && dayOf(at) === written;
  return isDay ? written : undefined;
};

/** A date as people type it: `21-11-2026`, `21/11/2026`, `21.11.2026`; undefined for no date. */
export const readDay = (text: string): string | undefined => {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text.trim()) ?? [];
  return asDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
};

const PERSON = 'u';
const CAMPAIGN = 'c';

/** Callback data of the button that opens the log of one person: `j:u:<short id>`. */
export const auditOfPerson = (id: UserId): string => path(CODES.audit, PERSON, shortId(id));

/** Callback data of the button that opens the log of one campaign: `j:c:<short id>`. */
export const auditOfCampaign = (id: CampaignId): string => path(CODES.audit, CAMPAIGN, shortId(id));

/** What follows the code on such a button; the whole log for anything else. */
export const readEntry = (argument: string | undefined): KeptFilter => {
  const [kind, short] = (argument ?? '').split(':');
  const id = longId(short);
  if (id === undefined) return {};
  if (kind === PERSON) return { userId: id as UserId };
  return kind === CAMPAIGN ? { campaignId: id as CampaignId } : {};
};
