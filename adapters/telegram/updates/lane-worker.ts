import type { Telegram } from 'telegraf';
import {
  asSystem,
  languageOf,
  plusMs,
  type Clock,
  type Core,
  type Ids,
  type Inbox,
  type Tx,
  type UnitOfWork,
  type UpdateParked,
  type WaitingUpdate,
} from '../../../core/index.ts';
import type { BotRouter } from '../bot.ts';
import type { Handled, handleUpdate } from './handle-update.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import type { prepareFile } from './prepare-file.ts';
import { prepareUpdate } from './prepare-update.ts';
import { NO_ANSWER, type TapAnswers } from './tap-answers.ts';
import { textsIn } from '../texts/index.ts';

const TRIES_MAX = 5;
const RETRY_BASE_MS = 500;
const RETRY_MS_MAX = 60_000;
const OUTAGE_MS = 1_000;
const ERROR_LENGTH_MAX = 500;

export interface LaneWorkerPorts {
  readonly botId: number;
  readonly core: Pick<Core, 'channel'>;
  readonly inbox: Inbox;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telegram: Telegram;
  readonly router: BotRouter;
  readonly prepare: ReturnType<typeof prepareFile>;
  readonly handle: ReturnType<typeof handleUpdate>;
  readonly answers: Pick<TapAnswers, 'give'>;
  /** Whether an error is the database's own trouble, which says nothing of the update. */
  readonly isOutage: (error: unknown) => boolean;
  /** The text without secrets and personal data: it is stored with the update. */
  readonly redact: (text: string) => string;
  /** Hears of failures; `parked` ones are given up and need a person. */
  readonly onFailure: (failure: LaneFailure) => void;
  /** Wakes the sender: there may be something to say. */
  readonly onHandled: () => void;
  /** A job has work that it need not wait for its minute with. */
  readonly onOrder: () => void;
  /** Hears how each update fared, for the figures. */
  readonly onDone: (done: UpdateDone) => void;
}

export interface LaneFailure {
  readonly updateId: number;
  /** How often it has failed; where Telegram withholds a file, how often that was tried. */
  readonly tries: number;
  readonly parked: boolean;
  readonly error: unknown;
}

/** How one try to handle an update ended. */
export interface UpdateDone {
  readonly kind: Incoming['kind'];
  readonly outcome: Handled['outcome'] | 'failed' | 'parked';
  readonly ms: number;
}

interface Ground {
  readonly waiting: WaitingUpdate;
  readonly word: Incoming;
}

/**
 * Handles the oldest waiting update of a lane: prepare (network, no transaction), then everything
 * it causes in one transaction, then the answer to the tap. Resolves to whether to look for another
 * one: not where the lane is empty, in the hands of another process, or the database is away.
 */
export const workLane =
  (ports: LaneWorkerPorts) =>
  async (lane: number): Promise<boolean> => {
    const waiting = await ports.inbox.peek(ports.botId, lane, ports.clock.now());
    if (!waiting) return false;
    const ground = { waiting, word: readIncoming(waiting.payload) };
    const begun = performance.now();
    const done = (outcome: UpdateDone['outcome']): void =>
      ports.onDone({ kind: ground.word.kind, outcome, ms: performance.now() - begun });
    let handled: Handled | undefined;
    try {
      if (!(await prepare(ports, ground))) {
        done('failed');
        ports.onHandled(); // the person is told that it takes longer
        return true;
      }
      handled = await commit(ports, ground);
    } catch (error) {
      const failed = await fail(ports, ground, error);
      done(failed.parked ? 'parked' : 'failed');
      return failed.noted;
    }
    if (!handled) return false;
    done(handled.outcome);
    ports.onHandled();
    if (handled.hasOrdered) ports.onOrder();
    // Not waited for: a slow Telegram holds up nobody's next word; `answers.stop` waits for it.
    if (handled.answer) void ports.answers.give(handled.answer.queryId, handled.answer);
    return true;
  };

const prepare = (ports: LaneWorkerPorts, { waiting, word }: Ground): Promise<boolean> => {
  const { updateId } = waiting;
  const onUnavailable = (error: Error, tries: number): void =>
    ports.onFailure({ updateId, tries, parked: false, error });
  return prepareUpdate({ ...ports, onUnavailable })(waiting, word);
};

/** Undefined where another process has the lane, or has handled that very update meanwhile. */
const commit = (
  ports: LaneWorkerPorts,
  { waiting: { botId, lane, updateId }, word }: Ground,
): Promise<Handled | undefined> =>
  ports.unitOfWork.run(async (tx) => {
    const taken = await tx.inbox.take(botId, lane, ports.clock.now());
    if (taken?.updateId !== updateId) return undefined;
    const handled: Handled =
      word.kind === 'ignored'
        ? { answer: null, outcome: 'handled' }
        : await ports.handle(tx, taken, word);
    const tempo = handled.tempo === taken.tempo ? undefined : handled.tempo;
    const at = ports.clock.now();
    await tx.inbox.done({ botId, updateId, at, ...(tempo && { tempo }) });
    return handled;
  });

/**
 * Puts the update off; after too many tries that were its own fault it is parked. `noted` is false
 * where not even that could be stored: the next sweep finds it again.
 */
const fail = async (
  ports: LaneWorkerPorts,
  ground: Ground,
  error: unknown,
): Promise<{ readonly parked: boolean; readonly noted: boolean }> => {
  const { botId, updateId, tries: before } = ground.waiting;
  const counts = !ports.isOutage(error);
  const tries = before + (counts ? 1 : 0);
  const text = textOf(ports, error);
  const ended = counts && tries >= TRIES_MAX ? await park(ports, ground, text) : undefined;
  const parked = ended?.parked ?? false;
  ports.onFailure({ updateId, tries, parked, error });
  const pauseMs = counts ? Math.min(RETRY_MS_MAX, RETRY_BASE_MS * 2 ** tries) : OUTAGE_MS;
  const retryAt = plusMs(ports.clock.now(), pauseMs);
  const noted =
    ended !== undefined ||
    (await ports.inbox.noteFailure({ botId, updateId, error: text, retryAt, counts }).then(
      () => true,
      () => false, // as away as what was told just now
    ));
  if (ground.word.kind === 'tap') void ports.answers.give(ground.word.queryId, NO_ANSWER);
  return { parked, noted };
};

const textOf = ({ redact }: LaneWorkerPorts, error: unknown): string =>
  redact(error instanceof Error ? error.message : String(error)).slice(0, ERROR_LENGTH_MAX);

/** Undefined where it could not be parked: it is put off once more then. */
const park = async (
  ports: LaneWorkerPorts,
  { waiting, word }: Ground,
  error: string,
): Promise<UpdateParked | undefined> => {
  const { botId, updateId } = waiting;
  const actor = asSystem('park-update');
  const writer = word.kind === 'ignored' || word.kind === 'reach' ? undefined : word.from;
  const telegramId = writer?.id ?? NOBODY;
  try {
    const parked = await ports.core.channel.park({ actor, botId, updateId, telegramId, error });
    ports.onHandled();
    if (writer && parked.parked && !parked.told) await apologise(ports, writer);
    return parked;
  } catch (again) {
    ports.onFailure({ updateId, tries: waiting.tries + 1, parked: false, error: again });
    return undefined;
  }
};

/** No Telegram id of anybody. */
const NOBODY = 0;

/**
 * No silence (UX-4), best effort: whoever has not become a user yet, because this was their first
 * word, has no outbox either.
 */
const apologise = async (
  { telegram }: LaneWorkerPorts,
  { id, language_code: code }: { readonly id: number; readonly language_code?: string | undefined },
): Promise<void> => {
  const { apology } = textsIn(languageOf(code)).common;
  await telegram.sendMessage(id, apology).catch(() => undefined);
};
