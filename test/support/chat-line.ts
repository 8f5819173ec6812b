import type { MemoryPorts } from '../../adapters/memory/index.ts';
import { createRouter } from '../../adapters/telegram/bot.ts';
import { createNotifier } from '../../adapters/telegram/delivery/notifier.ts';
import { revealNumber } from '../../adapters/telegram/delivery/reveal-number.ts';
import { features } from '../../adapters/telegram/features/index.ts';
import { handleUpdate } from '../../adapters/telegram/handle-update.ts';
import { workLane } from '../../adapters/telegram/lane-worker.ts';
import type { FileToPrepare } from '../../adapters/telegram/prepare-file.ts';
import type { PreparedFile } from '../../adapters/telegram/turn.ts';
import {
  asRefusal,
  createCore,
  type Core,
  type InboxUpdate,
  type Json,
  type UserId,
} from '../../core/index.ts';
import { pocketTelegram } from './pocket-telegram.ts';

const BOT_ID = 7;
const BOT_INFO = { id: BOT_ID, is_bot: true, first_name: 'Upah', username: 'upah_bot' } as never;

export type Line = ReturnType<typeof aLine>;

/** Inbox, lane worker, outbox and notifier as the app wires them. */
export const aLine = (ports: MemoryPorts) => {
  const pocket = pocketTelegram();
  const files = new Map<string, Uint8Array | PreparedFile>();
  const chats = new Map<UserId, number>();
  const screens = new Map<number, number | null>();
  const core = createCore(ports);
  const notifier = createNotifier({
    telegram: pocket.telegram,
    proofStorage: ports.proofStorage,
    findRecipient: (userId) =>
      ports.unitOfWork.run(async (tx) => {
        const user = await tx.users.find(userId);
        if (!user) return undefined;
        chats.set(userId, user.telegramId);
        const screenMessageId = (await tx.conversations.find(userId))?.screenMessageId ?? null;
        return { userId, chatId: user.telegramId, language: user.language, screenMessageId };
      }),
    noteScreen: async (user, id) => {
      screens.set(chats.get(user) ?? 0, id);
      await ports.unitOfWork.run((tx) => tx.conversations.noteScreen(user, id));
    },
    revealNumber: revealNumber(core),
    onFailed: (_message, why) => {
      throw new Error(`Telegram refused a message: ${why}`);
    },
  });
  let process = aProcess(ports, { core, pocket, files });
  let last: InboxUpdate | undefined;
  let updates = 0;
  const deliver = async (): Promise<void> => {
    while ((await core.outbox.deliverDue({ notifier, limit: 100, leaseMs: 60_000 })) > 0);
  };
  const receive = async (update: InboxUpdate): Promise<void> => {
    last = update;
    await ports.inbox.receive([update]);
    while (await process(update.lane));
    await deliver();
  };
  const send = (lane: number, update: { readonly [key: string]: Json }): Promise<void> => {
    updates += 1;
    const payload = { update_id: updates, ...update };
    const receivedAt = ports.clock.now();
    return receive({ botId: BOT_ID, updateId: updates, lane, payload, receivedAt });
  };
  return {
    core,
    ports,
    pocket,
    files,
    /** Which message shows somebody's screen. */
    screenOf: (telegramId: number) => screens.get(telegramId) ?? null,
    deliver,
    send,
    restart: () => {
      process = aProcess(ports, { core, pocket, files });
    },
    repeat: async () => {
      if (last) await receive(last);
    },
  };
};

/** What dies with a process and is made anew. */
const aProcess = (
  ports: MemoryPorts,
  { core, pocket, files }: Pick<Line, 'core' | 'pocket' | 'files'>,
): ((lane: number) => Promise<boolean>) => {
  const router = createRouter('7:test', BOT_INFO, features);
  return workLane({
    botId: BOT_ID,
    ...ports,
    telegram: pocket.telegram,
    router,
    prepare: preparing(core, files),
    handle: handleUpdate({ core, clock: ports.clock, ids: ports.ids, router }),
    onFailure: ({ error }) => {
      throw error;
    },
    onHandled: () => undefined,
  });
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
