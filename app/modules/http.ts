import { mkdir, statfs } from 'node:fs/promises';
import { ContainerModule } from 'inversify';
import { createHealthServer, type HttpServer } from '../../adapters/http/index.ts';
import type { Logger } from '../../adapters/logging/index.ts';
import type { Meters } from '../../adapters/metrics/index.ts';
import { readSchemaVersion, type Orm } from '../../adapters/postgres/index.ts';
import type { Ports } from '../../core/index.ts';
import { readBacklog } from '../health/backlog.ts';
import type { Config } from '../config.ts';
import { releaseMigrations } from '../migrations.ts';
import { watchEventLoop } from '../health/event-loop.ts';
import { openPort } from '../open-port.ts';
import { createReadiness, type ReadinessWatch } from '../health/readiness.ts';
import { createReceiving, type Receiving } from '../pipeline/receiving.ts';
import { TOKENS, type Bot, type Database } from '../tokens.ts';

/** What tells others how the bot does: health checks and metrics. */
export const httpModule = (): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(TOKENS.Receiving).toResolvedValue(createReceiving, []);
    bind(TOKENS.Readiness).toResolvedValue(readiness, [
      TOKENS.Config,
      TOKENS.Database,
      TOKENS.Orm,
      TOKENS.Ports,
      TOKENS.Bot,
      TOKENS.Receiving,
    ]);
    bind(TOKENS.Health)
      .toResolvedValue(openHealth, [
        TOKENS.Config,
        TOKENS.Readiness,
        TOKENS.Meters,
        TOKENS.Ports,
        TOKENS.Bot,
        TOKENS.Logger,
      ])
      .onDeactivation((health) => health.stop());
  });

const readiness = (
  { dataDir }: Config,
  { grantsEnforced }: Database,
  orm: Orm,
  ports: Ports,
  { info }: Bot,
  receiving: Receiving,
): ReadinessWatch =>
  createReadiness({
    ping: () => orm.em.fork().execute('select 1'),
    schema: () => readSchemaVersion(orm, releaseMigrations),
    grantsEnforced,
    backlog: () => readBacklog(ports, info.id),
    receivingSeconds: () => receiving.secondsSinceConfirmed(),
    diskFreePercent: async () => {
      const { bavail, blocks } = await statfs(dataDir);
      return Math.floor((bavail / blocks) * 100);
    },
  });

const openHealth = async (
  { httpHost: host, httpPort, dataDir }: Config,
  watch: ReadinessWatch,
  meters: Meters,
  ports: Ports,
  { info }: Bot,
  log: Logger,
): Promise<Pick<HttpServer, 'stop'>> => {
  if (httpPort === undefined) return { stop: async () => {} };
  await mkdir(dataDir, { recursive: true }); // the disk is looked at before the first proof is kept
  const eventLoop = watchEventLoop();
  const server = createHealthServer({
    alive: () => eventLoop.turns(),
    ready: () => watch.look(),
    metrics: async () => meters.report(await readBacklog(ports, info.id)),
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
