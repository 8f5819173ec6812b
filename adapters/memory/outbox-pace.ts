import type { Pace, Priority } from '../../core/outbox/index.ts';

/** Until when a thing is paused, and how much of its pace is used up. In µs since 1970. */
export interface Meter {
  readonly pausedUntil: number;
  /** The moment up to which what was sent uses up the pace. */
  readonly usedUntil: number;
}

export const UNUSED: Meter = { pausedUntil: 0, usedUntil: 0 };
const CHAT_BURST = 5;

export const toMicros = (at: Date): number => at.getTime() * 1_000;
/** Rounded up: asking a moment too early brings nothing. */
export const toDate = (micros: number): Date => new Date(Math.ceil(micros / 1_000));

interface Rate {
  /** µs that one message uses up; 0 is no limit. */
  readonly cost: number;
  readonly burst: number;
}

const rateOf = (perSecond: number, burst: number): Rate => ({
  cost: perSecond > 0 ? Math.floor(1_000_000 / perSecond) : 0,
  burst,
});

export const chatRate = ({ perChatPerSecond }: Pace): Rate => rateOf(perChatPerSecond, CHAT_BURST);
export const rateOfAll = ({ perSecond }: Pace): Rate =>
  rateOf(perSecond, Math.max(1, Math.floor(perSecond)));

/** The sixths of the burst that each priority leaves to those before it. */
const KEPT: Readonly<Record<Priority, number>> = { answer: 0, notice: 1, broadcast: 2 };

/** What may not go because it is kept for what is sent before it (NTF-3). */
export const keptFrom = (priority: Priority, { burst }: Rate): number =>
  Math.floor((burst * KEPT[priority]) / 6);

/** From when on there is room for so many messages. */
export const freeAt = (
  { pausedUntil, usedUntil }: Meter,
  { cost, burst }: Rate,
  room = 1,
): number => Math.max(pausedUntil, cost > 0 ? usedUntil - cost * (burst - room) : 0);

/** How many messages may go now. */
export const roomAt = ({ pausedUntil, usedUntil }: Meter, { cost, burst }: Rate, now: number) => {
  if (pausedUntil > now) return 0;
  if (cost === 0) return Infinity;
  return Math.max(0, burst - Math.ceil(Math.max(0, usedUntil - now) / cost));
};

/** The meter after one more message. */
export const charged = (meter: Meter, { cost }: Rate, now: number): Meter =>
  cost === 0 ? meter : { ...meter, usedUntil: Math.max(meter.usedUntil, now) + cost };

export const paused = (meter: Meter, until: Date): Meter => ({
  ...meter,
  pausedUntil: Math.max(meter.pausedUntil, toMicros(until)),
});
