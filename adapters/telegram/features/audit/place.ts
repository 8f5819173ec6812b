import { z } from 'zod';
import type { CampaignId, UserId } from '../../../../core/index.ts';
import { dayIn, dayOf, filterSchema } from '../../audit-filter.ts';
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
  /** The card that the log was opened from, as its button says it; Back leads there (UX-2). */
  origin: z.string().max(64).optional(),
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

/** Where the two cards are, by the kind of thing that they are about. */
const CARDS: Readonly<Record<string, string>> = {
  [PERSON]: CODES.person,
  [CAMPAIGN]: CODES.adminCampaign,
};

/**
 * Callback data of the button on a person's card that opens the log about them: `j:u:<short id>`,
 * and where in the list that card stands.
 */
export const auditOfPerson = (id: UserId, ...place: readonly string[]): string =>
  path(CODES.audit, PERSON, shortId(id), ...place);

/** The same on a campaign's card: `j:c:<short id>`. */
export const auditOfCampaign = (id: CampaignId, ...place: readonly string[]): string =>
  path(CODES.audit, CAMPAIGN, shortId(id), ...place);

/** What follows the code on such a button; the whole log for anything else. */
export const readEntry = (argument = ''): AuditPlace => {
  const [kind, short] = argument.split(':');
  const id = longId(short);
  if (id === undefined) return { filter: {} };
  if (kind === PERSON) return { filter: { userId: id as UserId }, origin: argument };
  return kind === CAMPAIGN
    ? { filter: { campaignId: id as CampaignId }, origin: argument }
    : { filter: {} };
};

/** Callback data of the card that the log was opened from; undefined where it was from none. */
export const cardBehind = ({ origin = '' }: AuditPlace): string | undefined => {
  const [kind = '', ...rest] = origin.split(':');
  const card = Object.hasOwn(CARDS, kind) ? CARDS[kind] : undefined;
  return card === undefined ? undefined : path(card, ...rest);
};
