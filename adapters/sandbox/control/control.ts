import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FeedEvent } from '../feed.ts';
import { goneSignal } from '../hang-up.ts';
import type { World } from '../world.ts';
import { addHostRoutes } from './host-routes.ts';
import { longPoll } from './long-poll.ts';
import { addPersonRoutes } from './person-routes.ts';
import { addTourRoutes } from './tour-routes.ts';
import { addWorldRoutes } from './world-routes.ts';

const requestPoll = longPoll.extend({ method: z.string().optional() });

/** Who does not read the feed is cut off, to come again and look at everything anew. */
const FEED_UNREAD_MAX_BYTES = 1024 * 1024;

/** The control plane: what people do and see, and what goes wrong, as JSON under `/sandbox`. */
export function addControl(server: FastifyInstance, world: World): void {
  addWorldRoutes(server, world);
  addHostRoutes(server, world);
  addTourRoutes(server, world);
  addPersonRoutes(server, world);
  server.get('/sandbox/feed', (_request, reply) => streamFeed(world, reply));
  server.get('/sandbox/requests', (request, reply) => listRequests(world, request, reply));
}

/** With `waitMs` the answer is held until there is a request after `after`. */
async function listRequests(world: World, request: FastifyRequest, reply: FastifyReply) {
  const { after, waitMs, method } = requestPoll.parse(request.query);
  if (waitMs > 0 && world.log.list(after, method).length === 0) {
    const isOne = (event: FeedEvent): boolean =>
      event.type === 'request' && world.log.list(after, method).length > 0;
    await world.feed.next(isOne, waitMs, goneSignal(reply, world.stopping));
  }
  return world.log.list(after, method);
}

function streamFeed(world: World, reply: FastifyReply): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  reply.raw.write('retry: 1000\n\n');
  const stop = world.feed.listen((event) => {
    if (event.type === 'request') return;
    reply.raw.write(`data: ${JSON.stringify(event)}\n\n`);
    if (reply.raw.writableLength > FEED_UNREAD_MAX_BYTES) reply.raw.destroy();
  });
  const gone = goneSignal(reply, world.stopping);
  gone.addEventListener('abort', () => {
    stop();
    reply.raw.end();
  });
}
