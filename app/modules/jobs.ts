import { ContainerModule } from 'inversify';
import type { Logger } from '../../adapters/logging/index.ts';
import { createScheduler } from '../../adapters/pg-boss/index.ts';
import { plainSql, type Orm } from '../../adapters/postgres/index.ts';
import { createOwnerChat } from '../../adapters/telegram/index.ts';
import type { Core } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { createJobs, type JobsParts } from '../pipeline/jobs.ts';
import { botIdIn, TOKENS, type Endpoint } from '../tokens.ts';
import { createTelegram } from './telegram-client.ts';

/** What is done by the clock, on the database's own connections. */
export const jobsModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Jobs).toResolvedValue(
      (core: Core, orm: Orm, log: Logger, config: Config, endpoint: Endpoint) =>
        createJobs({
          core,
          log,
          owner: ownerOf(config, endpoint),
          createScheduler: (events) =>
            createScheduler({ db: { executeSql: plainSql(orm) }, ...events }),
        }),
      [TOKENS.Core, TOKENS.Orm, TOKENS.Logger, TOKENS.Config, TOKENS.Endpoint],
    );
  });

/** On the same Telegram, as our own bot or as a second one. */
const ownerOf = ({ ownerChat }: Config, endpoint: Endpoint): JobsParts['owner'] =>
  ownerChat && {
    chat: createOwnerChat({
      telegram: createTelegram({
        token: ownerChat.token ?? endpoint.token,
        apiRoot: endpoint.apiRoot,
      }),
      chatId: ownerChat.chatId,
    }),
    botId: botIdIn(endpoint),
  };
