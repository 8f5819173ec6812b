import { randomBytes, randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dispatch } from './bot-api/dispatch.ts';
import type { Params } from './bot-api/params.ts';
import type { User } from './bot-api/types.ts';
import { SandboxClient } from './control/client.ts';
import type { SandboxHost } from './host.ts';
import { createServer } from './server.ts';
import type { PersonSeed } from './state.ts';
import { TourPlayer } from './tour/tour.ts';
import { createWorld, type World } from './world.ts';

export { SandboxClient } from './control/client.ts';
export type { WaitOptions } from './control/patience.ts';
export type { Done, Pressed } from './people/acts.ts';
export type { Fault, WaitingFault } from './faults.ts';
export type { LimitsView } from './limits.ts';
export type { SandboxState } from './control/world-routes.ts';
export type { ApiRequest, SinceCall } from './request-log.ts';
export type { Haste, Language, LedgerView, SandboxHost, Tour, TourAct, TourStep } from './host.ts';
export { samplePicture } from './samples.ts';
export type { TourProgress } from './tour/progress.ts';
export type { TourOrder } from './tour/tour.ts';
export type { PersonSeed, Toast } from './state.ts';
export type {
  ButtonView,
  ChatView,
  FileView,
  KeyboardView,
  MessageView,
  PersonView,
} from './people/view.ts';
export type { BotCommand, MessageEntity } from './bot-api/types.ts';

/** All of it optional. */
export interface SandboxOptions {
  /** 0 (unless told) takes a free port. */
  readonly port?: number;
  /** `Sandbox Bot` unless told. */
  readonly botName?: string;
  /** Without "@"; Telegram wants it to end in "bot". `sandbox_bot` unless told. */
  readonly botUsername?: string;
  /** Client, worker and admin unless told. */
  readonly people?: readonly PersonSeed[];
  /** The clock behind dates, the life of updates and the age of button presses. */
  readonly now?: () => Date;
  /** How far ahead of `now` the clock is from the start on, in milliseconds; 0 unless told. */
  readonly aheadMs?: number;
  /** Telegram's pace for bots, see `LimitsView`; off unless told, and switched at any time. */
  readonly limits?: boolean;
  /** What the bot's own program shows and does beside the chats; nothing unless told. */
  readonly host?: SandboxHost;
  /** Pause before the second repetition of a failed webhook delivery; 2000 as Telegram does. */
  readonly webhookBackoffMs?: number;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`: the page, the control plane, and telegraf's `apiRoot`. */
  readonly url: string;
  /** `<bot id>:SANDBOX-…`, new at every start. */
  readonly token: string;
  readonly client: SandboxClient;
  /** Ends everything that waits and closes every connection. May be called again. */
  stop(): Promise<void>;
}

const DEFAULT_PEOPLE: readonly PersonSeed[] = [
  {
    id: 100_001,
    firstName: 'Citra',
    lastName: 'Lestari',
    username: 'citra_client',
    caption: 'Client',
  },
  {
    id: 100_002,
    firstName: 'Wahyu',
    lastName: 'Pratama',
    username: 'wahyu_worker',
    caption: 'Worker',
  },
  { id: 100_003, firstName: 'Ayu', lastName: 'Anggraini', username: 'ayu_admin', caption: 'Admin' },
];

/**
 * Starts a local Telegram for one bot, on 127.0.0.1 only: the Bot API (texts and rules are modelled
 * after Telegram's, not captured from it), a page to play people, and a control plane for tests.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const stopping = new AbortController();
  const bot: User = {
    id: randomInt(7_000_000_000, 8_000_000_000),
    is_bot: true,
    first_name: options.botName ?? 'Sandbox Bot',
    username: options.botUsername ?? 'sandbox_bot',
  };
  const { now } = options;
  const world = createWorld({
    token: `${bot.id}:SANDBOX-${randomBytes(24).toString('base64url')}`,
    bot,
    people: options.people ?? DEFAULT_PEOPLE,
    now: now ? () => now().getTime() : Date.now,
    aheadMs: options.aheadMs ?? 0,
    webhookBackoffMs: options.webhookBackoffMs ?? 2000,
    limits: options.limits ?? false,
    stopping: stopping.signal,
    host: options.host ?? {},
    tour: (worldOf) => new TourPlayer(worldOf),
    execute: runReply,
  });
  const server = await createServer(world);
  await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    token: world.token,
    client: new SandboxClient(url),
    stop: async () => {
      stopping.abort();
      world.webhook.point(undefined);
      await server.close();
    },
  };
}

/** A method in the reply to a webhook: the bot never learns how it went, as with Telegram. */
async function runReply(world: World, params: Params): Promise<void> {
  await dispatch({ world, params, gone: world.stopping }, params.text('method') ?? '');
}
