import type { Sandbox } from '../../adapters/sandbox/index.ts';
import { run, type Ending, type OwnProcess } from '../app/own-process.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { ENCRYPTION_KEY } from '../support/ports-around.ts';
import { temporaryDir } from '../support/server.ts';
import { UNHURRIED } from '../support/unhurried.ts';
import type { Mutant } from './mutants.ts';

/** The real bot in a process of its own, on the run's database and sandbox. */
export interface BotProcess {
  /** Starts it, again where the database was away; resolves when it runs. */
  start(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<Ending>;
  /** How it ended where nobody told it to, one line each. */
  readonly losses: readonly string[];
}

export interface BotParts {
  readonly ground: DatabaseUrls;
  readonly sandbox: Sandbox;
  readonly cleanup: Cleanup;
  /** Added to the bot's settings. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly mutant?: Mutant | undefined;
}

const START_TRIES = 20;

export const createBotProcess = (parts: BotParts): BotProcess => {
  const { cleanup, mutant } = parts;
  const entry = mutant === undefined ? 'app/main.ts' : 'test/faults/mutant-bot.ts';
  const environment = environmentOf(parts, temporaryDir(cleanup));
  const losses: string[] = [];
  let bot: OwnProcess | undefined;
  const expected = new WeakSet<OwnProcess>();
  const finish = (signal: NodeJS.Signals): Promise<Ending> => {
    if (!bot) throw new Error('the bot does not run');
    expected.add(bot);
    bot.signal(signal);
    return bot.ended;
  };
  const watch = (started: OwnProcess): void => {
    void started.ended.then(({ code, output }) => {
      if (expected.has(started)) return;
      losses.push(`the bot ended by itself with ${code}: ${output.trim().split('\n').at(-1)}`);
    });
  };
  cleanup.later(async () => {
    if (bot) await finish('SIGKILL');
  });
  return {
    start: async () => {
      for (let tries = 1; ; tries += 1) {
        const started = run([entry], environment);
        bot = started;
        expected.add(started);
        try {
          await started.prints('Upah is running');
          expected.delete(started);
          return watch(started);
        } catch (error) {
          if (tries >= START_TRIES) throw error;
        }
      }
    },
    kill: async () => {
      await finish('SIGKILL');
    },
    stop: () => finish('SIGTERM'),
    losses,
  };
};

const environmentOf = ({ ground, sandbox, environment, mutant }: BotParts, dataDir: string) => ({
  BOT_TOKEN: sandbox.token,
  TELEGRAM_API_ROOT: sandbox.url,
  DATABASE_URL: ground.botUrl,
  DATABASE_OWNER_URL: ground.ownerUrl,
  DATA_DIR: dataDir,
  ENCRYPTION_KEY,
  HTTP_PORT: '0',
  LOG_LEVEL: 'error',
  ...UNHURRIED,
  ...environment,
  ...(mutant !== undefined && { FAULTS_MUTANT: mutant }),
});
