import type { Core } from '../../core/index.ts';
import type { Application } from '../application.ts';
import { environment } from '../environment.ts';
import { TOKENS } from '../tokens.ts';

const CLOSE_MS_MAX = 5_000;

/** What a command works with; loaded only now, so that help and what is wrong are told at once. */
export const openApplication = async (): Promise<Application> => {
  const { readConfig } = await import('../config.ts');
  const config = readConfig({ LOG_LEVEL: 'error', ...environment() });
  const { assembleCommand } = await import('../command-container.ts');
  return assembleCommand(config);
};

/**
 * Runs an operator's command on the core, beside a running bot or without one; what it writes into
 * the outbox, the bot sends.
 */
export const withCore = async <T>(work: (core: Core) => Promise<T>): Promise<T> => {
  const application = await openApplication();
  closeWhenInterrupted(application);
  try {
    return await work(await application.container.getAsync(TOKENS.Core));
  } finally {
    await application.close();
  }
};

/**
 * A database that the command started hears no Ctrl-C, and would stay behind. Nor does it hear that
 * `| head` has read enough. A second signal ends the command at once.
 */
const closeWhenInterrupted = ({ close }: Application): void => {
  const end = (code: number): void => {
    setTimeout(() => process.exit(code), CLOSE_MS_MAX).unref();
    void close().finally(() => process.exit(code));
  };
  process.once('SIGINT', () => end(130));
  process.once('SIGTERM', () => end(143));
  process.stdout.on('error', () => end(1));
};
