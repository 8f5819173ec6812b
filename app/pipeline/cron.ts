import { DAY_MS, invariant, MINUTE_MS } from '../../core/index.ts';

/** Jakarta: no daylight saving. */
const WIB_OFFSET_MS = 7 * 60 * MINUTE_MS;

/**
 * Whether a cron line has a moment between these two, the minute of the first one included: for
 * lines of a minute and an hour, each a number or `*`, in the time of Jakarta.
 */
export const fellDue = (cron: string, after: Date, until: Date): boolean => {
  const [minute = '', hour = '', ...days] = cron.split(' ');
  invariant(days.join(' ') === '* * *', `a cron line of each day, and not ${cron}`);
  if (until.getTime() - after.getTime() >= DAY_MS) return true;
  const first = Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS;
  for (let at = first; at <= until.getTime(); at += MINUTE_MS) {
    const wib = new Date(at + WIB_OFFSET_MS);
    if (fits(minute, wib.getUTCMinutes()) && fits(hour, wib.getUTCHours())) return true;
  }
  return false;
};

const fits = (field: string, value: number): boolean => field === '*' || Number(field) === value;
