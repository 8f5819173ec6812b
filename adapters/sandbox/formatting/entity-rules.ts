import { badRequest } from '../bot-api/api-error.ts';
import type { MessageEntity } from '../bot-api/types.ts';
import { byPlace } from './entity-order.ts';

const SPLITTABLE = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];
const QUOTES = ['blockquote', 'expandable_blockquote'];
const CODE = ['code', 'pre'];
const ENTITY_MAX = 1_000_000;

const isSplittable = ({ type }: MessageEntity): boolean => SPLITTABLE.includes(type);
const isQuote = ({ type }: MessageEntity): boolean => QUOTES.includes(type);
const isCode = ({ type }: MessageEntity): boolean => CODE.includes(type);
const endOf = ({ offset, length }: MessageEntity): number => offset + length;
const overlap = (a: MessageEntity, b: MessageEntity): boolean =>
  a.offset < endOf(b) && b.offset < endOf(a);
const contains = (outer: MessageEntity, inner: MessageEntity): boolean =>
  outer.offset <= inner.offset && endOf(inner) <= endOf(outer);

/** Refuses entities that reach beyond the text or cut a character in two, in tdlib's words. */
export function requireSound(text: string, entities: readonly MessageEntity[]): void {
  for (const entity of entities) {
    const { offset, length } = entity;
    const end = endOf(entity);
    if (offset < 0 || offset > ENTITY_MAX) {
      throw badRequest(`receive an entity with incorrect offset ${offset}`);
    }
    if (length < 0 || length > ENTITY_MAX) {
      throw badRequest(`receive an entity with incorrect length ${length}`);
    }
    if (length === 0) continue;
    if (offset > text.length) {
      throw badRequest(`entity begins after the end of the text at UTF-16 offset ${offset}`);
    }
    const beginning = `entity beginning at UTF-16 offset ${offset}`;
    if (end > text.length) {
      throw badRequest(`${beginning} ends after the end of the text at UTF-16 offset ${end}`);
    }
    if (cutsCharacter(text, offset)) {
      const where = bytesTo(text, offset);
      throw badRequest(`entity begins in a middle of a UTF-16 symbol at byte offset ${where}`);
    }
    if (cutsCharacter(text, end)) {
      const where = bytesTo(text, end);
      throw badRequest(`${beginning} ends in a middle of a UTF-16 symbol at byte offset ${where}`);
    }
  }
}

const cutsCharacter = (text: string, at: number): boolean =>
  /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) && /[\ud800-\udbff]$/.test(text.slice(0, at));

/** Telegram names the end of the character that is cut. */
const bytesTo = (text: string, at: number): number => Buffer.byteLength(text.slice(0, at + 1));

/** Of entities in order, those that do not begin inside an earlier one. */
export function withoutOverlaps(sorted: readonly MessageEntity[]): MessageEntity[] {
  let end = 0;
  return sorted.filter((entity) => {
    if (entity.offset < end) return false;
    end = endOf(entity);
    return true;
  });
}

/**
 * Brings entities into the shape Telegram shows: nothing inside code, links not within links,
 * quotes not within quotes, equal styles joined, and everything properly nested. What was found in
 * the text gives way to what the bot named.
 */
export function arranged(
  named: readonly MessageEntity[],
  found: readonly MessageEntity[],
): MessageEntity[] {
  const real = named.filter((entity) => entity.length > 0).toSorted(byPlace);
  const quotes = withoutOverlaps(real.filter(isQuote));
  const solid = withoutOverlaps(real.filter((entity) => !isSplittable(entity) && !isQuote(entity)));
  const all = [...solid, ...found.filter((one) => !solid.some((other) => overlap(one, other)))];
  const whole = all.filter((one) =>
    quotes.every((quote) => !overlap(one, quote) || contains(quote, one)),
  );
  const others = [...quotes, ...whole].toSorted(byPlace);
  const styles = new Styles(real.filter(isSplittable)).around(others);
  return [...others, ...styles].toSorted(byPlace);
}

/**
 * Styles of a text, as tdlib cuts them: whatever is open is cut where another style begins, and at
 * both ends of a link, quote or code. So `<b>a<i>b</i></b>` has two entities of bold.
 */
class Styles {
  readonly #waiting: MessageEntity[];
  readonly #open = new Map<string, { begin: number; end: number }>();
  #pieces: MessageEntity[] = [];

  /** In order of their places. */
  constructor(styles: readonly MessageEntity[]) {
    this.#waiting = [...styles];
  }

  around(others: readonly MessageEntity[]): MessageEntity[] {
    const outer: MessageEntity[] = [];
    const goTo = (offset: number): void => {
      for (let last = outer.at(-1); last && offset >= endOf(last); last = outer.at(-1)) {
        const before = this.#pieces.length;
        this.#goOn(endOf(last));
        if (isCode(last)) this.#pieces = this.#pieces.slice(0, before);
        outer.pop();
      }
      this.#goOn(offset);
    };
    for (const other of others) {
      goTo(other.offset);
      outer.push(other);
    }
    goTo(Infinity);
    return this.#pieces;
  }

  #goOn(offset: number): void {
    for (let next = this.#waiting[0]; next && next.offset < offset; next = this.#waiting[0]) {
      this.#waiting.shift();
      const open = this.#open.get(next.type);
      if (open && next.offset <= open.end) {
        open.end = Math.max(open.end, endOf(next));
        continue;
      }
      this.#cut(next.offset);
      this.#open.set(next.type, { begin: next.offset, end: endOf(next) });
    }
    this.#cut(offset);
  }

  #cut(offset: number): void {
    for (const type of SPLITTABLE) {
      const style = this.#open.get(type);
      if (!style || style.begin >= offset) continue;
      const end = Math.min(style.end, offset);
      this.#pieces.push({ type, offset: style.begin, length: end - style.begin });
      style.begin = end;
      if (end === style.end) this.#open.delete(type);
    }
  }
}
