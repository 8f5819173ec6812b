import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * A Bot API in a process of its own, whose time counts for nobody but itself. It hands out updates
 * of many people, answers every call at once and keeps no chats: what it knows is when an update was
 * due and when its answers came.
 */
export interface StubTelegram {
  /** For `BOT_TOKEN` and `TELEGRAM_API_ROOT`. */
  readonly token: string;
  readonly url: string;
  /** Begins to hand out, and to count anew; what was left of the load before is forgotten. */
  load(load: Load): Promise<void>;
  /**
   * Resolves when so many updates of the load had their answer (absent: all). Rejects where none
   * comes for a minute.
   */
  answered(count?: number): Promise<void>;
  /** How the load has fared so far. */
  report(): Promise<Report>;
  stop(): Promise<void>;
}

/** What people say: the k-th update is by person `k % people`. */
export interface Load {
  readonly updates: number;
  readonly people: number;
  /** The Telegram id of the first; theirs follow on it. Default: a million. */
  readonly firstPerson?: number;
  /** Of several the next with each update. */
  readonly says: Says | readonly Says[];
  /**
   * How many become due a second, whatever was answered; absent: all are due at once. An update's
   * time begins when it is due, not when the bot asks.
   */
  readonly perSecond?: number;
  /** After how many ms the bot hears of each call that it was done. Default: at once. */
  readonly awayMs?: number;
  /** A person says nothing more until they were answered. */
  readonly inTurn?: boolean;
  /**
   * What an answer is. `tap`: the call of answerCallbackQuery. `marked`: a message sent or edited in
   * which `#<n>` stands. `message`: any message sent or edited, for the oldest that has none yet.
   */
  readonly answer: 'tap' | 'marked' | 'message';
}

/** `{n}` stands for the update's number in its load, from 0. */
export type Says =
  | { readonly text: string }
  /** On the newest message with buttons in their chat. */
  | { readonly tap: string };

export interface Report {
  readonly handedOut: number;
  readonly answered: number;
  /** From due to its answer, update by update; NaN where none came. */
  readonly ms: Float64Array;
  /** The same to the call of answerCallbackQuery, and to the first message `#<n>`. */
  readonly tapMs: Float64Array;
  readonly screenMs: Float64Array;
  /** From the first update's due to the last answer. */
  readonly totalMs: number;
  /** Calls since the load began, by method. */
  readonly calls: Readonly<Record<string, number>>;
  /** Answers beyond the first of an update. */
  readonly repeated: number;
  /** Answers that came before that of an earlier update of the same person. */
  readonly outOfOrder: number;
}

/** What the process is asked for. */
export type Request =
  | { readonly ask: 'load'; readonly load: Load }
  | { readonly ask: 'answered'; readonly count: number | undefined }
  | { readonly ask: 'report' };

/** Each request has a number, under which it is answered. */
export type Asked = Request & { readonly id: number };
export type Told =
  | { readonly port: number }
  | { readonly id: number; readonly value?: unknown; readonly error?: string };

/** The bot's id, before the colon. */
export const STUB_TOKEN = '700001:stub-telegram-token';

/** Starts one; it ends with this process at the latest. */
export const startStubTelegram = async (): Promise<StubTelegram> => {
  const child = fork(new URL('stub-telegram-process.ts', import.meta.url), {
    serialization: 'advanced',
    execArgv: [],
  });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  const ended = once(child, 'exit');
  let asked = 0;
  const [first] = (await Promise.race([
    once(child, 'message'),
    ended.then(() => Promise.reject(new Error('the stub of Telegram did not start'))),
  ])) as [Told];
  if (!('port' in first)) throw new Error('the stub of Telegram says its port first');
  child.on('message', (told: Told) => {
    if (!('id' in told)) return;
    const waiting = open.get(told.id);
    open.delete(told.id);
    if (told.error === undefined) waiting?.resolve(told.value);
    else waiting?.reject(new Error(told.error));
  });
  const ask = (request: Request): Promise<unknown> => {
    asked += 1;
    const waiting = Promise.withResolvers<unknown>();
    open.set(asked, waiting);
    child.send({ ...request, id: asked } satisfies Asked);
    return waiting.promise;
  };
  return {
    token: STUB_TOKEN,
    url: `http://127.0.0.1:${first.port}`,
    load: async (load) => void (await ask({ ask: 'load', load })),
    answered: async (count) => void (await ask({ ask: 'answered', count })),
    report: async () => (await ask({ ask: 'report' })) as Report,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
};
