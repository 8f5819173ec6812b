import { PERMISSIONS, type Permission } from '../kernel/index.ts';
import { refuseUser } from './user.ts';

export { PERMISSIONS, type Permission } from '../kernel/index.ts';

/** One permission, or several of which any one will do. */
export type Needed = Permission | readonly Permission[];

export const anyOf = (needed: Needed): readonly Permission[] =>
  typeof needed === 'string' ? [needed] : needed;

/**
 * Whoever may search people and read their profile and timeline: who looks after them, and who adjusts
 * their money (ADM-1, ADM-3).
 */
export const TO_SEE_PEOPLE: readonly Permission[] = ['users', 'money'];

/** As they are shown and stored: each once, in order; refuses none at all. */
export const requireSome = (permissions: readonly Permission[]): readonly Permission[] => {
  const some = PERMISSIONS.filter((permission) => permissions.includes(permission));
  if (some.length === 0) throw refuseUser('user.no-permission-named');
  return some;
};

/** Of two lists as they are stored. */
export const areSame = (some: readonly Permission[], others: readonly Permission[]): boolean =>
  some.join() === others.join();
