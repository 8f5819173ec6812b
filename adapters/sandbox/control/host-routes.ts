import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, messageOf } from '../bot-api/api-error.ts';
import type { LedgerView } from '../host.ts';
import type { World } from '../world.ts';

const wholeUnits = z.string().regex(/^-?\d{1,30}$/, 'is not a whole amount as decimal text');
/** What a host gives is checked: a wrong shape shall be a sentence here, not a riddle on the page. */
const ledgerView = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/, 'is not an ISO 4217 code'),
  accounts: z.array(z.object({ name: z.string(), group: z.string(), balance: wholeUnits })),
  sum: wholeUnits,
  postings: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime({ offset: true }),
      what: z.string(),
      from: z.string(),
      to: z.string(),
      amount: wholeUnits,
    }),
  ),
});
const reading = z.object({ language: z.enum(['id', 'en']).default('id') });

/**
 * What the bot's own program adds to the control plane.
 * `GET /sandbox/ledger?language=id|en` answers a `LedgerView`; 404 where the host has no ledger, 502
 * with its reason where the host fails or gives something else.
 */
export function addHostRoutes(server: FastifyInstance, world: World): void {
  server.get('/sandbox/ledger', async ({ query }): Promise<LedgerView> => {
    const { language } = reading.parse(query);
    const { ledger } = world.host;
    if (!ledger) throw new ApiError(404, 'the program behind this bot shows no ledger');
    const given = await attempt(() => ledger(language));
    const read = ledgerView.safeParse(given);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    throw new ApiError(
      502,
      `the ledger of this bot's program is malformed: ${where} ${issue?.message}`,
    );
  });
}

/** A host may fail in any way it likes. */
async function attempt(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    throw new ApiError(
      502,
      `the program behind this bot could not read its ledger: ${messageOf(error)}`,
    );
  }
}
