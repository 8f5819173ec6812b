import {
  asRefusal,
  DAY_MS,
  type Actor,
  type Core,
  type Inbox,
  type Tx,
  type UnitOfWork,
  type UseCases,
} from '../../core/index.ts';
import type { Dice } from '../support/dice.ts';
import { Crash, ReplyLost, type Crashes } from './crashes.ts';
import { createInboxRoute } from './inbox-route.ts';
import { createOutcomes } from './outcomes.ts';
import { demand } from './rule-broken.ts';
import type { Counts } from './tallies.ts';
import type { Timetable } from './timetable.ts';

/** What came back. `again`: asked once more, after an answer that got lost behind its commit. */
export type Answer<T> =
  | { readonly done: true; readonly value: T; readonly again: boolean }
  | {
      readonly done: false;
      readonly code: string;
      readonly details: unknown;
      readonly again: boolean;
    };

/** Something that somebody asks of the core. */
export interface Request<T> {
  /** Of the use case: `tasks.take`. */
  readonly name: string;
  readonly actor: Actor;
  /** The lane of the person's updates; absent where it does not come by the inbox. */
  readonly lane?: number;
  readonly call: (core: UseCases) => Promise<T>;
  /** What the run believes once it has the answer, also one to a duplicate. */
  readonly learn?: (answer: Answer<T>) => void;
  /** Whether the same request again must give the same answer (WAL-7). */
  readonly hasKey?: boolean;
  /** What of the answer goes into the digest. */
  readonly says?: (value: T) => string;
}

/** Learns the first answer that is no refusal: to a request, or to a duplicate of it. */
export const once = <T>(learn: (value: T) => void): NonNullable<Request<T>['learn']> => {
  let isLearnt = false;
  return (answer) => {
    if (!answer.done || isLearnt) return;
    isLearnt = true;
    learn(answer.value);
  };
};

type Silence = 'crashed' | 'lost';

/** Whether it happened: now, or before the answer got lost. */
export const happened = <T>(answer: Answer<T>, ...codes: readonly string[]): boolean =>
  answer.done || (answer.again && codes.includes(answer.code));

/** What a network lies between. */
export interface NetworkNeeds {
  readonly core: Core;
  readonly inbox: Inbox;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly crashes: Crashes;
  readonly timetable: Timetable;
  readonly dice: Dice;
  readonly faults: boolean;
  readonly operations: Counts;
  readonly refusals: Counts;
  readonly survived: Counts;
  /** How many rows there are: a crash must leave as many. */
  readonly sizes: () => string;
}

const LATE_MS = 2 * DAY_MS;
const CRASH = 0.004;
const LOST_COMMIT = 0.004;
const LOST_REPLY = 0.006;
const DUPLICATE = 0.015;
const BY_INBOX = 0.03;

/** One try of a request. */
const attempting = (needs: NetworkNeeds) => {
  const { core, dice, crashes, survived } = needs;
  const byInbox = createInboxRoute(needs);
  return async <T>(
    request: Request<T>,
    { again = false, rows }: { readonly again?: boolean; readonly rows?: string } = {},
  ): Promise<Answer<T> | Silence> => {
    try {
      const { lane } = request;
      const byUpdate = lane !== undefined && !again && needs.faults && dice.chance(BY_INBOX);
      const value = await (byUpdate ? byInbox(request, lane) : request.call(core));
      return { done: true, value, again };
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal) return { done: false, code: refusal.code, details: refusal.details, again };
      if (error instanceof ReplyLost) return 'lost';
      if (!(error instanceof Crash)) throw error;
      survived.add('crashes inside a transaction');
      const left = needs.sizes();
      demand(
        rows === undefined || left === rows,
        'REV-3',
        () => `a crash left ${left}, not ${rows}`,
      );
      return 'crashed';
    } finally {
      crashes.spared();
    }
  };
};

/** Everything between people and the core: delays, duplicates, crashes, answers that get lost. */
export const createNetwork = (needs: NetworkNeeds) => {
  const { timetable, dice, crashes, operations, refusals, survived } = needs;
  const outcomes = createOutcomes();
  const attempt = attempting(needs);

  const threaten = (what: 'crash' | 'lose reply'): void =>
    crashes.threaten({ what, atCall: dice.between(1, 24), after: 0 });

  const record = <T>(request: Request<T>, answer: Answer<T>): void => {
    operations.add(request.name);
    if (!answer.done) {
      refusals.add(answer.code);
      const isWall = answer.code === 'wallet.overdrawn';
      demand(!isWall, 'WAL-4', () => `${request.name} ran into the wall of the ledger`);
    }
    const said = answer.done ? (request.says?.(answer.value) ?? 'ok') : answer.code;
    outcomes.write(`${timetable.moment()} ${request.name} ${request.lane ?? '-'} ${said}`);
    request.learn?.(answer);
  };

  /** Asks until there is an answer, as people do. */
  const insist = async <T>(request: Request<T>): Promise<Answer<T>> => {
    for (;;) {
      const chance = needs.faults && timetable.isAlone() ? dice.next() : 1;
      if (chance < LOST_COMMIT) threaten('lose reply');
      const isDoomed = chance >= LOST_COMMIT && chance < LOST_COMMIT + CRASH;
      if (isDoomed) threaten('crash');
      const answer = await attempt(request, isDoomed ? { rows: needs.sizes() } : {});
      if (answer === 'lost') {
        survived.add('answers lost behind their commit');
        const second = await attempt(request, { again: true });
        demand(typeof second === 'object', 'NTF-2', () => `${request.name} was not answered again`);
        if (typeof second === 'object') return second;
      } else if (typeof answer === 'object') return answer;
      await timetable.pause(dice.between(500, 30_000));
    }
  };

  /** The same request once more: where it has a key, the answer is the first one. */
  const repeat = async <T>(request: Request<T>, first: Answer<T>): Promise<void> => {
    const second = await attempt(request);
    if (typeof second !== 'object') return;
    survived.add('duplicates answered');
    const [before, now] = [first, second].map((one) => (one.done ? request.says?.(one.value) : ''));
    const isSame = !request.hasKey || !first.done || !second.done || before === now;
    demand(isSame, 'WAL-7', () => `${request.name} twice: ${before}, then ${now}`);
    record(request, second);
  };

  const send = async <T>(request: Request<T>): Promise<Answer<T>> => {
    const fromAfar = request.lane !== undefined;
    if (fromAfar) await timetable.pause(40 + dice.next() ** 4 * 8_000);
    const answer = await insist(request);
    record(request, answer);
    if (!fromAfar || !needs.faults) return answer;
    const again = (ms: number): void =>
      timetable.at(timetable.moment() + ms, () => timetable.begin(repeat(request, answer)));
    if (dice.chance(DUPLICATE))
      again(dice.chance(0.7) ? dice.between(0, 5_000) : dice.between(0, LATE_MS));
    if (dice.chance(LOST_REPLY)) {
      await timetable.pause(dice.between(3_000, 60_000));
      survived.add('answers lost on their way');
      await repeat(request, answer);
    }
    return answer;
  };

  return { send, ...outcomes };
};

export type Network = ReturnType<typeof createNetwork>;
