import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import type { Backlog } from '../../adapters/metrics/index.ts';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { readBacklog } from '../../app/health/backlog.ts';
import { openPort } from '../../app/open-port.ts';
import { createReadiness, type ReadinessParts } from '../../app/health/readiness.ts';
import { createReceiving } from '../../app/pipeline/receiving.ts';

const BACKLOG: Backlog = {
  inbox: { waiting: 1, oldestSeconds: 59, parked: 4 },
  outbox: { waiting: 1, oldestDueSeconds: 299, failed: 5, struggling: 2 },
};

const WELL: ReadinessParts = {
  ping: async () => 1,
  schema: async () => ({ newest: '0002-queues', complete: true }),
  grantsEnforced: true,
  backlog: async () => BACKLOG,
  books: async () => ({ frozenSince: null, checks: [], unsealedSeconds: 0 }),
  receivingSeconds: () => 149,
  diskFreePercent: async () => 11,
};

const gone = async (): Promise<never> => {
  throw new Error('connect ECONNREFUSED postgres://upah_bot:rahasia@db.example');
};

/** The names of the checks that fail with these parts. */
const failing = async (parts: Partial<ReadinessParts>): Promise<string[]> => {
  const { ready, checks } = await createReadiness({ ...WELL, ...parts }).look();
  const failed = Object.entries(checks).filter(([, { ok }]) => ok === false);
  expect(ready).to.equal(failed.length === 0);
  return failed.map(([name]) => name);
};

describe('Readiness', () => {
  it('OPS-2 a bot at work is ready, and every check has its name', async () => {
    const { ready, checks } = await createReadiness(WELL).look();
    expect(ready).to.equal(true);
    expect(Object.keys(checks)).to.have.members([
      'running',
      'database',
      'schema',
      'inbox',
      'outbox',
      'receiving',
      'disk',
      'grants',
      'payments',
      'sealing',
    ]);
    expect(checks['schema']).to.deep.equal({ ok: true, newest: '0002-queues' });
  });

  it('OPS-2 each thing that is wrong makes it not ready, by name', async () => {
    const backlog = (part: Partial<Backlog>) => async () => ({ ...BACKLOG, ...part });
    const { inbox, outbox } = BACKLOG;
    const schema = async () => ({ newest: '0001-marketplace', complete: false });
    expect(await failing({ schema })).to.deep.equal(['schema']);
    expect(
      await failing({ backlog: backlog({ inbox: { ...inbox, oldestSeconds: 60 } }) }),
    ).to.deep.equal(['inbox']);
    expect(
      await failing({ backlog: backlog({ outbox: { ...outbox, oldestDueSeconds: 300 } }) }),
    ).to.deep.equal(['outbox']);
    expect(await failing({ receivingSeconds: () => 150 })).to.deep.equal(['receiving']);
    expect(await failing({ receivingSeconds: () => undefined })).to.deep.equal(['receiving']);
    expect(await failing({ diskFreePercent: async () => 10 })).to.deep.equal(['disk']);
    expect(await failing({ diskFreePercent: gone })).to.deep.equal(['disk']);
  });

  it('SEC-4 a database that is away is told without a word of its error', async () => {
    const away = { ping: gone, schema: gone, backlog: async () => undefined };
    expect(await failing(away)).to.deep.equal(['database', 'schema', 'inbox', 'outbox']);
    const told = JSON.stringify(await createReadiness({ ...WELL, ...away }).look());
    expect(told).not.to.match(/rahasia|postgres:/);
  });

  it('OPS-1 WAL-3 whether grants are enforced is information', async () => {
    const { ready, checks } = await createReadiness({ ...WELL, grantsEnforced: false }).look();
    expect([ready, checks['grants']]).to.deep.equal([true, { state: 'not enforced' }]);
  });

  it('OPS-3 a bot that is told to stop is not ready any more', async () => {
    const readiness = createReadiness(WELL);
    readiness.stopping();
    const { ready, checks } = await readiness.look();
    expect([ready, checks['running']]).to.deep.equal([false, { ok: false }]);
  });

  it('OPS-2 updates reach it from the first confirmation on', () => {
    const receiving = createReceiving();
    expect(receiving.secondsSinceConfirmed()).to.equal(undefined);
    receiving.confirm();
    expect(receiving.secondsSinceConfirmed()).to.equal(0);
  });
});

describe('What waits', () => {
  it('OPS-2 nothing waits in a new marketplace, and a database that fails says nothing', async () => {
    const ports = createMemoryPorts();
    expect(await readBacklog(ports, 1)).to.deep.equal({
      inbox: { waiting: 0, oldestSeconds: 0, parked: 0 },
      outbox: { waiting: 0, oldestDueSeconds: 0, failed: 0, struggling: 0 },
    });
    const inbox = { ...ports.inbox, depth: gone };
    expect(await readBacklog({ ...ports, inbox }, 1)).to.equal(undefined);
  });

  it('OPS-2 every figure of the outbox comes from the outbox', async () => {
    const ports = createMemoryPorts();
    const oldestDue = new Date(ports.clock.now().getTime() - 12_000);
    const depth = async () => ({ waiting: 7, oldestDue, failed: 1, struggling: 4 });
    const now = await readBacklog({ ...ports, outboxQueue: { ...ports.outboxQueue, depth } }, 1);
    expect(now?.outbox).to.deep.equal({
      waiting: 7,
      oldestDueSeconds: 12,
      failed: 1,
      struggling: 4,
    });
  });
});

describe('A port', () => {
  it('SEC-5 that is in use is said in one line with the variable to change', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const open = async (): Promise<void> => {
      const { port } = taken.address() as { port: number };
      const second = createServer().listen(port, '127.0.0.1');
      await once(second, 'listening');
    };
    const said = await openPort('HTTP_PORT', open).catch(String);
    expect(said).to.match(/^Error: HTTP_PORT: port \d+ is in use by another program: choose/);
    taken.close();
    expect(await openPort('HTTP_PORT', gone).catch(String)).to.contain('ECONNREFUSED');
  });
});
