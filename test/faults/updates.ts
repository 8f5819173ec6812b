import { createOrm } from '../../adapters/postgres/index.ts';
import { systemClock } from '../../adapters/system/index.ts';
import { receiveUpdates } from '../../adapters/telegram/index.ts';
import type { TakenUpdate, Tx } from '../../core/index.ts';
import type { Cleanup } from '../support/cleanup.ts';
import type { DatabaseUrls } from '../support/database.ts';
import type { Dice } from '../support/dice.ts';
import type { Progress } from '../support/progress.ts';
import { figures, type Report } from '../support/report.ts';
import { BOT_ID } from '../support/router.ts';
import { anUpdate, createCrew, leaveEffect, readEffects, type Crew, type Effect } from './crew.ts';
import { lookUntilNothing } from './look.ts';

/** How much of it. */
export interface UpdatesSize {
  readonly updates: number;
  readonly users: number;
  readonly workers: number;
}

export interface UpdatesRun {
  readonly ground: DatabaseUrls;
  readonly cleanup: Cleanup;
  readonly dice: Dice;
  readonly progress: Progress;
  readonly size: UpdatesSize;
}

const DUPLICATES = 0.1;
/** How far a delivery may come out of its place. */
const WINDOW = 8;
/** How late a second delivery may come: long after the first was handled. */
const LATE = 400;
/** The first try of these fails after it has left its effect, which must be undone. */
const STUMBLES = 0.01;
const BATCH_MAX = 20;
const FIRST_ID = 10_000;
const FIRST_USER = 600_000;
const PATIENCE_MS = 120_000;

/**
 * Updates of many people, some twice and out of order, to several workers that compete for the same
 * lanes: each takes effect once, and one person's in the order of their first arrival.
 */
export const runUpdates = async (run: UpdatesRun): Promise<Report> => {
  const { ground, cleanup, dice, progress, size } = run;
  let [handled, failed] = [0, 0];
  const stumbling = new Set<number>();
  const handle = async (tx: Tx, taken: TakenUpdate): Promise<void> => {
    await leaveEffect(tx, taken);
    if (taken.tries === 0 && stumbling.has(taken.updateId)) throw new Error('a stumble');
  };
  const crews = await Promise.all(
    Array.from({ length: size.workers }, () =>
      createCrew({
        ground,
        cleanup,
        handle,
        onHandled: () => (handled += 1),
        onFailure: () => (failed += 1),
      }),
    ),
  );
  const deliveries = deliveriesOf(size, dice);
  for (const id of new Set(deliveries.map(({ updateId }) => updateId))) {
    if (dice.chance(STUMBLES)) stumbling.add(id);
  }
  for (const { lanes } of crews) lanes.start();
  const unwatch = progress.watch(() => `${handled} of ${size.updates} handled`);
  await deliver(crews, deliveries, dice);
  const left = await lookUntilNothing(PATIENCE_MS, async () => {
    const { waiting } = (await crews[0]?.ports.inbox.depth(BOT_ID)) ?? { waiting: 0 };
    return waiting === 0 ? [] : [`${waiting} updates still wait in the inbox`];
  });
  unwatch();
  const effects = await effectsIn(run);
  const judged = judge(deliveries, effects);
  return {
    part: 'updates',
    figures: figures({
      updates: size.updates,
      users: size.users,
      'workers on the same lanes': size.workers,
      deliveries: deliveries.length,
      'deliveries out of place': judged.outOfPlace,
      'tries that failed after their effect': failed,
      effects: effects.length,
      'effects doubled': judged.doubled.length,
      'effects lost': judged.lost.length,
      'effects out of a person’s order': judged.disorder.length,
    }),
    losses: [...left, ...judged.doubled, ...judged.lost, ...judged.disorder],
  };
};

type Delivery = Effect & { readonly place: number };

/** Every update at about its place, every tenth once more, soon or late. */
const deliveriesOf = ({ updates, users }: UpdatesSize, dice: Dice): readonly Delivery[] => {
  const sent: Delivery[] = [];
  for (let index = 0; index < updates; index += 1) {
    const lane = FIRST_USER + dice.between(0, users - 1);
    const delivery = { updateId: FIRST_ID + index, lane };
    sent.push({ ...delivery, place: index + dice.between(0, WINDOW) });
    if (!dice.chance(DUPLICATES)) continue;
    const delay = dice.chance(0.5) ? dice.between(0, WINDOW) : dice.between(WINDOW, LATE);
    sent.push({ ...delivery, place: index + delay });
  }
  return sent.toSorted((one, other) => one.place - other.place);
};

const deliver = async (
  crews: readonly Crew[],
  deliveries: readonly Delivery[],
  dice: Dice,
): Promise<void> => {
  const [first] = crews;
  if (!first) throw new Error('there is nobody to work');
  const receive = receiveUpdates({
    botId: BOT_ID,
    inbox: first.ports.inbox,
    clock: systemClock,
    answers: { expect: () => undefined },
    onLanes: (fresh) => {
      for (const { lanes } of crews) lanes.wake(fresh);
    },
  });
  for (let next = 0; next < deliveries.length;) {
    const batch = deliveries.slice(next, (next += dice.between(1, BATCH_MAX)));
    await receive(batch.map(({ updateId, lane }) => anUpdate(updateId, lane)));
  }
};

const effectsIn = async ({ ground, cleanup }: UpdatesRun): Promise<readonly Effect[]> => {
  const orm = await createOrm({ url: ground.ownerUrl, poolMax: 1 });
  cleanup.later(() => orm.close(true));
  return readEffects((sql) => orm.em.fork().execute(sql));
};

/** Holds the effects against the deliveries, update by update and person by person. */
const judge = (deliveries: readonly Delivery[], effects: readonly Effect[]) => {
  const times = Map.groupBy(effects, ({ updateId }) => updateId);
  const arrived = new Map(deliveries.toReversed().map((one) => [one.updateId, one]));
  const firsts = [...new Set(deliveries.map(({ updateId }) => updateId))];
  const orderOf = (ids: readonly Effect[]) => Map.groupBy(ids, ({ lane }) => lane);
  const expected = orderOf(firsts.flatMap((id) => arrived.get(id) ?? []));
  const found = orderOf(effects);
  const idsOf = (some: readonly Effect[] = []) => some.map(({ updateId }) => updateId).join(' ');
  return {
    outOfPlace: firsts.filter((id, index) => id < (firsts[index - 1] ?? 0)).length,
    doubled: [...times]
      .filter(([, those]) => those.length > 1)
      .map(([id, those]) => `update ${id} took effect ${those.length} times`),
    lost: firsts.filter((id) => !times.has(id)).map((id) => `update ${id} took no effect`),
    disorder: [...expected]
      .filter(([lane, own]) => idsOf(own) !== idsOf(found.get(lane)))
      .map(([lane, own]) => `person ${lane}: ${idsOf(found.get(lane))}, not ${idsOf(own)}`),
  };
};
