import Fastify, { type FastifyReply } from 'fastify';
import { close, LIMITS, listen, type HttpServer } from './serving.ts';

/** One thing that was looked at. What it holds beside `ok` is for a person to read. */
export interface Check {
  /** Absent where nothing can be wrong: a piece of information. */
  readonly ok?: boolean;
  readonly [detail: string]: string | number | boolean | null | undefined;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, Check>>;
}

export interface HealthOptions {
  /** Whether the process still turns; where it does not, it has to be started again. */
  readonly alive: () => boolean;
  /** Whether it does its work now. */
  readonly ready: () => Promise<Readiness>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

const STOP_MS_MAX = 1_000;

/** `/healthz`, `/readyz` and `/metrics` (OPS-2), for whoever watches the process. */
export const createHealthServer = ({ alive, ready, metrics }: HealthOptions): HttpServer => {
  const server = Fastify({ ...LIMITS, exposeHeadRoutes: true });
  const readiness = oneAtATime(ready);
  const scrape = oneAtATime(metrics);
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    if (request.method === 'GET' || request.method === 'HEAD') return;
    return reply.code(405).headers({ allow: 'GET, HEAD', connection: 'close' }).send();
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send());
  // Nothing of the error: this answers whoever reaches the port.
  server.setErrorHandler((_error, _request, reply) => reply.code(500).send());
  server.get('/healthz', (_request, reply) => verdict(reply, alive(), {}));
  server.get('/readyz', async (_request, reply) => {
    const { ready: isReady, checks } = await readiness();
    return verdict(reply, isReady, { checks });
  });
  server.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await scrape();
    return reply.type(contentType).send(text);
  });
  return {
    listen: (place) => listen(server, place),
    stop: () => close(server, Promise.resolve(), STOP_MS_MAX),
  };
};

const verdict = (reply: FastifyReply, ok: boolean, more: object): FastifyReply =>
  reply.code(ok ? 200 : 503).send({ ok, ...more });

/** However many ask at once, one look at the database answers them all. */
const oneAtATime = <T>(look: () => Promise<T>): (() => Promise<T>) => {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= look().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
};
