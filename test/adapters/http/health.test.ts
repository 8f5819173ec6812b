import { expect } from 'chai';
import { createHealthServer, type Readiness } from '../../../adapters/http/index.ts';

const READY: Readiness = { ready: true, checks: { database: { ok: true } } };

describe('Health checks', () => {
  let alive = true;
  let look: () => Promise<Readiness> = async () => READY;
  let looks = 0;
  const server = createHealthServer({
    alive: () => alive,
    ready: () => {
      looks += 1;
      return look();
    },
    metrics: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'upah_x 1\n' }),
  });
  let ask: (path: string, method?: string) => Promise<Response>;
  before(async () => {
    const port = await server.listen({ host: '127.0.0.1', port: 0 });
    ask = (path, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
  });
  beforeEach(() => {
    alive = true;
    look = async () => READY;
  });
  after(() => server.stop());

  it('OPS-2 /healthz says whether the process turns', async () => {
    expect((await ask('/healthz')).status).to.equal(200);
    alive = false;
    expect((await ask('/healthz')).status).to.equal(503);
  });

  it('OPS-2 /readyz says what is wrong, by name', async () => {
    const ready = await ask('/readyz');
    expect([ready.status, await ready.json()]).to.deep.equal([
      200,
      { ok: true, checks: READY.checks },
    ]);
    look = async () => ({ ready: false, checks: { database: { ok: false } } });
    const not = await ask('/readyz');
    expect([not.status, await not.json()]).to.deep.equal([
      503,
      { ok: false, checks: { database: { ok: false } } },
    ]);
  });

  it('OPS-2 /metrics is what Prometheus reads', async () => {
    const answer = await ask('/metrics');
    expect(answer.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).to.equal('upah_x 1\n');
  });

  it('OPS-2 however many ask at once, the database is looked at once', async () => {
    looks = 0;
    const held = Promise.withResolvers<Readiness>();
    const begun = Promise.withResolvers<void>();
    look = () => {
      begun.resolve();
      return held.promise;
    };
    const answers = Array.from({ length: 10 }, () => ask('/readyz'));
    await begun.promise;
    await ask('/healthz');
    held.resolve(READY);
    for (const { status } of await Promise.all(answers)) expect(status).to.equal(200);
    expect(looks).to.be.below(10);
  });

  it('SEC-4 it tells nothing of an error, and answers nothing else', async () => {
    look = async () => {
      throw new Error('password authentication failed for postgres://upah_bot:rahasia@db');
    };
    const answer = await ask('/readyz');
    expect([answer.status, await answer.text()]).to.deep.equal([500, '']);
    expect((await ask('/telegram')).status).to.equal(404);
    const posted = await ask('/healthz', 'POST');
    expect([posted.status, posted.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD']);
    expect((await ask('/healthz', 'HEAD')).status).to.equal(200);
  });
});
