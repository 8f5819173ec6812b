import { assemble, type Application } from './application.ts';
import type { Config } from './config.ts';
import { databaseModule } from './modules/database.ts';
import { httpModule } from './modules/http.ts';
import { jobsModule } from './modules/jobs.ts';
import { marketplaceModule } from './modules/marketplace.ts';
import { metricsModule } from './modules/metrics.ts';
import { pipelineModule } from './modules/pipeline.ts';
import { systemModule } from './modules/system.ts';
import { telegramModule } from './modules/telegram.ts';

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
