import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { DAY_MS, MINUTE_MS, rupiah, type DayFigures } from '../../core/index.ts';
import { aFile } from '../support/builders.ts';
import { peopleOn, type PeoplePorts, type Person } from '../support/market.ts';
import type { Stage } from './harness.ts';

/** When the first day of the story begins in Jakarta: Monday, 5 January 2026. */
const FIRST_DAY = new Date('2026-01-04T17:00:00.000Z');
/** The last moment of a day. */
export const LAST_MS = DAY_MS - 1;

/** The moment so many days after the first, at so many minutes past midnight in Jakarta. */
export const at = (day: number, minutes = 0): Date =>
  new Date(FIRST_DAY.getTime() + day * DAY_MS + minutes * MINUTE_MS);

/** Everybody of the marketplace, on the ports of a stage. */
export const crewOn = (stage: Stage) => {
  const { clock } = stage;
  const ports: PeoplePorts = {
    ...createMemoryPorts(),
    ...stage.ports,
    ids: stage.ids,
    clock: {
      now: () => clock.now(),
      advance: (ms) => clock.advance(ms),
      set: (moment) => clock.advance(moment.getTime() - clock.now().getTime()),
    },
  };
  return { ...peopleOn(ports), ports };
};

export type Crew = ReturnType<typeof crewOn>;

/**
 * A fortnight: 1,000 a task and a fee of 50; something at each border of a day, and a reversal each
 * way. Told as it happened, so that every figure can be counted by hand.
 */
export const playFortnight = async (crew: Crew) => {
  const { clock, core } = crew;
  const moment = (day: number, minutes: number): void => clock.set(at(day, minutes));
  const come = ({ telegramId }: Person) =>
    core.users.register({ telegramId, username: null, displayName: 'Siti', languageCode: 'id' });

  moment(0, 9 * 60);
  const admin = await crew.house();
  const client = await crew.client();
  const [ani, budi] = [await crew.worker(), await crew.worker()];
  const campaign = await crew.campaign(client, { pricePerTask: rupiah(1_000n), target: 10 });
  const first = await crew.proof(ani, campaign);
  clock.advance(30 * MINUTE_MS);
  await crew.approve(first);
  clock.set(new Date(at(0).getTime() + LAST_MS));
  const late = await crew.proof(budi, campaign);
  clock.set(at(1));
  await crew.approve(late);

  moment(2, 12 * 60);
  const other = await crew.campaign(client, { pricePerTask: rupiah(1_000n), target: 10 });
  const wrong = await crew.proof(ani, other);
  clock.advance(10 * MINUTE_MS);
  await crew.reject(wrong);

  moment(3, 8 * 60);
  await come(ani);
  await come(ani);
  await core.proofs.reverse({ actor: admin.actor, proofId: first.id, reason: 'a mistake' });
  moment(4, 0);
  await core.proofs.reverse({ actor: admin.actor, proofId: wrong.id, reason: 'a mistake' });

  moment(5, 60);
  await crew.topUp(client, 30_000);
  const asked = await crew.withdraw(client, 10_000);
  clock.set(new Date(at(5).getTime() + LAST_MS));
  await crew.request(client, 20_000);
  clock.set(at(6));
  await crew.payOut(asked, await crew.admin());

  moment(7, 600);
  const dewi = await crew.worker();
  const take = await crew.take(dewi, campaign);
  const file = aFile({ ...late.file, perceptualHash: null });
  await core.proofs.submit({ actor: dewi.actor, takeId: take.id, file, sentAt: clock.now() });
  const lost = await crew.take(dewi, other);
  await core.tasks.release({ actor: dewi.actor, takeId: lost.id });

  moment(13, 12 * 60);
  return { admin, client, ani, budi, dewi, campaign, other, asked };
};

const quiet = (day: number): DayFigures => ({
  day: at(day),
  activeUsers: 0,
  newUsers: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  flagged: 0,
  rewards: rupiah(0n),
  fees: rupiah(0n),
  deposits: rupiah(0n),
  withdrawals: rupiah(0n),
  reviewMinutes: null,
  liability: rupiah(0n),
});

/** What each day of the fortnight came to: counted by hand. */
export const FORTNIGHT: readonly DayFigures[] = (() => {
  const said: Readonly<Record<number, Partial<DayFigures>>> = {
    // admin, client and two workers; 10 tasks of 1,050 paid for
    0: {
      activeUsers: 4,
      newUsers: 4,
      submitted: 2,
      approved: 1,
      reviewMinutes: 30,
      rewards: rupiah(1_000n),
      fees: rupiah(50n),
      deposits: rupiah(10_500n),
      liability: rupiah(10_500n),
    },
    // sent in the last millisecond before
    1: { approved: 1, reviewMinutes: 0, rewards: rupiah(1_000n), fees: rupiah(50n) },
    2: {
      submitted: 1,
      rejected: 1,
      reviewMinutes: 10,
      deposits: rupiah(10_500n),
      liability: rupiah(21_000n),
    },
    3: { activeUsers: 1, rewards: rupiah(-1_000n), fees: rupiah(-50n) },
    4: { rewards: rupiah(1_000n), fees: rupiah(50n) },
    5: { deposits: rupiah(30_000n), liability: rupiah(51_000n) },
    // a second admin endorses it and a third one pays
    6: {
      activeUsers: 2,
      newUsers: 2,
      withdrawals: rupiah(10_000n),
      fees: rupiah(500n),
      liability: rupiah(41_000n),
    },
    7: { activeUsers: 1, newUsers: 1, submitted: 1, flagged: 1 },
  };
  let liability: DayFigures['liability'] = rupiah(0n);
  return Array.from({ length: 14 }, (_, day) => {
    const figures = { ...quiet(day), liability, ...said[day] };
    liability = figures.liability;
    return figures;
  });
})();
