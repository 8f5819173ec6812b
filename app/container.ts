import 'reflect-metadata';
import { Container, type ContainerModule } from 'inversify';
import type { Config } from './config.ts';
import { databaseModule } from './modules/database.ts';
import { httpModule } from './modules/http.ts';
import { jobsModule } from './modules/jobs.ts';
import { marketplaceModule } from './modules/marketplace.ts';
import { metricsModule } from './modules/metrics.ts';
import { pipelineModule } from './modules/pipeline.ts';
import { systemModule } from './modules/system.ts';
import { telegramModule } from './modules/telegram.ts';

/** A container and the way to take it down in order. */
export interface Application {
  readonly container: Container;
  /** Deactivates module by module, last first: jobs, loops, Telegram, database. */
  close(): Promise<void>;
}

const assemble = (modules: readonly ContainerModule[]): Application => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(...modules);
  return {
    container,
    close: async () => {
      for (const module of modules.toReversed()) await container.unloadAsync(module);
    },
  };
};

/** Everything that the running bot is made of. */
export const assembleBot = (config: Config): Application =>
  assemble([
    systemModule(config),
    metricsModule(),
    databaseModule('bot'),
    marketplaceModule(),
    telegramModule(),
    httpModule(),
    jobsModule(),
    pipelineModule(),
  ]);

/** What a command beside the bot needs: no Telegram, no loops. */
export const assembleCommand = (config: Config): Application =>
  assemble([systemModule(config), metricsModule(), databaseModule('beside'), marketplaceModule()]);
