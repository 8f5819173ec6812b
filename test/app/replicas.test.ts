import { expect } from 'chai';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { startSandbox, type MessageView, type Sandbox } from '../../adapters/sandbox/index.ts';
import { checked } from '../adapters/sandbox/schema/check.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { DEFAULT_SETTINGS, type TrialBalance } from '../../core/index.ts';
import { settled } from '../faults/settled.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { phone, type Phone } from '../support/phone.ts';
import { soundBooks } from '../support/sound-books.ts';
import { UNHURRIED } from '../support/unhurried.ts';
import { aDataDir, run, type OwnProcess } from './own-process.ts';
import { roundRobin, type RoundRobin } from './round-robin.ts';

const { labels } = textsIn('id');
const [CLIENT, WORKER, ADMIN] = [100_001, 100_002, 100_003];
const CROWD = Array.from({ length: 20 }, (_, n) => 200_001 + n);

/** One process of several that are one bot. */
interface Replica {
  readonly process: OwnProcess;
  readonly port: number;
  readonly healthPort: number;
}

describe('two processes of one bot, on one database, behind one webhook', function () {
  this.timeout(90_000);
  let database: TestDatabase;
  let sandbox: Sandbox;
  let proxy: RoundRobin;
  let dataDir: ReturnType<typeof aDataDir>;
  let replicas: Replica[];
  let [client, worker, admin]: Phone[] = [];

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    [database, sandbox, proxy] = await Promise.all([
      cloneDatabase(),
      startSandbox({ webhookBackoffMs: 50 }).then(checked),
      roundRobin(),
    ]);
    dataDir = aDataDir();
    replicas = await Promise.all([start(), start()]);
    for (const { port } of replicas) proxy.join(port);
    [client, worker, admin] = [CLIENT, WORKER, ADMIN].map((id) => phone(sandbox.client, id));
  });
  after(async () => {
    for (const { process: each } of replicas ?? []) each.signal('SIGTERM');
    await Promise.all((replicas ?? []).map(({ process: each }) => each.ended));
    await proxy?.close();
    await sandbox?.stop();
    await database?.drop();
    dataDir?.remove();
  });

  const start = async (): Promise<Replica> => {
    const own = run(['app/main.ts'], {
      BOT_TOKEN: sandbox.token,
      TELEGRAM_API_ROOT: sandbox.url,
      DATABASE_URL: database.botUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATA_DIR: dataDir.path,
      ENCRYPTION_KEY: 'ab'.repeat(32),
      ADMIN_TELEGRAM_IDS: String(ADMIN),
      DEPOSIT_INSTRUCTIONS: 'BCA 123 a.n. Upah',
      WEBHOOK_URL: `${proxy.url}/telegram`,
      WEBHOOK_PORT: '0',
      HTTP_PORT: '0',
      ...UNHURRIED,
    });
    const listens = (what: string) =>
      own.finds(new RegExp(`^(?=.*${what}).*"port":(\\d+)`, 'm')).then(([, port]) => Number(port));
    const [port, healthPort] = await Promise.all([
      listens('the webhook listens'),
      listens('health checks and metrics listen'),
    ]);
    await own.prints('Telegram delivers to the webhook');
    return { process: own, port, healthPort };
  };

  const at = (n: number): Replica => {
    const replica = replicas[n];
    if (!replica) throw new Error(`no replica ${n}`);
    return replica;
  };

  const enter = async (person: Phone | undefined, role?: string): Promise<void> => {
    await person?.say('/start');
    await person?.tap(labels.acceptTerms);
    if (role !== undefined) await person?.tap(role);
  };

  const books = (): Promise<TrialBalance> => soundBooks(database.orm);

  const count = async (table: string): Promise<number> => {
    const rows = await database.orm.em.fork().execute(`select 1 from ${table}`);
    return rows.length;
  };

  /** Taps and words come in ways of their own: what was done first may be heard last. */
  const settle = async (): Promise<void> => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    expect(await settled({ sandbox, ports, patienceMs: 20_000 })).to.deep.equal([]);
    expect(await count(`inbox where state <> 'done'`)).to.equal(0);
  };

  /** Runs to the summary of a campaign of one task of Rp 1.000. */
  const order = async (link: string): Promise<MessageView | undefined> => {
    await client?.say('/newcampaign');
    await client?.screen('Langkah 1 dari 5');
    await client?.tap('Like');
    await client?.screen('Langkah 2 dari 5');
    await client?.say(link);
    await client?.screen('Langkah 3 dari 5');
    await client?.tap(labels.skip);
    await client?.screen('Langkah 4 dari 5');
    await client?.say('1.000');
    await client?.screen('Langkah 5 dari 5');
    await client?.say('1');
    return client?.screen('Periksa campaign');
  };

  /** Twenty taps at once, and each delivered twice more. */
  const confirmWildly = async (summary: MessageView | undefined): Promise<void> => {
    const data = summary?.buttons.flat().find(({ text }) => text.includes(labels.confirm))?.data;
    const taps = await Promise.all(
      Array.from({ length: 20 }, () =>
        sandbox.client.pressData(CLIENT, summary?.id ?? 0, data ?? ''),
      ),
    );
    for (const { updateId = 0 } of [...taps, ...taps]) await sandbox.client.redeliver(updateId);
  };

  it('OPS-4 both take updates, and a dialogue goes on whichever of them hears its next word', async () => {
    await Promise.all([enter(client, labels.client), enter(worker, labels.worker), enter(admin)]);
    await settle();
    await client?.say('/topup');
    await client?.screen('Langkah 1 dari 2');
    await client?.say('100rb');
    await client?.screen('BCA 123');
    await client?.photo(1);
    await client?.screen('admin');
    await admin?.say(labels.deposits);
    await admin?.screen('Top-up Rp 100.000');
    await admin?.tap(labels.approve);
    await client?.sees('Top-up disetujui.');
    expect(await books()).to.include({ wallets: 100_000n });
    for (const { port } of replicas) expect(proxy.served.get(port)).to.be.above(0);
  });

  it('OPS-4 SEC-A6 taps that come sixty times, to both at once, order one campaign', async () => {
    await confirmWildly(await order('https://www.instagram.com/p/Sixty/'));
    await client?.screen('Campaign tayang');
    await settle();
    expect(await count('campaigns')).to.equal(1);
    expect(await books()).to.include({ wallets: 99_000n, escrows: 1_000n });
  });

  it('OPS-2 each says that it is ready, and what it has counted', async () => {
    for (const { healthPort } of replicas) {
      const ask = (path: string) => fetch(`http://127.0.0.1:${healthPort}${path}`);
      const readiness = await ask('/readyz');
      expect([readiness.status, await readiness.text()]).to.satisfy(
        ([status, text]: [number, string]) => status === 200 && text.includes('"enforced"'),
      );
      expect((await ask('/healthz')).status).to.equal(200);
      const metrics = await (await ask('/metrics')).text();
      expect(metrics).to.match(/^upah_database_up 1$/m);
      expect(metrics).to.match(/^upah_updates_handled_total\{.*\} [1-9]/m);
      expect(metrics).to.match(/^upah_bot_api_calls_total\{method="setWebhook",code="200"\} 1$/m);
    }
  });

  it('OPS-4 OPS-3 kill -9 of one in the middle loses nothing; the other goes on alone', async () => {
    for (const id of CROWD) await sandbox.client.addPerson({ id, firstName: `Orang ${id}` });
    const killed = at(0);
    const summary = await order('https://www.instagram.com/p/Kill/');
    const middle = (proxy.served.get(killed.port) ?? 0) + 5;
    const words = CROWD.map((id) => sandbox.client.say(id, '/start'));
    const confirmed = confirmWildly(summary);
    await proxy.hasServed(killed.port, middle);
    killed.process.signal('SIGKILL'); // what it has answered with 200 nobody will deliver again
    await killed.process.ended;
    proxy.leave(killed.port);
    await Promise.all([...words, confirmed]);
    await client?.screen('Campaign tayang');
    for (const id of CROWD) {
      await sandbox.client.waitFor(id, ({ messages }) => messages.at(-1)?.from === 'bot', {
        timeoutMs: 20_000,
      });
    }
    await settle();
    expect(await count('campaigns')).to.equal(2);
    expect(await count('users')).to.equal(3 + CROWD.length);
    expect(await books()).to.include({ wallets: 98_000n, escrows: 2_000n });
  });

  it('OPS-3 SIGTERM in the middle: every update is answered 200 or comes again to the next', async () => {
    const before = proxy.served.get(at(1).port) ?? 0;
    const words = CROWD.map((id) => sandbox.client.say(id, '/help'));
    at(1).process.signal('SIGTERM');
    await Promise.all(words);
    const { code, output } = await at(1).process.ended;
    expect(code, output).to.equal(0);
    proxy.leave(at(1).port);
    const next = await start();
    replicas.push(next);
    proxy.join(next.port);
    for (const id of CROWD) {
      await sandbox.client.waitFor(
        id,
        ({ messages }) => messages.at(-1)?.from === 'bot', // below what they said last
        { timeoutMs: 20_000 },
      );
    }
    const after = (proxy.served.get(at(1).port) ?? 0) + (proxy.served.get(next.port) ?? 0);
    expect(after - before).to.be.at.least(CROWD.length);
  });
});
