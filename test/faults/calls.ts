import type { ApiRequest, Sandbox } from '../../adapters/sandbox/index.ts';
import type { Cleanup } from '../support/cleanup.ts';

/** Every call that the bot made, also those that the sandbox has forgotten since. */
export interface Calls {
  readonly all: readonly ApiRequest[];
  /** Resolves when `count` calls satisfy the predicate. */
  reached(count: number, predicate: (call: ApiRequest) => boolean): Promise<void>;
  /** Reads what has come until now. */
  catchUp(): Promise<void>;
}

interface Goal {
  readonly predicate: (call: ApiRequest) => boolean;
  left: number;
  readonly resolve: () => void;
}

const HOLD_MS = 1_000;

/** Follows the log of a sandbox from now on. */
export const followCalls = ({ url }: Sandbox, cleanup: Cleanup): Calls => {
  const all: ApiRequest[] = [];
  const goals = new Set<Goal>();
  let stopped = false;
  const read = async (waitMs: number): Promise<void> => {
    const after = all.at(-1)?.sequence ?? 0;
    const response = await fetch(`${url}/sandbox/requests?after=${after}&waitMs=${waitMs}`);
    const last = all.at(-1)?.sequence ?? 0;
    const calls = ((await response.json()) as ApiRequest[]).filter((one) => one.sequence > last);
    for (const call of calls) {
      all.push(call);
      for (const goal of goals) count(goal, call);
    }
  };
  const count = (goal: Goal, call: ApiRequest): void => {
    if (!goal.predicate(call)) return;
    goal.left -= 1;
    if (goal.left > 0) return;
    goals.delete(goal);
    goal.resolve();
  };
  const following = (async () => {
    while (!stopped) await read(HOLD_MS);
  })().catch((error: unknown) => {
    if (!stopped) throw error;
  });
  cleanup.later(async () => {
    stopped = true;
    await following;
  });
  return {
    all,
    reached: (left, predicate) =>
      new Promise((resolve) => {
        const goal = { predicate, left, resolve };
        goals.add(goal);
        for (const call of all) if (goals.has(goal)) count(goal, call);
      }),
    catchUp: () => read(0),
  };
};

/** Whether the call took effect and the bot heard so. */
export const succeeded = ({ answer }: ApiRequest): boolean => answer['ok'] === true;

/** Whether the bot cannot know how the call ended. */
export const dropped = ({ answer }: ApiRequest): boolean => answer['dropped'] === true;

/** The HTTP status of an error, as a page or in an envelope; undefined where it is none. */
export const errorOf = ({ answer }: ApiRequest): number | undefined => {
  const code = answer['error_code'];
  return typeof code === 'number' ? code : undefined;
};

export const textOf = ({ params }: ApiRequest): string => {
  const text = params['text'];
  return typeof text === 'string' ? text : '';
};
export const chatOf = ({ params }: ApiRequest): number => Number(params['chat_id']);
