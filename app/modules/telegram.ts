import { setTimeout as sleep } from 'node:timers/promises';
import { ContainerModule } from 'inversify';
import { TelegramError } from 'telegraf';
import type { Logger } from '../../adapters/logging/index.ts';
import type { PostgresPorts } from '../../adapters/postgres/index.ts';
import { startSandbox } from '../../adapters/sandbox/index.ts';
import {
  createNotifier,
  createRouter,
  features,
  revealNumber,
} from '../../adapters/telegram/index.ts';
import type { Core, ProofStorage } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { TOKENS, type Bot, type Endpoint } from '../tokens.ts';
import { createTelegram } from './telegram-client.ts';

const TELEGRAM = 'https://api.telegram.org';
const GET_ME_RETRY_MAX_MS = 30_000;

/**
 * The Telegram that the bot talks to, the client for it, the router, and what carries messages out.
 */
export const telegramModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Endpoint)
      .toResolvedValue(openEndpoint, [TOKENS.Config])
      .onDeactivation(({ sandbox }) => sandbox?.stop());
    bind(TOKENS.Bot).toResolvedValue(connectBot, [TOKENS.Endpoint, TOKENS.Logger]);
    bind(TOKENS.Router).toResolvedValue(
      ({ token }: Endpoint, { info }: Bot) => createRouter(token, info, features),
      [TOKENS.Endpoint, TOKENS.Bot],
    );
    bind(TOKENS.Notifier).toResolvedValue(notifier, [
      TOKENS.Bot,
      TOKENS.PostgresPorts,
      TOKENS.Core,
      TOKENS.ProofStorage,
      TOKENS.Logger,
    ]);
  });

const openEndpoint = async ({
  botToken,
  telegramApiRoot,
  sandboxPort: port,
}: Config): Promise<Endpoint> => {
  if (botToken !== undefined) {
    return { token: botToken, apiRoot: telegramApiRoot ?? TELEGRAM, sandbox: undefined };
  }
  const sandbox = await startSandbox({ port, botName: 'Upah', botUsername: 'upah_sandbox_bot' });
  return { token: sandbox.token, apiRoot: sandbox.url, sandbox };
};

/** Asks Telegram who we are, until it answers; a wrong token ends the start with one clear line. */
const connectBot = async ({ token, apiRoot }: Endpoint, log: Logger): Promise<Bot> => {
  const telegram = createTelegram(token, apiRoot);
  for (let failures = 0; ; failures += 1) {
    try {
      const info = await telegram.getMe();
      await telegram.deleteWebhook();
      return { telegram, info };
    } catch (error) {
      const refused = error instanceof TelegramError ? error.response.error_code : undefined;
      if (refused === 401 || refused === 404) {
        throw new Error('Telegram does not know this BOT_TOKEN: copy it again from BotFather', {
          cause: error,
        });
      }
      const retryInMs = Math.min(GET_ME_RETRY_MAX_MS, 500 * 2 ** Math.min(failures, 6));
      log.warn('Telegram cannot be reached yet', { error, retryInMs });
      await sleep(retryInMs);
    }
  }
};

const notifier = (
  { telegram }: Bot,
  { unitOfWork }: PostgresPorts,
  core: Core,
  proofStorage: ProofStorage,
  log: Logger,
) =>
  createNotifier({
    telegram,
    proofStorage,
    findRecipient: (userId) =>
      unitOfWork.run(async (tx) => {
        const user = await tx.users.find(userId);
        if (!user) return undefined;
        const conversation = await tx.conversations.find(userId);
        return {
          userId,
          chatId: user.telegramId,
          language: user.language,
          screenMessageId: conversation?.screenMessageId ?? null,
        };
      }),
    noteScreen: (userId, messageId) =>
      unitOfWork.run((tx) => tx.conversations.noteScreen(userId, messageId)),
    revealNumber: revealNumber(core),
    onFailed: ({ id: messageId, kind }, why) =>
      log.error('a message can never be delivered', { messageId, kind, why }),
    onTrouble: ({ id: messageId, kind, attempt }, error) =>
      log.error('delivering a message failed', { messageId, kind, attempt, error }),
    onFileLost: (path, error) => log.error('a stored file cannot be read', { path, error }),
  });
