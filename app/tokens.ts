import type { ServiceIdentifier } from 'inversify';
import type { Telegram } from 'telegraf';
import type { UserFromGetMe } from 'telegraf/types';
import type { HttpServer } from '../adapters/http/index.ts';
import type { Logger } from '../adapters/logging/index.ts';
import type { Meters } from '../adapters/metrics/index.ts';
import type { Orm, PostgresPorts } from '../adapters/postgres/index.ts';
import type { Sandbox } from '../adapters/sandbox/index.ts';
import type { KeptClock } from '../adapters/system/index.ts';
import type { BotRouter } from '../adapters/telegram/index.ts';
import type { Cipher, Clock, Core, Ids, Notifier, Ports, ProofStorage } from '../core/index.ts';
import type { Config } from './config.ts';
import type { Jobs } from './pipeline/jobs.ts';
import type { Pipeline } from './pipeline/pipeline.ts';
import type { ReadinessWatch } from './health/readiness.ts';
import type { Receiving } from './pipeline/receiving.ts';
import type { UpahHost } from './sandbox/host.ts';

/** A symbol that remembers the type of what it resolves to. */
const token = <T>(name: string): ServiceIdentifier<T> => Symbol(name);

/** Where the database is, and who may do what in it. */
export interface Database {
  readonly botUrl: string;
  readonly ownerUrl: string;
  /** Runs only because of us: nobody else starts it again. */
  readonly embedded: boolean;
  /** The bot's role is kept from what only the owner may do (WAL-3). */
  readonly grantsEnforced: boolean;
  stop(): Promise<void>;
}

/** Which Telegram the bot talks to. */
export interface Endpoint {
  readonly token: string;
  readonly apiRoot: string;
  /** The local one, where there is no bot token. */
  readonly sandbox: Sandbox | undefined;
}

/** The bot's id stands before the colon, so that it is known before Telegram has answered. */
export const botIdIn = ({ token }: Endpoint): number => Number(token.split(':')[0]);

/** Who the bot is on that Telegram. */
export interface Bot {
  readonly telegram: Telegram;
  readonly info: UserFromGetMe;
}

export const TOKENS = {
  Config: token<Config>('Config'),
  Logger: token<Logger>('Logger'),
  Meters: token<Meters>('Meters'),
  Clock: token<Clock>('Clock'),
  SandboxClock: token<KeptClock>('SandboxClock'),
  Ids: token<Ids>('Ids'),
  Cipher: token<Cipher>('Cipher'),
  ProofStorage: token<ProofStorage>('ProofStorage'),
  Database: token<Database>('Database'),
  Orm: token<Orm>('Orm'),
  PostgresPorts: token<PostgresPorts>('PostgresPorts'),
  SandboxHost: token<UpahHost>('SandboxHost'),
  Endpoint: token<Endpoint>('Endpoint'),
  Bot: token<Bot>('Bot'),
  Notifier: token<Notifier>('Notifier'),
  Ports: token<Ports>('Ports'),
  Core: token<Core>('Core'),
  Router: token<BotRouter>('Router'),
  Receiving: token<Receiving>('Receiving'),
  Readiness: token<ReadinessWatch>('Readiness'),
  Health: token<Pick<HttpServer, 'stop'>>('Health'),
  Pipeline: token<Pipeline>('Pipeline'),
  Jobs: token<Jobs>('Jobs'),
} as const;
