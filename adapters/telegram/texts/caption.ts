import { plainText, user, type Html } from '../html.ts';

/**
 * What a card's caption may hold, in UTF-16 units: of Telegram's 1,024 enough is left for a line
 * that is said above the card.
 */
const ROOM = 840;
const LETTERS_MAX = 400;

/** How many units it takes as people read it. */
const width = (text: Html): number => plainText(text).length;

/**
 * A text from a person, cut to what the rest of its caption leaves; `least` letters stay in any
 * case.
 */
export const beside = (rest: Html, text: string, least: number): Html => {
  const room = ROOM - width(rest);
  const letters = Array.from(text);
  let [kept, used] = [0, 1];
  for (const letter of letters.slice(0, LETTERS_MAX)) {
    used += letter.length;
    if (used > room && kept >= least) break;
    kept += 1;
  }
  return user(text, kept < letters.length ? Math.max(kept, 1) : letters.length);
};
