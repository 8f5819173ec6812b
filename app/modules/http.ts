import { mkdir, statfs } from 'node:fs/promises';
import { ContainerModule } from 'inversify';
import { createHealthServer, type HttpServer } from '../../adapters/http/index.ts';
import type { Logger } from '../../adapters/logging/index.ts';
import type { Meters } from '../../adapters/metrics/index.ts';
import { readSchemaVersion, type Orm } from '../../adapters/postgres/index.ts';
import type { Core, Ports } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { readBacklog } from '../health/backlog.ts';
import { readBooks } from '../health/books.ts';
import { readMarket } from '../health/market.ts';
import { watchEventLoop } from '../health/event-loop.ts';
import { asFigures, createReadiness, type ReadinessWatch } from '../health/readiness.ts';
import { releaseMigrations } from '../migrations.ts';
import { openPort } from '../open-port.ts';
import { createReceiving, type Receiving } from '../pipeline/receiving.ts';
import { botIdIn, TOKENS, type Database, type Endpoint } from '../tokens.ts';
import { byName } from './by-name.ts';

/** What tells others how the bot does: health checks and metrics. */
export const httpModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Receiving).toResolvedValue(createReceiving, []);
    bind(TOKENS.Readiness).toDynamicValue(
      byName(
        {
          config: TOKENS.Config,
          database: TOKENS.Database,
          orm: TOKENS.Orm,
          ports: TOKENS.Ports,
          core: TOKENS.Core,
          endpoint: TOKENS.Endpoint,
          receiving: TOKENS.Receiving,
        },
        readiness,
      ),
    );
    bind(TOKENS.Health)
      .toDynamicValue(
        byName(
          {
            config: TOKENS.Config,
            watch: TOKENS.Readiness,
            meters: TOKENS.Meters,
            ports: TOKENS.Ports,
            core: TOKENS.Core,
            endpoint: TOKENS.Endpoint,
            log: TOKENS.Logger,
          },
          openHealth,
        ),
      )
      .onDeactivation((health) => health.stop());
  });

interface Watched {
  readonly config: Config;
  readonly database: Database;
  readonly orm: Orm;
  readonly ports: Ports;
  readonly core: Core;
  readonly endpoint: Endpoint;
  readonly receiving: Receiving;
}

const readiness = ({
  config: { dataDir },
  database: { grantsEnforced },
  orm,
  ports,
  core,
  endpoint,
  receiving,
}: Watched): ReadinessWatch =>
  createReadiness({
    ping: () => orm.em.fork().execute('select 1'),
    schema: () => readSchemaVersion(orm, releaseMigrations),
    grantsEnforced,
    backlog: () => readBacklog(ports, botIdIn(endpoint)),
    books: () => readBooks(core, ports.clock),
    receivingSeconds: () => receiving.secondsSinceConfirmed(),
    diskFreePercent: async () => {
      const { bavail, blocks } = await statfs(dataDir);
      return Math.floor((bavail / blocks) * 100);
    },
  });

interface HealthParts extends Pick<Watched, 'config' | 'ports' | 'core' | 'endpoint'> {
  readonly watch: ReadinessWatch;
  readonly meters: Meters;
  readonly log: Logger;
}

const openHealth = async ({
  config: { httpHost: host, httpPort, dataDir },
  watch,
  meters,
  ports,
  core,
  endpoint,
  log,
}: HealthParts): Promise<Pick<HttpServer, 'stop'>> => {
  if (httpPort === undefined) return { stop: async () => {} };
  await mkdir(dataDir, { recursive: true }); // the disk is looked at before the first proof is kept
  const eventLoop = watchEventLoop();
  const server = createHealthServer({
    alive: () => eventLoop.turns(),
    ready: () => watch.look(),
    metrics: async () => {
      const [backlog, books, market, now] = await Promise.all([
        readBacklog(ports, botIdIn(endpoint)),
        readBooks(core, ports.clock),
        readMarket(ports),
        watch.look(),
      ]);
      return meters.report({ backlog, books, market, readiness: asFigures(now) });
    },
  });
  const port = await openPort('HTTP_PORT', () => server.listen({ host, port: httpPort }));
  log.info('health checks and metrics listen', { host, port });
  return {
    stop: async () => {
      eventLoop.stop();
      await server.stop();
    },
  };
};
