import { differences, factsOf, type Facts } from './facts.ts';
import type { Outcome, Request } from './requests.ts';
import { answer, type Answer } from './rules/index.ts';
import { cloneWorld, type World } from './world.ts';

/** A request, and what came of it. */
export interface Played {
  readonly request: Request;
  readonly outcome: Outcome;
}

/** The real marketplace did what the rules do not allow. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
}

/**
 * The world after these requests, which went at once: as it is after them in some order, one by
 * one, in which each came to what it really came to, and after which all is as it is seen. Throws
 * {@link RuleBroken} where there is no such order.
 */
export const explain = (before: World, played: readonly Played[], seen: Facts): World => {
  const search: Search = { seen, closest: undefined };
  const after = inSomeOrder(before, played, search);
  if (after) return after;
  throw new RuleBroken(
    played.length === 1
      ? (search.closest ?? []).join('\n')
      : ['no order of these requests explains it; closest:', ...(search.closest ?? [])].join('\n'),
  );
};

interface Search {
  readonly seen: Facts;
  /** What is wrong in the order that explains most. */
  closest: readonly string[] | undefined;
}

const inSomeOrder = (before: World, left: readonly Played[], search: Search): World | undefined => {
  if (left.length === 0) {
    const wrong = differences(factsOf(before), search.seen);
    if (wrong.length === 0) return before;
    note(search, wrong);
    return undefined;
  }
  for (const [place, { request, outcome }] of left.entries()) {
    const world = cloneWorld(before);
    const made = outcome.end === 'done' ? (outcome.id ?? '') : '';
    const expected = answer(world, request, made);
    const wrong = mismatch(expected, outcome);
    if (wrong !== undefined) {
      note(search, [`${request.kind}: ${wrong}`]);
      continue;
    }
    const rest = left.filter((_one, index) => index !== place);
    const after = inSomeOrder(world, rest, search);
    if (after) return after;
  }
  return undefined;
};

const note = (search: Search, wrong: readonly string[]): void => {
  const { closest } = search;
  if (!closest || wrong.length < closest.length) search.closest = wrong;
};

/** How the outcome is other than the rules say; undefined where it is as they say. */
const mismatch = (expected: Answer, outcome: Outcome): string | undefined => {
  if ('refused' in expected) {
    const allowed = expected.refused.join(' or ');
    if (outcome.end === 'done') return `done, but must be refused with ${allowed}`;
    if (expected.refused.includes(outcome.code)) return undefined;
    return `refused with ${outcome.code}, but must be with ${allowed}`;
  }
  if (outcome.end === 'refused') return `refused with ${outcome.code}, but must be done`;
  if (expected.id !== outcome.id) return `gave ${outcome.id}, not ${expected.id}`;
  if (expected.says === outcome.says) return undefined;
  return `answered "${outcome.says}", not "${expected.says}"`;
};
