import { Telegram } from 'telegraf';
import { shortId } from '../../adapters/telegram/buttons.ts';
import { CODES } from '../../adapters/telegram/codes.ts';
import { handleUpdate } from '../../adapters/telegram/updates/handle-update.ts';
import { workLane } from '../../adapters/telegram/updates/lane-worker.ts';
import { receiveUpdates } from '../../adapters/telegram/updates/receive.ts';
import { DEFAULT_SETTINGS, type Json } from '../../core/index.ts';
import { freshNumber } from '../support/builders.ts';
import { aPicture } from '../support/chat.ts';
import type { Person } from '../support/market.ts';
import { BOT_ID, aRouter } from '../support/router.ts';
import type { Means } from './ground.ts';

/** Receives an update, and works on every lane that has something to do, as the bot does. */
export const handleAsBot = async (means: Means, update: Json): Promise<void> => {
  const { ports, core } = means;
  const answers = { expect: () => {}, claim: () => true, give: async () => {} };
  await receiveUpdates({ botId: BOT_ID, ...ports, answers, onLanes: () => {} })([update]);
  const router = aRouter();
  const work = workLane({
    botId: BOT_ID,
    ...ports,
    core,
    answers,
    router,
    telegram: new Telegram(`${BOT_ID}:never-used`),
    prepare: async ({ file }) => {
      const bytes = aPicture(file.uniqueId);
      const maxBytes = DEFAULT_SETTINGS.proofBytesMax;
      const stored = await core.files.storeScreenshot({ bytes, maxBytes });
      return { ok: true, file: { ...stored, channelFileId: file.uniqueId } } as unknown as Json;
    },
    handle: handleUpdate({ core, clock: ports.clock, ids: ports.ids, router, answers }),
    isOutage: () => false,
    redact: (text) => text,
    onFailure: () => {},
    onHandled: () => {},
    onOrder: () => {},
    onDone: () => {},
  });
  for (const lane of await ports.inbox.waitingLanes(BOT_ID, ports.clock.now())) {
    while (await work(lane));
  }
};

const update = (what: { readonly [key: string]: Json }): Json => ({
  update_id: freshNumber(),
  ...what,
});

const from = ({ telegramId }: Pick<Person, 'telegramId'>) => ({
  id: telegramId,
  is_bot: false,
  first_name: 'Siti',
  username: `u${telegramId}`,
});

const message = (who: Pick<Person, 'telegramId'>, fields: { readonly [key: string]: Json }) => ({
  message_id: 1,
  date: 1_767_578_400,
  from: from(who),
  chat: { id: who.telegramId, type: 'private', first_name: 'Siti' },
  ...fields,
});

/** Somebody writes this. */
export const aWord = (who: Pick<Person, 'telegramId'>, text: string): Json => {
  const entities = text.startsWith('/')
    ? [{ type: 'bot_command', offset: 0, length: text.length }]
    : [];
  return update({ message: message(who, { text, entities }) });
};

/** Somebody taps a button about a thing. */
export const aTap = (who: Person, code: keyof typeof CODES, id: string): Json =>
  update({
    callback_query: {
      id: '1',
      from: from(who),
      chat_instance: '1',
      data: `${CODES[code]}:${shortId(id)}`,
      message: message(who, {}),
    },
  });

/** Somebody sends a picture. */
export const aPhoto = (who: Person): Json => {
  const name = `photo-of-${who.telegramId}`;
  const photo = [{ file_id: name, file_unique_id: name, width: 900, height: 1_600 }];
  return update({ message: message(who, { photo }) });
};
