import type { UserId } from '../../core/index.ts';
import { balance, escrowOf, holdOf, targetOf, walletOf, type World } from './world.ts';

/** What can be seen, by what it is about: `campaign 0199…` → `active by - …`. */
export type Facts = ReadonlyMap<string, string>;

type Value = string | number | bigint | boolean | null | undefined;

/** One line of facts, the same for the model and for what is stored. */
export const line = (...values: readonly Value[]): string =>
  values.map((value) => value ?? '-').join(' ');

/** Not so the take that a reversal makes: nobody is told its id. */
export const isNamed = (id: string): boolean => !id.startsWith('again');

/** All that must be seen in this world. */
export const factsOf = (world: World): Facts => {
  const facts = new Map<string, string>();
  for (const person of world.people.values()) {
    const { id, role, former, may, isSuspended, hasAccepted } = person;
    const status = isSuspended ? 'suspended' : 'active';
    facts.set(`user ${id}`, line(role, former, may.join(), status, hasAccepted ? 1 : null));
    facts.set(`wallet ${id}`, line(balance(world, walletOf(id))));
    facts.set(`hold ${id}`, line(balance(world, holdOf(id))));
    facts.set(`open ${id}`, line(...Object.values(openThings(world, id))));
  }
  for (const campaign of world.campaigns.values()) {
    const { id, status, pausedBy, reason, slots } = campaign;
    const { available, taken, review, approved, closed } = slots;
    const states = line(available, taken, review, approved, closed);
    const counts = line(targetOf(campaign), approved, closed);
    const escrow = balance(world, escrowOf(id));
    facts.set(`campaign ${id}`, line(status, pausedBy, reason, counts, states, escrow));
  }
  for (const { id, worker, status } of world.takes.values()) {
    if (!isNamed(id)) continue;
    facts.set(`take ${id}`, line(worker, status));
  }
  for (const { id, verdicts } of world.proofs.values()) {
    const said = verdicts.map(({ verdict, by }) => line(verdict, by));
    facts.set(`proof ${id}`, line(verdicts.at(-1)?.verdict ?? 'pending', ...said));
  }
  for (const { id, status, claimed, credited, by } of world.deposits.values()) {
    facts.set(`deposit ${id}`, line(status, claimed, credited, by));
  }
  for (const one of world.withdrawals.values()) {
    const flags = line(one.isNewNumber, one.isToppedUp, one.needsSecond);
    const hands = line(one.endorsed, one.claim, one.by);
    facts.set(`withdrawal ${one.id}`, line(one.status, one.amount, hands, flags));
  }
  facts.set('revenue', line(balance(world, 'revenue')));
  facts.set('outside', line(balance(world, 'outside')));
  return facts;
};

/** ACC-3: what stands in the way of a change of role. */
export const openThings = (world: World, id: UserId) => {
  const count = <T>(things: Map<unknown, T>, isOpen: (one: T) => boolean): number =>
    [...things.values()].filter(isOpen).length;
  const waits = ({ owner, status }: { owner: UserId; status: string }): boolean =>
    owner === id && status === 'pending';
  const takes = (status: string) =>
    count(world.takes, (take) => take.worker === id && take.status === status);
  return {
    campaigns: count(
      world.campaigns,
      ({ owner, status }) => owner === id && (status === 'active' || status === 'paused'),
    ),
    taken: takes('taken'),
    review: takes('pending_review'),
    deposits: count(world.deposits, waits),
    withdrawals: count(world.withdrawals, waits),
  };
};

/** Where the two differ, one line each. */
export const differences = (expected: Facts, seen: Facts): string[] =>
  [...new Set([...expected.keys(), ...seen.keys()])]
    .filter((what) => expected.get(what) !== seen.get(what))
    .map((what) => {
      const [should, is] = [expected.get(what) ?? 'not there', seen.get(what) ?? 'not there'];
      return `${what} is "${is}", not "${should}"`;
    });
