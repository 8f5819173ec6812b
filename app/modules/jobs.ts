import { ContainerModule } from 'inversify';
import type { Logger } from '../../adapters/logging/index.ts';
import { createScheduler } from '../../adapters/pg-boss/index.ts';
import { plainSql, type Orm } from '../../adapters/postgres/index.ts';
import { createOwnerChat, type OwnerChat } from '../../adapters/telegram/index.ts';
import type { Core } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { createJobs } from '../pipeline/jobs.ts';
import { TOKENS, type Endpoint } from '../tokens.ts';
import { createTelegram } from './telegram-client.ts';

/** What is done by the clock, on the database's own connections. */
export const jobsModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Jobs).toResolvedValue(
      (core: Core, orm: Orm, log: Logger, config: Config, endpoint: Endpoint) =>
        createJobs({
          core,
          log,
          ownerChat: ownerChatOf(config, endpoint),
          createScheduler: (events) =>
            createScheduler({ db: { executeSql: plainSql(orm) }, ...events }),
        }),
      [TOKENS.Core, TOKENS.Orm, TOKENS.Logger, TOKENS.Config, TOKENS.Endpoint],
    );
  });

/** On the same Telegram, as our own bot or as a second one. */
const ownerChatOf = ({ ownerChat }: Config, { token, apiRoot }: Endpoint): OwnerChat | undefined =>
  ownerChat &&
  createOwnerChat({
    telegram: createTelegram({ token: ownerChat.token ?? token, apiRoot }),
    chatId: ownerChat.chatId,
  });
