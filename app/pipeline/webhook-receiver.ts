import { setTimeout as sleep } from 'node:timers/promises';
import type { Telegram } from 'telegraf';
import { createWebhookServer, type Receive } from '../../adapters/http/index.ts';
import type { Logger } from '../../adapters/logging/index.ts';
import { ALLOWED_UPDATES } from '../../adapters/telegram/index.ts';
import type { WebhookConfig } from '../config.ts';
import { openPort } from '../open-port.ts';
import { untilAnswered } from '../until-answered.ts';

/** How many updates Telegram may deliver to all replicas together at a time. */
const CONNECTIONS_MAX = 40;
/** How often to look whether Telegram still delivers to us. */
const LOOK_MS = 60_000;

export interface WebhookParts {
  readonly webhook: WebhookConfig;
  /** The address to listen on. */
  readonly host: string;
  readonly telegram: Telegram;
  readonly receive: Receive;
  /** Telegram has confirmed that it delivers to us. */
  readonly onConfirmed: () => void;
  readonly log: Logger;
  readonly lookMs?: number;
}

/** Telegram delivers to us. The same for every replica: each sets the same values (OPS-4). */
export interface WebhookReceiver {
  /** Resolves to the port when it can be reached; refuses where the port is taken. */
  listen(): Promise<number>;
  /**
   * Tells Telegram where to deliver, and keeps it so until `stop`; resolves when what was under way
   * is stored and answered. A token that Telegram does not know throws.
   */
  run(stop: AbortSignal): Promise<void>;
}

export const createWebhookReceiver = (parts: WebhookParts): WebhookReceiver => {
  const { webhook, host, receive, log } = parts;
  const server = createWebhookServer({
    path: new URL(webhook.url).pathname,
    secret: webhook.secret,
    receive,
    onTrouble: (error) =>
      log.warn('updates could not be stored; Telegram sends them again', { error }),
  });
  return {
    listen: async () => {
      const place = { host, port: webhook.port };
      const port = await openPort('WEBHOOK_PORT', () => server.listen(place));
      log.info('the webhook listens', { host, port });
      return port;
    },
    run: async (stop) => {
      try {
        await keepSet(parts, stop);
      } catch (error) {
        if (!stop.aborted) throw error;
      } finally {
        await server.stop();
      }
    },
  };
};

/** Ends by throwing only. */
const keepSet = async (parts: WebhookParts, stop: AbortSignal): Promise<never> => {
  const { webhook, telegram, onConfirmed, log, lookMs = LOOK_MS } = parts;
  const set = () =>
    telegram.callApi(
      'setWebhook',
      {
        url: webhook.url,
        secret_token: webhook.secret,
        allowed_updates: [...ALLOWED_UPDATES],
        max_connections: CONNECTIONS_MAX,
      },
      {},
    );
  await untilAnswered(set, { log, stop });
  log.info('Telegram delivers to the webhook', { url: webhook.url });
  onConfirmed();
  for (;;) {
    await sleep(lookMs, undefined, { signal: stop });
    const info = await untilAnswered(() => telegram.getWebhookInfo(), { log, stop });
    if (info.url !== webhook.url) {
      log.error('Telegram delivered elsewhere: the webhook is set again', { url: webhook.url });
      await untilAnswered(set, { log, stop });
    }
    onConfirmed();
  }
};
