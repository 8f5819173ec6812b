import type { age as indonesianAge, span as indonesian } from '../id/spans.ts';

const MINUTE_MS = 60_000;

const some = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** How long from one moment to another: `12 minutes`, `2 hours 5 minutes`, `3 days`. */
export const span: typeof indonesian = (from, to) => {
  const minutes = Math.floor((to.getTime() - from.getTime()) / MINUTE_MS);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return some(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return some(Math.floor(hours / 24), 'day');
  const rest = minutes % 60 === 0 ? '' : ` ${some(minutes % 60, 'minute')}`;
  return `${some(hours, 'hour')}${rest}`;
};

/** How old something is, short enough for a button: `just now`, `12 minutes`, `2 hours`, `3 days`. */
export const age: typeof indonesianAge = (from, to) => {
  const minutes = Math.floor((to.getTime() - from.getTime()) / MINUTE_MS);
  if (minutes < 1) return 'just now';
  const hours = Math.floor(minutes / 60);
  return hours < 1 || hours >= 48 ? span(from, to) : some(hours, 'hour');
};
