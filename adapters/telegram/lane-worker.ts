import { setTimeout as sleep } from 'node:timers/promises';
import type { Telegram } from 'telegraf';
import {
  languageOf,
  plusMs,
  type Clock,
  type Inbox,
  type Json,
  type Tx,
  type UnitOfWork,
  type WaitingUpdate,
} from '../../core/index.ts';
import { albumOf } from './album.ts';
import type { BotRouter } from './bot.ts';
import type { Handled, Word } from './handle-update.ts';
import { readIncoming } from './incoming.ts';
import { textsIn } from './texts/index.ts';
import type { prepareFile } from './prepare-file.ts';

const TRIES_MAX = 5;
const RETRY_BASE_MS = 500;
const ANSWER_MS_MAX = 3_000;
const ANSWER_LENGTH_MAX = 200;
const HALF = /[\ud800-\udbff]$/;

export interface LaneWorkerPorts {
  readonly botId: number;
  readonly inbox: Inbox;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly telegram: Telegram;
  readonly router: BotRouter;
  readonly prepare: ReturnType<typeof prepareFile>;
  readonly handle: (tx: Tx, waiting: WaitingUpdate, word: Word) => Promise<Handled>;
  /** Hears of failures; `parked` ones are given up and need a person. */
  readonly onFailure: (failure: LaneFailure) => void;
  /** Wakes the sender after a commit. */
  readonly onHandled: () => void;
}

export interface LaneFailure {
  readonly updateId: number;
  readonly tries: number;
  readonly parked: boolean;
  readonly error: unknown;
}

/**
 * Handles the oldest waiting update of a lane: prepare (network, no transaction), then everything
 * it causes in one transaction, then the answer to the tap. Resolves to whether to look for another
 * one: not where the lane is empty, or in the hands of another process.
 */
export const workLane =
  (ports: LaneWorkerPorts) =>
  async (lane: number): Promise<boolean> => {
    const waiting = await ports.inbox.peek(ports.botId, lane, ports.clock.now());
    if (!waiting) return false;
    try {
      await prepare(ports, waiting);
      const handled = await commit(ports, waiting);
      if (!handled) return false;
      ports.onHandled();
      if (handled.answer) await answerTap(ports, handled.answer);
    } catch (error) {
      await fail(ports, waiting, error);
    }
    return true;
  };

const prepare = async (ports: LaneWorkerPorts, waiting: WaitingUpdate): Promise<void> => {
  const word = readIncoming(waiting.payload);
  if (word.kind !== 'file' || waiting.prepared !== null) return;
  const { use, settings } = await ports.unitOfWork.run(async (tx) => {
    const user = await tx.users.findByTelegramId(word.from.id);
    const conversation = user && (await tx.conversations.find(user.id));
    const flow = ports.router.flow(conversation?.flow ?? '');
    const { albumId } = word.file;
    const passedOver =
      albumId !== undefined && conversation !== undefined && albumOf(conversation) === albumId;
    return {
      use: passedOver ? undefined : flow?.accepts(conversation?.step ?? ''),
      settings: await tx.settings.current(),
    };
  });
  if (!use) return;
  const prepared: Json = await ports.prepare({ file: word.file, use, settings });
  await ports.inbox.notePrepared(ports.botId, waiting.updateId, prepared);
};

/** Undefined where another process has the lane, or has handled that very update meanwhile. */
const commit = (
  ports: LaneWorkerPorts,
  { botId, lane, updateId }: WaitingUpdate,
): Promise<Handled | undefined> =>
  ports.unitOfWork.run(async (tx) => {
    const waiting = await tx.inbox.take(botId, lane, ports.clock.now());
    if (waiting?.updateId !== updateId) return undefined;
    const word = readIncoming(waiting.payload);
    const handled =
      word.kind === 'ignored' ? { answer: null } : await ports.handle(tx, waiting, word);
    await tx.inbox.done(botId, updateId, ports.clock.now());
    return handled;
  });

/**
 * The one call outside the outbox: worth nothing later, harmless when it fails. The lane does not
 * wait long for it: a Telegram that hangs must not hold up what people do next.
 */
const answerTap = async (
  { telegram }: LaneWorkerPorts,
  { queryId, text, alert }: NonNullable<Handled['answer']>,
): Promise<void> => {
  const answered = telegram
    .answerCbQuery(queryId, text === '' ? undefined : cut(text), { show_alert: alert })
    .catch(() => undefined);
  const patience = new AbortController();
  const enough = sleep(ANSWER_MS_MAX, undefined, { signal: patience.signal });
  await Promise.race([answered, enough]);
  patience.abort();
  await enough.catch(() => undefined);
};

/** By whole characters: half of one would make Telegram refuse the answer. */
const cut = (text: string): string =>
  text.length <= ANSWER_LENGTH_MAX ? text : text.slice(0, ANSWER_LENGTH_MAX).replace(HALF, '');

const fail = async (
  ports: LaneWorkerPorts,
  waiting: WaitingUpdate,
  error: unknown,
): Promise<void> => {
  const tries = waiting.tries + 1;
  const parked = tries >= TRIES_MAX;
  const { botId, updateId } = waiting;
  ports.onFailure({ updateId, tries, parked, error });
  const retryAt = parked ? null : plusMs(ports.clock.now(), RETRY_BASE_MS * 2 ** tries);
  const message = error instanceof Error ? error.message : String(error);
  await ports.inbox.noteFailure({ botId, updateId, error: message, retryAt });
  if (parked) await apologise(ports, waiting);
};

/**
 * No silence (UX-4): best effort, for what could not be handled has no transaction to write it in.
 */
const apologise = async (
  { telegram }: LaneWorkerPorts,
  { payload }: WaitingUpdate,
): Promise<void> => {
  const word = readIncoming(payload);
  if (word.kind === 'ignored') return;
  const { apology } = textsIn(languageOf(word.from.language_code)).common;
  await telegram.sendMessage(word.from.id, apology).catch(() => undefined);
};
