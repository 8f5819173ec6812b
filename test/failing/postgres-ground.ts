import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createOrm, createPostgresPorts, plainSql } from '../../adapters/postgres/index.ts';
import { createCore, DEFAULT_SETTINGS } from '../../core/index.ts';
import { serverUrl, type TestDatabase } from '../support/database.ts';
import { keepEverything } from '../support/kept.ts';
import { peopleOn, type PeoplePorts } from '../support/market.ts';
import type { Dump } from './dump.ts';
import { createFaults } from './faults.ts';
import { createFaultyOrm } from './faulty-orm.ts';
import { watchedPorts } from './faulty-ports.ts';
import type { Ground, Prepare, World } from './ground.ts';

/** A database for one scene after the other. */
export interface PostgresGrounds {
  /** Ends what an earlier scene has left. */
  open(prepare: Prepare): Promise<Ground>;
  close(): Promise<void>;
}

/**
 * Every statement to a real PostgreSQL can fail. There is one world, which is put back to how it
 * was: by the database's administrator, whom its walls do not stop.
 */
export const openPostgresGrounds = async (database: TestDatabase): Promise<PostgresGrounds> => {
  const admin = await createOrm({ url: serverUrl('admin', database.name), poolMax: 2 });
  const sql = plainSql(admin);
  const faults = createFaults();
  const gone = async (pid: number): Promise<void> => {
    const left = 'select from pg_stat_activity where pid = $1';
    while ((await sql(left, [pid])).rows.length > 0);
  };
  const terminate = async (pid: number): Promise<void> => {
    await sql('select pg_terminate_backend($1)', [pid]); // asked to wait, it looks each 100 ms
    await gone(pid);
  };
  /** Those that were lost since somebody looked last. */
  const lost = new Set<number>();
  const orm = await createFaultyOrm(database.botUrl, {
    faults,
    terminate,
    onLost: (pid) => lost.add(pid),
  });
  const stored = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
  const empty = await keepEverything(sql, 'empty');
  return {
    open: async (prepare) => {
      await empty.putBack();
      const ports: PeoplePorts = { ...createMemoryPorts(), ...stored };
      const send = await prepare(peopleOn(ports), ports);
      const kept = await keepEverything(sql, 'kept');
      const preparedAt = ports.clock.now();
      const dump = async (): Promise<Dump> => {
        for (const pid of lost) await gone(pid); // it does what it had received, a COMMIT, say
        lost.clear();
        return kept.dump();
      };
      const world = worldOf({ ports, send, dump });
      const fresh = async (): Promise<World> => {
        await kept.putBack();
        ports.clock.set(preparedAt);
        return world;
      };
      return { faults, fresh };
    },
    close: async () => {
      await Promise.all([orm.close(true), admin.close(true)]);
    },
  };
};

interface Parts extends Pick<World, 'dump'> {
  readonly ports: PeoplePorts;
  readonly send: Awaited<ReturnType<Prepare>>;
}

const worldOf = ({ ports, send, dump }: Parts): World => ({
  send: () => send({ ports, core: createCore(ports) }),
  sendWatched: (onCommit) => {
    const watched = watchedPorts(ports, onCommit);
    return send({ ports: watched, core: createCore(watched) });
  },
  dump,
  files: ports.proofStorage,
  clock: ports.clock,
});
