import { ContainerModule } from 'inversify';
import type { Logger } from '../../adapters/logging/index.ts';
import type { BotRouter } from '../../adapters/telegram/index.ts';
import type { Core, Notifier, Ports } from '../../core/index.ts';
import { createPipeline } from '../pipeline.ts';
import { TOKENS, type Bot, type Endpoint } from '../tokens.ts';

/** The loops that take updates in, handle them, send messages out, and watch the clock. */
export const pipelineModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Pipeline)
      .toResolvedValue(
        (
          ports: Ports,
          core: Core,
          router: BotRouter,
          notifier: Notifier,
          bot: Bot,
          endpoint: Endpoint,
          log: Logger,
        ) => createPipeline({ ports, core, router, notifier, bot, endpoint, log }),
        [
          TOKENS.Ports,
          TOKENS.Core,
          TOKENS.Router,
          TOKENS.Notifier,
          TOKENS.Bot,
          TOKENS.Endpoint,
          TOKENS.Logger,
        ],
      )
      .onDeactivation((pipeline) => pipeline.stop());
  });
