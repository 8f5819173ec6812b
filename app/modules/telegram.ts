import { ContainerModule, type ResolutionContext } from 'inversify';
import { createChartPainter } from '../../adapters/charts/index.ts';
import type { Logger } from '../../adapters/logging/index.ts';
import type { Meters } from '../../adapters/metrics/index.ts';
import { isOutage } from '../../adapters/postgres/index.ts';
import { startSandbox } from '../../adapters/sandbox/index.ts';
import {
  broadcastsOf,
  createNotifier,
  createRouter,
  deskNow,
  features,
  readAudit,
  revealNumber,
} from '../../adapters/telegram/index.ts';
import type { Core, Notifier, Ports } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { openPort } from '../open-port.ts';
import { createRecipients } from '../pipeline/recipients.ts';
import { createUpahHost } from '../sandbox/host.ts';
import { TOKENS, type Bot, type Endpoint } from '../tokens.ts';
import { untilAnswered } from '../until-answered.ts';
import { byName } from './by-name.ts';
import { createTelegram } from './telegram-client.ts';

const TELEGRAM = 'https://api.telegram.org';

/**
 * The Telegram that the bot talks to, the client for it, the router, and what carries messages out.
 */
export const telegramModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.SandboxHost).toResolvedValue(createUpahHost, [TOKENS.SandboxClock]);
    bind(TOKENS.Endpoint)
      .toDynamicValue(openEndpoint)
      .onDeactivation(({ sandbox }) => sandbox?.stop());
    bind(TOKENS.Bot).toDynamicValue(
      byName(
        {
          config: TOKENS.Config,
          endpoint: TOKENS.Endpoint,
          meters: TOKENS.Meters,
          log: TOKENS.Logger,
        },
        connectBot,
      ),
    );
    bind(TOKENS.Router).toResolvedValue(
      ({ token }: Endpoint, { info }: Bot) => createRouter(token, info, features),
      [TOKENS.Endpoint, TOKENS.Bot],
    );
    bind(TOKENS.Notifier).toDynamicValue(
      byName(
        {
          bot: TOKENS.Bot,
          ports: TOKENS.Ports,
          core: TOKENS.Core,
          config: TOKENS.Config,
          meters: TOKENS.Meters,
          log: TOKENS.Logger,
        },
        notifier,
      ),
    );
  });

const openEndpoint = async (context: ResolutionContext): Promise<Endpoint> => {
  const { botToken, telegramApiRoot, sandboxPort } = await context.getAsync(TOKENS.Config);
  if (botToken !== undefined) {
    return { token: botToken, apiRoot: telegramApiRoot ?? TELEGRAM, sandbox: undefined };
  }
  const clock = await context.getAsync(TOKENS.SandboxClock);
  const host = await context.getAsync(TOKENS.SandboxHost);
  const sandbox = await openPort('SANDBOX_PORT', () =>
    startSandbox({
      port: sandboxPort,
      botName: 'Upah',
      botUsername: 'upah_sandbox_bot',
      aheadMs: clock.aheadMs(),
      host,
    }),
  );
  return { token: sandbox.token, apiRoot: sandbox.url, sandbox };
};

interface BotParts {
  readonly config: Config;
  readonly endpoint: Endpoint;
  readonly meters: Meters;
  readonly log: Logger;
}

/**
 * Asks Telegram who we are, until it answers. Where we ask for updates ourselves it must not deliver
 * them: a webhook that was set once would refuse every poll.
 */
const connectBot = async ({
  config: { webhook },
  endpoint: { token, apiRoot },
  meters,
  log,
}: BotParts): Promise<Bot> => {
  const telegram = createTelegram({ token, apiRoot, onCall: (call) => meters.apiCalled(call) });
  const info = await untilAnswered(() => telegram.getMe(), { log, first: true });
  if (webhook === undefined) {
    await untilAnswered(
      async () => (await telegram.getWebhookInfo()).url && telegram.deleteWebhook(),
      { log },
    );
  }
  return { telegram, info };
};

interface NotifierParts extends Pick<BotParts, 'config' | 'meters' | 'log'> {
  readonly bot: Bot;
  readonly ports: Ports;
  readonly core: Core;
}

const notifier = ({
  bot: { telegram },
  ports,
  core,
  config,
  meters,
  log,
}: NotifierParts): Notifier =>
  createNotifier({
    telegram,
    clock: ports.clock,
    isOutage,
    proofStorage: ports.proofStorage,
    chartPainter: createChartPainter(),
    ...createRecipients(ports),
    revealNumber: revealNumber(core),
    deskNow: deskNow(core),
    readAudit: readAudit(core),
    broadcasts: broadcastsOf(core, config.pace.perSecond),
    onFailed: ({ id: messageId, kind }, why) =>
      log.error('a message can never be delivered', { messageId, kind, why }),
    onTrouble: ({ id: messageId, kind, attempt }, error) =>
      log.error('delivering a message failed', { messageId, kind, attempt, error }),
    onFileLost: (path, error) => log.error('a message goes out without its file', { path, error }),
    onStruggling: ({ id: messageId, kind, attempt }, why) =>
      log.error('a message is put off again and again', { messageId, kind, attempt, why }),
    onMenuRefused: (userId, why) => log.error('Telegram refused a command menu', { userId, why }),
    onDefect: ({ id: messageId, kind }, why) => {
      meters.markupRefused();
      log.error('Telegram cannot read the markup of a message', { messageId, kind, why });
    },
  });
