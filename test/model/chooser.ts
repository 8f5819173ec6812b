import type { Role, UserId } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import type { Asker, Inputs, Kind } from './requests.ts';
import { namable } from './sources.ts';
import type { Person, World } from './world.ts';

/** Numbers that choose who, which and how much; 0 is the plainest choice. */
export interface Roll {
  readonly kind: Kind;
  readonly who: number;
  readonly which: number;
  readonly much: number;
  /** Not who should, or not what there is: a wrong actor, a stale or a forged id. */
  readonly stray: boolean;
}

/** What is chosen from. */
export interface Choice {
  readonly world: World;
  readonly strangers: readonly number[];
  /** Unlike that of any other request of the script. */
  readonly key: string;
}

type Chosen<K extends Kind> = { readonly by: Asker } & Inputs[K];
/** Makes a request of a roll. */
export type Chooser<K extends Kind> = (choice: Choice, roll: Roll) => Chosen<K>;

export const at = <T>(list: readonly T[], number: number): T | undefined =>
  list[number % Math.max(1, list.length)];

export const people = ({ world }: Choice): readonly Person[] => [...world.people.values()];

export const isFit = (person: Person): boolean => !person.isSuspended && person.hasAccepted;

/** Somebody in the role who may act; where the roll strays anybody, or nobody that exists. */
export const actor = (choice: Choice, { who, stray }: Roll, role?: Role): UserId => {
  const all = people(choice);
  if (stray) return at([...all.map(({ id }) => id), freshId<UserId>()], who) as UserId;
  const suits = all.filter((one) => isFit(one) && (role === undefined || one.role === role));
  return (at(suits, who) ?? at(all, who))?.id as UserId;
};

/** One that suits, the newest first; where the roll strays any that there is, or a forged id. */
export const thing = <I extends string>({ world }: Choice, { kind, which, stray }: Roll): I => {
  const { all, suiting } = namable(world, kind);
  const forged = which % 2 === 0 ? freshId<never>() : 'x'.repeat(which);
  const from = stray ? [...all.map(({ id }) => id), forged] : suiting.map(({ id }) => id);
  return at(from, which) as I;
};

/** Whose it is, unless the roll strays. */
export const owner = (choice: Choice, roll: Roll, id: UserId | undefined): UserId =>
  id === undefined || roll.stray ? actor(choice, roll) : id;

export const reason = ({ much }: Roll): string => (much % 23 === 22 ? '' : 'because');
