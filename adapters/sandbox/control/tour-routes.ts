import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FeedEvent } from '../feed.ts';
import { goneSignal } from '../hang-up.ts';
import type { TourProgress } from '../tour/progress.ts';
import type { TourOrder } from '../tour/tour.ts';
import type { World } from '../world.ts';

const HOUR_MS = 3_600_000;

const order = z.strictObject({
  language: z.enum(['id', 'en']).default('id'),
  pace: z.number().min(0, 'cannot be negative').max(3600, 'must be an hour at most').default(60),
  patienceMs: z
    .int()
    .positive('must be at least 1')
    .max(HOUR_MS, 'must be an hour at most')
    .optional(),
});

const waiting = z.object({
  endMs: z.coerce.number().min(0).max(240_000, 'must be 4 minutes at most').default(0),
});

/**
 * The guided tour. `POST /sandbox/tour` begins it and answers its first step; `GET` tells where the
 * newest one stands, `null` before the first, with `endMs` not before it has ended or that time is
 * over. The feed tells of every step.
 */
export function addTourRoutes(server: FastifyInstance, world: World): void {
  const { tour } = world;
  server.get('/sandbox/tour', async ({ query }, reply) => {
    const { endMs } = waiting.parse(query);
    if (endMs > 0 && tour.isPlaying) {
      const isEnd = (event: FeedEvent): boolean => event.type === 'tour' && !tour.isPlaying;
      await world.feed.next(isEnd, endMs, goneSignal(reply, world.stopping));
    }
    return asJson(reply, tour.progress());
  });
  server.post('/sandbox/tour', ({ body }) => tour.start(order.parse(body ?? {}) as TourOrder));
  server.post('/sandbox/tour/pause', () => tour.pause());
  server.post('/sandbox/tour/resume', () => tour.resume());
  server.post('/sandbox/tour/stop', (_request, reply) => asJson(reply, tour.stop()));
}

/** A bare null is no body to Fastify. */
const asJson = (reply: FastifyReply, progress: TourProgress | undefined) =>
  reply.type('application/json').send(JSON.stringify(progress ?? null));
