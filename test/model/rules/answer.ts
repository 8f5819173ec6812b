import type { Permission, Role, UserId } from '../../../core/index.ts';
import type { Asker, Kind, RequestOf } from '../requests.ts';
import type { Person, World } from '../world.ts';

/**
 * What the rules say of a request: every code with which it may be refused, or what comes of it.
 * Where several rules are broken at once they do not say which one is named first.
 */
export type Answer =
  | { readonly refused: readonly string[] }
  | { readonly id?: string | undefined; readonly says: string };

/**
 * Changes the world as the rules demand, or not at all. `made` is the id that whatever is made here
 * was given.
 */
export type Rule<K extends Kind> = (world: World, request: RequestOf<K>, made: string) => Answer;

export type Rules = { readonly [K in Kind]: Rule<K> };

export const done = (says = '', id?: string): Answer => ({ says, id });
export const refused = (...codes: readonly string[]): Answer => ({ refused: codes });

/** The codes whose condition holds. */
export const broken = (codes: Readonly<Record<string, boolean>>): string[] =>
  Object.entries(codes)
    .filter(([, isBroken]) => isBroken)
    .map(([code]) => code);

/** The answer where any rule is broken; undefined where none is. */
export const unless = (codes: Readonly<Record<string, boolean>>): Answer | undefined => {
  const refusals = broken(codes);
  return refusals.length > 0 ? refused(...refusals) : undefined;
};

/** ACC-5, ACC-6, ACC-8: what keeps this person from acting in this role. */
const unfitFor = (person: Person, role: Role | undefined): string[] =>
  broken({
    'user.suspended': person.isSuspended,
    'user.terms-not-accepted': !person.hasAccepted,
    'user.role-missing': person.role === null,
    'user.role-required': role !== undefined && person.role !== null && person.role !== role,
  });

/** ADM-1: an admin without this right. */
export const lacks = ({ role, may }: Person, right: Permission | undefined): boolean =>
  right !== undefined && role === 'admin' && !may.includes(right);

type Acting = { readonly person: Person } | { readonly no: Answer };

/** Who asks, fit to act in the role, with this right; any role where none is named. */
export const acting = (
  world: World,
  by: Asker,
  ...[role, right]: readonly [Role?, Permission?]
): Acting => {
  const person = world.people.get(by as UserId);
  if (!person) return { no: refused('not-found') };
  const reasons = [
    ...unfitFor(person, role),
    ...broken({ 'user.permission-required': lacks(person, right) }),
  ];
  return reasons.length > 0 ? { no: refused(...reasons) } : { person };
};

type KeyUse = { readonly replay: Answer } | { readonly use: (id: string) => void };

/** Whose key it is. */
interface Keeper {
  readonly id: string;
}

/** WAL-7: same key and content, the first result again; other content, refused. */
export const keyed = (world: World, person: Keeper, key: string, content: string): KeyUse => {
  const own = `${person.id} ${key}`;
  const earlier = world.keys.get(own);
  if (!earlier) return { use: (id) => void world.keys.set(own, { content, id }) };
  return {
    replay: earlier.content === content ? done('', earlier.id) : refused('wallet.key-reused'),
  };
};

/** WAL-1 */
export const outside = (amount: bigint, { min, max }: { min: bigint; max: bigint }) => ({
  'money.too-small': amount <= 0n || amount < min,
  'money.too-large': amount > max && amount > 0n,
});
