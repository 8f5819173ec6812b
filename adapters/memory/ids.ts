import type { Id, Ids } from '../../core/kernel/index.ts';

/**
 * Growing ids in the shape of UUID v7, the same ones in every run: `series` (0 … 4095) tells apart
 * those of several makers. They are guessable: for tests, simulations and toys.
 */
export const createSequentialIds = (series = 0): Ids => {
  const prefix = `01900000-0000-7${series.toString(16).padStart(3, '0')}-8000-`;
  let count = 0;
  return {
    next: <I extends Id<string>>(): I => {
      count += 1;
      return (prefix + count.toString(16).padStart(12, '0')) as I;
    },
  };
};
