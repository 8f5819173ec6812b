import type { Html } from '../../adapters/telegram/html.ts';
import type { Texts } from '../../adapters/telegram/texts/index.ts';

/**
 * Where a text stands, which says how long it may be and whether it is HTML: a screen, a picture's
 * caption, a message of its own; an answer to a tap, an alert, a button, a ready-made reason, a line
 * that others are made of.
 */
export type Place =
  'screen' | 'caption' | 'notice' | 'answer' | 'alert' | 'button' | 'reason' | 'line';

type Said<Text> = Text extends (...facts: never[]) => infer Result ? Result : Text;

type HtmlKey<Catalogue> = {
  [Key in keyof Catalogue]: Said<Catalogue[Key]> extends Html ? Key : never;
}[keyof Catalogue];
type PlainPlace = Exclude<Place, 'screen' | 'caption'>;

/** HTML stands on a screen unless it is a caption; every other text says where it stands. */
type PlacesIn<Catalogue> = Readonly<
  Record<Exclude<keyof Catalogue, HtmlKey<Catalogue>>, PlainPlace> &
    Partial<Record<HtmlKey<Catalogue>, 'caption'>>
>;

/** Of each text, or of all of a catalogue that has no HTML. */
export type Places = {
  readonly [Name in keyof Texts]:
    PlacesIn<Texts[Name]> | (HtmlKey<Texts[Name]> extends never ? PlainPlace : never);
};
