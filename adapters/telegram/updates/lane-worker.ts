import type { Telegram } from 'telegraf';
import {
  asSystem,
  languageOf,
  plusMs,
  type Clock,
  type Core,
  type Ids,
  type Inbox,
  type TakenUpdate,
  type Tx,
  type UnitOfWork,
  type UpdateParked,
  type WaitingUpdate,
} from '../../../core/index.ts';
import type { BotRouter } from '../bot.ts';
import type { Handled, handleUpdate } from './handle-update.ts';
import { readIncoming, type Incoming } from './incoming.ts';
import type { prepareFile } from './prepare-file.ts';
import { isToPrepare, prepareUpdate } from './prepare-update.ts';
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

/** Whether to look for another update in the lane: at once, or when whoever has it may be done. */
export type LookAgain = boolean | 'in-hand';

/**
 * Handles the oldest waiting update of a lane: everything it causes in one transaction, then the
 * answer to the tap. What needs the network before (a file) is prepared outside of any transaction.
 * Nothing more is looked for where the lane is empty, put off, or the database is away.
 */
export const workLane =
  (ports: LaneWorkerPorts) =>
  async (lane: number): Promise<LookAgain> => {
    const begun = performance.now();
    let met: Ground | undefined;
    const meet = (ground: Ground): void => void (met = ground);
    const done = (outcome: UpdateDone['outcome']): void =>
      ports.onDone({ kind: met?.word.kind ?? 'ignored', outcome, ms: performance.now() - begun });
    try {
      const came = await handleNext(ports, lane, meet);
      if (came === 'put-off') {
        done('failed');
        ports.onHandled(); // the person is told that it takes longer
        return true;
      }
      if (came === 'in-hand' || came === undefined) return came ?? false;
      done(came.handled.outcome);
      tell(ports, came.handled);
      return came.hasMore;
    } catch (error) {
      if (!met) throw error;
      const failed = await fail(ports, met, error);
      done(failed.parked ? 'parked' : 'failed');
      return failed.noted;
    }
  };

const tell = (ports: LaneWorkerPorts, handled: Handled): void => {
  ports.onHandled();
  if (handled.hasOrdered) ports.onOrder();
  // Not waited for: a slow Telegram holds up nobody's next word; `answers.stop` waits for it.
  if (handled.answer) void ports.answers.give(handled.answer.queryId, handled.answer);
};

/** What came of an update; `unprepared`: nothing yet, it needs the network first. */
type Came =
  { readonly handled: Handled; readonly hasMore: boolean } | 'unprepared' | 'in-hand' | undefined;

/** Undefined where nothing is due, or another process has handled that very update meanwhile. */
const handleNext = async (
  ports: LaneWorkerPorts,
  lane: number,
  onMet: (ground: Ground) => void,
): Promise<Exclude<Came, 'unprepared'> | 'put-off'> => {
  let met: Ground | undefined;
  const commit = (only?: WaitingUpdate): Promise<Came> =>
    ports.unitOfWork.run(async (tx) => {
      const taken = await tx.inbox.take(ports.botId, lane, ports.clock.now());
      if (taken === undefined || taken === 'in-hand') return taken;
      if (only && taken.updateId !== only.updateId) return undefined;
      met = { waiting: taken, word: readIncoming(taken.payload) };
      onMet(met);
      if (!only && isToPrepare(taken, met.word)) return 'unprepared';
      return handle(ports, tx, { taken, word: met.word });
    });
  const came = await commit();
  if (came !== 'unprepared' || !met) return came === 'unprepared' ? undefined : came;
  const { waiting } = met;
  if (!(await prepare(ports, met))) return 'put-off';
  const again = await commit(waiting);
  return again === 'unprepared' ? undefined : again;
};

const handle = async (
  ports: LaneWorkerPorts,
  tx: Tx,
  { taken, word }: { readonly taken: TakenUpdate; readonly word: Incoming },
): Promise<Came> => {
  const handled: Handled =
    word.kind === 'ignored'
      ? { answer: null, outcome: 'handled' }
      : await ports.handle(tx, taken, word);
  const tempo = handled.tempo === taken.tempo ? undefined : handled.tempo;
  const { botId, updateId, hasMore } = taken;
  await tx.inbox.done({ botId, updateId, at: ports.clock.now(), ...(tempo && { tempo }) });
  return { handled, hasMore };
};

const prepare = (ports: LaneWorkerPorts, { waiting, word }: Ground): Promise<boolean> => {
  const { updateId } = waiting;
  const onUnavailable = (error: Error, tries: number): void =>
    ports.onFailure({ updateId, tries, parked: false, error });
  return prepareUpdate({ ...ports, onUnavailable })(waiting, word);
};

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
