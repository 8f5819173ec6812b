import type { Telegram } from 'telegraf';
import { cut } from '../delivery/fit.ts';
import type { Answer } from '../turn.ts';

const PATIENCE_MS = 1_500;
/** Longer than Telegram takes an answer to a tap. */
const REMEMBERED_MS = 20_000;
const ANSWER_MS_MAX = 3_000;
const ANSWER_LENGTH_MAX = 200;

export const NO_ANSWER: Answer = { text: '', alert: false };

/**
 * Every tap is answered within 2 s (UX-4): with its result after the commit, or, if that takes too
 * long, empty; the result then goes to the screen. `answerCallbackQuery` is the one call outside
 * the outbox: worth nothing later, harmless when it fails.
 */
export interface TapAnswers {
  /** A tap has arrived: without a result in time it is answered empty, wherever it waits then. */
  expect(queryId: string): void;
  /**
   * Whether the result may still be its answer; the same when asked again. Decided inside the
   * transaction, because it decides what the screen shows. Never for a tap that this process was
   * not told to expect: whoever received it may have answered it already.
   */
  claim(queryId: string): boolean;
  /** Answers, unless it was answered. Never throws; resolves after 3 s at the latest. */
  give(queryId: string, answer: Answer): Promise<void>;
  /** Answers what still waits, empty. */
  stop(): Promise<void>;
}

/** `waiting`: may be answered with a result; `ours`: will be; `late`: no longer; `answered`. */
type Standing = 'waiting' | 'ours' | 'late' | 'answered';

interface Tap {
  readonly standing: Standing;
  /** Answers it empty. */
  readonly patience?: NodeJS.Timeout;
  /** Until when it is remembered. */
  readonly until: number;
}

export interface TapAnswersOptions {
  readonly telegram: Pick<Telegram, 'answerCbQuery'>;
  readonly patienceMs?: number;
}

/** See {@link TapAnswers}. */
export const createTapAnswers = ({
  telegram,
  patienceMs = PATIENCE_MS,
}: TapAnswersOptions): TapAnswers => {
  const taps = new Map<string, Tap>();
  const underWay = new Set<Promise<void>>();
  const send = (queryId: string, answer: Answer): Promise<void> => {
    const sent = answerTap(telegram, queryId, answer).finally(() => underWay.delete(sent));
    underWay.add(sent);
    return sent;
  };
  const forget = (queryId: string): void => {
    clearTimeout(taps.get(queryId)?.patience);
    taps.delete(queryId);
  };
  /** Those noted first stand first: what is forgotten is found there, and no tap needs a timer. */
  const note = (queryId: string, standing: Standing): void => {
    const now = performance.now();
    forget(queryId);
    taps.set(queryId, { standing, until: now + REMEMBERED_MS });
    for (const [oldest, { until }] of taps) {
      if (until > now) break;
      taps.delete(oldest);
    }
  };
  const answerEmpty = (queryId: string): Promise<void> => {
    note(queryId, 'answered');
    return send(queryId, NO_ANSWER);
  };
  return {
    expect: (queryId) => {
      if (taps.has(queryId)) return;
      const patience = setTimeout(() => void answerEmpty(queryId), patienceMs).unref();
      taps.set(queryId, { standing: 'waiting', patience, until: Infinity });
    },
    claim: (queryId) => {
      const standing = taps.get(queryId)?.standing ?? 'late';
      note(queryId, standing === 'waiting' ? 'ours' : standing);
      return standing === 'waiting' || standing === 'ours';
    },
    give: async (queryId, answer) => {
      if (taps.get(queryId)?.standing === 'answered') return;
      // An empty answer may be one of a failure: the result of the next try comes too late for it.
      if (answer.text === '') return answerEmpty(queryId);
      forget(queryId);
      await send(queryId, answer);
    },
    stop: async () => {
      for (const [queryId, { standing }] of taps) {
        if (standing === 'waiting') void answerEmpty(queryId);
      }
      for (const queryId of taps.keys()) forget(queryId);
      await Promise.all(underWay);
    },
  };
};

/** Nobody waits long for it: a Telegram that hangs must not hold up what people do next. */
const answerTap = (
  telegram: TapAnswersOptions['telegram'],
  queryId: string,
  { text, alert }: Answer,
): Promise<void> =>
  new Promise((resolve) => {
    const enough = setTimeout(resolve, ANSWER_MS_MAX);
    const ended = (): void => {
      clearTimeout(enough);
      resolve();
    };
    telegram
      .answerCbQuery(queryId, text === '' ? undefined : cut(text, ANSWER_LENGTH_MAX), {
        show_alert: alert,
      })
      .then(ended, ended);
  });
