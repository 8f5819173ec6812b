import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Where to listen. */
export interface Place {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A server of this process. */
export interface HttpServer {
  /** Resolves to the port when it can be reached; refuses where the port is taken. */
  listen(place: Place): Promise<number>;
  /** Lets what runs finish, for a few seconds at most, and closes every connection. */
  stop(): Promise<void>;
}

/** Fastify, as both servers here want it: silent, and with an end to every request. */
export const LIMITS = {
  logger: false,
  /** A request that trickles in would keep its connection for ever. */
  requestTimeout: 30_000,
  /** Longer than a reverse proxy keeps its own end, so that it never sends into a closed one. */
  keepAliveTimeout: 75_000,
  forceCloseConnections: 'idle',
} as const;

/** Listens, and says which port it got. */
export const listen = async (server: FastifyInstance, place: Place): Promise<number> => {
  await server.listen(place);
  const { port } = server.server.address() as AddressInfo;
  return port;
};

/** Answers are on their way within this; who still sends a request is cut off. */
const LAST_WORDS_MS = 500;

/** Closes the server when `settled` is, or after `msMax`. */
export const close = async (
  server: FastifyInstance,
  settled: Promise<void>,
  msMax: number,
): Promise<void> => {
  const impatience = Promise.withResolvers<void>();
  const patience = setTimeout(impatience.resolve, msMax);
  await Promise.race([settled, impatience.promise]);
  clearTimeout(patience);
  const cut = setTimeout(() => server.server.closeAllConnections(), LAST_WORDS_MS);
  await server.close();
  clearTimeout(cut);
};
