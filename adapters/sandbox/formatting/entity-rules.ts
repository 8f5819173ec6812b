import { badRequest } from '../bot-api/api-error.ts';
import type { MessageEntity } from '../bot-api/types.ts';
import { byPlace } from './entity-order.ts';

const SPLITTABLE = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler'];
const QUOTES = ['blockquote', 'expandable_blockquote'];
const CODE = ['code', 'pre'];

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
    if (offset < 0) throw badRequest(`receive an entity with incorrect offset ${offset}`);
    if (length < 0) throw badRequest(`receive an entity with incorrect length ${length}`);
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
  text: string,
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
  const styles = SPLITTABLE.flatMap((type) => joined(real.filter((one) => one.type === type)))
    .flatMap((style) => outsideOf(style, whole.filter(isCode)))
    .flatMap((style) => cutAt(style, [...whole, ...quotes]));
  return nested([...quotes, ...whole, ...styles]).filter(
    (entity) => text.slice(entity.offset, endOf(entity)).trim() !== '',
  );
}

const between = (entity: MessageEntity, offset: number, end: number): MessageEntity[] =>
  end > offset ? [{ ...entity, offset, length: end - offset }] : [];

function joined(sorted: readonly MessageEntity[]): MessageEntity[] {
  const result: MessageEntity[] = [];
  for (const entity of sorted) {
    const last = result.at(-1);
    if (!last || entity.offset > endOf(last)) result.push({ ...entity });
    else last.length = Math.max(endOf(last), endOf(entity)) - last.offset;
  }
  return result;
}

function outsideOf(style: MessageEntity, code: readonly MessageEntity[]): MessageEntity[] {
  return code.reduce<MessageEntity[]>(
    (parts, block) =>
      parts.flatMap((part) =>
        overlap(part, block)
          ? [
              ...between(part, part.offset, block.offset),
              ...between(part, endOf(block), endOf(part)),
            ]
          : [part],
      ),
    [style],
  );
}

/** A style that crosses the edge of a link or quote is cut there. */
function cutAt(style: MessageEntity, solid: readonly MessageEntity[]): MessageEntity[] {
  const edges = solid
    .filter((one) => overlap(style, one) && !contains(one, style) && !contains(style, one))
    .flatMap((one) => [one.offset, endOf(one)])
    .filter((edge) => edge > style.offset && edge < endOf(style));
  const points = [style.offset, ...edges.toSorted((a, b) => a - b), endOf(style)];
  return points.slice(1).flatMap((point, index) => between(style, points[index] ?? point, point));
}

/** Of two styles that cross, the later one is cut at the end of the earlier one. */
function nested(entities: readonly MessageEntity[]): MessageEntity[] {
  const waiting = entities.toSorted(byPlace);
  const result: MessageEntity[] = [];
  let open: MessageEntity[] = [];
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { offset } = next;
    open = open.filter((one) => endOf(one) > offset);
    const edge = Math.min(...open.map(endOf));
    if (endOf(next) > edge) {
      const parts = [...between(next, offset, edge), ...between(next, edge, endOf(next))];
      waiting.push(...parts);
      waiting.sort(byPlace);
      continue;
    }
    open.push(next);
    result.push(next);
  }
  return result;
}
