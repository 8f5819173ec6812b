import type { Core } from '../../core/index.ts';
import { readConfig } from '../config.ts';
import { assembleCommand } from '../container.ts';
import { environment } from '../environment.ts';
import { TOKENS } from '../tokens.ts';

/**
 * Runs an operator's command on the core, beside a running bot or without one; what it writes into
 * the outbox, the bot sends.
 */
export const withCore = async <T>(work: (core: Core) => Promise<T>): Promise<T> => {
  const application = assembleCommand(readConfig({ LOG_LEVEL: 'error', ...environment() }));
  try {
    return await work(await application.container.getAsync(TOKENS.Core));
  } finally {
    await application.close();
  }
};
