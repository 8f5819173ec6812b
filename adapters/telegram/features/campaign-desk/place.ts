import type { CampaignFilter, UserId } from '../../../../core/index.ts';
import { longId, path, shortId } from '../../buttons.ts';

/** Where in the list of campaigns an admin is: what is filtered, and the page. */
export interface Place {
  readonly filter: CampaignFilter;
  readonly page: number;
}

export const START: Place = { filter: {}, page: 0 };

const STATUSES = { a: 'active', p: 'paused', c: 'completed', d: 'deleted' } as const;
const PROGRESSES = { n: 'none', u: 'under-half', h: 'half-or-more' } as const;

const NONE = '-';
const WRITTEN = /^([-apcd])([-nuh]):(-|[\w-]{22})(?::(\d{1,4}))?$/;

const signOf = (table: Readonly<Record<string, string>>, value: string | undefined): string =>
  Object.keys(table).find((sign) => table[sign] === value) ?? NONE;

/** A filter within callback data, 4 to 25 characters: old buttons go on finding the same. */
export const writeFilter = ({ status, progress, owner }: CampaignFilter): string =>
  path(
    signOf(STATUSES, status) + signOf(PROGRESSES, progress),
    owner === undefined ? NONE : shortId(owner),
  );

export const writePlace = ({ filter, page }: Place): string => path(writeFilter(filter), page);

/** What `writeFilter` or `writePlace` wrote; the whole list for anything else. */
export const readPlace = (text: string | undefined): Place => {
  const [, status = NONE, progress = NONE, owner, page] = WRITTEN.exec(text ?? '') ?? [];
  const filter: CampaignFilter = {
    status: STATUSES[status as keyof typeof STATUSES],
    progress: PROGRESSES[progress as keyof typeof PROGRESSES],
    owner: longId<UserId>(owner),
  };
  return { filter, page: Number(page ?? 0) };
};
