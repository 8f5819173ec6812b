import { Command } from '@commander-js/extra-typings';
import { assembleCommand } from '../container.ts';
import { readConfig } from '../config.ts';
import { environment } from '../environment.ts';
import { migrateToRelease } from '../migrations.ts';
import { TOKENS } from '../tokens.ts';

/**
 * `upah migrate`: brings the database to what this release needs; the bot does so at its start too.
 */
export const migrate = () =>
  new Command('migrate')
    .description('bring the database to what this release needs')
    .action(async () => {
      const application = assembleCommand(readConfig({ LOG_LEVEL: 'error', ...environment() }));
      try {
        const { ownerUrl } = await application.container.getAsync(TOKENS.Database);
        const { applied } = await migrateToRelease({
          ownerUrl,
          onStep: (name) => console.log(`migrated ${name}`),
        });
        if (applied.length === 0) console.log('Nothing to do: the database is up to date.');
      } finally {
        await application.close();
      }
    });
