import type { State } from './state.ts';

/** The tables and logs of all that is remembered, by name. */
const partsOf = (state: State): [string, State[keyof State]][] => Object.entries(state);

/** Every row that is stored, by table: two states are equal where these are. */
export const everythingIn = (state: State): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    partsOf(state).flatMap(([name, part]): [string, readonly unknown[]][] => {
      if ('need' in part) return [[name, [...part.values()]]];
      return 'append' in part ? [[name, [...part.all()]]] : [];
    }),
  );

/** How many rows each table has. */
export const sizesOf = (state: State): Readonly<Record<string, number>> =>
  Object.fromEntries(
    partsOf(state).flatMap(([name, part]): [string, number][] => {
      if ('need' in part) return [[name, part.size()]];
      return 'append' in part ? [[name, part.all().length]] : [];
    }),
  );
