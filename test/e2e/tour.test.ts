import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language, SandboxClient } from '../../adapters/sandbox/index.ts';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { readConfig } from '../../app/config.ts';
import { runBot, type RunningBot } from '../../app/run-bot.ts';
import { DEFAULT_SETTINGS } from '../../core/index.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { rupiahs } from '../support/builders.ts';
import { peopleOn, together } from '../support/market.ts';
import { soundBooks } from '../support/sound-books.ts';
import { UNHURRIED } from '../support/unhurried.ts';

const PATIENCE = { timeoutMs: 60_000 };
const TOP_UP = 100_000n;
/** Of what stands before the tour's own in a list. */
const FIRST_PAGE_FULL = 7;

describe('the guided tour of Upah, on the real bot and the real database', function () {
  this.timeout(90_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'upah-tour-'));
  let database: TestDatabase;
  let bot: RunningBot;
  let client: SandboxClient;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    bot = await runBot(
      readConfig({
        DATABASE_URL: database.botUrl,
        DATABASE_OWNER_URL: database.ownerUrl,
        DATA_DIR: dataDir,
        SANDBOX_PORT: '0',
        HTTP_PORT: '0',
        LOG_LEVEL: 'error',
        ...UNHURRIED,
        // The story rests before each decision, however fast it is played.
        DECISION_PAUSE_MS: '200',
      }),
    );
    const { sandbox } = bot.endpoint;
    if (!sandbox) throw new Error('without a token the bot plays in a sandbox');
    ({ client } = sandbox);
  });
  after(async () => {
    await bot?.stop();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Plays the whole story; resolves with the ids of client, worker and admin. */
  const play = async (language: Language): Promise<readonly number[]> => {
    await client.startTour({ language, pace: 0 });
    const end = await client.tourEnd(PATIENCE);
    expect(end?.reason).to.equal(undefined);
    expect(end).to.include({ state: 'done', step: end?.steps });
    return end?.people ?? [];
  };

  const texts = async (personId: number): Promise<string> =>
    (await client.chat(personId)).messages.map(({ text }) => text).join('\n');

  for (const [language, words] of [
    ['id', { paid: 'Withdraw berhasil diproses.', ends: 'Jumlah semua akun tetap nol' }],
    ['en', { paid: 'Your withdrawal was processed successfully.', ends: 'add up to zero' }],
  ] as const) {
    it(`pays one worker out in a story told in “${language}”, twice, by new people each time`, async () => {
      const before = await soundBooks(database.orm);
      const played = [await play(language), await play(language)];
      expect(new Set(played.flat()).size).to.equal(6);
      expect((await client.tour())?.caption).to.contain(words.ends);
      expect(await texts(played[1]?.[1] ?? 0)).to.contain(words.paid);
      const after = await soundBooks(database.orm);
      expect(after).to.include({ escrows: 0n, holds: 0n, wallets: 0n - after.outside });
      const paidOut = before.outside - after.outside;
      expect(paidOut > 2n * (TOP_UP - 34_000n) && paidOut < 2n * (TOP_UP - 19_000n)).to.equal(true);
    });
  }

  it('finds its own task, top-up and withdrawal when others fill the first pages of the lists', async () => {
    const ports = {
      ...createMemoryPorts(),
      ...createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS }),
    };
    ports.clock.set(new Date());
    const others = peopleOn(ports);
    await together(FIRST_PAGE_FULL, async () => {
      const client = await others.client();
      const campaign = await others.campaign(client, { pricePerTask: rupiahs(50_000) });
      await others.request(client, 100_000);
      const worker = await others.worker();
      await others.approve(await others.proof(worker, campaign));
      await others.withdraw(worker, 20_000);
    });
    await play('id');
  });

  it('never sends a picture that the bot has seen before', async () => {
    const files = await database.orm.em
      .fork()
      .execute<{ sha256: string }[]>(
        'select file_sha256_received as sha256 from task_proofs',
        [],
        'all',
      );
    expect(files.length).to.be.at.least(4);
    expect(new Set(files.map(({ sha256 }) => sha256)).size).to.equal(files.length);
  });
});
