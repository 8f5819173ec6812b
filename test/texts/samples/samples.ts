import type { AnyRefusal, Notice } from '../../../core/index.ts';
import type { Html } from '../../../adapters/telegram/html.ts';
import type { Texts } from '../../../adapters/telegram/texts/index.ts';

type Asking = (...facts: never[]) => unknown;

/** At least one. */
export type Some<T> = readonly [T, ...T[]];

/** The facts to say a text with, a tuple a sample, under the name of what they are about. */
type Named<Name extends PropertyKey, Facts> = Readonly<Record<Name, Some<Facts>>>;

/** Where the first fact is one of some kinds, each kind has its samples. */
type SamplesOf<Facts extends readonly unknown[]> = [Facts[0]] extends [Notice]
  ? Named<Notice['kind'], Facts>
  : [Facts[0]] extends [AnyRefusal]
    ? Named<AnyRefusal['code'], Facts>
    : [Facts[0]] extends [{ readonly outcome: infer Outcome extends string }]
      ? Named<Outcome, Facts>
      : [Facts[0]] extends [string]
        ? string extends Facts[0]
          ? Some<Facts>
          : [Facts[0]] extends [Html]
            ? Some<Facts>
            : Named<Facts[0], Facts>
        : Some<Facts>;

/** Samples for every text of a catalogue that is made of facts. */
export type CatalogueSamples<Catalogue extends keyof Texts> = {
  readonly [
    Key in keyof Texts[Catalogue] as Texts[Catalogue][Key] extends Asking ? Key : never
  ]: Texts[Catalogue][Key] extends (...facts: infer Facts) => unknown ? SamplesOf<Facts> : never;
};

type HasFacts<Catalogue extends keyof Texts> = keyof CatalogueSamples<Catalogue> extends never
  ? false
  : true;

/** Samples for every text of the bot: one without any does not compile. */
export type Samples = {
  readonly [
    Catalogue in keyof Texts as HasFacts<Catalogue> extends true ? Catalogue : never
  ]: CatalogueSamples<Catalogue>;
};

/** A sample of one fact for each of these names. */
export const each = <Name extends string>(names: Readonly<Record<Name, true>>) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, [[name]]])) as unknown as {
    readonly [One in Name]: Some<[One]>;
  };
