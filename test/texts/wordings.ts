import { textsIn, type Texts } from '../../adapters/telegram/texts/index.ts';
import type { SaidNotice } from '../../adapters/telegram/texts/id/notices.ts';
import { isSettingKey, type Language } from '../../core/index.ts';
import type { Place } from './place.ts';
import { placeOf } from './places.ts';
import { samples } from './samples/index.ts';

/** One text as the bot says it, in both languages. */
export interface Wording extends Readonly<Record<Language, string>> {
  readonly catalogue: keyof Texts;
  readonly key: string;
  /** Which of several under this key; empty where it is the only one. */
  readonly part: string;
  readonly place: Place;
}

/** The part of a notice that a list of notices has (NTF-2). */
export const IN_A_LIST = 'in a list';

/** The other part: what the notice says, which needs no name. */
const MESSAGE = '';

/** A text, or texts by their names. */
type Tree = string | { readonly [part: string]: Tree };
type Asking = (...facts: readonly unknown[]) => unknown;
/** Samples, or samples by what they are about. */
type Cases =
  readonly (readonly unknown[])[] | Readonly<Record<string, readonly (readonly unknown[])[]>>;

const isList = (cases: Cases): cases is readonly (readonly unknown[])[] => Array.isArray(cases);

const isNotice = (value: object): value is SaidNotice => 'headline' in value;

/** A notice as it is read: its text above its buttons, and the line that a list of notices has. */
const noticeTree = ({ text, brief, keyboard }: SaidNotice): Tree => ({
  [MESSAGE]: [text, ...keyboard.map((row) => row.map(({ label }) => `[${label}]`).join(' '))].join(
    '\n\n',
  ),
  [IN_A_LIST]: brief,
});

const treeOf = (value: unknown, where: string): Tree => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) throw new Error(`${where} is no text`);
  if (isNotice(value)) return noticeTree(value);
  return Object.fromEntries(
    Object.entries(value).map(([part, one]) => [part, treeOf(one, `${where}.${part}`)]),
  );
};

const each = (text: Asking, some: readonly (readonly unknown[])[], where: string): Tree => {
  const said = some.map((facts) => treeOf(text(...facts), where));
  const [only] = said;
  return said.length === 1 && only !== undefined ? only : Object.fromEntries(said.entries());
};

const asked = (text: Asking, cases: Cases, where: string): Tree =>
  isList(cases)
    ? each(text, cases, where)
    : Object.fromEntries(
        Object.entries(cases).map(([about, some]) => [about, each(text, some, where)]),
      );

type Row = readonly [part: readonly string[], text: string];

const rowsOf = (tree: Tree, part: readonly string[] = []): readonly Row[] =>
  typeof tree === 'string'
    ? [[part, tree]]
    : Object.entries(tree).flatMap(([name, inner]) => rowsOf(inner, [...part, name]));

/** Numbers count from 1, as people do. */
const partName = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== MESSAGE)
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part))
    .join(' · ');

type Saying = (words: string) => string;

/** Names, links and sentences among facts; what a program reads has no capital and no colon. */
const isWords = (text: string): boolean =>
  /\p{Lu}|:\/\//u.test(text) && !/^\d{4}-/.test(text) && !isSettingKey(text);

/** Facts in which people said something else. */
const reworded = (fact: unknown, saying: Saying): unknown => {
  if (typeof fact === 'string') return isWords(fact) ? saying(fact) : fact;
  if (Array.isArray(fact)) return fact.map((one: unknown) => reworded(one, saying));
  if (typeof fact !== 'object' || fact === null || fact instanceof Date) return fact;
  return Object.fromEntries(
    Object.entries(fact).map(([name, one]) => [name, reworded(one, saying)]),
  );
};

const rowsUnder = (
  { language, saying }: { readonly language: Language; readonly saying: Saying },
  { catalogue, key }: Pick<Wording, 'catalogue' | 'key'>,
): readonly Row[] => {
  const where = `${catalogue}.${key}`;
  const value: unknown = (textsIn(language)[catalogue] as Readonly<Record<string, unknown>>)[key];
  if (typeof value !== 'function') return rowsOf(treeOf(value, where));
  const cases = (samples as Readonly<Record<string, Readonly<Record<string, Cases>>>>)[catalogue]?.[
    key
  ];
  if (cases === undefined) throw new Error(`${where} has no samples`);
  const said: Asking = (...facts) =>
    (value as Asking)(...facts.map((fact) => reworded(fact, saying)));
  return rowsOf(asked(said, cases, where));
};

/** Every text of the bot, in the order of the catalogues; `saying` may change what people said. */
export const wordings = (saying: Saying = (words) => words): readonly Wording[] =>
  (Object.keys(textsIn('id')) as (keyof Texts)[]).flatMap((catalogue) =>
    Object.keys(textsIn('id')[catalogue]).flatMap((key) => {
      const [id, en] = (['id', 'en'] as const).map((language) =>
        rowsUnder({ language, saying }, { catalogue, key }),
      );
      if (id?.length !== en?.length) {
        throw new Error(`${catalogue}.${key} has not as many texts in each language`);
      }
      const place = placeOf(catalogue, key);
      return (id ?? []).map(([part, text], at) => ({
        catalogue,
        key,
        part: partName(part),
        place,
        id: text,
        en: en?.[at]?.[1] ?? '',
      }));
    }),
  );
