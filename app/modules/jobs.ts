import { ContainerModule } from 'inversify';
import type { Logger } from '../../adapters/logging/index.ts';
import { createScheduler } from '../../adapters/pg-boss/index.ts';
import { plainSql, type Orm } from '../../adapters/postgres/index.ts';
import type { Core } from '../../core/index.ts';
import { createJobs } from '../pipeline/jobs.ts';
import { TOKENS } from '../tokens.ts';

/** What is done by the clock, on the database's own connections. */
export const jobsModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Jobs).toResolvedValue(
      (core: Core, orm: Orm, log: Logger) =>
        createJobs({
          core,
          log,
          createScheduler: (events) =>
            createScheduler({ db: { executeSql: plainSql(orm) }, ...events }),
        }),
      [TOKENS.Core, TOKENS.Orm, TOKENS.Logger],
    );
  });
