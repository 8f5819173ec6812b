import { startSandbox, type Sandbox } from '../../adapters/sandbox/index.ts';
import type { Config } from '../../app/config.ts';
import { checked } from '../adapters/sandbox/schema/check.ts';
import type { TestDatabase } from './database.ts';
import { startBot } from './started-bot.ts';

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
  readonly config: Config;
  /** Stops the bot and starts it again on the same database and the same Telegram. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts them; `environment` adds to the bot's settings. */
export const startBotUnderTest = async (
  environment: Readonly<Record<string, string>> = {},
): Promise<BotUnderTest> => {
  const sandbox = checked(await startSandbox({ people: PEOPLE }));
  const started = await startBot({
    BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    ADMIN_TELEGRAM_IDS: `${ADMIN},${SECOND_ADMIN}`,
    HTTP_PORT: '0',
    ...environment,
  }).catch(async (error: unknown) => {
    await sandbox.stop();
    throw error;
  });
  return {
    sandbox,
    database: started.database,
    config: started.config,
    restart: started.restart,
    stop: async () => {
      try {
        await started.stop();
      } finally {
        await sandbox.stop();
      }
    },
  };
};
