import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../../app/config.ts';
import { runBot, type RunningBot } from '../../app/run-bot.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { UNHURRIED } from './unhurried.ts';

/** The bot on a database and in a folder of its own, which last until `stop`. */
export interface StartedBot {
  /** Another one after each restart. */
  readonly bot: RunningBot;
  readonly database: TestDatabase;
  readonly config: Config;
  /** Stops the bot and starts it again with the same settings on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts it without limits and pauses. `environment` says which Telegram it talks to, and adds to
 * its settings; `lastLook` is taken at the bot before each of its ends, and may fail.
 */
export const startBot = async (
  environment: Readonly<Record<string, string>>,
  lastLook: (bot: RunningBot) => Promise<void> = async () => undefined,
): Promise<StartedBot> => {
  const database = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'upah-bot-'));
  const config = readConfig({
    DATABASE_URL: database.botUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    ...UNHURRIED,
    ...environment,
  });
  const clear = async (): Promise<void> => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  let bot = await runBot(config).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  const end = async (): Promise<void> => {
    try {
      await lastLook(bot);
    } finally {
      await bot.stop();
    }
  };
  return {
    get bot() {
      return bot;
    },
    database,
    config,
    restart: async () => {
      await end();
      bot = await runBot(config);
    },
    stop: async () => {
      try {
        await end();
      } finally {
        await clear();
      }
    },
  };
};
