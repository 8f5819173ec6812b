import type { Update } from 'telegraf/types';
import {
  asUser,
  DAY_MS,
  plusMs,
  type Clock,
  type Conversation,
  type Core,
  type Ids,
  type Json,
  type Registered,
  type Tx,
  type UseCases,
  type WaitingUpdate,
} from '../../core/index.ts';
import { albumOf, withAlbum, withoutAlbum } from './album.ts';
import type { BotRouter } from './bot.ts';
import type { Incoming, Sender } from './incoming.ts';
import { screenToJson, type Screen } from './screen.ts';
import { textsIn } from './texts/index.ts';
import type { Answer, PreparedFile, Turn } from './turn.ts';

const DIALOGUE_LIFE_MS = DAY_MS;

export interface HandlePorts {
  readonly core: Core;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly router: BotRouter;
}

/** A word of a person, ready to be handled. */
export type Word = Exclude<Incoming, { kind: 'ignored' }>;

/** What is left to do after the commit: the answer to the tap. */
export interface Handled {
  readonly answer: (Answer & { readonly queryId: string }) | null;
}

/**
 * Handles one update inside `tx`: registers the person, lets the features answer, and writes what
 * they said: conversation and outbox rows. No network, no file.
 */
export const handleUpdate =
  (ports: HandlePorts) =>
  async (tx: Tx, waiting: WaitingUpdate, word: Word): Promise<Handled> => {
    const core = ports.core.within(tx);
    const registered = await core.users.register(personOf(word.from));
    const stored = await conversationOf(tx, registered, ports.clock.now());
    const [album, handledAlbum] = [albumIn(word), albumOf(stored)];
    if (album !== undefined && album === handledAlbum) return { answer: null };
    const conversation = withoutAlbum(stored);
    const settings = await tx.settings.current();
    const started = begin(ports, { core, registered, conversation, settings, waiting, word });
    await ports.router.handle(started.turn, waiting.payload as unknown as Update);
    const ground = { conversation, album: album ?? handledAlbum, waiting, word };
    await write(tx, ports, started.said(), ground);
    return {
      answer: word.kind === 'tap' ? { queryId: word.queryId, ...started.said().answer } : null,
    };
  };

const albumIn = (word: Word): string | undefined =>
  word.kind === 'file' ? word.file.albumId : undefined;

const personOf = (from: Sender) => ({
  telegramId: from.id,
  username: from.username ?? null,
  displayName: [from.first_name, from.last_name].filter(Boolean).join(' '),
  languageCode: from.language_code,
});

const conversationOf = async (tx: Tx, { user }: Registered, now: Date): Promise<Conversation> => {
  const stored = await tx.conversations.find(user.id);
  const nowhere = { flow: null, step: null, version: 0, data: null, expiresAt: null };
  if (!stored) return { userId: user.id, ...nowhere, screenMessageId: null, revision: 0 };
  const expired = stored.expiresAt !== null && stored.expiresAt.getTime() < now.getTime();
  return expired ? { ...stored, ...nowhere } : stored;
};

type Dialogue = Parameters<Turn['setDialogue']>[0];

/** What the features said in this turn. */
interface Said {
  /** Undefined: the dialogue stays where it is. */
  readonly dialogue: Dialogue | undefined;
  readonly screen: Screen | null;
  readonly answer: Answer;
  readonly menuFor: Registered['user'] | null;
}

interface TurnInput {
  readonly core: UseCases;
  readonly registered: Registered;
  readonly conversation: Conversation;
  readonly settings: Turn['settings'];
  readonly waiting: WaitingUpdate;
  readonly word: Word;
}

const begin = (
  { clock, ids }: HandlePorts,
  input: TurnInput,
): { readonly turn: Turn; said(): Said } => {
  const { core, registered, conversation, settings, waiting, word } = input;
  let said: Said = {
    dialogue: undefined,
    screen: null,
    answer: { text: '', alert: false },
    menuFor: null,
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
    receivedAt: waiting.receivedAt,
    now: clock.now(),
    newKey: () => ids.next(),
    file: word.kind === 'file' ? (waiting.prepared as unknown as PreparedFile | null) : null,
    conversation,
    revision: conversation.revision + 1,
    setDialogue: (dialogue) => change({ dialogue }),
    keepDialogue: () => change({ dialogue: undefined }),
    show: (screen) => change({ screen }),
    answer: (text, alert = false) => change({ answer: { text, alert } }),
    sendMenu: (user = registered.user) => change({ menuFor: user }),
    sentFile: word.kind === 'file',
    fromAlbum: albumIn(word) !== undefined,
    tapped: word.kind === 'tap',
  };
  return { turn, said: () => said };
};

interface Ground extends Pick<TurnInput, 'conversation' | 'waiting' | 'word'> {
  /** The album whose first picture was handled last. */
  readonly album: string | undefined;
}

const write = async (
  tx: Tx,
  { clock, ids }: HandlePorts,
  said: Said,
  { conversation, album, waiting, word }: Ground,
): Promise<void> => {
  const now = clock.now();
  if (said.screen || said.dialogue !== undefined || albumIn(word) !== undefined) {
    await tx.conversations.save(withAlbum(moved(conversation, said, now), album));
  }
  const post = (kind: string, payload: Json, topic: string | null) =>
    tx.outbox.add({
      id: ids.next(),
      to: conversation.userId,
      kind,
      payload,
      dedupeKey: `update:${waiting.botId}:${waiting.updateId}:${kind}`,
      topic,
      priority: 'answer',
      createdAt: now,
    });
  if (said.menuFor) await post('menu', { role: said.menuFor.role }, 'menu');
  if (said.screen) {
    const onScreen = word.kind === 'tap' && word.messageId === conversation.screenMessageId;
    await post(
      'screen',
      screenToJson({ ...said.screen, fresh: !onScreen || said.menuFor !== null }),
      'screen',
    );
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
