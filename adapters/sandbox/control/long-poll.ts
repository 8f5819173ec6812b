import { z } from 'zod';

const WAIT = 'must be from 0 to 60000';

/** The query of an answer that is held until there is news after `after`, `waitMs` at most. */
export const longPoll = z.object({
  after: z.coerce.number().int().default(-1),
  waitMs: z.coerce.number().min(0, WAIT).max(60_000, WAIT).default(0),
});
