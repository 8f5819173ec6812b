import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { startSandbox, type Sandbox } from '../../adapters/sandbox/index.ts';
import { checked } from '../adapters/sandbox/schema/check.ts';
import type { ApiCall } from '../../adapters/metrics/index.ts';
import { createTelegram } from '../../app/modules/telegram-client.ts';
import { createWebhookReceiver } from '../../app/pipeline/webhook-receiver.ts';
import { aRecordedLogger } from '../adapters/logging/lines.ts';

const PERSON = 100_001;

/** A receiver on a free port, and a sandbox that delivers to it. */
const aReceiver = async (sandbox: Sandbox, lookMs?: number) => {
  const calls: ApiCall[] = [];
  const stored: unknown[] = [];
  const log = aRecordedLogger();
  let confirmed = 0;
  const { token, url: apiRoot } = sandbox;
  const telegram = createTelegram({ token, apiRoot, onCall: (call) => calls.push(call) });
  const { port, url } = await aFreeAddress();
  const receiver = createWebhookReceiver({
    webhook: { url, secret: 'rahasia-rahasia-rahasia', port },
    host: '127.0.0.1',
    telegram,
    receive: async (updates) => void stored.push(...updates),
    onConfirmed: () => (confirmed += 1),
    log: log.logger,
    ...(lookMs !== undefined && { lookMs }),
  });
  await receiver.listen();
  const stop = new AbortController();
  const running = receiver.run(stop.signal);
  running.catch(() => undefined);
  return { telegram, calls, stored, url, running, stop, log, confirmed: () => confirmed };
};

const aFreeAddress = async (): Promise<{ port: number; url: string }> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return { port, url: `http://127.0.0.1:${port}/telegram` };
};

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
};

describe('Receiving by webhook', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = checked(await startSandbox({ webhookBackoffMs: 10 }));
  });
  afterEach(() => sandbox.stop());

  it('OPS-4 what people say is delivered with the secret, and stored', async () => {
    const { stored, running, stop, confirmed } = await aReceiver(sandbox);
    await until(() => confirmed() === 1);
    await sandbox.client.say(PERSON, 'halo 🦊');
    await until(() => stored.length === 1);
    expect(JSON.stringify(stored)).to.contain('halo 🦊');
    stop.abort();
    await running;
  });

  it('OPS-4 Telegram is asked again until it takes the address', async () => {
    await sandbox.client.fault({ method: 'setWebhook', errorCode: 500 });
    const { calls, running, stop, confirmed } = await aReceiver(sandbox);
    await until(() => confirmed() === 1);
    expect(calls.map(({ code }) => code)).to.deep.equal(['500', '200']);
    stop.abort();
    await running;
  });

  it('SEC-4 a token that Telegram does not know ends it with one clear line', async () => {
    await sandbox.client.fault({ method: 'setWebhook', errorCode: 401 });
    const { running } = await aReceiver(sandbox);
    expect(await running.catch(String)).to.contain('does not know this BOT_TOKEN');
  });

  it('OPS-4 a 404 of something in between ends nothing, neither at first nor later', async () => {
    await sandbox.client.fault({ method: 'setWebhook', errorCode: 404 });
    const { calls, running, stop, confirmed } = await aReceiver(sandbox, 20);
    await until(() => confirmed() === 1);
    await sandbox.client.fault({ method: 'getWebhookInfo', errorCode: 404 });
    await until(() =>
      calls.some((call) => call.method === 'getWebhookInfo' && call.code === '404'),
    );
    const seen = confirmed();
    await until(() => confirmed() > seen);
    stop.abort();
    await running;
  });

  it('OPS-4 an address that somebody took away is set again', async () => {
    const { telegram, url, running, stop, log, confirmed } = await aReceiver(sandbox, 20);
    await until(() => confirmed() === 1);
    await telegram.deleteWebhook();
    const seen = confirmed();
    await until(() => confirmed() > seen + 1);
    expect((await telegram.getWebhookInfo()).url).to.equal(url);
    expect(log.text()).to.contain('set again').and.not.to.contain('rahasia');
    stop.abort();
    await running;
  });
});

describe('Calls of the Bot API', () => {
  it('OPS-2 each is counted with its answer, and with how long a 429 told it to wait', async () => {
    const sandbox = checked(await startSandbox());
    const calls: ApiCall[] = [];
    const onCall = (call: ApiCall): number => calls.push(call);
    const telegram = createTelegram({ token: sandbox.token, apiRoot: sandbox.url, onCall });
    await telegram.getMe();
    await sandbox.client.fault({ method: 'getMe', errorCode: 429, retryAfter: 7 });
    await telegram.getMe().catch(String);
    await sandbox.client.fault({ method: 'getMe', dropBefore: true });
    await telegram.getMe().catch(String);
    await telegram.callApi('getMe', {}, { signal: AbortSignal.abort() as never }).catch(String);
    await sandbox.stop();
    expect(calls.map(({ ms: _ms, ...call }) => call)).to.deep.equal([
      { method: 'getMe', code: '200' },
      { method: 'getMe', code: '429', retryAfterSeconds: 7 },
      { method: 'getMe', code: 'network' },
      { method: 'getMe', code: 'timeout' },
    ]);
    for (const { ms } of calls) expect(ms).to.be.at.least(0);
  });
});
