import { parseArgs } from 'node:util';
import { MUTANTS, mutantNamed, type Mutant } from './mutants.ts';

export const PARTS = ['updates', 'slow', 'notifications', 'money', 'pace', 'stop'] as const;
export type Part = (typeof PARTS)[number];

/** What the run was asked for. */
export interface Asked {
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
  --mutant <name>    ${MUTANTS.join(', ')}: must fail
  --mutants          every mutant in a short run: passes where each was found`;

/** Throws where somebody asked for what there is not. */
export const readArguments = (args: readonly string[], anySeed: number): Asked => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      mutant: { type: 'string' },
      mutants: { type: 'boolean', default: false },
    },
  });
  const mutant = mutantNamed(values.mutant);
  return {
    parts: mutant ? ['money'] : partsNamed(values.only),
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
