import { z } from 'zod';
import {
  pageRequest,
  refuseCommon,
  type Json,
  type Page,
  type PageRequest,
  type StoredFile,
} from '../../core/index.ts';
import { longId } from './buttons.ts';

/** How many buttons of a list stand on one screen. */
const LIST_SIZE = 6;

/** The id of a button; anything else reads "not found", as what does not exist (SEC-2). */
export const requireId = <I extends string>(short: string | undefined, what: string): I => {
  const id = longId<I>(short);
  if (id === undefined) throw refuseCommon('not-found', { what });
  return id;
};

/** The page that a button asks for, or the last one where the list has become shorter since. */
export const findPage = async <T>(
  argument: string | undefined,
  find: (page: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> => {
  const asked = pageRequest(Number(argument), LIST_SIZE);
  const found = await find(asked);
  if (found.items.length > 0 || asked.page === 0) return found;
  return find(pageRequest(found.pageCount - 1, LIST_SIZE));
};

/** `1000` or `1.000`; NaN for anything else, which no number of things can be. */
export const readCount = (text: string): number =>
  /^(?:\d{1,9}|\d{1,3}(?:\.\d{3}){1,2})$/.test(text.trim())
    ? Number(text.trim().replaceAll('.', ''))
    : Number.NaN;

/** What stored data has by name; null where it has no names: a text, a list, nothing. */
export const fieldsOf = (json: Json): Readonly<Record<string, Json>> | null =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? (json as Readonly<Record<string, Json>>)
    : null;

/** An id among a dialogue's data. */
export const idSchema = <I extends string>(): z.ZodType<I> => z.guid() as unknown as z.ZodType<I>;

/** A stored file among a dialogue's data. */
export const storedFileSchema: z.ZodType<StoredFile> = z.object({
  path: z.string(),
  sha256Received: z.string(),
  sha256Stored: z.string(),
  perceptualHash: z.string().nullable(),
  size: z.number(),
  type: z.enum(['image/jpeg', 'image/png', 'image/webp', 'application/pdf']),
});
