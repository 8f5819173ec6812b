/** One row of values, as long as the labels of its chart. */
export interface ChartSeries {
  readonly name: string;
  readonly as: 'line' | 'bars';
  /** Null where there is none: a gap, and not nothing. */
  readonly values: readonly (number | null)[];
}

/** What stands behind thousands, millions and billions of rupiah where there is little room. */
export type ScaleWords = readonly [thousands: string, millions: string, billions: string];

/** Figures as a picture shows them, every word in the language of whoever will see it. */
export interface Chart {
  readonly title: string;
  readonly subtitle: string | null;
  /** Below the horizontal axis, one for each value. */
  readonly labels: readonly string[];
  /** One to three. */
  readonly series: readonly ChartSeries[];
  /** What the values are: numbers of things, rupiah, or parts of a hundred. */
  readonly unit: 'count' | 'rupiah' | 'percent';
  /** For rupiah; absent, they are written in full. */
  readonly scaleWords?: ScaleWords;
  /** A line to be reached. */
  readonly goal: { readonly label: string; readonly value: number } | null;
}
