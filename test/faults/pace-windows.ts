import type { ApiRequest, Sandbox } from '../../adapters/sandbox/index.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { chatOf } from './calls.ts';
import type { Button } from './presses.ts';

/** So many at once after a rest, and so many a second from there on. */
export interface Rate {
  readonly rate: number;
  readonly burst: number;
}

/** Between a message's turn and its arrival, at most; a loaded machine needs it. */
const JITTER_MS = 1_000;
const SENDS = new Set(['sendMessage', 'sendPhoto', 'sendDocument', 'editMessageText']);

const sendsIn = (calls: readonly ApiRequest[]): readonly ApiRequest[] =>
  calls.filter(({ method }) => SENDS.has(method));

/** Where one of these chats got more than the pace allows, in any window of time. */
export const chatWindows = (
  calls: readonly ApiRequest[],
  chats: ReadonlySet<number>,
  rate: Rate,
): string[] =>
  [...Map.groupBy(sendsIn(calls), chatOf)]
    .filter(([chat]) => chats.has(chat))
    .flatMap(([chat, own]) => tooFast(own, rate).map((what) => `chat ${chat}: ${what}`));

/** Where all chats together got more than the pace allows. */
export const wholeWindows = (calls: readonly ApiRequest[], rate: Rate): string[] =>
  tooFast(sendsIn(calls), rate).map((what) => `all chats: ${what}`);

/** The worst window, if it is faster than the pace. */
const tooFast = (calls: readonly ApiRequest[], { rate, burst }: Rate): string[] => {
  const times = calls.map(({ at }) => Date.parse(at)).toSorted((one, other) => one - other);
  let worst = { over: 0, what: '' };
  for (const [first, from] of times.entries()) {
    for (let last = first; last < times.length; last += 1) {
      const ms = (times[last] ?? from) - from;
      const count = last - first + 1;
      const over = count - (burst + (rate * (ms + JITTER_MS)) / 1_000);
      if (over > worst.over) worst = { over, what: `${count} messages in ${ms} ms` };
    }
  }
  return worst.over > 0 ? [worst.what] : [];
};

/** What one round of presses came to. */
export interface Round {
  readonly pressed: readonly Button[];
  readonly refused: readonly Button[];
}

/**
 * Who was refused must have been told once for each row of refusals; a press that was let through
 * ends a row.
 */
export const tellings = async (
  { client }: Sandbox,
  { pressed, refused }: Round,
): Promise<{ readonly people: number; readonly times: number; readonly losses: string[] }> => {
  const { tooFast: words } = textsIn('id').common;
  const isRefused = new Set(refused);
  const losses: string[] = [];
  const told = new Map<number, number>();
  for (const [person, own] of Map.groupBy(pressed, ({ telegramId }) => telegramId)) {
    const { toasts } = await client.chat(person);
    const times = toasts.filter(({ text }) => text === words).length;
    if (times > 0) told.set(person, times);
    const rows = own.filter(
      (button, index) => isRefused.has(button) && !isRefused.has(own[index - 1] as Button),
    ).length;
    if (times !== rows) losses.push(`person ${person} was told ${times} times, not ${rows}`);
  }
  const times = [...told.values()].reduce((sum, count) => sum + count, 0);
  return { people: told.size, times, losses };
};
