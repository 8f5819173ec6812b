import { expect } from 'chai';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer } from '../../../adapters/sandbox/server.ts';
import { TourPlayer } from '../../../adapters/sandbox/tour/tour.ts';
import { createWorld } from '../../../adapters/sandbox/world.ts';

const EVENTS = 50_000;

describe('sandbox: the feed', () => {
  it('cuts off who does not read it, before the memory is full of what they missed', async () => {
    const stopping = new AbortController();
    const world = createWorld({
      token: '1:SANDBOX-x',
      bot: { id: 1, is_bot: true, first_name: 'Upah' },
      people: [],
      host: {},
      now: Date.now,
      aheadMs: 0,
      limits: false,
      webhookBackoffMs: 1,
      stopping: stopping.signal,
      tour: (worldOf) => new TourPlayer(worldOf),
      execute: async () => {},
    });
    const server = await createServer(world);
    await server.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const reader = connect(port, '127.0.0.1');
    try {
      reader.write(`GET /sandbox/feed HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
      await once(reader, 'data');
      reader.pause();
      for (let event = 0; event < EVENTS; event += 1) world.feed.emit({ type: 'people' });
      const ended = once(reader, 'close');
      reader.on('error', () => {}).resume();
      await ended;
      expect(reader.bytesRead).to.be.below(EVENTS * 20);
    } finally {
      reader.destroy();
      stopping.abort();
      await server.close();
    }
  });
});
