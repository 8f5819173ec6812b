import { Composer } from 'telegraf';
import type { UserFromGetMe } from 'telegraf/types';
import { createChartPainter } from '../../adapters/charts/index.ts';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import type { UpahContext } from '../../adapters/telegram/context.ts';
import { escapeHtml } from '../../adapters/telegram/html.ts';
import {
  broadcastsOf,
  createNotifier,
  createRouter,
  createTapAnswers,
  deskNow,
  features,
  handleUpdate,
  longPoll,
  readAudit,
  receiveUpdates,
  revealNumber,
  workLane,
  type BotRouter,
} from '../../adapters/telegram/index.ts';
import { createLanes } from '../../app/pipeline/lanes.ts';
import { createSender, timerOn } from '../../app/pipeline/sender.ts';
import { createRecipients } from '../../app/pipeline/recipients.ts';
import { createTelegram } from '../../app/modules/telegram-client.ts';
import { asUser, createCore, DEFAULT_SETTINGS, type Core, type Ports } from '../../core/index.ts';
import { cloneDatabase } from '../support/database.ts';
import { portsAround } from '../support/ports-around.ts';
import { silentLog } from '../support/silent-log.ts';
import type { StubTelegram } from './stub-telegram.ts';

/** What a plain reply is, on both sides: the mark by which the stub knows its update. */
export const markIn = (text: string): string => /#\d+/.exec(text)?.[0] ?? '';

/** One feature, that says one message to each text. */
const echo = new Composer<UpahContext>();
echo.on('text', ({ turn, message }) => turn.note(escapeHtml(markIn(message.text))));

/** What the bot can do in a bench: answer each text with a message, or everything. */
const FEATURES = {
  echo: { composers: [echo], flows: features.flows },
  everything: features,
} as const;

export interface PipelineOptions {
  readonly stub: StubTelegram;
  readonly features: keyof typeof FEATURES;
  readonly people: { readonly first: number; readonly count: number };
}

/** Receiver, inbox, lanes, outbox and sender, on a database of their own. */
export interface BenchPipeline {
  start(): void;
  /** Finishes what is under way. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Opens one whose people are workers who have accepted the terms; neither tempo nor pace holds. */
export const openPipeline = async (options: PipelineOptions): Promise<BenchPipeline> => {
  const { stub, people } = options;
  const database = await cloneDatabase();
  const settings = { ...DEFAULT_SETTINGS, actionsPerSecond: 0, decisionPauseMs: 0 };
  const ports = portsAround(createPostgresPorts({ orm: database.orm, settings }), '/nowhere');
  const core = createCore(ports);
  await enter(core, people);
  const telegram = createTelegram({ token: stub.token, apiRoot: stub.url });
  const info = (await telegram.getMe()) as UserFromGetMe;
  const router = createRouter(stub.token, info, FEATURES[options.features]);
  const parts = { core, ports, telegram, router, botId: info.id };
  let running: Running | undefined;
  return {
    start: () => {
      running = run(parts);
    },
    stop: async () => {
      await running?.stop();
      running = undefined;
    },
    close: () => database.drop(),
  };
};

const AT_ONCE = 10;

const enter = async (core: Core, { first, count }: PipelineOptions['people']): Promise<void> => {
  const { termsVersion: version } = await core.settings.current();
  const one = async (telegramId: number): Promise<void> => {
    const names = { username: null, displayName: `P${telegramId}`, languageCode: 'id' };
    const { user } = await core.users.register({ telegramId, ...names });
    const actor = asUser(user.id);
    await core.users.acceptTerms({ actor, version });
    await core.users.chooseRole({ actor, role: 'worker' });
  };
  for (let at = 0; at < count; at += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, n) => first + at + n);
    await Promise.all(some.map(one));
  }
};

interface Parts {
  readonly core: Core;
  readonly ports: Ports;
  readonly telegram: ReturnType<typeof createTelegram>;
  readonly router: BotRouter;
  readonly botId: number;
}

interface Running {
  stop(): Promise<void>;
}

/** As app/modules/pipeline.ts wires them. */
const run = (parts: Parts): Running => {
  const { core, ports, telegram, botId } = parts;
  const { clock } = ports;
  const answers = createTapAnswers({ telegram });
  const sender = createSender({
    outbox: core.outbox,
    notifier: notifierOf(parts),
    pace: { perSecond: 0, perChatPerSecond: 0 },
    log: silentLog,
    timer: timerOn(clock),
  });
  const lanes = createLanes({
    work: workLane({
      ...parts,
      ...ports,
      prepare: async () => null,
      handle: handleUpdate({ ...parts, ...ports, answers }),
      answers,
      isOutage: () => false,
      redact: (text) => text,
      onFailure: ({ error }) => console.error(error),
      onHandled: sender.wake,
      onOrder: () => undefined,
      onDone: () => undefined,
    }),
    waiting: () => ports.inbox.waitingLanes(botId, clock.now()),
    log: silentLog,
  });
  const stopping = new AbortController();
  sender.start();
  lanes.start();
  const receive = receiveUpdates({ ...ports, botId, answers, onLanes: lanes.wake });
  const receiving = longPoll(
    { telegram, receive, onConfirmed: () => undefined, onTrouble: console.error },
    stopping.signal,
  );
  return {
    stop: async () => {
      stopping.abort();
      await receiving;
      await lanes.stop();
      await answers.stop();
      await sender.stop();
    },
  };
};

const notifierOf = ({ core, telegram, ports }: Parts) => {
  const { clock, proofStorage } = ports;
  return createNotifier({
    telegram,
    clock,
    proofStorage,
    isOutage: () => false,
    chartPainter: createChartPainter(),
    ...createRecipients(ports),
    revealNumber: revealNumber(core),
    deskNow: deskNow(core),
    broadcasts: broadcastsOf(core, 0),
    readAudit: readAudit(core),
    onFailed: ({ kind }, why) => console.error(kind, why),
    onTrouble: ({ kind }, error) => console.error(kind, error),
  });
};
