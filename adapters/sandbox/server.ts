import { timingSafeEqual } from 'node:crypto';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ApiError, badRequest, messageOf } from './bot-api/api-error.ts';
import { dispatch, failure, type Envelope } from './bot-api/dispatch.ts';
import { Params, isRecord, type Upload } from './bot-api/params.ts';
import { refusePath, sendControlError, statusOf } from './control/errors.ts';
import { addControl } from './control/control.ts';
import { UPLOAD_MAX_BYTES, type StoredFile } from './files.ts';
import { goneSignal } from './hang-up.ts';
import { addPage } from './page-files.ts';
import type { World } from './world.ts';

const BODY_MAX_BYTES = 80 * 1024 * 1024;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
const BOT_PATH = /^(\/file)?\/bot/;
/** What Telegram calls a file that came without a name. */
const NAMELESS = 'file';
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Bot API, control plane and page on one HTTP server, for this machine only. */
export async function createServer(world: World): Promise<FastifyInstance> {
  const server = Fastify({ bodyLimit: BODY_MAX_BYTES, forceCloseConnections: true });
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(HEADERS);
    refuseStrangers(request);
  });
  server.removeContentTypeParser('text/plain');
  server.setErrorHandler((error, _request, reply) => sendControlError(error, reply));
  server.setNotFoundHandler(async (request, reply) =>
    BOT_PATH.test(request.url)
      ? sendEnvelope(reply, failure(new ApiError(404, 'Not Found')))
      : refusePath(request),
  );
  await server.register(async (scope) => addBotApi(scope, world));
  addControl(server, world);
  addPage(server);
  server.get('/sandbox/files/:fileId', (request, reply) => {
    const { fileId } = request.params as { fileId: string };
    return sendFile(reply, world.files.find(fileId));
  });
  return server;
}

/** Another site's page may reach this port through a browser; its Host or Origin gives it away. */
function refuseStrangers({ headers }: FastifyRequest): void {
  const isOurs =
    LOOPBACK_HOST.test(headers.host ?? '') &&
    (headers.origin === undefined || headers.origin === `http://${headers.host}`);
  if (!isOurs) throw new ApiError(403, 'the sandbox answers this machine only');
}

async function addBotApi(scope: FastifyInstance, world: World): Promise<void> {
  await scope.register(multipart, {
    limits: { fileSize: UPLOAD_MAX_BYTES, fieldSize: 1024 * 1024, files: 20, fields: 100 },
  });
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string | Buffer) => parseJson(String(body)),
  );
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string | Buffer) =>
      Object.fromEntries([...new URLSearchParams(String(body))].toReversed()),
  );
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async () => ({}));
  scope.setErrorHandler((error, _request, reply) =>
    sendEnvelope(reply, failure(asApiError(error))),
  );
  scope.route({
    method: ['GET', 'POST'],
    url: '/bot:token/:method',
    handler: (request, reply) => answerCall(world, request, reply),
  });
  scope.get('/file/bot:token/*', (request, reply) => {
    const { token, '*': path } = request.params as { token: string; '*': string };
    requireToken(world, token);
    return sendFile(reply, world.files.findByPath(path));
  });
}

async function answerCall(world: World, request: FastifyRequest, reply: FastifyReply) {
  const { token, method } = request.params as { token: string; method: string };
  requireToken(world, token);
  const gone = goneSignal(reply, world.stopping);
  const outcome = await dispatch({ world, params: await readParams(request), gone }, method);
  if ('dropped' in outcome) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if ('page' in outcome) return reply.code(outcome.error_code).type('text/html').send(outcome.page);
  return sendEnvelope(reply, outcome.envelope);
}

function requireToken(world: World, token: string): void {
  const [given, real] = [Buffer.from(token), Buffer.from(world.token)];
  if (given.length !== real.length || !timingSafeEqual(given, real)) {
    throw new ApiError(401, 'Unauthorized');
  }
}

async function readParams(request: FastifyRequest): Promise<Params> {
  const values = new Map<string, unknown>();
  const uploads = new Map<string, Upload>();
  for (const [name, value] of Object.entries(request.query as object)) {
    values.set(name, Array.isArray(value) ? value[0] : value);
  }
  // what is said twice counts as it was said first: in the address before the body
  const keepFirst = (name: string, value: unknown): void => {
    if (!values.has(name)) values.set(name, value);
  };
  if (request.isMultipart()) await readParts(request, keepFirst, uploads);
  else if (isRecord(request.body)) {
    for (const [name, value] of Object.entries(request.body)) keepFirst(name, value);
  }
  return new Params(values, uploads);
}

async function readParts(
  request: FastifyRequest,
  keep: (name: string, value: unknown) => void,
  uploads: Map<string, Upload>,
): Promise<void> {
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') keep(part.fieldname, part.value);
      else {
        const filename = part.filename || NAMELESS; // undefined where the part has an empty name
        uploads.set(part.fieldname, { filename, bytes: await part.toBuffer() });
      }
    }
  } catch (error) {
    if (statusOf(error) < 500) throw error;
    throw badRequest(`can't read the multipart body: ${messageOf(error)}`);
  }
}

function parseJson(body: string): unknown {
  if (body === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ApiError(400, "Bad Request: can't parse request JSON object");
  }
  if (!isRecord(value)) throw new ApiError(400, 'Bad Request: JSON object expected');
  return value;
}

async function sendEnvelope(reply: FastifyReply, envelope: Envelope) {
  if (envelope.ok) return reply.send(envelope);
  const retryAfter = envelope.parameters?.retry_after;
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
  return reply.code(envelope.error_code).send(envelope);
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const status = statusOf(error);
  if (status === 413) return new ApiError(413, 'Request Entity Too Large');
  if (status < 500) return new ApiError(status, `Bad Request: ${messageOf(error)}`);
  return new ApiError(500, `Internal Server Error: ${messageOf(error)}`);
}

/** Photos are shown; anything else is only ever downloaded, whatever its bytes claim to be. */
async function sendFile(reply: FastifyReply, file: StoredFile | undefined) {
  if (!file) throw new ApiError(404, 'Not Found');
  if (file.kind === 'Photo') return reply.type('image/jpeg').send(file.bytes);
  return reply
    .type('application/octet-stream')
    .header('content-disposition', 'attachment')
    .send(file.bytes);
}
