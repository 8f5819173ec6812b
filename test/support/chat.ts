import { createMemoryPorts, type MemoryPorts } from '../../adapters/memory/index.ts';
import type { PreparedFile } from '../../adapters/telegram/turn.ts';
import {
  asOperator,
  PERMISSIONS,
  type Core,
  type Json,
  type OutboxMessage,
  type OwnRole,
  type Permission,
  type Settings,
  type User,
} from '../../core/index.ts';
import { aCredit, freshNumber } from './builders.ts';
import { postTold } from './post-told.ts';
import { aLine, type Line } from './chat-line.ts';
import type { ShownAnswer, ShownMessage } from './pocket-telegram.ts';

export type { ShownAnswer, ShownButton, ShownMessage } from './pocket-telegram.ts';

/** How Telegram describes somebody. */
export interface Looks {
  readonly firstName?: string;
  readonly languageCode?: string;
  readonly username?: string;
}

/** The one message that is edited in place, as its person sees it. */
export interface ShownScreen extends ShownMessage {
  /** Labels of its buttons. */
  readonly labels: readonly string[];
}

/** A picture by its first bytes, different for every `seed`: what the memory inspector accepts. */
export const aPicture = (seed = String(freshNumber())): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(seed)]);

/** A PDF by its first bytes. */
export const aPdf = (seed = String(freshNumber())): Uint8Array => Buffer.from(`%PDF-1.7 ${seed}`);

/** Somebody with a phone. Every act resolves to the screen that they then look at. */
export interface ChatPerson {
  readonly telegramId: number;
  say(text: string): Promise<ShownScreen>;
  /** Taps by a part of a label (screen first, then newest message first), or by exact data. */
  tap(labelOrData: string): Promise<ShownScreen>;
  /** Taps a button seen earlier, on the message it stood on. */
  tapOn(message: ShownMessage, label: string): Promise<ShownScreen>;
  /** Sends bytes as a photo or document, or what preparing them is said to have brought. */
  sendFile(
    file: Uint8Array | PreparedFile,
    as?: { readonly album?: string; readonly caption?: string },
  ): Promise<ShownScreen>;
  /** Sends what the bot cannot read: a sticker, a voice note. */
  sendOther(what: { readonly [kind: string]: Json }): Promise<ShownScreen>;
  screen(): ShownScreen;
  /** Messages that are no screen and no menu, oldest first. */
  notices(): readonly ShownMessage[];
  /** Everything in the chat, oldest first. */
  messages(): readonly ShownMessage[];
  /** Labels of the newest reply keyboard. */
  menu(): readonly string[];
  /** The command menu of the chat. */
  commands(): readonly string[];
  /** The answer to the last tap. */
  answer(): ShownAnswer | undefined;
  user(): Promise<User>;
  /** Changes what Telegram says of them from the next update on. */
  rename(looks: Looks): void;
}

/** The real engine over memory ports, without network: only Telegram is a stand-in. */
export interface Chat {
  readonly core: Core;
  readonly ports: MemoryPorts;
  readonly clock: MemoryPorts['clock'];
  person(telegramId?: number, looks?: Looks): ChatPerson;
  /** Somebody who has accepted the terms and chosen this role. */
  client(looks?: Looks): Promise<ChatPerson>;
  worker(looks?: Looks): Promise<ChatPerson>;
  /** With every right, unless told otherwise (ADM-1). */
  admin(looks?: Looks, permissions?: readonly Permission[]): Promise<ChatPerson>;
  /** Puts money into somebody's wallet. */
  fund(person: ChatPerson, amount: number): Promise<void>;
  /** A new process on the same storage (UX-3). */
  restart(): void;
  /** Sends what waits in the outbox. */
  deliver(): Promise<void>;
  /** The calls to Telegram, in order. */
  calls(): readonly string[];
  /** Every message as it stood in the outbox until it was sent, oldest first. */
  posted(): readonly OutboxMessage[];
  /** The same update once more, as after a lost acknowledgement. */
  repeatLastUpdate(): Promise<void>;
}

/** The clock of a test stands still: nobody is too fast, and admins hear and decide at once. */
const UNHURRIED: Partial<Settings> = {
  actionsPerSecond: 0,
  deskNoticeSeconds: 0,
  decisionPauseMs: 0,
};

/** Opens a bot to talk to. */
export const createChat = ({
  settings = {},
}: { readonly settings?: Partial<Settings> } = {}): Chat => {
  const ports = createMemoryPorts({ settings: { ...UNHURRIED, ...settings } });
  const line = aLine(ports);
  const person = (telegramId = freshNumber(), looks: Looks = {}) =>
    aPerson(line, telegramId, looks);
  const inRole = async (role: OwnRole, looks: Looks = {}): Promise<ChatPerson> => {
    const somebody = person(freshNumber(), looks);
    await somebody.say('/start');
    await somebody.tap(`tm:${(await line.core.settings.current()).termsVersion}`);
    await somebody.tap(`ro:${role}`);
    return somebody;
  };
  return {
    core: line.core,
    ports,
    clock: ports.clock,
    person,
    client: (looks) => inRole('client', looks),
    worker: (looks) => inRole('worker', looks),
    admin: async (looks, permissions = PERMISSIONS) => {
      const somebody = person(freshNumber(), looks);
      const { telegramId } = somebody;
      const actor = asOperator('test');
      await line.core.users.grantAdmin({ actor, telegramId, permissions });
      await somebody.say('/start');
      await somebody.tap(`tm:${(await line.core.settings.current()).termsVersion}`);
      return somebody;
    },
    fund: async (somebody, amount) => {
      const { id } = await somebody.user();
      await ports.unitOfWork.run((tx) => postTold(tx, aCredit(id, amount)));
    },
    restart: line.restart,
    deliver: line.deliver,
    calls: () => line.pocket.calls(),
    posted: () => line.posted,
    repeatLastUpdate: line.repeat,
  };
};

const aPerson = (line: Line, telegramId: number, looks: Looks): ChatPerson => {
  let now = looks;
  let query = '';
  const from = (): Json => ({
    id: telegramId,
    is_bot: false,
    first_name: now.firstName ?? 'Budi',
    ...(now.username === undefined ? {} : { username: now.username }),
    language_code: now.languageCode ?? 'id',
  });
  const base = (): { readonly [key: string]: Json } => ({
    message_id: freshNumber(),
    date: Math.floor(line.ports.clock.now().getTime() / 1_000),
    chat: { id: telegramId, type: 'private', first_name: now.firstName ?? 'Budi' },
    from: from(),
  });
  const screen = (): ShownScreen => screenIn(line, telegramId);
  const press = async (data: string, messageId: number): Promise<ShownScreen> => {
    query = `query-${freshNumber()}`;
    await line.send({
      callback_query: {
        id: query,
        from: from(),
        chat_instance: '1',
        data,
        message: { ...base(), message_id: messageId },
      },
    });
    return screen();
  };
  return {
    telegramId,
    say: async (text) => {
      const [command] = /^\/\w+/.exec(text) ?? [];
      const entities = command ? [{ type: 'bot_command', offset: 0, length: command.length }] : [];
      await line.send({ message: { ...base(), text, entities } });
      return screen();
    },
    tap: (labelOrData) => {
      const others = line.pocket.messages(telegramId).toReversed();
      const { messageId, data } = buttonIn([screen(), ...others], labelOrData);
      return press(data, messageId);
    },
    tapOn: (message, label) => press(buttonIn([message], label).data, message.messageId),
    sendFile: async (file, { album, caption } = {}) => {
      const id = `file-${freshNumber()}`;
      line.files.set(id, file);
      const photo = [{ file_id: id, file_unique_id: `u${id}`, width: 900, height: 1600 }];
      const group = album === undefined ? {} : { media_group_id: album };
      const below = caption === undefined ? {} : { caption };
      await line.send({ message: { ...base(), photo, ...group, ...below } });
      return screen();
    },
    sendOther: async (what) => {
      await line.send({ message: { ...base(), ...what } });
      return screen();
    },
    screen,
    notices: () =>
      line.pocket
        .messages(telegramId)
        .filter(({ menu, messageId }) => !menu && messageId !== line.screenOf(telegramId)),
    messages: () => line.pocket.messages(telegramId),
    menu: () => line.pocket.messages(telegramId).findLast(({ menu }) => menu)?.menu ?? [],
    commands: () => line.pocket.commands(telegramId),
    answer: () => line.pocket.answer(query),
    user: async () => {
      const user = await line.ports.unitOfWork.run((tx) => tx.users.findByTelegramId(telegramId));
      if (!user) throw new Error('the bot does not know this person yet');
      return user;
    },
    rename: (change) => {
      now = { ...now, ...change };
    },
  };
};

const screenIn = (line: Line, telegramId: number): ShownScreen => {
  const id = line.screenOf(telegramId);
  const message = line.pocket.messages(telegramId).find(({ messageId }) => messageId === id);
  if (!message) throw new Error('this person has no screen yet');
  return { ...message, labels: message.buttons.map(({ label }) => label) };
};

const RAW_DATA = /^(?:d@[0-9a-z]+|[a-z]{1,2}):\S+$|^[a-z]{1,2}$/;

/** The button with this in its label, and its message; raw data is pressed as it is. */
const buttonIn = (
  messages: readonly ShownMessage[],
  wanted: string,
): { readonly messageId: number; readonly data: string } => {
  for (const { messageId, buttons } of messages) {
    const found = buttons.find(({ label, data }) => label.includes(wanted) || data === wanted);
    if (found?.data !== undefined) return { messageId, data: found.data };
  }
  const [screen] = messages;
  if (screen && RAW_DATA.test(wanted)) return { messageId: screen.messageId, data: wanted };
  const there = screen?.buttons.map(({ label }) => label).join(' | ');
  throw new Error(`no button "${wanted}" on the screen: ${screen?.text}\n[${there}]`);
};
