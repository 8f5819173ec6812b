import { pageOf, type Page, type PageRequest } from '../../core/kernel/index.ts';

/** What a page of a list needs: how many there are, and the ones from `offset`. */
interface Listing<T> {
  readonly count: () => Promise<{ readonly total: number }[]>;
  readonly items: (limit: number, offset: number) => Promise<readonly T[]>;
}

/** Reads one page; the rows are not asked for where there are none. */
export const readPage = async <T>(asked: PageRequest, listing: Listing<T>): Promise<Page<T>> => {
  const [counted] = await listing.count();
  const total = counted?.total ?? 0;
  const offset = asked.page * asked.size;
  const items = offset < total ? await listing.items(asked.size, offset) : [];
  return pageOf(items, total, asked);
};
