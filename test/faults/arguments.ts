import { parseArgs } from 'node:util';
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
      seed: { type: 'string' },
      mutant: { type: 'string' },
      mutants: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const mutant = mutantNamed(values.mutant);
  const parts = partsNamed(values.only);
  if ((mutant || values.mutants) && values.only !== undefined && values.only !== 'money') {
    throw new Error('a mutant is looked for in money only');
  }
  return {
    help: values.help,
    parts: mutant ? ['money'] : parts,
    mutant,
    mutants: values.mutants,
    seed: values.seed === undefined ? anySeed : seedIn(values.seed),
  };
};

const partsNamed = (name: string | undefined): readonly Part[] => {
  if (name === undefined) return PARTS;
  const found = PARTS.find((part) => part === name);
  if (!found) throw new Error(`there is no part "${name}": ${PARTS.join(', ')}`);
  return [found];
};

const seedIn = (text: string): number => {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error('a seed is a whole number');
};
