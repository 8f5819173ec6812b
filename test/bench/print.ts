import { availableParallelism } from 'node:os';
import type { Figures, Reach, Result } from './contest.ts';
import type { Outcome } from './tournament.ts';

/** At least three digits that mean something, and none that do not. */
const shown = (value: number): string => {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
};

const ratioOf = ({ median }: Figures): string => median.toFixed(2);
const spreadOf = ({ min, max }: Figures, show: (value: number) => string): string =>
  `${show(min)} … ${show(max)}`;
const twoDigits = (value: number): string => value.toFixed(2);

const reachOf = (reach: Reach): string =>
  'atLeast' in reach ? `≥ ${bound(reach.atLeast)}` : `≤ ${bound(reach.atMost)}`;
const bound = (ratio: number): string => (Number.isInteger(ratio) ? `${ratio}.0` : `${ratio}`);

const MEDIANS_OF = 5;

/** A bench as lines for a person. */
export const asText = ({ bench, what, notes, rows }: Outcome): string =>
  [
    `${bench}: ${what}; ${availableParallelism()} cores`,
    ...Object.entries(notes).map(([name, value]) => `  ${name.padEnd(34)} ${value}`),
    ...rows.flatMap(linesOf),
  ].join('\n');

const linesOf = (row: Result): readonly string[] => {
  const { name, unit, rounds, ours, yardstick, ratio, reach, kept, why, notes } = row;
  const few = rounds < MEDIANS_OF ? ', too few to tell' : '';
  const side = (figures: Figures & { readonly name: string }): string =>
    `    ${figures.name.padEnd(32)} ${shown(figures.median)} (${spreadOf(figures, shown)}) ${unit}`;
  const bound = reach ? `, ${reachOf(reach)}${why === undefined ? '' : ` (${why})`}` : '';
  const verdict = kept === false ? '  OUT OF REACH' : '';
  return [
    `  ${name === '' ? 'medians' : name}, ${rounds} rounds${few}`,
    side(ours),
    ...(yardstick ? [side(yardstick)] : []),
    ...(ratio
      ? [
          `    ${'ratio'.padEnd(32)} ${ratioOf(ratio)} (${spreadOf(ratio, twoDigits)})` +
            `${bound}${verdict}`,
        ]
      : []),
    ...Object.entries(notes).map(([note, value]) => `    ${note.padEnd(32)} ${value}`),
  ];
};

/** The table of docs/performance.md: a line for each row of each bench. */
export const asMarkdown = (outcomes: readonly Outcome[]): string => {
  const head = ['bench', 'ours', 'yardstick', 'ratio', 'spread', 'reach', 'kept?'];
  return table([
    head,
    ...outcomes.flatMap((one) => one.rows.map((row) => cellsOf(one.bench, row))),
  ]);
};

const cellsOf = (bench: string, row: Result): readonly string[] => {
  const { name, unit, ours, yardstick, ratio, reach, kept } = row;
  const side = (figures: (Figures & { readonly name: string }) | undefined): string =>
    figures ? `${shown(figures.median)} ${unit} (${figures.name})` : '–';
  return [
    `\`${bench}\`${name === '' ? '' : ` ${name}`}`,
    side(ours),
    side(yardstick),
    ratio ? ratioOf(ratio) : '–',
    ratio ? spreadOf(ratio, twoDigits) : '–',
    reach ? reachOf(reach) : '–',
    kept === undefined ? '–' : kept ? 'yes' : 'no',
  ];
};

/** Columns as wide as their widest cell, as the formatter wants them. */
const table = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...body] = rows;
  const widths = head.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length), 3));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
};
