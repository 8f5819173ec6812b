import type { Played } from './explain.ts';
import type { Kind } from './requests.ts';

/** What was played, and what came of it. */
export interface Tally {
  readonly commands: number;
  readonly scripts: number;
  /** Commands of the longest script. */
  readonly longest: number;
  /** `proof.reverse un-approved` → how often; refusals as `proof.reverse ✗ not-found`. */
  readonly done: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
  count(one: Played): void;
  script(commands: number): void;
}

export const createTally = (): Tally => {
  const [done, refused] = [new Map<string, number>(), new Map<string, number>()];
  const add = (map: Map<string, number>, what: string): void =>
    void map.set(what, (map.get(what) ?? 0) + 1);
  let [commands, scripts, longest] = [0, 0, 0];
  return {
    get commands() {
      return commands;
    },
    get scripts() {
      return scripts;
    },
    get longest() {
      return longest;
    },
    done,
    refused,
    count: ({ request: { kind }, outcome }) => {
      commands += 1;
      if (outcome.end === 'done') add(done, `${kind} ${firstWord(outcome.says)}`.trim());
      else add(refused, `${kind} ✗ ${outcome.code}`);
    },
    script: (length) => {
      scripts += 1;
      longest = Math.max(longest, length);
    },
  };
};

const firstWord = (says: string): string => /^[a-z-]*/.exec(says)?.[0] ?? '';

/** How often a kind was done: being told that it is done already is not that. */
const successesOf = ({ done }: Pick<Tally, 'done'>, kind: Kind): number =>
  [...done]
    .filter(([what]) => what.split(' ')[0] === kind && !what.endsWith(' already'))
    .reduce((sum, [, times]) => sum + times, 0);

/** What must have been done too, not only its kind. */
const WAYS: readonly string[] = [
  'user.register new',
  'user.grant-admin granted',
  'user.revoke-admin revoked',
  'deposit.approve approved',
  'proof.approve approved',
  'proof.approve already',
  'approvals.run worked',
  'proof.reverse un-approved',
  'proof.reverse un-rejected',
  'withdrawal.pay paid',
];

/** Kinds and ways that came to their end less than once in so many commands, one line each. */
export const missing = (tally: Tally, kinds: readonly Kind[], oneIn: number): string[] => {
  const least = Math.floor(tally.commands / oneIn);
  const counts = [
    ...kinds.map((kind) => [kind, successesOf(tally, kind)] as const),
    ...WAYS.map((way) => [way, tally.done.get(way) ?? 0] as const),
  ];
  return counts
    .filter(([, times]) => times < least)
    .map(([what, times]) => `${what} was done ${times} times, and must be ${least} times`);
};
