import { parseArgs } from 'node:util';
import { wholeNumber } from '../support/arguments.ts';

/** What the run was asked for. */
export interface Asked {
  /** How to ask, and nothing else. */
  readonly help: boolean;
  readonly users: number;
  readonly days: number;
  /** The first one. */
  readonly seed: number;
  /** How many seeds, one after the other. */
  readonly seeds: number;
  readonly json: boolean;
  /** Where the picture goes; of several seeds, of the last. */
  readonly png: string | undefined;
  readonly faults: boolean;
}

const BOUNDS = {
  users: [10, 20_000],
  days: [1, 366],
  seed: [0, 2 ** 31],
  seeds: [1, 1_000],
} as const;
const DEFAULTS = { users: 200, days: 30, seed: 42, seeds: 1 } as const;

export const USAGE = `npm run simulate [-- options]
  --users <number>   clients and workers, ${BOUNDS.users.join(' … ')}; ${DEFAULTS.users} unless given
  --days <number>    simulated days, ${BOUNDS.days.join(' … ')}; ${DEFAULTS.days} unless given
  --seed <number>    all chance comes from it; ${DEFAULTS.seed} unless given
  --seeds <number>   so many seeds one after the other, from that one on
  --png <file>       a picture of the market over time
  --json             the report as JSON
  --no-faults        without crashes, duplicates and lost answers
  --help`;

type Bounded = keyof typeof BOUNDS;

const bounded = (name: Bounded, text: string | undefined): number =>
  text === undefined ? DEFAULTS[name] : wholeNumber(name, text, BOUNDS[name]);

/** Throws where somebody asked for what there is not. */
export const readArguments = (args: readonly string[]): Asked => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      users: { type: 'string' },
      days: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      png: { type: 'string' },
      json: { type: 'boolean', default: false },
      'no-faults': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.png?.endsWith('.png') === false) throw new Error('--png is the name of a .png file');
  return {
    help: values.help,
    users: bounded('users', values.users),
    days: bounded('days', values.days),
    seed: bounded('seed', values.seed),
    seeds: bounded('seeds', values.seeds),
    json: values.json,
    png: values.png,
    faults: !values['no-faults'],
  };
};

/** How to run the same again, one seed of it. */
export const commandFor = ({ users, days, faults }: Asked, seed: number): string =>
  `npm run simulate -- --users ${users} --days ${days} --seed ${seed}${faults ? '' : ' --no-faults'}`;
