import { oneLine } from '../../../../core/index.ts';
import { path } from '../../buttons.ts';

/** Where among people an admin is: what was searched for, and the page. */
export interface Place {
  /** Empty: everybody, newest first. */
  readonly text: string;
  readonly page: number;
}

export const START: Place = { text: '', page: 0 };

/** What is left for it beside a person's id in a button's 64 bytes: any @username but the longest. */
const TEXT_BYTES_MAX = 32;

/**
 * A search as buttons can carry it. It goes by how names begin, so what is cut off can only make it
 * find more.
 */
export const asSearch = (typed: string): string => {
  let text = '';
  for (const letter of oneLine(typed, TEXT_BYTES_MAX)) {
    if (Buffer.byteLength(text + letter) > TEXT_BYTES_MAX) break;
    text += letter;
  }
  return text;
};

export const writePlace = ({ text, page }: Place): string => path(text, page);

const WRITTEN = /^(.*):(\d{1,4})$/;

/** What `writePlace` wrote; everybody for anything else. */
export const readPlace = (written: string | undefined): Place => {
  const [, text, page] = WRITTEN.exec(written ?? '') ?? [];
  return text === undefined ? START : { text: asSearch(text), page: Number(page) };
};
