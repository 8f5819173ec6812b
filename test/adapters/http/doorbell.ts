import { connect, type Socket } from 'node:net';
import { createWebhookServer, type HttpServer } from '../../../adapters/http/index.ts';

export const PATH = '/telegram/upah';
export const SECRET = 'rahasia-yang-panjang-sekali';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** A webhook, and what it stored. */
export interface Doorbell extends AsyncDisposable {
  readonly server: HttpServer;
  readonly port: number;
  /** The batches, each as it was committed. */
  readonly batches: unknown[][];
  readonly troubles: unknown[];
  /** Every update that was stored. */
  stored(): unknown[];
  post(update: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Sends the pieces, each in a packet of its own, and resolves to the answer. */
  raw(...pieces: readonly (string | Buffer)[]): Promise<Answer>;
}

/** Listens on a free port; `receive` stands in for the inbox. */
export const aDoorbell = async (
  receive: (updates: readonly unknown[]) => Promise<void> = async () => {},
): Promise<Doorbell> => {
  const batches: unknown[][] = [];
  const troubles: unknown[] = [];
  const server = createWebhookServer({
    path: PATH,
    secret: SECRET,
    receive: async (updates) => {
      await receive(updates);
      batches.push([...updates]);
    },
    onTrouble: (error) => troubles.push(error),
  });
  const port = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    server,
    port,
    batches,
    troubles,
    stored: () => batches.flat(),
    post: (update, headers = {}) =>
      fetch(`http://127.0.0.1:${port}${PATH}`, {
        method: 'POST',
        headers: { ...JSON_HEADERS, ...headers },
        body: typeof update === 'string' ? update : JSON.stringify(update),
      }),
    raw: (...pieces) => speak(port, pieces),
    [Symbol.asyncDispose]: () => server.stop(),
  };
};

export const JSON_HEADERS = {
  'content-type': 'application/json',
  'x-telegram-bot-api-secret-token': SECRET,
};

/** The beginning of a request, as its other side would write it. */
export const head = (more: Readonly<Record<string, string | number>>): string =>
  [
    `POST ${PATH} HTTP/1.1`,
    'host: localhost',
    ...Object.entries({ ...JSON_HEADERS, ...more }).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

const speak = async (port: number, pieces: readonly (string | Buffer)[]): Promise<Answer> => {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  try {
    const answer = answerOf(socket);
    answer.catch(() => undefined); // it may come while we still write
    for (const piece of pieces) {
      await new Promise<void>((resolve) => {
        socket.write(piece, () => resolve());
      });
      await new Promise((resolve) => setImmediate(resolve)); // the next one in its own packet
    }
    return await answer;
  } finally {
    socket.destroy();
  }
};

const answerOf = (socket: Socket): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
      const [headers = '', body = ''] = text.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(headers)?.[1] ?? 0);
      if (!text.includes('\r\n\r\n') || body.length < length) return;
      resolve({ status: Number(headers.split(' ')[1]), headers, body });
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`closed after: ${text}`)));
  });
