import { assemble, type Application } from './application.ts';
import type { Config } from './config.ts';
import { databaseModule } from './modules/database.ts';
import { marketplaceModule } from './modules/marketplace.ts';
import { metricsModule } from './modules/metrics.ts';
import { systemModule } from './modules/system.ts';

/** What a command beside the bot needs: no Telegram, no loops, and none of their code. */
export const assembleCommand = (config: Config): Application =>
  assemble([systemModule(config), metricsModule(), databaseModule('beside'), marketplaceModule()]);
