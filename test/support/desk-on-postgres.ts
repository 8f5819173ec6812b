import { MikroORM } from '@mikro-orm/postgresql';
import { createManualClock } from '../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { ormOptions, type Orm } from '../../adapters/postgres/orm.ts';
import { dialoguePath } from '../../adapters/telegram/buttons.ts';
import { handleUpdate } from '../../adapters/telegram/updates/handle-update.ts';
import { workLane } from '../../adapters/telegram/updates/lane-worker.ts';
import { receiveUpdates } from '../../adapters/telegram/updates/receive.ts';
import {
  createCore,
  DEFAULT_SETTINGS,
  plusMs,
  type Conversation,
  type Core,
  type UserId,
} from '../../core/index.ts';
import { freshNumber } from './builders.ts';
import { peopleOn } from './market.ts';
import { pocketTelegram } from './pocket-telegram.ts';
import { portsAround } from './ports-around.ts';
import { aRouter, BOT_ID } from './router.ts';

interface Client {
  query: (...query: unknown[]) => unknown;
}

/** A pool as its driver makes it. */
interface Pool {
  on(event: 'connect', listener: (client: Client) => void): void;
}

/** What was asked of a server, BEGIN and COMMIT included. */
export interface Asked {
  readonly statements: number;
  /** How often it was waited for: what is sent before an answer comes travels together. */
  readonly trips: number;
}

/** Connects, and counts what is asked from now on. */
export const countingOrm = async (url: string): Promise<{ orm: Orm; asked: () => Asked }> => {
  let [statements, trips] = [0, 0];
  const watch = (client: Client): void => {
    const query = client.query.bind(client);
    let isAnswered = true;
    const answered = (): void => {
      isAnswered = true;
    };
    client.query = (...args) => {
      statements += 1;
      if (isAnswered) trips += 1;
      isAnswered = false;
      const answer = query(...args);
      if (!(answer instanceof Promise)) throw new Error('an answer that nobody can wait for');
      answer.then(answered, answered);
      return answer;
    };
  };
  const options = ormOptions({ url });
  const { onPoolCreated, ...driver } = options.driverOptions as {
    readonly onPoolCreated: (pool: Pool) => void;
  };
  const orm = await MikroORM.init({
    ...options,
    driverOptions: {
      ...driver,
      onPoolCreated: (pool: Pool) => {
        pool.on('connect', watch);
        onPoolCreated(pool);
      },
    },
  });
  return { orm, asked: () => ({ statements, trips }) };
};

/** Where a dialogue stands; it is read again as if it had been left there. */
export type Standing = Pick<Conversation, 'flow' | 'step' | 'version' | 'data'>;

/** A desk on PostgreSQL: what is sent is received and handled as the bot does it; nothing is delivered. */
export const aDesk = (orm: Orm, clock = createManualClock()) => {
  const settings = { ...DEFAULT_SETTINGS, actionsPerSecond: 0, decisionPauseMs: 0 };
  const ports = {
    ...portsAround(createPostgresPorts({ orm, settings }), '/nowhere'),
    clock,
  };
  const core: Core = createCore(ports);
  const answers = {
    expect: () => {},
    claim: () => true,
    give: async () => {},
    stop: async () => {},
  };
  const router = aRouter();
  const work = workLane({
    botId: BOT_ID,
    ...ports,
    core,
    router,
    answers,
    telegram: pocketTelegram().telegram,
    handle: handleUpdate({ core, clock, ids: ports.ids, router, answers }),
    prepare: async () => null,
    isOutage: () => false,
    redact: (text) => text,
    onFailure: ({ error }) => {
      throw error;
    },
    onHandled: () => {},
    onOrder: () => {},
    onDone: () => {},
  });
  const receive = receiveUpdates({ botId: BOT_ID, ...ports, answers, onLanes: () => {} });
  const sender = (id: number) => ({ id, is_bot: false, first_name: 'Ayu', language_code: 'id' });
  return {
    ports,
    core,
    people: peopleOn(ports, core),
    /** A button of the dialogue that this person is in. */
    choice: (id: UserId, action: string, argument?: string): Promise<string> =>
      ports.unitOfWork.run(async (tx) => {
        const { revision = 0 } = (await tx.conversations.find(id)) ?? {};
        return dialoguePath(revision, action, argument);
      }),
    /** Puts this person into a dialogue, as if they had come there. */
    stand: (userId: UserId, standing: Standing): Promise<void> =>
      ports.unitOfWork.run(async (tx) => {
        const found = await tx.conversations.find(userId);
        const { screenMessageId = null, revision = 0 } = found ?? {};
        const expiresAt = plusMs(clock.now(), 60_000);
        const place = { userId, screenMessageId, revision, expiresAt };
        await tx.conversations.save({ ...place, ...standing });
      }),
    tap: async (telegramId: number, data: string): Promise<void> => {
      const from = sender(telegramId);
      const query = { id: `q-${freshNumber()}`, from, chat_instance: '1', data };
      await receive([{ update_id: freshNumber(), callback_query: query }]);
      await work(telegramId);
    },
    say: async (telegramId: number, text: string): Promise<void> => {
      const from = sender(telegramId);
      const chat = { id: telegramId, type: 'private', first_name: 'Ayu' } as const;
      const date = Math.floor(clock.now().getTime() / 1_000);
      const message = { message_id: freshNumber(), date, chat, from, text };
      await receive([{ update_id: freshNumber(), message }]);
      await work(telegramId);
    },
  };
};

export type Desk = ReturnType<typeof aDesk>;
