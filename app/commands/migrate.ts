import { Command } from '@commander-js/extra-typings';
import { TOKENS } from '../tokens.ts';
import { openApplication } from './with-core.ts';

/**
 * `upah migrate`: brings the database to what this release needs; the bot does so at its start too.
 */
export const migrate = () =>
  new Command('migrate')
    .description('bring the database to what this release needs')
    .action(async () => {
      const application = await openApplication();
      const { migrateToRelease } = await import('../migrations.ts');
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
