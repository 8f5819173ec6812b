import type { AsyncCommand } from 'fast-check';
import { strangers } from './cast.ts';
import { choose, type Roll } from './choose.ts';
import { explain, RuleBroken, type Played } from './explain.ts';
import { factsOf, differences } from './facts.ts';
import type { Ground, Scene } from './ground.ts';
import { perform } from './perform.ts';
import type { Request } from './requests.ts';
import type { World } from './world.ts';

/** What one step of a script asks: one request, or several at once. */
export interface Step {
  readonly rolls: readonly Roll[];
  /**
   * Not the rolls, but requests of before once more, to the letter (`same`) or with the key of one
   * for another content (`key`).
   */
  readonly again: 'same' | 'key' | undefined;
}

/** A script that is being played. */
export interface Play {
  readonly scene: Scene;
  readonly strangers: readonly number[];
  readonly asked: Request[];
  /** For people to read: what was asked, and what came of it. */
  readonly trace: string[];
  world: World;
}

/** Hears of everything that was asked. */
export interface Listener {
  played(one: Played): void;
  failed(play: Play, error: unknown): void;
}

export const beginPlay = async (ground: Ground): Promise<Play> => {
  const scene = await ground.begin();
  return { scene, world: scene.start, strangers: strangers(), asked: [], trace: [] };
};

/** A step as fast-check plays and shrinks it. */
export const commandOf = (step: Step, listener: Listener): AsyncCommand<Play, Play> => ({
  check: () => true,
  run: async (play) => {
    try {
      await playStep(play, step, listener);
    } catch (error) {
      listener.failed(play, error);
      throw error;
    }
  },
  toString: () => step.rolls.map(({ kind }) => kind).join(' + '),
});

const playStep = async (play: Play, step: Step, listener: Listener): Promise<void> => {
  const requests = step.rolls.map((roll, index) => requestOf(play, step, { roll, index }));
  play.asked.push(...requests);
  const ends = await Promise.allSettled(requests.map((request) => perform(play.scene, request)));
  const lines = ends.map((end, index) => traceOf(requests[index] as Request, end));
  play.trace.push(lines.join('\n   with '));
  const defect = ends.find((end) => end.status === 'rejected');
  if (defect) throw defect.reason;
  const played = ends.map((end, index): Played => {
    if (end.status === 'rejected') throw end.reason;
    return { request: requests[index] as Request, outcome: end.value };
  });
  const seen = await play.scene.look(withAll(play.world, played));
  play.world = explain(play.world, played, seen);
  for (const one of played) listener.played(one);
};

const requestOf = (
  { world, strangers: unknown, asked }: Play,
  { again }: Step,
  { roll, index }: { readonly roll: Roll; readonly index: number },
): Request => {
  const key = `key ${asked.length + index}`;
  const fresh = choose({ world, strangers: unknown, key }, roll);
  if (again === undefined) return fresh;
  const before = again === 'same' ? asked.filter(isRepeatable) : asked.filter(isKeyed);
  const earlier = before.at(-1 - (roll.which % Math.max(1, before.length)));
  if (!earlier) return fresh;
  if (again === 'same') return earlier;
  if (!isKeyed(earlier) || !isKeyed(fresh)) return earlier;
  return { ...fresh, by: earlier.by, key: earlier.key };
};

const isRepeatable = ({ kind }: Request): boolean => kind !== 'wait';
const isKeyed = (request: Request): request is Extract<Request, { key: string }> =>
  'key' in request;

/** The looks must not miss what was just made: by its id, whatever it is. */
const withAll = (world: World, played: readonly Played[]): World => {
  const more = <K, V>(map: Map<K, V>, kind: Request['kind']): Map<K, V> => {
    const made = played.filter(({ request }) => request.kind === kind);
    const ids = made.flatMap(({ outcome }) => (outcome.end === 'done' ? [outcome.id as K] : []));
    return new Map([...map, ...ids.map((id) => [id, {} as V] as const)]);
  };
  return {
    ...world,
    people: more(world.people, 'user.register'),
    takes: more(world.takes, 'task.take'),
    proofs: more(world.proofs, 'proof.submit'),
    deposits: more(world.deposits, 'deposit.request'),
    withdrawals: more(world.withdrawals, 'withdrawal.request'),
  };
};

const traceOf = (request: Request, end: PromiseSettledResult<Played['outcome']>): string => {
  const { kind, by, ...rest } = request;
  const what = JSON.stringify(rest, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  if (end.status === 'rejected') return `${kind} by ${by} ${what} → DEFECT ${String(end.reason)}`;
  const { value } = end;
  const came = value.end === 'done' ? `done ${value.says} ${value.id ?? ''}` : value.code;
  return `${kind} by ${by} ${what} → ${came.trim()}`;
};

/** Everything once more at the end of a script: what is stored, the histories, the whole ledger. */
export const endPlay = async ({ scene, world, trace }: Play): Promise<void> => {
  const wrong = differences(factsOf(world), await scene.look(world));
  for (const { id, lines } of world.people.values()) {
    const seen = await scene.linesOf(id);
    if (seen !== lines) wrong.push(`WAL-9 history ${id} has ${seen} lines, not ${lines}`);
  }
  wrong.push(...(await scene.soundness()));
  trace.push('the end');
  if (wrong.length > 0) throw new RuleBroken(wrong.join('\n'));
};

/** Ids as people read them: `worker 1`, `campaign 2`. */
export const readable = (text: string, { world }: Play): string => {
  const names = new Map<string, string>();
  for (const { id, name } of world.people.values()) names.set(id, name);
  const kinds = { campaign: world.campaigns, take: world.takes, proof: world.proofs };
  const more = { deposit: world.deposits, withdrawal: world.withdrawals };
  for (const [kind, things] of Object.entries({ ...kinds, ...more })) {
    let number = 0;
    for (const id of things.keys()) names.set(id, `${kind} ${(number += 1)}`);
  }
  return text.replaceAll(
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
    (id) => names.get(id) ?? id,
  );
};
