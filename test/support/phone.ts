import sharp from 'sharp';
import type {
  ButtonView,
  ChatView,
  MessageView,
  SandboxClient,
} from '../../adapters/sandbox/index.ts';

const PATIENCE = { timeoutMs: 10_000 };
/** How many messages with buttons may stand below each other: the screen, and notices. */
const RECENT = 3;

/**
 * One person with the bot in their hand: does what people do, and waits for what they would see.
 */
export interface Phone {
  readonly id: number;
  say(text: string): Promise<void>;
  /** Presses the newest button whose label contains `label`. */
  tap(label: string): Promise<void>;
  /** Presses a button that an older message carried, by its callback data. */
  tapOld(message: MessageView, label: string): Promise<void>;
  photo(seed: number): Promise<void>;
  file(bytes: Uint8Array, filename: string): Promise<void>;
  /** Waits until the newest messages show this text; resolves to the message. */
  sees(text: string | RegExp): Promise<MessageView>;
  /** Waits until a message with buttons shows this text; notices may have come below the screen. */
  screen(text: string | RegExp): Promise<MessageView>;
  /** Waits for the answer to a tap. */
  toast(text: string | RegExp): Promise<void>;
  chat(): Promise<ChatView>;
}

const matches = (text: string, expected: string | RegExp): boolean =>
  typeof expected === 'string' ? text.includes(expected) : expected.test(text);

const fromBot = ({ from }: MessageView): boolean => from === 'bot';
const withButtons = (message: MessageView): boolean => message.buttons.length > 0;

const hasButton = (chat: ChatView, label: string): boolean =>
  chat.messages.some((message) => message.buttons.flat().some((button) => named(button, label)));

const named = (button: ButtonView, label: string): boolean => button.text.includes(label);

export const phone = (client: SandboxClient, id: number): Phone => ({
  id,
  say: async (text) => {
    await client.say(id, text);
  },
  tap: (label) => tapNewest(client, id, label),
  tapOld: async (message, label) => {
    const button = message.buttons.flat().find((one) => named(one, label));
    if (button?.data === undefined) throw new Error(`that message had no button "${label}"`);
    await client.pressData(id, message.id, button.data);
  },
  photo: async (seed) => {
    await client.photo(id, await aScreenshot(seed));
  },
  file: async (bytes, filename) => {
    await client.document(id, bytes, { filename });
  },
  sees: async (text) => {
    const found = (chat: ChatView) =>
      chat.messages.findLast((message) => fromBot(message) && matches(message.text, text));
    const chat = await client.waitFor(id, (seen) => found(seen) !== undefined, PATIENCE);
    return found(chat) as MessageView;
  },
  screen: async (text) => {
    const recent = (chat: ChatView) =>
      chat.messages
        .filter((message) => fromBot(message) && withButtons(message))
        .slice(-RECENT)
        .findLast((message) => matches(message.text, text));
    const chat = await client.waitFor(id, (seen) => recent(seen) !== undefined, PATIENCE);
    return recent(chat) as MessageView;
  },
  toast: async (text) => {
    await client.waitFor(
      id,
      ({ toasts }) => toasts.some((toast) => matches(toast.text ?? '', text)),
      PATIENCE,
    );
  },
  chat: () => client.chat(id),
});

/** A screen may be replaced just as the finger comes down: people then tap the new one, and so do we. */
const tapNewest = async (client: SandboxClient, id: number, label: string): Promise<void> => {
  for (;;) {
    const chat = await client.waitFor(id, (seen) => hasButton(seen, label), PATIENCE);
    const message = chat.messages.findLast((one) =>
      one.buttons.flat().some((b) => named(b, label)),
    );
    const button = message?.buttons.flat().find((one) => named(one, label));
    if (!message || !button) throw new Error(`no button "${label}"`);
    try {
      await client.click(id, message.id, button.text);
      return;
    } catch (error) {
      if (!/there is no message|has no button/.test(String(error))) throw error;
      await client.waitFor(id, ({ revision }) => revision > chat.revision, PATIENCE);
    }
  }
};

/** From the first word to the home screen; an admin has that role already. */
export const join = async (person: Phone, role: 'Client' | 'Worker' | 'admin'): Promise<void> => {
  await person.say('/start');
  await person.screen('Ketentuan');
  await person.tap('Saya setuju');
  if (role !== 'admin') {
    await person.screen('sebagai apa');
    await person.tap(role);
  }
  await person.screen('Halo');
};

/** A campaign of likes, up to the summary that asks for confirmation; the price as it is typed. */
export const orderLikes = async (
  client: Phone,
  { link, price, target }: Readonly<Record<'link' | 'price' | 'target', string>>,
): Promise<void> => {
  await client.say('Buat Campaign');
  await client.screen('Langkah 1 dari 5');
  await client.tap('Like');
  await client.screen('Langkah 2 dari 5');
  await client.say(link);
  await client.screen('Langkah 3 dari 5');
  await client.tap('Lewati');
  await client.screen('Langkah 4 dari 5');
  await client.say(price);
  await client.screen('Langkah 5 dari 5');
  await client.say(target);
  await client.screen('Periksa campaign');
};

/** A picture like a phone's screenshot; another `seed`, another picture. */
const aScreenshot = (seed: number): Promise<Buffer> => {
  const tint = (shift: number) => 40 + ((seed * 53 + shift * 71) % 180);
  return sharp({
    create: {
      width: 540,
      height: 1170,
      channels: 3,
      background: { r: tint(1), g: tint(2), b: tint(3) },
    },
  })
    .jpeg()
    .toBuffer();
};
