import { TelegramError, type Telegram } from 'telegraf';
import { createManualClock, createMemoryPorts } from '../../../../adapters/memory/index.ts';
import type { BroadcastPorts } from '../../../../adapters/telegram/delivery/send-broadcast.ts';
import { createNotifier } from '../../../../adapters/telegram/delivery/notifier.ts';
import { html } from '../../../../adapters/telegram/html.ts';
import { screenToJson, type Screen } from '../../../../adapters/telegram/screen.ts';
import {
  noticeToJson,
  type ClaimedMessage,
  type DeliveryOutcome,
  type Json,
  type UserId,
} from '../../../../core/index.ts';
import { NO_BROADCASTS } from '../../../support/broadcasts.ts';
import { aMessage, freshId, freshNumber, rupiahs } from '../../../support/builders.ts';
import { sketchPainter } from '../../../support/sketch-painter.ts';
import { pocketTelegram } from '../../../support/pocket-telegram.ts';

/** How Telegram refuses a call. */
export const refusal = (code: number, description: string, retryAfter?: number): TelegramError =>
  new TelegramError({
    error_code: code,
    description,
    ...(retryAfter !== undefined && { parameters: { retry_after: retryAfter } }),
  });

/** An error as the network brings it, known by its name. */
export const named = (name: string): Error => Object.assign(new Error(name), { name });

/** Something that the bot needs is away for now. */
export class Outage extends Error {}

const PICTURE = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]);

/** A notifier on a Telegram whose next calls fail as told. */
export const aPostOffice = async (broadcasts: BroadcastPorts = NO_BROADCASTS) => {
  const pocket = pocketTelegram();
  const clock = createManualClock();
  const { proofStorage: files } = createMemoryPorts();
  const proofStorage = { ...files };
  const chartPainter = { ...sketchPainter };
  const picture = await files.put(PICTURE, 'image/jpeg');
  const faults: { readonly method: string; readonly error: Error }[] = [];
  const calls: string[] = [];
  const telegram = new Proxy(pocket.telegram, {
    get: (target, method: string) => {
      const call = Reflect.get(target, method) as (...args: readonly unknown[]) => unknown;
      return async (...args: readonly unknown[]) => {
        calls.push(method);
        const at = faults.findIndex((fault) => fault.method === method);
        const [fault] = at < 0 ? [] : faults.splice(at, 1);
        if (fault) throw fault.error;
        return call(...args);
      };
    },
  }) as Telegram;
  const screens = new Map<UserId, number | null>();
  const chats = new Map<UserId, number>();
  const told: string[] = [];
  const notifier = createNotifier({
    telegram,
    clock,
    proofStorage,
    chartPainter,
    findRecipient: async (userId) => {
      const chatId = chats.get(userId);
      const screenMessageId = screens.get(userId) ?? null;
      if (chatId === undefined) return undefined;
      const worker = { language: 'id', role: 'worker', permissions: [] } as const;
      return { userId, chatId, ...worker, screenMessageId };
    },
    noteScreen: async (userId, id) => void screens.set(userId, id),
    revealNumber: async () => null,
    deskNow: async () => null,
    broadcasts,
    readAudit: async () => ({ items: [], older: null, newer: null }),
    isOutage: (error) => error instanceof Outage,
    onFailed: (_message, why) => told.push(`failed: ${why}`),
    onTrouble: (_message, error) => told.push(`trouble: ${String(error)}`),
    onDefect: (_message, why) => told.push(`defect: ${why}`),
    onStruggling: ({ attempt }, why) => told.push(`struggling: ${attempt} ${why}`),
    onFileLost: (path) => told.push(`file lost: ${path}`),
    onMenuRefused: (_user, why) => told.push(`menu: ${why}`),
  });
  const person = () => {
    const [to, chatId] = [freshId<UserId>(), freshNumber()];
    chats.set(to, chatId);
    const deliver = (
      kind: string,
      payload: Json,
      { attempt = 1, defects = 0 }: Tries = {},
    ): Promise<DeliveryOutcome> =>
      notifier.deliver({ ...aMessage({ to, kind, payload }), attempt, defects });
    return {
      notice: (tries?: Tries) => deliver('notice', NEWS, tries),
      paid: (receipt: string, tries?: Tries) => deliver('notice', paid(receipt), tries),
      show: (screen: Partial<Screen>, fresh = false, tries?: Tries) =>
        deliver('screen', screenToJson({ text: HOME, keyboard: [], ...screen, fresh }), tries),
      deliver,
      messages: () => pocket.messages(chatId),
      texts: () => pocket.messages(chatId).map(({ text }) => text),
      forgetScreen: () => telegram.deleteMessage(chatId, screens.get(to) ?? 0),
      screen: () => screens.get(to),
      chatId,
    };
  };
  return {
    clock,
    person,
    calls,
    pocket,
    telegram,
    told,
    picture: picture.path,
    proofStorage,
    chartPainter,
    fail: (method: string, ...errors: readonly Error[]) =>
      faults.push(...errors.map((error) => ({ method, error }))),
  };
};

/** How often a message was tried before. */
type Tries = Partial<Pick<ClaimedMessage, 'attempt' | 'defects'>>;

const HOME = html`<b>Beranda</b>`;
const NEWS = noticeToJson({
  kind: 'deposit.rejected',
  claimed: rupiahs(10_000),
  reason: 'tidak ada',
});
const paid = (receipt: string): Json =>
  noticeToJson({
    kind: 'withdrawal.paid',
    amount: rupiahs(50_000),
    maskedNumber: '+62 812-••••-7890',
    reference: 'R1',
    receipt,
    balance: rupiahs(0),
  });
