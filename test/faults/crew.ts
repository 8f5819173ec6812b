import { Telegram } from 'telegraf';
import { createLogger } from '../../adapters/logging/index.ts';
import { isOutage, type PostgresPorts } from '../../adapters/postgres/index.ts';
import { workLane, type LaneWorkerPorts } from '../../adapters/telegram/index.ts';
import { createLanes, type Lanes } from '../../app/pipeline/lanes.ts';
import { asSystem, createCore, type TakenUpdate, type Tx } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { portsAround } from '../support/ports-around.ts';
import { BOT_ID, aRouter } from '../support/router.ts';
import { temporaryDir } from '../support/server.ts';
import { openPorts } from './people.ts';

/** One process's share of the work on the lanes, with connections of its own. */
export interface Crew {
  readonly lanes: Lanes;
  readonly ports: PostgresPorts;
}

export interface CrewParts {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
  /** What an update does, in the transaction that marks it done. */
  readonly handle: (tx: Tx, taken: TakenUpdate) => Promise<void>;
  /** Hears after the commit that an update of this lane was handled. */
  readonly onHandled?: (lane: number) => void;
  /** Hears of the tries that failed. */
  readonly onFailure?: LaneWorkerPorts['onFailure'];
}

/** The real lanes and lane worker on PostgreSQL, with a handler of the run's own. */
export const createCrew = async (parts: CrewParts): Promise<Crew> => {
  const { ground, cleanup, handle, onHandled, onFailure = () => undefined } = parts;
  const stored = await openPorts(ground, cleanup);
  const ports = portsAround(stored, temporaryDir(cleanup));
  const worker: Omit<LaneWorkerPorts, 'onDone'> = {
    ...ports,
    botId: BOT_ID,
    core: createCore(ports),
    telegram: new Telegram(`${BOT_ID}:never-used`),
    router: aRouter(),
    prepare: () => Promise.reject(new Error('these people send no files')),
    handle: async (tx, taken) => {
      await handle(tx, taken);
      return { answer: null, outcome: 'handled' };
    },
    answers: { give: async () => undefined },
    isOutage,
    redact: (text) => text,
    onFailure,
    onHandled: () => undefined,
    onOrder: () => undefined,
  };
  const lanes = createLanes({
    work: (lane) => {
      const onDone: LaneWorkerPorts['onDone'] = ({ outcome }) => {
        if (outcome === 'handled') onHandled?.(lane);
      };
      return workLane({ ...worker, onDone })(lane);
    },
    waiting: () => ports.inbox.waitingLanes(BOT_ID, ports.clock.now()),
    log: createLogger({ level: 'error', stream: process.stderr }),
  });
  cleanup.later(() => lanes.stop());
  return { lanes, ports: stored };
};

/** Something that somebody wrote, as Telegram delivers it. */
export const anUpdate = (updateId: number, from: number) => ({
  update_id: updateId,
  message: {
    message_id: updateId,
    date: 1_800_000_000,
    from: { id: from, is_bot: false, first_name: 'Orang' },
    chat: { id: from, type: 'private' },
    text: `pesan ${updateId}`,
  },
});

const EFFECT = 'fault.effect';

/** Leaves a row that is there once for each time the update took effect. */
export const leaveEffect = (tx: Tx, { updateId, lane }: TakenUpdate): Promise<void> =>
  tx.audit.append({
    actor: asSystem('fault-run'),
    action: EFFECT,
    subject: 'user',
    subjectId: `${updateId}`,
    before: null,
    after: { lane },
    at: new Date(),
  });

/** An effect that is in the database. */
export interface Effect {
  readonly updateId: number;
  readonly lane: number;
}

/** In the order in which they were left; within a lane that is the order of handling. */
export const readEffects = async (
  execute: <R>(sql: string) => Promise<R[]>,
): Promise<readonly Effect[]> => {
  const rows = await execute<{ readonly update: string; readonly lane: number }>(
    `select subject_id as update, (after ->> 'lane')::int as lane from audit_logs
     where action = '${EFFECT}' order by id`,
  );
  return rows.map(({ update, lane }) => ({ updateId: Number(update), lane }));
};
