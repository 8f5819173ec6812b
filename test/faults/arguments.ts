import { parseArgs } from 'node:util';
import { oneOf, wholeNumber } from '../support/arguments.ts';
import { MUTANTS, mutantNamed, type Mutant } from './mutants.ts';

export const PARTS = ['updates', 'slow', 'notifications', 'money', 'pace', 'stop'] as const;
export type Part = (typeof PARTS)[number];

/** What the run was asked for. */
export interface Asked {
  /** How to ask, and nothing else. */
  readonly help: boolean;
  readonly parts: readonly Part[];
  /** Run with this defect, and only where it can be found. */
  readonly mutant: Mutant | undefined;
  /** Every mutant must be found. */
  readonly mutants: boolean;
  readonly seed: number;
}

export const USAGE = `npm run faults [-- options]
  --only <part>      ${PARTS.join(', ')}
  --seed <number>    repeats the choices of an earlier run
  --mutant <name>    money with this defect, must fail: ${MUTANTS.join(', ')}
  --mutants          money with each defect: passes where each was found
  --help`;

/** Throws where somebody asked for what there is not. */
export const readArguments = (args: readonly string[], anySeed: number): Asked => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seed: { type: 'string', default: `${anySeed}` },
      mutant: { type: 'string' },
      mutants: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const mutant = mutantNamed(values.mutant);
  const only = oneOf('part', values.only, PARTS);
  if ((mutant || values.mutants) && only !== undefined && only !== 'money') {
    throw new Error('a mutant is looked for in money only');
  }
  return {
    help: values.help,
    parts: mutant ? ['money'] : only ? [only] : PARTS,
    mutant,
    mutants: values.mutants,
    seed: wholeNumber('seed', values.seed, [0, 2 ** 32]),
  };
};
