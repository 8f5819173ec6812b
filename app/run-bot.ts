import type { Container } from 'inversify';
import { asOperator } from '../core/index.ts';
import { assembleBot } from './container.ts';
import type { Config } from './config.ts';
import type { UpahHost } from './sandbox/host.ts';
import { TOKENS, type Endpoint } from './tokens.ts';
import { watchDatabase, type DatabaseWatch } from './health/watch-database.ts';

/** A bot at work. */
export interface RunningBot {
  /** The Telegram it talks to. */
  readonly endpoint: Endpoint;
  /** `@name` on that Telegram. */
  readonly username: string;
  /** Rejects when the bot cannot go on. */
  readonly failed: Promise<never>;
  /** Finishes what runs, then lets everything go (OPS-3). */
  stop(): Promise<void>;
}

/** Assembles the bot, applies the configured admins, and starts its loops. */
export const runBot = async (config: Config): Promise<RunningBot> => {
  const application = assembleBot(config);
  const { container } = application;
  try {
    const core = await container.getAsync(TOKENS.Core);
    await core.settings.current(); // what is stored wrongly is told here, and not by each update
    const endpoint = await container.getAsync(TOKENS.Endpoint);
    const telegramIds = [...config.adminTelegramIds, ...(await sandboxAdmins(endpoint))];
    await core.users.applyConfiguredAdmins({
      actor: asOperator('ADMIN_TELEGRAM_IDS'),
      telegramIds,
    });
    await container.getAsync(TOKENS.Health); // also while Telegram cannot be reached yet
    const { info } = await container.getAsync(TOKENS.Bot);
    const pipeline = await container.getAsync(TOKENS.Pipeline);
    const readiness = await container.getAsync(TOKENS.Readiness);
    const watch = await watching(container);
    const failed = Promise.race([pipeline.failed, watch.failed]);
    failed.catch(() => undefined);
    await pipeline.start();
    const host = endpoint.sandbox && (await openedHost(container));
    return {
      endpoint,
      username: `@${info.username}`,
      failed,
      stop: async () => {
        readiness.stopping();
        host?.close();
        await watch.stop();
        await application.close();
      },
    };
  } catch (error) {
    await application.close().catch(() => undefined); // the first error is the one to be told
    throw error;
  }
};

/** What the sandbox shows and does beside the chats, now that the bot runs. */
const openedHost = async (container: Container): Promise<UpahHost> => {
  const host = await container.getAsync(TOKENS.SandboxHost);
  const { unitOfWork } = await container.getAsync(TOKENS.Ports);
  host.open({
    core: await container.getAsync(TOKENS.Core),
    jobs: await container.getAsync(TOKENS.Jobs),
    settings: () => unitOfWork.run((tx) => tx.settings.current()),
  });
  return host;
};

const watching = async (container: Container): Promise<DatabaseWatch> => {
  const { embedded } = await container.getAsync(TOKENS.Database);
  const orm = await container.getAsync(TOKENS.Orm);
  return watchDatabase({ embedded, ping: () => orm.em.fork().execute('select 1') });
};

/** In the sandbox the person whose column says "Admin" is one (OPS-1). */
const sandboxAdmins = async ({ sandbox }: Endpoint): Promise<readonly number[]> =>
  ((await sandbox?.client.people()) ?? [])
    .filter(({ caption }) => caption === 'Admin')
    .map(({ id }) => id);
