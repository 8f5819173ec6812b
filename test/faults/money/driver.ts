import { setTimeout as sleep } from 'node:timers/promises';
import type { Happened } from './books.ts';
import type { Line } from './line.ts';
import { ALREADY, type Operation, type Outcome } from './operations.ts';

/** What the driver counts. */
export interface Counts {
  /** Operations that were acknowledged, each once. */
  acknowledged: number;
  /** Sent again because nobody knew how the first try had ended. */
  resent: number;
  /** Acknowledged, and sent again all the same. */
  repeated: number;
}

/** Gives operations to the worker, and again whatever it did not hear of. */
export interface Driver {
  /** Resolves to the id of what was made, once acknowledged; never where the driver was ended. */
  submit(operation: Operation): Promise<string>;
  /** Sends an acknowledged operation once more; a loss where it answers otherwise. */
  repeat(done: Happened): Promise<void>;
  /** Resolves when so many operations are acknowledged. */
  reached(count: number): Promise<void>;
  /** Ends the worker; resolves to what was never acknowledged and is never asked about again. */
  end(): readonly Operation[];
  readonly counts: Readonly<Counts>;
  /** Acknowledged, in order. */
  readonly done: readonly Happened[];
  /** What was answered that must not be, one line each. */
  readonly losses: readonly string[];
}

/** A story that cannot go on; its loss is noted. */
export class StoryEnded extends Error {}

const AGAIN_AFTER_MS = 40;

export const createDriver = (line: Line): Driver => {
  const unheard = new Set<Operation>();
  const goals = new Map<number, PromiseWithResolvers<void>>();
  const [done, losses]: [Happened[], string[]] = [[], []];
  const counts: Counts = { acknowledged: 0, resent: 0, repeated: 0 };
  let ended = false;

  /** Until somebody answers; an answer that was lost is asked for again with the same key. */
  const insist = async (operation: Operation): Promise<Outcome> => {
    for (let tries = 1; ; tries += 1) {
      const outcome = await line.attempt(operation);
      if (ended) return new Promise(() => undefined);
      if (outcome.end !== 'unknown') return afterTries(outcome, operation, tries);
      counts.resent += 1;
      await sleep(AGAIN_AFTER_MS);
    }
  };
  const acknowledge = (happened: Happened): void => {
    counts.acknowledged += 1;
    done.push(happened);
    goals.get(counts.acknowledged)?.resolve();
  };
  return {
    submit: async (operation) => {
      unheard.add(operation);
      const outcome = await insist(operation);
      unheard.delete(operation);
      if (outcome.end === 'done') {
        acknowledge({ operation, id: outcome.id });
        return outcome.id;
      }
      // Nothing in these stories may be refused: somebody changed what only they can change.
      losses.push(`${nameOf(operation)} came to ${JSON.stringify(outcome)}`);
      throw new StoryEnded();
    },
    repeat: async ({ operation, id }) => {
      const outcome = await insist(operation);
      counts.repeated += 1;
      if (outcome.end === 'done' && outcome.id === id) return;
      losses.push(`asked again, ${nameOf(operation)} answered ${JSON.stringify(outcome)}`);
    },
    reached: (count) => {
      if (counts.acknowledged >= count) return Promise.resolve();
      const goal = goals.get(count) ?? Promise.withResolvers<void>();
      goals.set(count, goal);
      return goal.promise;
    },
    end: () => {
      ended = true;
      line.cut();
      return [...unheard];
    },
    counts,
    done,
    losses,
  };
};

/** Who asks again may be told that it is done already. */
const afterTries = (outcome: Outcome, operation: Operation, tries: number): Outcome => {
  if (tries === 1 || outcome.end !== 'refused') return outcome;
  if (outcome.code !== ALREADY[operation.kind] || !('id' in operation)) return outcome;
  return { end: 'done', id: operation.id };
};

const nameOf = (operation: Operation): string =>
  `${operation.kind} ${'key' in operation ? operation.key : operation.id}`;
