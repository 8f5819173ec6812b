import { askTogether, pageOf, type Page, type PageRequest } from '../../core/kernel/index.ts';
import { fragment } from './sql.ts';

/** What a page of a list needs: how many there are, and the ones from `offset`. */
interface Listing<T> {
  readonly count: () => Promise<{ readonly total: number }[]>;
  readonly items: (limit: number, offset: number) => Promise<readonly T[]>;
}

/** Reads one page: how many there are and the rows of it are asked for in one go. */
export const readPage = async <T>(asked: PageRequest, listing: Listing<T>): Promise<Page<T>> => {
  const [[counted], items] = await askTogether([
    listing.count(),
    listing.items(asked.size, asked.page * asked.size),
  ]);
  return pageOf(items, counted?.total ?? 0, asked);
};

/**
 * So many rows at least, as a number in the statement's text, in steps: few texts. Of a limit that is
 * a parameter the planner thinks as of a tenth of the table, and plans anew for every page.
 */
export const atLeast = (rows: number) => fragment(String(2 ** Math.ceil(Math.log2(rows))));
