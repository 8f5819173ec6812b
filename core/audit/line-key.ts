/** Where a record stands among all: microseconds since 1970, then its number. */
export interface LinePlace {
  readonly at: number;
  readonly id: number;
}

/** A record's key within a `Slice`, at most 27 characters. */
export const lineKey = ({ at, id }: LinePlace): string => `${at.toString(36)}-${id.toString(36)}`;

/** What `lineKey` wrote; undefined for anything else that a forged button may carry (SEC-2). */
export const readLineKey = (key: string | undefined): LinePlace | undefined => {
  const [, at = '', id = ''] = /^([0-9a-z]{1,11})-([0-9a-z]{1,11})$/.exec(key ?? '') ?? [];
  const place = { at: Number.parseInt(at, 36), id: Number.parseInt(id, 36) };
  return Number.isSafeInteger(place.at) && Number.isSafeInteger(place.id) ? place : undefined;
};
