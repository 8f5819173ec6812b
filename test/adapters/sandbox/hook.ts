import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkUpdate } from './schema/check.ts';

/** What arrived at the webhook. */
export interface HookCall {
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly update_id: number };
}

/** A bot's webhook on this machine; `await using` ends it. */
export interface Hook extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly HookCall[];
  /** Resolves when so many calls have arrived, with the last of them. */
  called(times: number): Promise<HookCall>;
}

/** Serves a webhook with any handler that node:http could serve. */
export async function listening(
  handler: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A webhook that answers the n-th call (from 0) as told; every update must be as Telegram's. */
export async function hook(
  answer: (call: number, response: ServerResponse) => void = (_call, response) => response.end(),
): Promise<Hook> {
  const calls: HookCall[] = [];
  const waiting: { times: number; resolve: (call: HookCall) => void }[] = [];
  const server = await listening(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as HookCall['body'];
    const call = { headers: request.headers, body };
    calls.push(call);
    answer(calls.length - 1, response);
    for (const { times, resolve } of waiting) if (times <= calls.length) resolve(call);
  });
  return {
    url: server.url,
    calls,
    called: (times) => {
      const { promise, resolve } = Promise.withResolvers<HookCall>();
      const there = calls[times - 1];
      if (there) resolve(there);
      else waiting.push({ times, resolve });
      return promise;
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      for (const { body } of calls) checkUpdate(body);
    },
  };
}
