import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../adapters/sandbox/index.ts';
import { checked } from '../adapters/sandbox/schema/check.ts';
import { readConfig } from '../../app/config.ts';
import { runBot, type RunningBot } from '../../app/run-bot.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { UNHURRIED } from './unhurried.ts';

export const CLIENT = 100_001;
export const WORKER = 100_002;
export const ADMIN = 100_003;
export const SECOND_ADMIN = 100_004;
export const SECOND_WORKER = 100_005;

const PEOPLE = [
  { id: CLIENT, firstName: 'Citra', username: 'citra', caption: 'Client' },
  { id: WORKER, firstName: 'Wahyu', username: 'wahyu', caption: 'Worker' },
  { id: ADMIN, firstName: 'Ayu', username: 'ayu', caption: 'Admin' },
  { id: SECOND_ADMIN, firstName: 'Bagus', username: 'bagus', caption: 'Admin' },
  { id: SECOND_WORKER, firstName: 'Sari', username: 'sari', caption: 'Worker' },
];

/** The real bot on a real database, talking to a sandbox that outlives it. */
export interface BotUnderTest {
  readonly sandbox: Sandbox;
  readonly database: TestDatabase;
  /** Stops the bot and starts it again on the same database and the same Telegram. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts them; `environment` adds to the bot's settings. */
export const startBotUnderTest = async (
  environment: Readonly<Record<string, string>> = {},
): Promise<BotUnderTest> => {
  const database = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'upah-e2e-'));
  const sandbox = checked(await startSandbox({ people: PEOPLE }));
  const config = readConfig({
    BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    DATABASE_URL: database.botUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    ADMIN_TELEGRAM_IDS: `${ADMIN},${SECOND_ADMIN}`,
    LOG_LEVEL: 'error',
    HTTP_PORT: '0',
    ...UNHURRIED,
    ...environment,
  });
  const clear = async (): Promise<void> => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
    await sandbox.stop();
  };
  let bot: RunningBot = await runBot(config).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  return {
    sandbox,
    database,
    restart: async () => {
      await bot.stop();
      bot = await runBot(config);
    },
    stop: async () => {
      await bot.stop();
      await clear();
    },
  };
};
