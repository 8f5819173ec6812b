import { expect } from 'chai';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatView, LedgerView } from '../../adapters/sandbox/index.ts';
import { assembleCommand } from '../../app/command-container.ts';
import { TOKENS } from '../../app/tokens.ts';
import { asOperator, DAY_MS, MINUTE_MS } from '../../core/index.ts';
import { join, orderLikes, phone, type Phone } from '../support/phone.ts';
import { ADMIN, CLIENT, WORKER } from '../support/running-bot.ts';
import { startSandboxedBot, type SandboxedBot } from '../support/sandboxed-bot.ts';
import { soundBooks } from '../support/sound-books.ts';

const LINK = 'https://www.instagram.com/p/C0ffeeUpah1/';
const EXPIRED = 'Batas waktu tugas sudah lewat';
const OPERATOR = asOperator('test');

const aFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
      server.close(() => resolve(port));
    });
  });

/** Looks again and again for what no event tells; fails, saying what it was, after ten seconds. */
const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`waited 10 s in vain until ${what}`);
    await sleep(10);
  }
};

describe('the bot as npm start runs it: clock and ledger of its sandbox', function () {
  this.timeout(60_000);
  let bot: SandboxedBot;
  let httpPort = 0;
  let client: Phone;
  let worker: Phone;
  let admin: Phone;

  const takePhones = (): void => {
    const on = (id: number) => phone(bot.sandbox.client, id);
    [client, worker, admin] = [on(CLIENT), on(WORKER), on(ADMIN)];
  };

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    httpPort = await aFreePort();
    bot = await startSandboxedBot({ HTTP_PORT: String(httpPort) });
    takePhones();
    await join(client, 'Client');
    await join(worker, 'Worker');
    await join(admin, 'admin');
  });
  after(() => bot?.stop());

  const ledger = async (language: string): Promise<LedgerView> => {
    const answer = await fetch(`${bot.sandbox.url}/sandbox/ledger?language=${language}`);
    expect(answer.status).to.equal(200);
    return (await answer.json()) as LedgerView;
  };
  const rowsOf = async <Row>(statement: string): Promise<readonly Row[]> =>
    bot.database.orm.em.fork().execute<Row[]>(statement);
  const aheadMs = async (): Promise<number> => (await bot.sandbox.client.state()).clock.aheadMs;

  const withWords = ({ messages }: ChatView, words: string) =>
    messages.filter(({ from, text }) => from === 'bot' && text.includes(words));
  /** Waits until a person has so many messages of the bot with these words; more are wrong. */
  const hears = async ({ id }: Phone, words: string, times: number): Promise<void> => {
    const { client: people } = bot.sandbox;
    const chat = await people.waitFor(id, (seen) => withWords(seen, words).length >= times);
    expect(withWords(chat, words), words).to.have.length(times);
  };

  const expectAllIsWell = async (): Promise<void> => {
    await soundBooks(bot.database.orm);
    const beside = assembleCommand(bot.config);
    try {
      const core = await beside.container.getAsync(TOKENS.Core);
      expect((await core.audit.verify({ actor: OPERATOR })).violations).to.deep.equal([]);
      expect((await core.freeze.current({ actor: OPERATOR })).freeze).to.equal(null);
    } finally {
      await beside.close();
    }
    const ready = await fetch(`http://127.0.0.1:${httpPort}/readyz`);
    const said = await ready.text();
    expect(ready.status, said).to.equal(200);
    expect(said).to.match(/"sealing":\{"state":"goes on"/);
  };

  const takeTask = async (): Promise<void> => {
    await worker.say('Tugas Tersedia');
    await worker.tap('Rp 1.000');
    await worker.tap('Ambil');
    await worker.screen(LINK);
  };

  it('WAL-2 OPS-1 the ledger shows the postings of a top-up, and its sum is 0', async () => {
    expect(await ledger('id')).to.deep.include({ currency: 'IDR', sum: '0', postings: [] });
    await client.tap('Top-Up');
    await client.screen('Langkah 1 dari 2');
    await client.say('100rb');
    await client.screen('Langkah 2 dari 2');
    await client.photo(1);
    await client.screen('menunggu diperiksa admin');
    await admin.tap('Deposit');
    await admin.screen('Top-up Rp 100.000');
    await admin.tap('Setujui');
    await client.sees('Top-up disetujui.');
    const { sum, postings, accounts } = await ledger('id');
    expect(sum).to.equal('0');
    expect(
      postings.map(({ what, from, to, amount }) => ({ what, from, to, amount })),
    ).to.deep.equal([
      { what: '💳 Top-up', from: 'Dunia luar', to: 'Saldo Citra Lestari', amount: '100000' },
    ]);
    const balance = ({ name }: { readonly name: string }) => name === 'Citra Lestari';
    expect(accounts.find(balance)).to.include({ group: 'Saldo', balance: '100000' });
    const english = await ledger('en');
    expect(english.postings[0]).to.include({
      from: 'Outside world',
      to: 'Citra Lestari’s balance',
    });
  });

  it('TSK-5 OPS-1 the clock jumps past a deadline: the worker is told, the slot is free', async () => {
    await orderLikes(client, { link: LINK, price: '1.000', target: '1' });
    await client.tap('Konfirmasi');
    await client.screen('Campaign tayang');
    await takeTask();
    await bot.sandbox.client.advance(31 * MINUTE_MS);
    const takes = await rowsOf<{ status: string }>('select status from takes');
    expect(takes, 'when the answer is there, it is done').to.deep.equal([{ status: 'expired' }]);
    await hears(worker, EXPIRED, 1);
    expect(await rowsOf('select status from tasks')).to.deep.equal([{ status: 'available' }]);
    await expectAllIsWell();
    await takeTask();
  });

  it('OPS-1 a day and thirty days later nothing waits, fails or is said twice', async () => {
    const mornings = withWords(await admin.chat(), 'segel nomor').length;
    await bot.sandbox.client.advance(DAY_MS);
    await bot.sandbox.client.advance(30 * DAY_MS);
    await hears(worker, EXPIRED, 2);
    await hears(admin, 'segel nomor', mornings + 2); // one for all mornings of a jump
    await client.say('Saldo');
    await client.screen('Rp 99.000');
    await admin.say('Deposit');
    await admin.screen('Deposit');
    await expectAllIsWell();
    await hears(worker, EXPIRED, 2);
    const live = await rowsOf(`select from takes where status = 'taken'`);
    expect(live).to.deep.equal([]);
  });

  it('NTF-2 OPS-1 what is on its way while the clock jumps is sent once', async () => {
    const { client: people } = bot.sandbox;
    await people.fault({ method: 'sendMessage', chatId: WORKER, delayMs: 700, count: 1 });
    await worker.say('/help');
    await until('the answer is on its way', async () => (await people.faults()).length === 0);
    await people.advance(DAY_MS);
    await worker.sees('Bantuan');
    await worker.say('Saldo');
    await worker.screen('Rp 0');
    await hears(worker, 'Bantuan', 1);
  });

  it('NTF-2 OPS-1 what waits for its time by the clock goes out with the jump', async () => {
    const { client: people } = bot.sandbox;
    await people.fault({ chatId: CLIENT, errorCode: 429, retryAfter: 1_800, count: 1 });
    await client.say('/help');
    await until('the chat is paused', async () => {
      const paused = await rowsOf('select from outbox_chats where paused_until is not null');
      return paused.length === 1;
    });
    expect(withWords(await client.chat(), 'Bantuan')).to.deep.equal([]);
    await people.advance(31 * MINUTE_MS);
    await hears(client, 'Bantuan', 1);
  });

  it('OPS-1 the lead outlives a restart, and commands beside the bot share it', async () => {
    const lead = 62 * MINUTE_MS + 32 * DAY_MS;
    await bot.restart();
    takePhones();
    expect(await aheadMs()).to.equal(lead);
    await client.say('Saldo');
    await client.screen('Rp 99.000');
    const beside = assembleCommand(bot.config);
    try {
      const core = await beside.container.getAsync(TOKENS.Core);
      await core.users.grantAdmin({ actor: OPERATOR, telegramId: 777 });
    } finally {
      await beside.close();
    }
    const [late] = await rowsOf<{ late: number }>(
      `select extract(epoch from max(at) - now())::int as late from audit_logs`,
    );
    expect((late?.late ?? 0) * 1_000).to.be.closeTo(lead, MINUTE_MS);
    await expectAllIsWell();
  });

  it('OPS-1 with a token the same folder has no lead: real Telegram runs by the real clock', async () => {
    const { config } = bot;
    const real = assembleCommand({ ...config, botToken: '1:real-token-of-a-bot' });
    try {
      const clock = await real.container.getAsync(TOKENS.Clock);
      expect(clock.now().getTime()).to.be.closeTo(Date.now(), MINUTE_MS);
    } finally {
      await real.close();
    }
  });
});
