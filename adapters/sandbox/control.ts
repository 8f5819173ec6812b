import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { click, edit, press, say, sendDocument, sendPhotos, setBlocked } from './acts.ts';
import { ApiError } from './bot-api/api-error.ts';
import type { FeedEvent } from './feed.ts';
import type { Fault } from './faults.ts';
import { goneSignal } from './hang-up.ts';
import type { Chat, PersonSeed } from './state.ts';
import { viewChat, viewPerson } from './view.ts';
import type { World } from './world.ts';

const personSeed = z.object({
  id: z.int().positive(),
  firstName: z.string().min(1),
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string().optional(),
  caption: z.string().optional(),
});
const fault = z.object({
  method: z.string().optional(),
  chatId: z.int().optional(),
  errorCode: z.int().min(400).max(599).optional(),
  description: z.string().optional(),
  asPage: z.boolean().optional(),
  retryAfter: z.number().positive().optional(),
  delayMs: z.number().nonnegative().optional(),
  dropBefore: z.boolean().optional(),
  dropAfter: z.boolean().optional(),
  count: z.int().positive().optional(),
});
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const messageId = z.int();
const longPoll = z.object({
  after: z.coerce.number().int().default(-1),
  waitMs: z.coerce.number().min(0).max(60_000).default(0),
  method: z.string().optional(),
});

/** The control plane: what people do and see, and what goes wrong, as JSON under `/sandbox`. */
export function addControl(server: FastifyInstance, world: World): void {
  server.get('/sandbox/state', () => ({
    bot: { name: world.state.bot.first_name, username: world.state.bot.username ?? '' },
    people: [...world.state.chats.values()].map(viewPerson),
  }));
  server.get('/sandbox/feed', (_request, reply) => streamFeed(world, reply));
  server.get('/sandbox/requests', (request, reply) => listRequests(world, request, reply));
  server.post('/sandbox/people', ({ body }) => {
    const seed = personSeed.parse(body) as PersonSeed;
    if (world.state.chats.has(seed.id)) throw new ApiError(409, `person ${seed.id} is there`);
    const chat = world.state.addPerson(seed);
    world.feed.emit({ type: 'people' });
    return viewPerson(chat);
  });
  server.post('/sandbox/faults', ({ body }) => {
    world.faults.add(fault.parse(body) as Fault);
    return {};
  });
  server.delete('/sandbox/faults', () => {
    world.faults.clear();
    return {};
  });
  server.post('/sandbox/redeliver', ({ body }) => {
    const { updateId } = z.object({ updateId: z.int() }).parse(body);
    if (!world.queue.redeliver(updateId)) throw new ApiError(404, `no update ${updateId}`);
    return {};
  });
  server.post('/sandbox/reset', () => {
    world.queue.clear();
    world.faults.clear();
    world.log.clear();
    world.state.reset();
    return {};
  });
  addPersonRoutes(server, world);
}

function addPersonRoutes(server: FastifyInstance, world: World): void {
  const act = (name: string, run: (chat: Chat, body: unknown) => unknown): void => {
    server.post(`/sandbox/people/:id/${name}`, (request) =>
      run(chatOf(world, request), request.body ?? {}),
    );
  };
  server.get('/sandbox/people/:id/chat', (request, reply) => readChat(world, request, reply));
  act('say', (chat, body) => {
    const { text, replyTo } = z
      .object({ text: z.string(), replyTo: messageId.optional() })
      .parse(body);
    return say(world, chat, text, replyTo);
  });
  act('photos', (chat, body) => {
    const input = z.object({ photos: z.array(bytes), caption: z.string().optional() }).parse(body);
    return sendPhotos(world, chat, input.photos, input.caption);
  });
  act('document', (chat, body) => {
    const { caption, ...file } = z
      .object({
        bytes,
        filename: z.string().min(1),
        mimeType: z.string().optional(),
        caption: z.string().optional(),
      })
      .parse(body);
    return sendDocument(world, chat, file, caption);
  });
  act('click', (chat, body) => {
    const input = z.object({ messageId, button: z.string() }).parse(body);
    return click(world, chat, input.messageId, input.button);
  });
  act('press', (chat, body) => {
    const input = z
      .object({ messageId, data: z.string(), expired: z.boolean().default(false) })
      .parse(body);
    return press(world, chat, input.messageId, input.data, input.expired);
  });
  act('edit', (chat, body) => {
    const input = z.object({ messageId, text: z.string().min(1) }).parse(body);
    return edit(world, chat, input.messageId, input.text);
  });
  act('block', (chat) => setBlocked(world, chat, true));
  act('unblock', (chat) => setBlocked(world, chat, false));
}

function chatOf(world: World, request: FastifyRequest): Chat {
  const { id } = z.object({ id: z.coerce.number().int() }).parse(request.params);
  const chat = world.state.chats.get(id);
  if (!chat) throw new ApiError(404, `there is no person ${id}`);
  return chat;
}

/** With `after` and `waitMs` the answer is held until the chat has a newer revision. */
async function readChat(world: World, request: FastifyRequest, reply: FastifyReply) {
  const chat = chatOf(world, request);
  const { after, waitMs } = longPoll.parse(request.query);
  if (chat.revision <= after && waitMs > 0) {
    const isNewer = (event: FeedEvent): boolean =>
      event.type === 'chat' && event.personId === chat.user.id;
    await world.feed.next(isNewer, waitMs, goneSignal(reply, world.stopping));
  }
  return viewChat(world.state, chat);
}

/** With `waitMs` the answer is held until there is a request after `after`. */
async function listRequests(world: World, request: FastifyRequest, reply: FastifyReply) {
  const { after, waitMs, method } = longPoll.parse(request.query);
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
    if (event.type !== 'request') reply.raw.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  const gone = goneSignal(reply, world.stopping);
  gone.addEventListener('abort', () => {
    stop();
    reply.raw.end();
  });
}
