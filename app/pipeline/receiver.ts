import type { Logger } from '../../adapters/logging/index.ts';
import { longPoll, type ReceiveUpdates } from '../../adapters/telegram/index.ts';
import type { Config } from '../config.ts';
import type { Receiving } from './receiving.ts';
import type { Bot } from '../tokens.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

/** How updates come in: by asking for them, or by having them delivered. */
export interface Receiver {
  /** Resolves when updates could come. */
  listen(): Promise<unknown>;
  /** Takes updates in until `stop`; throws where it cannot go on for good. */
  run(stop: AbortSignal): Promise<void>;
}

export interface ReceiverParts {
  readonly config: Pick<Config, 'webhook' | 'httpHost'>;
  readonly bot: Bot;
  /** Commits them. */
  readonly receive: ReceiveUpdates;
  readonly receiving: Receiving;
  readonly log: Logger;
}

/** Webhook where one is configured, else long polling (OPS-1). */
export const createReceiver = ({
  config: { webhook, httpHost: host },
  bot: { telegram },
  receive,
  receiving: { confirm: onConfirmed },
  log,
}: ReceiverParts): Receiver =>
  webhook
    ? createWebhookReceiver({ webhook, host, telegram, receive, onConfirmed, log })
    : {
        listen: async () => {},
        run: (stop) =>
          longPoll(
            {
              telegram,
              receive,
              onConfirmed,
              onTrouble: (trouble) => log.warn('receiving updates failed', { ...trouble }),
            },
            stop,
          ),
      };
