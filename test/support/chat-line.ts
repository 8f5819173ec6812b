import type { MemoryPorts } from '../../adapters/memory/index.ts';
import { deskNow } from '../../adapters/telegram/delivery/desk-now.ts';
import { broadcastsOf } from '../../adapters/telegram/delivery/send-broadcast.ts';
import { createNotifier } from '../../adapters/telegram/delivery/notifier.ts';
import { revealNumber } from '../../adapters/telegram/delivery/reveal-number.ts';
import { readAudit } from '../../adapters/telegram/delivery/send-audit.ts';
import { handleUpdate } from '../../adapters/telegram/updates/handle-update.ts';
import { workLane } from '../../adapters/telegram/updates/lane-worker.ts';
import type { FileToPrepare } from '../../adapters/telegram/updates/prepare-file.ts';
import { receiveUpdates } from '../../adapters/telegram/updates/receive.ts';
import { createTapAnswers, type TapAnswers } from '../../adapters/telegram/updates/tap-answers.ts';
import type { PreparedFile } from '../../adapters/telegram/turn.ts';
import {
  asRefusal,
  createCore,
  type ClaimedMessage,
  type Core,
  type Json,
  type UserId,
} from '../../core/index.ts';
import { deliverDue } from './deliver.ts';
import { pocketTelegram } from './pocket-telegram.ts';
import { BOT_ID, aRouter } from './router.ts';
import { sketchPainter } from './sketch-painter.ts';

/** However slow the machine, a tap of a test is answered in time. */
const PATIENCE_MS = 60_000;
/** What the bot believes the pace to be; nothing here keeps to it. */
const PER_SECOND = 30;

export type Line = ReturnType<typeof aLine>;

/** Inbox, lane worker, outbox and notifier as the app wires them. */
export const aLine = (ports: MemoryPorts) => {
  const pocket = pocketTelegram();
  const files = new Map<string, Uint8Array | PreparedFile>();
  const chats = new Map<UserId, number>();
  const screens = new Map<number, number | null>();
  const posted: ClaimedMessage[] = [];
  const defects: string[] = [];
  const core = createCore(ports);
  const notifier = createNotifier({
    telegram: pocket.telegram,
    clock: ports.clock,
    proofStorage: ports.proofStorage,
    chartPainter: sketchPainter,
    findRecipient: (userId) =>
      ports.unitOfWork.run(async (tx) => {
        const user = await tx.users.find(userId);
        if (!user) return undefined;
        chats.set(userId, user.telegramId);
        const screenMessageId = (await tx.conversations.find(userId))?.screenMessageId ?? null;
        const { telegramId: chatId, language, role, permissions } = user;
        return { userId, chatId, language, role, permissions, screenMessageId };
      }),
    noteScreen: async (user, id) => {
      screens.set(chats.get(user) ?? 0, id);
      await ports.unitOfWork.run((tx) => tx.conversations.noteScreen(user, id));
    },
    revealNumber: revealNumber(core),
    deskNow: deskNow(core),
    readAudit: readAudit(core),
    broadcasts: broadcastsOf(core, PER_SECOND),
    isOutage: () => false,
    onFailed: (_message, why) => {
      throw new Error(`Telegram refused a message: ${why}`);
    },
    onDefect: (_message, why) => defects.push(why),
  });
  let process = aProcess(ports, { core, pocket, files });
  let last: Json = null;
  let updates = 0;
  const deliver = async (): Promise<void> => {
    posted.push(...(await deliverDue({ core, ports: { notifier } })));
    if (defects.length > 0) throw new Error(`markup cannot be read: ${defects.join()}`);
  };
  const receive = async (update: Json): Promise<void> => {
    last = update;
    await process.take(update);
    await deliver();
  };
  const send = (update: { readonly [key: string]: Json }): Promise<void> => {
    updates += 1;
    return receive({ update_id: updates, ...update });
  };
  return {
    core,
    ports,
    pocket,
    files,
    /** Every message as it stood in the outbox until it was sent, oldest first. */
    posted,
    /** Which message shows somebody's screen. */
    screenOf: (telegramId: number) => screens.get(telegramId) ?? null,
    deliver,
    send,
    restart: () => {
      process = aProcess(ports, { core, pocket, files });
    },
    repeat: async () => {
      if (last !== null) await receive(last);
    },
  };
};

/** What dies with a process and is made anew. */
const aProcess = (
  ports: MemoryPorts,
  { core, pocket, files }: Pick<Line, 'core' | 'pocket' | 'files'>,
) => {
  const router = aRouter();
  const taps = createTapAnswers({ telegram: pocket.telegram, patienceMs: PATIENCE_MS });
  const given: Promise<void>[] = [];
  const answers: TapAnswers = {
    ...taps,
    give: (queryId, answer) => {
      const sent = taps.give(queryId, answer);
      given.push(sent);
      return sent;
    },
  };
  const lanes = new Set<number>();
  const receive = receiveUpdates({
    botId: BOT_ID,
    ...ports,
    answers,
    onLanes: (some) => some.forEach((lane) => lanes.add(lane)),
  });
  const work = workLane({
    botId: BOT_ID,
    ...ports,
    core,
    answers,
    telegram: pocket.telegram,
    router,
    prepare: preparing(core, files),
    handle: handleUpdate({
      core,
      clock: ports.clock,
      ids: ports.ids,
      router,
      answers,
      messagesPerSecond: PER_SECOND,
    }),
    isOutage: () => false,
    redact: (text) => text,
    onFailure: ({ error }) => {
      throw error;
    },
    onHandled: () => undefined,
    onOrder: () => undefined,
    onDone: () => undefined,
  });
  return {
    /** Receives, handles and answers an update. */
    take: async (update: Json): Promise<void> => {
      await receive([update]);
      for (const lane of lanes) while (await work(lane));
      lanes.clear();
      await Promise.all(given.splice(0));
    },
  };
};

/** As `prepareFile`, without the download. */
const preparing =
  (core: Core, files: Line['files']) =>
  async ({ file, use, settings }: FileToPrepare): Promise<Json> => {
    const sent = files.get(file.fileId);
    if (!sent) throw new Error('the test sent no such file');
    if (!(sent instanceof Uint8Array)) return sent as unknown as Json;
    const { storeScreenshot, storeTransferProof } = core.files;
    try {
      const store = use === 'screenshot' ? storeScreenshot : storeTransferProof;
      const stored = await store({ bytes: sent, maxBytes: settings.proofBytesMax });
      return { ok: true, file: { ...stored, channelFileId: file.uniqueId } };
    } catch (error) {
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      return { ok: false, code: refusal.code, details: refusal.details as Json };
    }
  };
