import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  click,
  deactivate,
  edit,
  press,
  remove,
  say,
  sendDocument,
  sendDocuments,
  sendPhotos,
  setBlocked,
} from '../people/acts.ts';
import { ApiError } from '../bot-api/api-error.ts';
import { viewChanges } from '../people/chat-changes.ts';
import type { FeedEvent } from './feed.ts';
import { goneSignal } from '../hang-up.ts';
import { addHostRoutes } from './host-routes.ts';
import { PastButtons } from '../people/past-buttons.ts';
import type { Chat, PersonSeed } from '../state.ts';
import { viewChat, viewPerson } from '../people/view.ts';
import { shareContact, shareLocation, tapKey } from '../people/shares.ts';
import { addTourRoutes } from './tour-routes.ts';
import { addWorldRoutes } from './world-routes.ts';
import type { World } from '../world.ts';

const notEmpty = z.string().min(1, 'must not be empty');
const personSeed = z.strictObject({
  id: z.int().positive('must be more than 0'),
  firstName: notEmpty,
  lastName: z.string().optional(),
  username: z.string().optional(),
  languageCode: z.string().optional(),
  caption: z.string().optional(),
  phoneNumber: z.string().min(1).optional(),
  hidesForwards: z.boolean().optional(),
});
const bytes = z.base64('must be base64').transform((text) => Buffer.from(text, 'base64'));
const messageId = z.int();
const mediaExtras = { caption: z.string().optional(), replyTo: messageId.optional() };
const location = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
const personsFile = { bytes, filename: notEmpty, mimeType: z.string().optional() };
const longPoll = z.object({
  after: z.coerce.number().int().default(-1),
  waitMs: z.coerce
    .number()
    .min(0, 'must be from 0 to 60000')
    .max(60_000, 'must be from 0 to 60000')
    .default(0),
  method: z.string().optional(),
  since: z.coerce.number().int().optional(),
});

/** The control plane: what people do and see, and what goes wrong, as JSON under `/sandbox`. */
export function addControl(server: FastifyInstance, world: World): void {
  addWorldRoutes(server, world);
  addHostRoutes(server, world);
  addTourRoutes(server, world);
  server.get('/sandbox/feed', (_request, reply) => streamFeed(world, reply));
  server.get('/sandbox/requests', (request, reply) => listRequests(world, request, reply));
  server.post('/sandbox/people', ({ body }) => {
    const seed = personSeed.parse(body) as PersonSeed;
    const known = world.state.chats.get(seed.id);
    if (known?.deactivated) throw new ApiError(409, `person ${seed.id} deleted their account`);
    if (known) throw new ApiError(409, `person ${seed.id} is there`);
    const chat = world.state.addPerson(seed);
    world.feed.emit({ type: 'people' });
    return viewPerson(chat);
  });
  addPersonRoutes(server, world);
}

function addPersonRoutes(server: FastifyInstance, world: World): void {
  const act = (name: string, run: (chat: Chat, body: unknown) => unknown): void => {
    server.post(`/sandbox/people/:id/${name}`, (request) =>
      run(chatOf(world, request), request.body ?? {}),
    );
  };
  server.delete('/sandbox/people/:id', (request) => {
    deactivate(world, chatOf(world, request));
    return {};
  });
  server.get('/sandbox/people/:id/chat', (request, reply) => readChat(world, request, reply));
  const past = new PastButtons(world);
  server.get('/sandbox/people/:id/buttons', (request) => past.of(chatOf(world, request)));
  act('say', (chat, body) => {
    const { text, replyTo } = z
      .strictObject({ text: z.string(), replyTo: messageId.optional() })
      .parse(body);
    return say(world, chat, text, replyTo);
  });
  act('photos', (chat, body) => {
    const input = z.strictObject({ photos: z.array(bytes), ...mediaExtras }).parse(body);
    return sendPhotos(world, chat, input.photos, input.caption, input.replyTo);
  });
  act('document', (chat, body) => {
    const { caption, replyTo, ...file } = z
      .strictObject({
        ...personsFile,
        ...mediaExtras,
      })
      .parse(body);
    return sendDocument(world, chat, file, caption, replyTo);
  });
  act('documents', (chat, body) => {
    const input = z
      .strictObject({ files: z.array(z.strictObject(personsFile)), ...mediaExtras })
      .parse(body);
    return sendDocuments(world, chat, input.files, input.caption, input.replyTo);
  });
  act('key', (chat, body) =>
    tapKey(world, chat, z.strictObject({ text: notEmpty }).parse(body).text),
  );
  act('contact', (chat) => shareContact(world, chat));
  act('location', (chat, body) => {
    const input = z.strictObject({ location: location.optional() }).parse(body);
    return shareLocation(world, chat, input.location);
  });
  act('click', (chat, body) => {
    const input = z
      .strictObject({ messageId, button: z.string(), expired: z.boolean().default(false) })
      .parse(body);
    return click(world, chat, input.messageId, input.button, input.expired);
  });
  act('press', (chat, body) => {
    const input = z
      .strictObject({ messageId, data: z.string(), expired: z.boolean().default(false) })
      .parse(body);
    return press(world, chat, input.messageId, input.data, input.expired);
  });
  act('edit', (chat, body) => {
    const input = z.strictObject({ messageId, text: notEmpty }).parse(body);
    return edit(world, chat, input.messageId, input.text);
  });
  act('remove', (chat, body) => {
    remove(world, chat, z.strictObject({ messageId }).parse(body).messageId);
    return {};
  });
  act('block', (chat) => setBlocked(world, chat, true));
  act('unblock', (chat) => setBlocked(world, chat, false));
}

function chatOf(world: World, request: FastifyRequest): Chat {
  const chat = chatToRead(world, request);
  if (!chat.deactivated) return chat;
  throw new ApiError(404, `person ${chat.user.id} deleted their account`);
}

/** Also of those who deleted their account: somebody may be looking at it in that moment. */
function chatToRead(world: World, request: FastifyRequest): Chat {
  const { id } = z.object({ id: z.coerce.number().int() }).parse(request.params);
  const chat = world.state.chats.get(id);
  if (!chat) throw new ApiError(404, `there is no person ${id}`);
  return chat;
}

/**
 * With `after` and `waitMs` the answer is held until the chat has a newer revision; with `since` it
 * tells only what has changed since that one.
 */
async function readChat(world: World, request: FastifyRequest, reply: FastifyReply) {
  const chat = chatToRead(world, request);
  const { after, waitMs, since } = longPoll.parse(request.query);
  if (chat.revision <= after && waitMs > 0) {
    const isNewer = (event: FeedEvent): boolean =>
      event.type === 'chat' && event.personId === chat.user.id;
    await world.feed.next(isNewer, waitMs, goneSignal(reply, world.stopping));
  }
  return since === undefined ? viewChat(world.state, chat) : viewChanges(world.state, chat, since);
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
