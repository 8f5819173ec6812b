import type { ApiRequest } from '../../adapters/sandbox/index.ts';
import type { UserId } from '../../core/index.ts';
import { dropped, errorOf, succeeded, textOf } from './calls.ts';

/** A notice of the run, by its number, which stands in its text. */
export interface Notice {
  readonly number: number;
  readonly to: UserId;
  readonly telegramId: number;
}

export interface Deliveries {
  readonly notices: readonly Notice[];
  /** All calls of the bot, oldest first. */
  readonly calls: readonly ApiRequest[];
  /** Texts of each person's chat, oldest first. */
  readonly chats: ReadonlyMap<number, readonly string[]>;
  /** People who cannot be reached. */
  readonly blocked: ReadonlySet<number>;
  /** When the bot's process was gone. */
  readonly killedAt: readonly Date[];
  /** The state of each notice's message, by its dedupe key. */
  readonly states: ReadonlyMap<string, string>;
}

export interface Judged {
  /** Faults that the bot met, by kind. */
  readonly met: Readonly<Record<string, number>>;
  readonly faultsMet: number;
  readonly toBlocked: number;
  readonly arrived: number;
  readonly missing: number;
  readonly twiceAfterLostReply: number;
  readonly twiceAfterKill: number;
  readonly twiceForNoReason: number;
  readonly disorder: number;
  readonly losses: readonly string[];
}

const numberIn = (text: string): number | undefined => {
  const [, found] = /no\. (\d+)\./.exec(text) ?? [];
  return found === undefined ? undefined : Number(found);
};

/** Holds what people see and what the bot called against what was owed, notice by notice. */
export const judgeDeliveries = (deliveries: Deliveries): Judged => {
  const { notices, blocked, states } = deliveries;
  const callsOf = Map.groupBy(
    deliveries.calls.filter(({ method }) => method === 'sendMessage'),
    (call) => numberIn(textOf(call)) ?? 0,
  );
  const verdicts = notices.map((notice) => ({
    notice,
    copies: copiesOf(notice, deliveries),
    causes: causesOf(callsOf.get(notice.number) ?? [], deliveries.killedAt),
  }));
  const reachable = verdicts.filter(({ notice }) => !blocked.has(notice.telegramId));
  const missing = reachable.filter(({ copies }) => copies === 0);
  const doubled = verdicts.filter(({ copies }) => copies > 1);
  const after = (cause: keyof Causes) => doubled.filter(({ causes }) => causes[cause] > 0);
  const unexplained = verdicts.filter(
    ({ copies, causes }) => causes.none > 0 || copies > 1 + causes.lostReply + causes.kill,
  );
  const undropped = verdicts.filter(
    ({ notice, copies }) =>
      blocked.has(notice.telegramId) && copies === 0 && states.get(keyOf(notice)) !== 'dropped',
  );
  const disorder = disorderIn(deliveries);
  const met = faultsIn(deliveries.calls);
  return {
    met,
    faultsMet: Object.values(met).reduce((sum, count) => sum + count, 0),
    toBlocked: verdicts.length - reachable.length,
    arrived: verdicts.filter(({ copies }) => copies > 0).length,
    missing: missing.length,
    twiceAfterLostReply: after('lostReply').length,
    twiceAfterKill: doubled.filter(({ causes }) => causes.lostReply === 0 && causes.kill > 0)
      .length,
    twiceForNoReason: unexplained.length,
    disorder: disorder.length,
    losses: [
      ...missing.map(({ notice }) => `missing: no. ${notice.number} to ${notice.telegramId}`),
      ...unexplained.map(
        ({ notice, copies }) =>
          `no. ${notice.number} came ${copies} times: ` +
          `${(callsOf.get(notice.number) ?? []).map(lineOf).join(', ')}; ` +
          `killed ${deliveries.killedAt.map((at) => at.toISOString()).join(', ')}`,
      ),
      ...undropped.map(({ notice }) => `no. ${notice.number} neither arrived nor was dropped`),
      ...disorder,
    ],
  };
};

const lineOf = ({ at, answer }: ApiRequest): string =>
  `${at} ${answer['ok'] === true ? 'ok' : JSON.stringify(answer).slice(0, 60)}`;

const keyOf = ({ number, to }: Notice): string => `no:${number}:${to}`;

const copiesOf = ({ number, telegramId }: Notice, { chats }: Deliveries): number =>
  (chats.get(telegramId) ?? []).filter((text) => numberIn(text) === number).length;

/** Why a message was sent once more, call by call. */
interface Causes {
  readonly lostReply: number;
  readonly kill: number;
  readonly none: number;
}

/** A process that is killed has heard at most so long ago of what it had not yet recorded. */
const UNRECORDED_MS = 15_000;
/** What a process has sent may be read so much later than its death. */
const UNREAD_MS = 500;

const causesOf = (calls: readonly ApiRequest[], killedAt: readonly Date[]): Causes => {
  const causes = { lostReply: 0, kill: 0, none: 0 };
  const inOrder = calls.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  for (const [index, call] of inOrder.slice(0, -1).entries()) {
    const next = inOrder[index + 1];
    if (!next || !(succeeded(call) || dropped(call))) continue;
    if (dropped(call)) causes.lostReply += 1;
    else if (isKilledBetween(call, next, killedAt)) causes.kill += 1;
    else causes.none += 1;
  }
  return causes;
};

const isKilledBetween = (call: ApiRequest, next: ApiRequest, killedAt: readonly Date[]): boolean =>
  killedAt.some((at) => {
    const [called, again] = [Date.parse(call.at), Date.parse(next.at)];
    const killed = at.getTime();
    const isBefore = called <= killed + UNREAD_MS && killed - called <= UNRECORDED_MS;
    return isBefore && killed <= again;
  });

/** People whose notices did not first arrive in the order in which they were owed. */
const disorderIn = ({ chats }: Deliveries): string[] =>
  [...chats].flatMap(([telegramId, texts]) => {
    const numbers = texts.flatMap((text) => numberIn(text) ?? []);
    const firsts = [...new Set(numbers)];
    const isSorted = firsts.every((number, index) => number > (firsts[index - 1] ?? 0));
    return isSorted ? [] : [`person ${telegramId} read ${firsts.join(', ')}`];
  });

const faultsIn = (calls: readonly ApiRequest[]): Record<string, number> => {
  const sends = calls.filter(({ method }) => method === 'sendMessage');
  const count = (predicate: (call: ApiRequest) => boolean): number =>
    sends.filter(predicate).length;
  return {
    'met: 500': count((call) => errorOf(call) === 500),
    'met: 502 with a page': count((call) => errorOf(call) === 502),
    'met: 429': count((call) => errorOf(call) === 429),
    'met: 403': count((call) => errorOf(call) === 403),
    'met: connection cut, or hung': count(dropped),
  };
};
