import { z } from 'zod';
import {
  AUDIT_SUBJECTS,
  startOfWibDay,
  type AuditFilter,
  type CampaignId,
  type UserId,
} from '../../core/index.ts';
import { idSchema } from './parse.ts';

/** A filter of the audit log as dialogues and messages keep it: ids, and a day as `2026-11-21`. */
export const filterSchema = z.object({
  userId: idSchema<UserId>().optional(),
  actorId: idSchema<UserId>().optional(),
  campaignId: idSchema<CampaignId>().optional(),
  subject: z.enum(AUDIT_SUBJECTS).optional(),
  day: z.iso.date().optional(),
});

export type KeptFilter = z.infer<typeof filterSchema>;

/** Midnight in Jakarta. */
export const dayIn = (written: string): Date => new Date(`${written}T00:00:00+07:00`);

export const toFilter = ({ day, ...rest }: KeptFilter): AuditFilter => ({
  ...rest,
  day: day === undefined ? null : dayIn(day),
});

/** `2026-11-21`: the day of Jakarta that contains this moment. */
export const dayOf = (at: Date): string => {
  const noon = new Date(startOfWibDay(at).getTime() + NOON_MS);
  return noon.toISOString().slice(0, 10);
};

const NOON_MS = 12 * 3_600_000;
