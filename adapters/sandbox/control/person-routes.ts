import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../bot-api/api-error.ts';
import type { FeedEvent } from '../feed.ts';
import { goneSignal } from '../hang-up.ts';
import { deactivate } from '../people/acts.ts';
import { viewChanges } from '../people/chat-changes.ts';
import { PastButtons } from '../people/past-buttons.ts';
import { viewChat, viewPerson } from '../people/view.ts';
import type { Chat, PersonSeed } from '../state.ts';
import type { World } from '../world.ts';
import { longPoll } from './long-poll.ts';
import { ACTS } from './person-acts.ts';

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
const chatPoll = longPoll.extend({ since: z.coerce.number().int().optional() });

/** The people: who comes and goes, what they see, and what they do. */
export function addPersonRoutes(server: FastifyInstance, world: World): void {
  server.post('/sandbox/people', ({ body }) => {
    const seed = personSeed.parse(body) as PersonSeed;
    const known = world.state.chats.get(seed.id);
    if (known?.deactivated) throw new ApiError(409, `person ${seed.id} deleted their account`);
    if (known) throw new ApiError(409, `person ${seed.id} is there`);
    const chat = world.state.addPerson(seed);
    world.feed.emit({ type: 'people' });
    return viewPerson(chat);
  });
  server.delete('/sandbox/people/:id', (request) => {
    deactivate({ world, chat: chatOf(world, request) });
    return {};
  });
  server.get('/sandbox/people/:id/chat', (request, reply) => readChat(world, request, reply));
  const past = new PastButtons(world);
  server.get('/sandbox/people/:id/buttons', (request) => past.of(chatOf(world, request)));
  for (const [name, act] of Object.entries(ACTS)) {
    server.post(`/sandbox/people/:id/${name}`, (request) =>
      act({ world, chat: chatOf(world, request) }, request.body ?? {}),
    );
  }
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
  const { after, waitMs, since } = chatPoll.parse(request.query);
  if (chat.revision <= after && waitMs > 0) {
    const isNewer = (event: FeedEvent): boolean =>
      event.type === 'chat' && event.personId === chat.user.id;
    await world.feed.next(isNewer, waitMs, goneSignal(reply, world.stopping));
  }
  return since === undefined ? viewChat(world.state, chat) : viewChanges(world.state, chat, since);
}
