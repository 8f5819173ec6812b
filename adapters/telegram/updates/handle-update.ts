import type { Update } from 'telegraf/types';
import {
  asRefusal,
  asUser,
  DAY_MS,
  plusMs,
  type CampaignId,
  type Clock,
  type Conversation,
  type Core,
  type Ids,
  type Json,
  type Registered,
  type TakenUpdate,
  type Tempo,
  type Tx,
  type UseCases,
} from '../../../core/index.ts';
import { besideOf, withBeside, withoutBeside, type Beside } from './beside-dialogue.ts';
import type { KeptFilter } from '../audit-filter.ts';
import type { BotRouter } from '../bot.ts';
import { startPayloadIn } from '../deep-links.ts';
import { escapeHtml, type Html } from '../html.ts';
import type { Incoming } from './incoming.ts';
import { hearingOrders } from './orders.ts';
import { owe } from './owe.ts';
import { preparedIn } from './prepare-update.ts';
import { screenToJson, type Screen } from '../screen.ts';
import { NO_ANSWER, type TapAnswers } from './tap-answers.ts';
import { admissionOf, type Word } from './tempo.ts';
import { textsIn } from '../texts/index.ts';
import { conversationOf, personOf, recognized } from './who-writes.ts';
import { showingAbove, type Answer, type Turn } from '../turn.ts';

/** From the moment when its step came up. */
const DIALOGUE_LIFE_MS = DAY_MS;

export interface HandlePorts {
  readonly core: Core;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly router: BotRouter;
  /** As the sender's pace; absent or 0: no limit. */
  readonly messagesPerSecond?: number;
  /** Tells whether the answer to a tap would still come in time. */
  readonly answers: Pick<TapAnswers, 'claim'>;
}

/** What remains to be done with an update after its transaction's work, and after the commit. */
export interface Handled {
  /** The answer to the tap, perhaps empty; null where the update was none. */
  readonly answer: (Answer & { readonly queryId: string }) | null;
  readonly outcome: 'handled' | 'too-fast';
  /** The meter of the lane from now on; absent: as it was. */
  readonly tempo?: Tempo;
  /** Whether a job was given work, which it can begin with the commit (REV-8, ADM-5). */
  readonly hasOrdered?: boolean;
}

/** What an update is to `handleUpdate`. */
export type Handling = Exclude<Incoming, { kind: 'ignored' }>;

/**
 * Handles one update inside `tx`: registers the person, lets the features answer, and writes what
 * they said: conversation and outbox rows. No network, no file.
 */
export const handleUpdate =
  (ports: HandlePorts) =>
  async (tx: Tx, taken: TakenUpdate, word: Handling): Promise<Handled> => {
    let hasOrdered = false;
    const core = hearingOrders(ports.core.within(tx), () => {
      hasOrdered = true;
    });
    if (word.kind === 'reach') {
      await core.users.noteReach({ telegramId: word.from.id, reachable: word.reachable });
      return { answer: null, outcome: 'handled' };
    }
    const settings = await tx.settings.current();
    const now = ports.clock.now();
    const registered =
      recognized(taken, word.from, { now, termsVersion: settings.termsVersion }) ??
      (await core.users.register(personOf(word.from)));
    const stored = await conversationOf(tx, { taken, registered }, now);
    const [album, beside] = [albumIn(word), besideOf(stored)];
    if (album !== undefined && album === beside.album) return { answer: null, outcome: 'handled' };
    const conversation = withoutBeside(stored);
    const acting = { word, taken, conversation, settings, router: ports.router };
    const { admitted, tell, tempo } = admissionOf(acting);
    const outcome = admitted ? 'handled' : 'too-fast';
    if (!admitted && !tell) return { answer: toTap(word, NO_ANSWER), outcome, tempo };
    const { link } = beside;
    const started = begin(ports, { core, registered, conversation, settings, taken, word, link });
    if (admitted) {
      await ports.router.handle(started.turn, taken.payload as unknown as Update);
      await forsake(ports, started);
    } else {
      await sayTooFast(ports, started.turn);
    }
    const answer = await answerOf(ports, started, word);
    const said = started.said();
    const kept = {
      album: album ?? beside.album,
      link: said.link === null ? undefined : (said.link ?? link),
    };
    await write(tx, ports, said, { conversation, beside: kept, taken, word });
    return { answer: toTap(word, answer), outcome, tempo, hasOrdered };
  };

const toTap = (word: Word, answer: Answer): Handled['answer'] =>
  word.kind === 'tap' ? { queryId: word.queryId, ...answer } : null;

const sayTooFast = async ({ router }: HandlePorts, turn: Turn): Promise<void> => {
  const { tooFast, problem } = turn.texts.common;
  if (turn.tapped) return turn.answer(tooFast, true);
  await router.remark(turn, problem(tooFast));
};

/**
 * A dialogue that the person left behind gives back what it held. That it may no longer do so (their
 * right was taken away) is nothing they asked about.
 */
const forsake = async ({ router }: HandlePorts, started: Started): Promise<void> => {
  const { turn } = started;
  const { flow: before } = turn.conversation;
  const { dialogue: after } = started.said();
  if (before === null || after === undefined || after?.flow === before) return;
  try {
    await router.flow(before)?.forsaken?.(turn);
  } catch (error) {
    if (!asRefusal(error)) throw error;
  }
};

/**
 * What the tap is answered with. What comes too late for that stands above what is shown instead, or
 * above the question that stays, or, where it was refused, in a message of its own (UX-4). That an
 * old button does nothing goes without saying then: what came in its place is on the screen.
 */
const answerOf = async (
  { router, answers }: HandlePorts,
  started: Started,
  word: Word,
): Promise<Answer> => {
  const { turn } = started;
  const { answer, screen, dialogue } = started.said();
  if (word.kind !== 'tap' || answer.text === '') return NO_ANSWER;
  if (answers.claim(word.queryId)) return answer;
  const { text, alert } = answer;
  const line = alert ? turn.texts.common.problem(text) : escapeHtml(text);
  if (screen) {
    showingAbove(turn, line).show(screen);
  } else {
    const flow = dialogue === undefined ? turn.conversation.flow : null;
    if (flow === null && !alert) return NO_ANSWER;
    await router.remark({ ...turn, conversation: { ...turn.conversation, flow } }, line);
  }
  return NO_ANSWER;
};

const albumIn = (word: Word): string | undefined =>
  word.kind === 'file' ? word.file.albumId : undefined;

type Dialogue = Parameters<Turn['setDialogue']>[0];

/** What the features said in this turn. */
interface Said {
  /** Undefined: the dialogue stays where it is. */
  readonly dialogue: Dialogue | undefined;
  /** Undefined: as it was. */
  readonly link: CampaignId | null | undefined;
  readonly screen: Screen | null;
  readonly note: Html | null;
  readonly answer: Answer;
  readonly menu: boolean;
  readonly audit: KeptFilter | null;
}

interface TurnInput {
  readonly core: UseCases;
  readonly registered: Registered;
  readonly conversation: Conversation;
  readonly settings: Turn['settings'];
  readonly taken: TakenUpdate;
  readonly word: Word;
  readonly link: CampaignId | undefined;
}

interface Started {
  readonly turn: Turn;
  said(): Said;
}

const begin = (
  { clock, ids, router, messagesPerSecond = 0 }: HandlePorts,
  input: TurnInput,
): Started => {
  const { core, registered, conversation, settings, taken, word, link } = input;
  let said: Said = {
    dialogue: undefined,
    link: undefined,
    screen: null,
    note: null,
    answer: NO_ANSWER,
    menu: false,
    audit: null,
  };
  const change = (part: Partial<Said>): void => {
    said = { ...said, ...part };
  };
  const turn: Turn = {
    user: registered.user,
    actor: asUser(registered.user.id),
    core,
    settings,
    texts: textsIn(registered.user.language),
    receivedAt: taken.receivedAt,
    now: clock.now(),
    stepSince:
      conversation.expiresAt && new Date(conversation.expiresAt.getTime() - DIALOGUE_LIFE_MS),
    messagesPerSecond,
    botUsername: router.botUsername,
    newKey: () => ids.next(),
    file: word.kind === 'file' ? preparedIn(taken) : null,
    conversation,
    revision: conversation.revision + 1,
    setDialogue: (dialogue) => change({ dialogue }),
    keepDialogue: () => change({ dialogue: undefined }),
    startPayload: word.kind === 'text' ? startPayloadIn(word.text) : null,
    link: link ?? null,
    keepLink: (kept) => change({ link: kept }),
    show: (screen) => change({ screen }),
    note: (note) => change({ note }),
    answer: (text, alert = false) => change({ answer: { text, alert } }),
    sendMenu: () => change({ menu: true }),
    sendAudit: (audit) => change({ audit }),
    sentFile: word.kind === 'file',
    caption: word.kind === 'file' ? word.caption : null,
    fromAlbum: albumIn(word) !== undefined,
    tapped: word.kind === 'tap',
  };
  return { turn, said: () => said };
};

interface Ground extends Pick<TurnInput, 'conversation' | 'taken' | 'word'> {
  readonly beside: Beside;
}

const write = async (
  tx: Tx,
  ports: HandlePorts,
  said: Said,
  { conversation, beside, taken, word }: Ground,
): Promise<void> => {
  const now = ports.clock.now();
  const isMoved = said.screen !== null || said.dialogue !== undefined || said.link !== undefined;
  if (isMoved || albumIn(word) !== undefined) {
    await tx.conversations.save(withBeside(moved(conversation, said, now), beside));
  }
  const post = (kind: string, payload: Json, topic: string | null) =>
    owe(tx, ports, { to: conversation.userId, update: taken, kind, payload, topic });
  if (said.menu) await post('menu', {}, 'menu');
  if (said.audit !== null) await post('audit', said.audit as Json, null);
  if (said.note !== null) await post('note', { text: said.note }, null);
  if (said.screen) {
    const onScreen = word.kind === 'tap' && word.messageId === conversation.screenMessageId;
    await post('screen', screenToJson({ ...said.screen, fresh: !onScreen || said.menu }), 'screen');
  }
};

const moved = (before: Conversation, said: Said, now: Date): Conversation => {
  const revision = before.revision + (said.screen ? 1 : 0);
  if (said.dialogue === undefined) return { ...before, revision };
  if (said.dialogue === null) {
    return { ...before, revision, flow: null, step: null, data: null, expiresAt: null };
  }
  return { ...before, revision, ...said.dialogue, expiresAt: plusMs(now, DIALOGUE_LIFE_MS) };
};
