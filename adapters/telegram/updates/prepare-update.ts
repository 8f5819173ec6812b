import {
  plusMs,
  type Clock,
  type Ids,
  type Inbox,
  type Json,
  type Settings,
  type Tx,
  type UnitOfWork,
  type WaitingUpdate,
} from '../../../core/index.ts';
import { besideOf } from './beside-dialogue.ts';
import type { BotRouter } from '../bot.ts';
import type { FileUse } from '../dialogue/flow.ts';
import { escapeHtml } from '../html.ts';
import type { Incoming } from './incoming.ts';
import { owe } from './owe.ts';
import { fieldsOf } from '../parse.ts';
import { FileUnavailable, type prepareFile } from './prepare-file.ts';
import { textsIn } from '../texts/index.ts';
import type { PreparedFile } from '../turn.ts';

/** Pauses between the tries to fetch and keep a file: 20 s together. */
const PAUSES_MS = [1_000, 3_000, 6_000, 10_000] as const;

export interface PrepareUpdatePorts {
  readonly inbox: Pick<Inbox, 'notePrepared' | 'noteFailure'>;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly router: Pick<BotRouter, 'flow'>;
  readonly prepare: ReturnType<typeof prepareFile>;
  /** Hears of every try that failed; `tries` counts from 1. */
  readonly onUnavailable: (error: FileUnavailable, tries: number) => void;
}

type SentFile = Extract<Incoming, { kind: 'file' }>;

/** Stands in `prepared` between two tries: how many there were. */
const RETRYING = 'retrying';

/** What preparing the update has brought; null where nothing was prepared, or not yet. */
export const preparedIn = ({ prepared }: Pick<WaitingUpdate, 'prepared'>): PreparedFile | null =>
  fieldsOf(prepared)?.['ok'] === undefined ? null : (prepared as unknown as PreparedFile);

/** Whether it may need the network before it can be handled. */
export const isToPrepare = (waiting: Pick<WaitingUpdate, 'prepared'>, word: Incoming): boolean =>
  word.kind === 'file' && preparedIn(waiting) === null;

/**
 * Fetches and keeps the file that the dialogue waits for (PRF-1), outside any transaction. False
 * where it cannot be had now: the update is put off then, and after five tries the person is asked
 * to send it again. It is not the update's fault, so it never counts towards parking it. Another
 * process may prepare it at the same time: what one has found is not undone by the other's failure.
 */
export const prepareUpdate =
  (ports: PrepareUpdatePorts) =>
  async (waiting: WaitingUpdate, word: Incoming): Promise<boolean> => {
    if (word.kind !== 'file' || preparedIn(waiting) !== null) return true;
    const wanted = await useOf(ports, word);
    if (!wanted.use) return true;
    const { use, settings } = wanted;
    try {
      const prepared = await ports.prepare({ file: word.file, use, settings });
      const { botId, updateId } = waiting;
      await ports.inbox.notePrepared({ botId, updateId, prepared });
      return true;
    } catch (error) {
      if (!(error instanceof FileUnavailable)) throw error;
      return unavailable(ports, { waiting, word }, error);
    }
  };

/** What the person's dialogue wants a file for; other pictures of an album are passed over. */
const useOf = (
  { unitOfWork, router }: PrepareUpdatePorts,
  { from, file }: SentFile,
): Promise<{ readonly use: FileUse | undefined; readonly settings: Settings }> =>
  unitOfWork.run(async (tx) => {
    const user = await tx.users.findByTelegramId(from.id);
    const conversation = user && (await tx.conversations.find(user.id));
    const flow = router.flow(conversation?.flow ?? '');
    const { albumId } = file;
    const passedOver =
      albumId !== undefined &&
      conversation !== undefined &&
      besideOf(conversation).album === albumId;
    return {
      use: passedOver ? undefined : flow?.accepts(conversation?.step ?? ''),
      settings: await tx.settings.current(),
    };
  });

interface Ground {
  readonly waiting: WaitingUpdate;
  readonly word: SentFile;
}

const unavailable = async (
  ports: PrepareUpdatePorts,
  { waiting, word }: Ground,
  error: FileUnavailable,
): Promise<boolean> => {
  const { inbox, clock, onUnavailable } = ports;
  const { botId, updateId, prepared } = waiting;
  const tries = Number(fieldsOf(prepared)?.[RETRYING] ?? 0) + 1;
  onUnavailable(error, tries);
  const note = (found: Json): Promise<boolean> =>
    inbox.notePrepared({ botId, updateId, prepared: found, seen: prepared });
  const pauseMs = PAUSES_MS[tries - 1];
  if (pauseMs === undefined) {
    const refused: PreparedFile = { ok: false, code: 'file.unavailable', details: null };
    return note(refused as unknown as Json);
  }
  if (!(await note({ [RETRYING]: tries }))) return false;
  if (tries === 1) await sayUnderWay(ports, { waiting, word });
  const retryAt = plusMs(clock.now(), pauseMs);
  await inbox.noteFailure({ botId, updateId, error: error.message, retryAt, counts: false });
  return false;
};

/** Nobody waits in silence for what may take another twenty seconds (UX-4). */
const sayUnderWay = (
  ports: PrepareUpdatePorts,
  { waiting: update, word: { from } }: Ground,
): Promise<void> =>
  ports.unitOfWork.run(async (tx) => {
    const user = await tx.users.findByTelegramId(from.id);
    if (!user) return;
    const { fileUnderWay } = textsIn(user.language).common;
    const payload = { text: escapeHtml(fileUnderWay) };
    await owe(tx, ports, {
      to: user.id,
      update,
      kind: 'note',
      payload,
      topic: null,
      about: 'file-under-way',
    });
  });
