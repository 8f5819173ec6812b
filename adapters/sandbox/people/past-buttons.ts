import type { Message } from '../bot-api/types.ts';
import type { Chat } from '../state.ts';
import type { World } from '../world.ts';

/** An inline button that a message of this chat carries or once carried. */
export interface PastButton {
  readonly messageId: number;
  readonly text: string;
  readonly data: string;
  /** Still on its message; or its message stays without it; or the message itself is deleted. */
  readonly fate: 'present' | 'replaced' | 'deleted';
}

const KEPT_PER_PERSON = 200;
const SHOWN = 60;

type Remembered = Omit<PastButton, 'fate'>;

/** Remembers what could once be pressed, so that a press that comes too late can be played. */
export class PastButtons {
  readonly #world: World;
  readonly #people = new Map<number, Map<string, Remembered>>();
  /** The content last looked at: an edit replaces the message object, so nothing is read twice. */
  readonly #looked = new WeakSet<Message>();

  constructor(world: World) {
    this.#world = world;
    world.feed.listen((event) => event.type === 'chat' && this.#look(event.personId));
  }

  /** The newest first; none from before a reset. */
  of(chat: Chat): PastButton[] {
    return [...(this.#people.get(chat.user.id)?.values() ?? [])]
      .toReversed()
      .slice(0, SHOWN)
      .map((button) => ({ ...button, fate: fateIn(chat, button) }));
  }

  #look(personId: number): void {
    const chat = this.#world.state.chats.get(personId);
    if (!chat?.started) this.#people.delete(personId);
    for (const { message } of chat?.messages.values() ?? []) {
      if (this.#looked.has(message)) continue;
      this.#looked.add(message);
      const keys = message.reply_markup?.inline_keyboard.flat() ?? [];
      // The last one first, so that the newest-first list has each keyboard in its own order.
      for (const { text, callback_data: data } of keys.toReversed()) {
        if (data !== undefined)
          this.#remember(personId, { messageId: message.message_id, text, data });
      }
    }
  }

  #remember(personId: number, button: Remembered): void {
    const known = this.#people.get(personId) ?? new Map<string, Remembered>();
    this.#people.set(personId, known);
    const key = `${button.messageId} ${button.data}`;
    known.delete(key);
    known.set(key, button);
    const [oldest] = known.keys();
    if (known.size > KEPT_PER_PERSON && oldest !== undefined) known.delete(oldest);
  }
}

function fateIn({ messages }: Chat, { messageId, data }: Remembered): PastButton['fate'] {
  const message = messages.get(messageId)?.message;
  if (!message) return 'deleted';
  const keys = message.reply_markup?.inline_keyboard.flat() ?? [];
  return keys.some((key) => key.callback_data === data) ? 'present' : 'replaced';
}
