import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy that gives each request to the next of several replicas. */
export interface RoundRobin {
  readonly url: string;
  /** How many requests each port has answered with 200. */
  readonly served: ReadonlyMap<number, number>;
  /** Resolves as soon as this port has answered so many. */
  hasServed(port: number, requests: number): Promise<void>;
  join(port: number): void;
  /** As a proxy that has noticed that a replica is gone. */
  leave(port: number): void;
  close(): Promise<void>;
}

export const roundRobin = async (): Promise<RoundRobin> => {
  const ports: number[] = [];
  const served = new Map<number, number>();
  let look: () => void = () => undefined;
  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const port = ports.shift();
    if (port === undefined) return void outgoing.writeHead(502).end();
    ports.push(port);
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      if (answer.statusCode === 200) served.set(port, (served.get(port) ?? 0) + 1);
      look();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(onward);
  };
  const server = createServer(forward);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    served,
    hasServed: (port, requests) =>
      new Promise((resolve) => {
        look = () => {
          if ((served.get(port) ?? 0) >= requests) resolve();
        };
        look();
      }),
    join: (port) => void ports.push(port),
    leave: (port) => void ports.splice(ports.indexOf(port), 1),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
};
