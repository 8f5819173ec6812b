import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { commitTogether, type Committed, type Receive } from './commit-together.ts';
import { close, LIMITS, listen, type HttpServer } from './serving.ts';

export interface WebhookOptions {
  /** The only path that is served, as in the address that Telegram was given. */
  readonly path: string;
  /** What Telegram shows with every update (SEC-4). */
  readonly secret: string;
  /** Resolves after the commit. */
  readonly receive: Receive;
  /** Told why updates could not be stored; Telegram sends them again. */
  readonly onTrouble: (error: unknown) => void;
}

/** More than any update; what is larger is refused before it is read. */
const BODY_BYTES_MAX = 1024 * 1024;
/** An update nests a dozen levels. What nests thousands of them breaks who walks it. */
const DEPTH_MAX = 100;
const STOP_MS_MAX = 5_000;

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const ANSWERS: Readonly<Record<Committed, Answer>> = {
  stored: { status: 200 },
  malformed: { status: 400 },
  unavailable: { status: 503, headers: { 'retry-after': '5' } },
};

/**
 * Where Telegram delivers updates. 200 only after the commit; anything else makes Telegram deliver
 * again, so nothing is answered here that is not stored (OPS-3).
 */
export const createWebhookServer = (options: WebhookOptions): HttpServer => {
  const { path, secret, receive, onTrouble } = options;
  const isSecret = sameAs(secret);
  const updates = commitTogether(receive, onTrouble);
  let stopping = false;
  const server = Fastify({
    ...LIMITS,
    bodyLimit: BODY_BYTES_MAX,
    frameworkErrors: (_error, _request, reply) => void unread(reply, { status: 400 }),
  });
  server.removeContentTypeParser('text/plain');
  server.addHook('onRequest', async (request, reply) => {
    const refused = refusalOf(request, path, isSecret);
    if (refused) return unread(reply, refused);
  });
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) =>
    unread(reply, { status: error.statusCode ?? 500 }),
  );
  server.post('*', async ({ body }, reply) => {
    if (!isRecord(body) || isDeeperThan(body, DEPTH_MAX)) return reply.code(400).send();
    const committed = stopping ? 'unavailable' : await updates.commit(body);
    const { status, headers = {} } = ANSWERS[committed];
    if (stopping) void reply.header('connection', 'close');
    return reply.code(status).headers(headers).send();
  });
  return {
    listen: (place) => listen(server, place),
    stop: () => {
      stopping = true;
      return close(server, updates.settled(), STOP_MS_MAX);
    },
  };
};

/** What is known before a byte of the body is read; its type and length Fastify refuses. */
const refusalOf = (
  { url, method, headers }: FastifyRequest,
  path: string,
  isSecret: (given: string) => boolean,
): Answer | undefined => {
  if (url.split('?')[0] !== path) return { status: 404 };
  if (method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
  const given = headers['x-telegram-bot-api-secret-token'];
  if (typeof given !== 'string' || !isSecret(given)) return { status: 403 };
  return undefined;
};

/** Compares digests: they are of one length, and tell nothing about where two secrets differ. */
const sameAs = (secret: string): ((given: string) => boolean) => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const real = digest(secret);
  return (given) => timingSafeEqual(digest(given), real);
};

/** Answers without reading on: the connection ends, whatever its other side still wants to send. */
const unread = (reply: FastifyReply, { status, headers = {} }: Answer): FastifyReply =>
  reply
    .code(status)
    .headers({ ...headers, connection: 'close' })
    .send();

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDeeperThan = (value: unknown, depthMax: number): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= depthMax && level.length > 0; depth += 1) {
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return level.length > 0;
};
