import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, messageOf } from '../bot-api/api-error.ts';
import { isMethod } from '../bot-api/dispatch.ts';
import type { Fault, WaitingFault } from '../faults.ts';
import type { LimitsView } from '../limits.ts';
import { viewPerson, type PersonView } from '../people/view.ts';
import type { World } from '../world.ts';

/** What the whole sandbox is like now. */
export interface SandboxState {
  readonly bot: {
    readonly name: string;
    readonly username: string;
    /** The one for everybody, else the first that was set. */
    readonly description?: string;
    readonly shortDescription?: string;
  };
  /** Without those who deleted their account. */
  readonly people: readonly PersonView[];
  /** `now` is ISO 8601; `aheadMs` is how far it is ahead. */
  readonly clock: { readonly now: string; readonly aheadMs: number };
  readonly limits: LimitsView;
  readonly faults: readonly WaitingFault[];
  /** What the bot's own program offers beside the chats. */
  readonly can: { readonly ledger: boolean; readonly advance: boolean; readonly tour: boolean };
}

const ADVANCE_MAX_MS = 30 * 24 * 3600 * 1000;
/** Longer than any caller waits; and timers know no more than 24 days. */
const HOUR_MS = 3600 * 1000;
const ERROR_CODE = 'must be a whole number from 400 to 599';

const clockJump = z.strictObject({
  advanceMs: z
    .int('must be whole milliseconds')
    .positive('must be more than 0')
    .max(ADVANCE_MAX_MS, 'must be 30 days (2592000000) at most'),
});
const limitSwitch = z.strictObject({ on: z.boolean() });
const fault = z
  .strictObject({
    method: z.string().refine(isMethod, 'names no method of the sandbox').optional(),
    chatId: z.int().optional(),
    errorCode: z.int().min(400, ERROR_CODE).max(599, ERROR_CODE).optional(),
    description: z.string().optional(),
    asPage: z.boolean().optional(),
    retryAfter: z.int().positive('must be at least 1').optional(),
    delayMs: z
      .number()
      .nonnegative('cannot be negative')
      .max(HOUR_MS, 'must be an hour (3600000) at most')
      .optional(),
    dropBefore: z.boolean().optional(),
    dropAfter: z.boolean().optional(),
    count: z.int().positive('must be at least 1').optional(),
  })
  .refine((given) => given.errorCode ?? given.delayMs ?? (given.dropBefore || given.dropAfter), {
    message: 'needs an errorCode, a delayMs, dropBefore or dropAfter',
  });

/** The sandbox as a whole: its state, clock, limits and faults. */
export function addWorldRoutes(server: FastifyInstance, world: World): void {
  server.get('/sandbox/state', () => stateOf(world));
  server.post('/sandbox/clock', async ({ body }) => {
    const { advanceMs } = clockJump.parse(body);
    await world.advance(advanceMs).catch((error: unknown) => {
      throw new ApiError(502, `the bot's program did not follow the clock: ${messageOf(error)}`);
    });
    return { now: isoNow(world) };
  });
  server.post('/sandbox/limits', ({ body }) => {
    world.limits.turn(limitSwitch.parse(body).on);
    world.feed.emit({ type: 'conditions' });
    return world.limits.view();
  });
  server.get('/sandbox/faults', () => world.faults.list());
  server.post('/sandbox/faults', ({ body }) => {
    world.faults.add(fault.parse(body) as Fault);
    return {};
  });
  server.delete('/sandbox/faults', () => {
    world.faults.clear();
    return {};
  });
  server.post('/sandbox/redeliver', ({ body }) => {
    const { updateId } = z.strictObject({ updateId: z.int() }).parse(body);
    if (!world.queue.redeliver(updateId)) throw new ApiError(404, `no update ${updateId}`);
    return {};
  });
  server.post('/sandbox/reset', () => {
    world.tour.stop();
    world.queue.clear();
    world.faults.clear();
    world.log.clear();
    world.files.clear();
    world.state.reset();
    return {};
  });
}

function stateOf({ state, host, limits, faults, now, aheadMs }: World): SandboxState {
  const [description, shortDescription] = [state.descriptions, state.shortDescriptions].map(
    (texts) => texts.get('') ?? [...texts.values()][0],
  );
  return {
    bot: {
      name: state.bot.first_name,
      username: state.bot.username ?? '',
      ...(description !== undefined && { description }),
      ...(shortDescription !== undefined && { shortDescription }),
    },
    people: [...state.chats.values()].filter(({ deactivated }) => !deactivated).map(viewPerson),
    clock: { now: new Date(now()).toISOString(), aheadMs: aheadMs() },
    limits: limits.view(),
    faults: faults.list(),
    can: {
      ledger: host.ledger !== undefined,
      advance: host.advance !== undefined,
      tour: host.tour !== undefined,
    },
  };
}

const isoNow = (world: World): string => new Date(world.now()).toISOString();
