import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../adapters/system/index.ts';
import { receiveUpdates } from '../../adapters/telegram/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import { figures, type Report } from '../support/report.ts';
import { BOT_ID } from '../support/router.ts';
import { anUpdate, createCrew, leaveEffect } from './crew.ts';
import { lookUntilNothing } from './look.ts';

export interface SlowRun {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
  readonly users: number;
}

const SLOW_MS = 2_000;
/** When the others are held up after all, the slow one goes on, so that the run ends. */
const HELD_UP_MS = 60_000;
const SLOW_USER = 700_000;
const SLOW_UPDATE = 1;
const SLOW_UPDATES = 3;

/**
 * One person's update takes 2 s to handle, and as much longer as the others need: everybody else is
 * answered before them. Judged by the order of answers, whatever the speed of the machine.
 */
export const runSlow = async ({ ground, cleanup, users }: SlowRun): Promise<Report> => {
  const answered: number[] = [];
  const others = Promise.withResolvers<void>();
  const crew = await createCrew({
    ground,
    cleanup,
    handle: async (tx, taken) => {
      if (taken.updateId === SLOW_UPDATE) await takingLong(others.promise);
      await leaveEffect(tx, taken);
    },
    onHandled: (lane) => {
      answered.push(lane);
      if (answered.filter((one) => one !== SLOW_USER).length === users - 1) others.resolve();
    },
  });
  const receive = receiveUpdates({
    botId: BOT_ID,
    inbox: crew.ports.inbox,
    clock: systemClock,
    answers: { expect: () => undefined },
    onLanes: crew.lanes.wake,
  });
  crew.lanes.start();
  const slow = Array.from({ length: SLOW_UPDATES }, (_, at) =>
    anUpdate(SLOW_UPDATE + at, SLOW_USER),
  );
  await receive(slow);
  await receive(
    Array.from({ length: users - 1 }, (_, at) => anUpdate(100 + at, SLOW_USER + 1 + at)),
  );
  const left = await lookUntilNothing(HELD_UP_MS * 2, async () => {
    const { waiting } = await crew.ports.inbox.depth(BOT_ID);
    return waiting === 0 ? [] : [`${waiting} updates still wait`];
  });
  await crew.lanes.stop();
  return judged(answered, users, left);
};

const takingLong = async (othersAnswered: Promise<void>): Promise<void> => {
  const enough = new AbortController();
  const heldUp = sleep(HELD_UP_MS, undefined, { signal: enough.signal }).catch(() => undefined);
  await Promise.all([sleep(SLOW_MS), Promise.race([othersAnswered, heldUp])]);
  enough.abort();
};

const judged = (answered: readonly number[], users: number, left: readonly string[]): Report => {
  const before = answered.slice(0, users - 1);
  const waited = answered.slice(users - 1).filter((lane) => lane !== SLOW_USER);
  const losses = [
    ...left,
    ...waited.map((lane) => `person ${lane} was answered after the slow one`),
    ...(new Set(before).size === users - 1 ? [] : ['somebody was answered twice, or not at all']),
    ...(answered.length === users - 1 + SLOW_UPDATES ? [] : ['not everybody was answered once']),
  ];
  return {
    part: 'slow',
    figures: figures({
      users,
      'answered before the slow one': before.filter((lane) => lane !== SLOW_USER).length,
      'answered after the slow one': waited.length,
      'updates of the slow one, last of all': answered.length - (users - 1),
    }),
    losses,
  };
};
