import { Telegram, TelegramError } from 'telegraf';
import sharp from 'sharp';
import {
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from '../../../adapters/sandbox/index.ts';
import { checked } from './schema/check.ts';

export const CITRA = 100_001;
export const WAHYU = 100_002;
/** By the clock of every sandbox here, which only `client.advance` moves. */
export const START = Date.parse('2026-11-21T08:00:00Z');

/** A sandbox with telegraf pointed at it; `await using` stops it. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly telegram: Telegram;
  /** A raw call: HTTP status, headers and envelope. */
  call(method: string, params?: object): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly ok: boolean;
    readonly result?: unknown;
    readonly error_code?: number;
    readonly description?: string;
    readonly parameters?: object;
  };
}

export async function stage(options: SandboxOptions = {}): Promise<Stage> {
  const sandbox = checked(await startSandbox({ now: () => new Date(START), ...options }));
  return {
    sandbox,
    telegram: new Telegram(sandbox.token, { apiRoot: sandbox.url }),
    call: async (method, params = {}) => {
      const response = await fetch(`${sandbox.url}/bot${sandbox.token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      });
      const body = (await response.json()) as Answer['body'];
      return { status: response.status, headers: response.headers, body };
    },
    [Symbol.asyncDispose]: () => sandbox.stop(),
  };
}

/** A stage on which Citra has said hello, so that the bot may write to her. */
export async function greeted(options?: SandboxOptions): Promise<Stage> {
  const it = await stage(options);
  await it.sandbox.client.say(CITRA, 'halo');
  return it;
}

/** The text of a call's refusal as telegraf reports it; fails if it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TelegramError) return `${error.code}: ${error.description}`;
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('the call was not refused');
}

export const png = (width: number, height: number, background = '#2277cc'): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

interface ReceivedUpdate {
  readonly update_id: number;
  readonly message?: ReceivedMessage;
  readonly edited_message?: ReceivedMessage;
  readonly callback_query?: {
    readonly id: string;
    readonly data: string;
    readonly message: { readonly message_id: number; readonly date: number };
  };
  readonly my_chat_member?: { readonly new_chat_member: { readonly status: string } };
}

interface ReceivedMessage {
  readonly message_id: number;
  readonly text?: string;
  readonly media_group_id?: string;
  readonly photo?: readonly { readonly file_id: string; readonly width: number }[];
  readonly document?: { readonly mime_type: string; readonly file_name: string };
  readonly contact?: object;
  readonly location?: object;
  readonly entities?: readonly object[];
  readonly reply_to_message?: { readonly message_id: number; readonly reply_to_message?: object };
}

/** Plain long polling, as the bot's own receiver does it. */
export async function poll(on: Stage, params: object = {}): Promise<readonly ReceivedUpdate[]> {
  const { body } = await on.call('getUpdates', params);
  if (!body.ok) throw new Error(body.description);
  return body.result as readonly ReceivedUpdate[];
}

export const INLINE = (data: string, text = 'Ya') => ({
  reply_markup: { inline_keyboard: [[{ text, callback_data: data }]] },
});
