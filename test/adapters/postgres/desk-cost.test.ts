import { MikroORM } from '@mikro-orm/postgresql';
import { expect } from 'chai';
import { createManualClock } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { ormOptions, type Orm } from '../../../adapters/postgres/orm.ts';
import { dialoguePath, shortId } from '../../../adapters/telegram/buttons.ts';
import { handleUpdate } from '../../../adapters/telegram/updates/handle-update.ts';
import { workLane } from '../../../adapters/telegram/updates/lane-worker.ts';
import { receiveUpdates } from '../../../adapters/telegram/updates/receive.ts';
import { createCore, DEFAULT_SETTINGS, type Campaign, type Proof } from '../../../core/index.ts';
import { freshNumber } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { peopleOn, type Person } from '../../support/market.ts';
import { pocketTelegram } from '../../support/pocket-telegram.ts';
import { portsAround } from '../../support/ports-around.ts';
import { aRouter, BOT_ID } from '../../support/router.ts';

/** A pool as its driver makes it; each query of a client is one round trip. */
interface Pool {
  on(
    event: 'connect',
    listener: (client: { query: (...query: unknown[]) => unknown }) => void,
  ): void;
}

/** Connects, and counts every statement that is sent from now on, BEGIN and COMMIT included. */
const countingOrm = async (url: string): Promise<{ orm: Orm; trips: () => number }> => {
  let sent = 0;
  const options = ormOptions({ url });
  const { onPoolCreated, ...driver } = options.driverOptions as {
    readonly onPoolCreated: (pool: Pool) => void;
  };
  const orm = await MikroORM.init({
    ...options,
    driverOptions: {
      ...driver,
      onPoolCreated: (pool: Pool) => {
        pool.on('connect', (client) => {
          const query = client.query.bind(client);
          client.query = (...args) => {
            sent += 1;
            return query(...args);
          };
        });
        onPoolCreated(pool);
      },
    },
  });
  return { orm, trips: () => sent };
};

/** A desk on PostgreSQL: taps are received and handled as the bot does it; nothing is delivered. */
const aDesk = (orm: Orm) => {
  const clock = createManualClock();
  const settings = { ...DEFAULT_SETTINGS, actionsPerSecond: 0, decisionPauseMs: 0 };
  const ports = {
    ...portsAround(createPostgresPorts({ orm, settings }), '/nowhere'),
    clock,
  };
  const core = createCore(ports);
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
  return {
    people: peopleOn(ports, core),
    /** A button of the dialogue that this person is in. */
    choice: (person: Person, action: string): Promise<string> =>
      ports.unitOfWork.run(async (tx) => {
        const { revision = 0 } = (await tx.conversations.find(person.id)) ?? {};
        return dialoguePath(revision, action);
      }),
    tap: async (telegramId: number, data: string): Promise<void> => {
      const from = { id: telegramId, is_bot: false, first_name: 'Ayu', language_code: 'id' };
      const query = { id: `q-${freshNumber()}`, from, chat_instance: '1', data };
      await receive([{ update_id: freshNumber(), callback_query: query }]);
      await work(telegramId);
    },
  };
};

/** What docs/desks.md says; a change that costs more shows here first. */
const PROMISED = { approve: 50, reject: 70, skip: 35 };

describe('PostgreSQL: what a decision at the review desk costs', () => {
  let database: TestDatabase;
  let orm: Orm;
  before(async () => {
    database = await cloneDatabase();
  });
  after(async () => {
    await orm.close(true);
    await database.drop();
  });

  it('REV-2 a decision takes no more round trips than the docs say, however many wait', async () => {
    const counting = await countingOrm(database.botUrl);
    ({ orm } = counting);
    const { people, tap, choice } = aDesk(orm);
    const [client, admin] = [await people.client(), await people.admin()];
    const campaign: Campaign = await people.campaign(client, { target: 20 });
    const proofs: Proof[] = [];
    const send = async (many: number): Promise<void> => {
      for (let sent = 0; sent < many; sent += 1) {
        proofs.push(await people.proof(await people.worker(), campaign));
        people.clock.advance(1_000);
      }
    };
    const cost = async (data: string): Promise<number> => {
      const before = counting.trips();
      await tap(admin.telegramId, data);
      return counting.trips() - before;
    };
    const next = (): string => {
      const proof = proofs.shift();
      if (!proof) throw new Error('no proof is left');
      return shortId(proof.id);
    };
    const decisions = async () => {
      await tap(admin.telegramId, 'ry');
      return {
        approve: await cost(`ra:${next()}`),
        reject: (await cost(`rr:${next()}`)) + (await cost(await choice(admin, 'none'))),
        skip: await cost(`rs:${next()}`),
      };
    };
    await send(5);
    const few = await decisions();
    await send(12);
    expect(await decisions()).to.deep.equal(few);
    for (const [decision, trips] of Object.entries(PROMISED)) {
      expect(few, decision).to.have.property(decision).that.is.at.most(trips);
    }
  });
});
