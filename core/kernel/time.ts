/** The only source of time for rules. */
export interface Clock {
  now(): Date;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

const WIB_OFFSET_MS = 7 * 3_600_000;

/** When the day of Jakarta (WIB, UTC+7, no daylight saving) that contains `at` began. */
export const startOfWibDay = (at: Date): Date =>
  new Date(Math.floor((at.getTime() + WIB_OFFSET_MS) / DAY_MS) * DAY_MS - WIB_OFFSET_MS);

export const plusMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
export const plusMinutes = (at: Date, minutes: number): Date => plusMs(at, minutes * MINUTE_MS);
