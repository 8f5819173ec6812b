import { parseArgs } from 'node:util';
import { oneOf, wholeNumber } from '../support/arguments.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

/** What the run was asked for. */
export interface Asked {
  readonly help: boolean;
  readonly seconds: number;
  readonly writers: number;
  readonly readers: number;
  readonly seed: number;
  /** Run with this defect: it must fail. */
  readonly mutant: Mutant | undefined;
  /** Every mutant must be found. */
  readonly mutants: boolean;
}

export const USAGE = `npm run bank [-- options]
  --seconds <number>  how long money is moved, and until enough was (30)
  --writers <number>  each with connections of its own (8)
  --readers <number>  who look at snapshots all the while (2)
  --seed <number>     repeats the choices of an earlier run
  --mutant <name>     with this defect, must fail: ${MUTANTS.join(', ')}
  --mutants           with each defect, 3 s each: passes where each was found
  --help`;

/** Throws where somebody asked for what there is not. */
export const readArguments = (args: readonly string[], anySeed: number): Asked => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '30' },
      writers: { type: 'string', default: '8' },
      readers: { type: 'string', default: '2' },
      seed: { type: 'string', default: `${anySeed}` },
      mutant: { type: 'string' },
      mutants: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    seconds: wholeNumber('seconds', values.seconds, [1, 3_600]),
    writers: wholeNumber('writers', values.writers, [1, 32]),
    readers: wholeNumber('readers', values.readers, [1, 8]),
    seed: wholeNumber('seed', values.seed, [1, 2 ** 31]),
    mutant: oneOf('mutant', values.mutant, MUTANTS),
    mutants: values.mutants,
  };
};
