import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../adapters/sandbox/index.ts';
import { readConfig, type Config } from '../../app/config.ts';
import { runBot, type RunningBot } from '../../app/run-bot.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { UNHURRIED } from './unhurried.ts';

/** The bot as `npm start` without a token runs it: the sandbox is its own. */
export interface SandboxedBot {
  /** Another one after each restart. */
  readonly sandbox: Sandbox;
  readonly database: TestDatabase;
  readonly config: Config;
  /** Stops bot and sandbox and starts both again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on a database of its own; `environment` adds to its settings. */
export const startSandboxedBot = async (
  environment: Readonly<Record<string, string>> = {},
): Promise<SandboxedBot> => {
  const database = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'upah-sandbox-'));
  const config = readConfig({
    DATABASE_URL: database.botUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    SANDBOX_PORT: '0',
    LOG_LEVEL: 'error',
    ...UNHURRIED,
    ...environment,
  });
  const clear = async (): Promise<void> => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  let bot: RunningBot = await runBot(config).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  return {
    get sandbox() {
      const { sandbox } = bot.endpoint;
      if (!sandbox) throw new Error('without a token the bot has a sandbox');
      return sandbox;
    },
    database,
    config,
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
