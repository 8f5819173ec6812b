import { shortId } from '../../adapters/telegram/buttons.ts';

/** Everything that is stored, by table; the order of its rows does not depend on chance. */
export type Dump = Readonly<Record<string, readonly unknown[]>>;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Hashes, and what was sealed. */
const OPAQUE = /(?:[0-9a-f]{2}\/)?[A-Za-z0-9_-]{32,}/g;
const NUMBER_OF_SOMEBODY = /\d{10,12}/g;
const END_OF_A_NUMBER = /•(\d{3})(?!\d)/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g;
/** Up to where a check has looked: a time of the database's own. */
const MARK = /"mark": *"[^"]*"/g;
/** What an update remembers of tries that came to nothing. */
const OF_TRIES = /"(?:tries|error|lastError|retryAt|retry_at)": *(?:null|"[^"]*"|\d+),?/g;

/**
 * As text in which two runs of the same story are equal: ids, hashes and what is sealed go by the
 * order in which they first stand there. `timeless`: without times, and without what failed tries
 * have left.
 */
export const canonical = (dump: Dump, { timeless = false } = {}): string => {
  let text = JSON.stringify(dump, plain, 1);
  if (timeless) {
    for (const id of new Set(text.match(UUID))) text = text.replaceAll(shortId(id), `~${id}`);
    text = text.replaceAll(OF_TRIES, '').replaceAll(TIME, 'T');
  }
  return text
    .replaceAll(MARK, '"mark": "?"')
    .replaceAll(UUID, inOrder('id'))
    .replaceAll(OPAQUE, inOrder('opaque'))
    .replaceAll(NUMBER_OF_SOMEBODY, inOrder('number'))
    .replaceAll(END_OF_A_NUMBER, '•');
};

/** Names what is found by the order in which it first is. */
const inOrder = (kind: string): ((found: string) => string) => {
  const names = new Map<string, string>();
  return (found) => {
    const name = names.get(found) ?? `#${kind} ${names.size}`;
    names.set(found, name);
    return name;
  };
};

const plain = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/** Where two canonical texts part, with what stands around; undefined where they are equal. */
export const difference = (found: string, wanted: string): string | undefined => {
  if (found === wanted) return undefined;
  const [some, others] = [found.split('\n'), wanted.split('\n')];
  const at = some.findIndex((line, index) => line !== others[index]);
  const around = (lines: readonly string[]): string =>
    lines.slice(Math.max(0, at - 8), at + 6).join('\n');
  return `is\n${around(some)}\nand should be\n${around(others)}`;
};

/** Every stored file that a row speaks of. */
export const pathsIn = (dump: Dump): readonly string[] => [
  ...new Set(JSON.stringify(dump, plain).match(/[0-9a-f]{2}\/[0-9a-f]{64}\.\w{3,4}/g)),
];
