import { sliceOf, type Slice, type SliceRequest, type UserId } from '../kernel/index.ts';
import type { PlacedEvent, ReportReader } from './ports.ts';
import type { TimelineEvent } from './report.ts';

/**
 * Where events come from, each with ids of its own; of one moment those further down are the newer
 * ones. A name keeps its place: buttons carry it.
 */
export const TIMELINE_SOURCES = [
  'registered',
  'standing',
  'campaign-made',
  'task-taken',
  'proof-sent',
  'proof-decided',
  'proof-reversed',
  'task-lost',
  'deposit-asked',
  'deposit-decided',
  'withdrawal-asked',
  'withdrawal-decided',
  'money-out',
  'money-in',
] as const;
export type TimelineSource = (typeof TIMELINE_SOURCES)[number];

/** Where an event stands among all of a person. */
export interface EventPlace {
  /** To the millisecond. */
  readonly at: Date;
  readonly source: TimelineSource;
  /** A UUID; of `standing`, which the audit log tells, a whole number. */
  readonly id: string;
}

/** Of milliseconds since 1970 in base 36: enough for 3,000 years more. */
const AT_DIGITS = 9;
const NUMBER_LIMIT = 2n ** 63n;
const UUID_LIMIT = 2n ** 128n;

/** The key of a `Slice`, 35 characters at most. */
export const placeKey = ({ at, source, id }: EventPlace): string => {
  const number = BigInt(source === 'standing' ? id : `0x${id.replaceAll('-', '')}`);
  return (
    TIMELINE_SOURCES.indexOf(source).toString(36) +
    at.getTime().toString(36).padStart(AT_DIGITS, '0') +
    number.toString(36)
  );
};

/** What `placeKey` wrote; undefined for anything else that a forged button may carry (SEC-2). */
export const readPlaceKey = (key: string): EventPlace | undefined => {
  const [, place = '', time = '', digits = ''] =
    /^([0-9a-z])([0-9a-z]{9})([0-9a-z]{1,25})$/.exec(key) ?? [];
  const source = TIMELINE_SOURCES[Number.parseInt(place, 36)];
  if (source === undefined) return undefined;
  const at = new Date(Number.parseInt(time, 36));
  const number = numberOf(digits);
  if (source === 'standing') {
    return number < NUMBER_LIMIT ? { at, source, id: number.toString() } : undefined;
  }
  return number < UUID_LIMIT ? { at, source, id: uuidOf(number) } : undefined;
};

/** Of digits in base 36: BigInt reads no such text. */
const numberOf = (digits: string): bigint => {
  let number = 0n;
  for (const digit of digits) number = number * 36n + BigInt(Number.parseInt(digit, 36));
  return number;
};

const uuidOf = (number: bigint): string =>
  number
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * One part of a person's timeline. A key that says nothing counts as none, and the newest part is a
 * whole one, however few stand before the part that somebody comes from.
 */
export const readTimeline = async (
  reports: Pick<ReportReader, 'timeline'>,
  user: UserId,
  { from, size }: SliceRequest,
): Promise<Slice<TimelineEvent>> => {
  const place = from ? readPlaceKey(from.key) : undefined;
  if (from && place) {
    const { towards } = from;
    const read = await reports.timeline(user, { from: { place, towards }, limit: size + 1 });
    if (read.length >= (towards === 'newer' ? size : 1)) return shown(read, { from, size });
  }
  const newest = await reports.timeline(user, { from: null, limit: size + 1 });
  return shown(newest, { from: null, size });
};

const shown = (read: readonly PlacedEvent[], asked: SliceRequest): Slice<TimelineEvent> => {
  const slice = sliceOf(read, asked, ({ place }) => placeKey(place));
  return { ...slice, items: slice.items.map(({ event }) => event) };
};
