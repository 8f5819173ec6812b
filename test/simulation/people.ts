import { asUser, type Actor, type UserId } from '../../core/index.ts';
import type { Dice } from '../support/dice.ts';

/** How somebody is, all the way through. */
export type Trait =
  | 'keen'
  | 'slow'
  | 'lazy'
  | 'cheating'
  | 'small'
  | 'big'
  | 'stingy'
  | 'honest'
  | 'angry'
  | 'dawdling';

export type Part = 'worker' | 'client' | 'admin';

/** Somebody in the town. */
export interface Person {
  readonly part: Part;
  readonly trait: Trait;
  readonly telegramId: number;
  readonly name: string;
  readonly dice: Dice;
  /** On which simulated day they first come. */
  readonly firstDay: number;
  /** Set when they have registered. */
  id: UserId | undefined;
  /** They have blocked the bot. */
  isAway: boolean;
  /** On which day they acted last. */
  lastDay: number;
}

/** Somebody who has registered. */
export const actorOf = ({ id, name }: Person): Actor => {
  if (id === undefined) throw new Error(`${name} has not registered`);
  return asUser(id);
};

const FIRST_TELEGRAM_ID = 700_000_000;
const CLIENTS = 0.22;
const USERS_PER_ADMIN = 330;
const ADMINS_MIN = 4;
const ADMIN_TRAITS: readonly Trait[] = ['honest', 'honest', 'dawdling', 'angry', 'honest'];

const traitOf = (part: Exclude<Part, 'admin'>, dice: Dice): Trait => {
  const luck = dice.next();
  if (part === 'client') return luck < 0.6 ? 'small' : luck < 0.85 ? 'big' : 'stingy';
  if (luck < 0.45) return 'keen';
  return luck < 0.7 ? 'slow' : luck < 0.9 ? 'lazy' : 'cheating';
};

/** So many clients and workers, and the admins that they need; most are there from the start. */
export const recruit = (users: number, days: number, dice: Dice): readonly Person[] => {
  const admins = Math.max(ADMINS_MIN, Math.ceil(users / USERS_PER_ADMIN));
  return Array.from({ length: users + admins }, (_, index) => {
    const own = dice.fork(`person ${index}`);
    const clientsUntil = admins + Math.max(1, Math.round(users * CLIENTS));
    const part = index < admins ? 'admin' : index < clientsUntil ? 'client' : 'worker';
    return {
      part,
      trait:
        part === 'admin'
          ? (ADMIN_TRAITS[index % ADMIN_TRAITS.length] ?? 'honest')
          : traitOf(part, own),
      telegramId: FIRST_TELEGRAM_ID + index,
      name: `${part} ${index}`,
      dice: own,
      firstDay: part === 'admin' || own.chance(0.6) ? 0 : own.between(0, Math.floor(days * 0.7)),
      id: undefined,
      isAway: false,
      lastDay: -1,
    };
  });
};

/** How busy people are by the hour of Jakarta. */
const BUSY = [1, 1, 0, 0, 1, 3, 5, 7, 8, 8, 8, 9, 12, 10, 8, 8, 8, 9, 11, 14, 15, 13, 8, 3];
const BUSY_IN_ALL = BUSY.reduce((sum, one) => sum + one, 0);
const HOUR_MS = 3_600_000;

/** A moment of the day that suits people, in ms after midnight of Jakarta. */
export const momentOfDay = (dice: Dice): number => {
  let left = dice.next() * BUSY_IN_ALL;
  const hour = BUSY.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return Math.floor((Math.max(hour, 0) + dice.next()) * HOUR_MS);
};
