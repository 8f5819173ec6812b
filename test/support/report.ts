/** One figure of a part, as it is printed. */
export interface Figure {
  readonly what: string;
  readonly value: string | number;
}

/** What a part of the run found. */
export interface Report {
  readonly part: string;
  readonly figures: readonly Figure[];
  /** What must not be, one line each; empty is a pass. */
  readonly losses: readonly string[];
}

const SHOWN = 12;

/** `figures({ 'effects': 5000 })` in the order given. */
export const figures = (values: Readonly<Record<string, string | number>>): Figure[] =>
  Object.entries(values).map(([what, value]) => ({ what, value }));

/** The report as lines for a person: a table, then what was lost. */
export const printed = ({ part, figures: rows, losses }: Report): string => {
  const width = Math.max(...rows.map(({ what }) => what.length), 0);
  const table = rows.map(({ what, value }) => `  ${what.padEnd(width)}  ${grouped(value)}`);
  const more = losses.length > SHOWN ? [`  … and ${losses.length - SHOWN} more`] : [];
  const lost = losses.slice(0, SHOWN).map((loss) => `  LOSS ${loss}`);
  const verdict = losses.length === 0 ? 'passed' : `FAILED, ${losses.length} losses`;
  return [`${part}: ${verdict}`, ...table, ...lost, ...more].join('\n');
};

const grouped = (value: string | number): string =>
  typeof value === 'number' ? value.toLocaleString('en-US') : value;

/** Median and maximum of durations in ms, as seconds. */
export const spread = (durations: readonly number[]): string => {
  if (durations.length === 0) return 'none';
  const sorted = durations.toSorted((a, b) => a - b);
  const [median, max] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  return `median ${seconds(median)}, max ${seconds(max)}`;
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
