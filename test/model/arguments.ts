import { parseArgs } from 'node:util';
import { oneOf, wholeNumber } from '../support/arguments.ts';

const GROUNDS = ['memory', 'postgres'] as const;

/** What the run was asked for. */
export interface Asked {
  readonly help: boolean;
  readonly on: (typeof GROUNDS)[number];
  readonly commands: number;
  readonly seed: number;
  readonly parallel: boolean;
  /** Scripts that are played at once, each in a database of its own. */
  readonly lanes: number;
}

export const USAGE = `npm run model [-- options]
  --on <ground>       memory or postgres (postgres)
  --commands <number> how many requests (50000)
  --parallel          steps of up to six requests at once
  --lanes <number>    scripts played at once, each in a database of its own (4)
  --seed <number>     repeats the choices of an earlier run
  --help`;

/** Throws where somebody asked for what there is not. */
export const readArguments = (args: readonly string[], anySeed: number): Asked => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      on: { type: 'string' },
      commands: { type: 'string', default: '50000' },
      parallel: { type: 'boolean', default: false },
      lanes: { type: 'string', default: '4' },
      seed: { type: 'string', default: `${anySeed}` },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    on: oneOf('ground', values.on, GROUNDS) ?? 'postgres',
    help: values.help,
    parallel: values.parallel,
    commands: wholeNumber('commands', values.commands, [1, 10_000_000]),
    lanes: wholeNumber('lanes', values.lanes, [1, 16]),
    seed: wholeNumber('seed', values.seed, [1, 2 ** 31]),
  };
};
