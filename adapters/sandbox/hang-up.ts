import type { FastifyReply } from 'fastify';

/** Aborts when the caller's connection closes, or when `stopping` does. */
export function goneSignal(reply: FastifyReply, stopping: AbortSignal): AbortSignal {
  const closed = new AbortController();
  reply.raw.once('close', () => closed.abort());
  return AbortSignal.any([closed.signal, stopping]);
}
