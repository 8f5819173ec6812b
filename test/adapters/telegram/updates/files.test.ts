import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { TelegramError, type Telegram } from 'telegraf';
import {
  FileUnavailable,
  prepareFile,
} from '../../../../adapters/telegram/updates/prepare-file.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { DEFAULT_SETTINGS, type Core } from '../../../../core/index.ts';
import { failureOf } from '../../../contracts/harness.ts';
import { aFile } from '../../../support/builders.ts';
import { aLaneRig, type LaneRig, type RigPerson } from '../../../support/lane-rig.ts';
import { BOT_ID } from '../../../support/router.ts';
import { waitingIn } from '../../../support/waiting-in.ts';

const TOKEN = '8123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc';
const refusals = textsIn('id').refusals;
const UNAVAILABLE = refusals.say({ code: 'file.unavailable', details: null });

/** A client before the question for a transfer proof. */
const atTheProof = async (rig: LaneRig): Promise<RigPerson> => {
  const ani = await rig.person('client');
  await ani.send(ani.text('Top-Up'), ani.text('50rb'));
  return ani;
};

/** A rig whose first `faults` tries to get a file fail. */
const aRig = (faults: number, error: () => Error = () => new FileUnavailable('no line')) => {
  let left = faults;
  return aLaneRig({
    worker: ({ prepare }) => ({
      prepare: async (file) => {
        left -= 1;
        if (left >= 0) throw error();
        return prepare(file);
      },
    }),
  });
};

const depositsOf = ({ core }: LaneRig, { user }: RigPerson) =>
  core.deposits.mine({ actor: { kind: 'user', id: user.id } });

/** Works again at every moment that the lane has something to do, for so long. */
const persist = async (rig: LaneRig, { telegramId }: RigPerson, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) {
    rig.clock.advance(1_000);
    await rig.drain(telegramId);
  }
};

const laneOf = ({ telegramId: lane }: RigPerson) => ({ botId: BOT_ID, lane });

describe('Telegram: files that cannot be had', () => {
  it('PRF-1 a file that comes at the fifth try is taken as if nothing had been', async () => {
    const rig = aRig(4);
    const ani = await atTheProof(rig);
    await ani.send(ani.photo(), ani.text('Saldo'));
    await persist(rig, ani, 19);
    expect(await depositsOf(rig, ani)).to.deep.equal([]);
    await persist(rig, ani, 1);
    expect(await depositsOf(rig, ani)).to.have.length(1);
    expect(rig.failures.map(({ tries, parked }) => ({ tries, parked }))).to.deep.equal(
      [1, 2, 3, 4].map((tries) => ({ tries, parked: false })),
    );
  });

  it('PRF-1 after five tries the person is asked to send it again, where they are', async () => {
    const rig = aRig(5);
    const ani = await atTheProof(rig);
    await ani.send(ani.photo());
    await persist(rig, ani, 20);
    expect(ani.notes().at(-1)).to.contain(UNAVAILABLE);
    expect(ani.screens().at(-1)).to.contain('Langkah 2 dari 2');
    expect(await ani.dialogue()).to.deep.include({ flow: 'top-up', step: 'proof' });
    expect((await rig.ports.inbox.depth(BOT_ID)).parked).to.equal(0);
    await ani.send(ani.photo());
    expect(await depositsOf(rig, ani)).to.have.length(1);
  });

  it('UX-4 whoever waits for a file to be fetched is told so, once', async () => {
    const rig = aRig(3);
    const ani = await atTheProof(rig);
    await ani.send(ani.photo());
    expect(ani.notes()).to.deep.equal([textsIn('id').common.fileUnderWay]);
    await persist(rig, ani, 19);
    expect(ani.notes()).to.deep.equal([textsIn('id').common.fileUnderWay]);
    expect(await depositsOf(rig, ani)).to.have.length(1);
  });

  it('OPS-3 tries to get a file do not count as tries to handle its update', async () => {
    const rig = aRig(4);
    const ani = await atTheProof(rig);
    await ani.send(ani.photo());
    for (let second = 0; second < 19; second += 1) {
      await persist(rig, ani, 1);
      const head = await waitingIn(rig.ports, laneOf(ani), new Date(8e15));
      expect(head?.tries).to.equal(0);
    }
  });

  it('OPS-4 what another process did meanwhile is done, and the next one prepared', async () => {
    let first = true;
    const rig = aLaneRig({
      worker: ({ prepare, unitOfWork, clock }) => ({
        prepare: async (file) => {
          if (first) await unitOfWork.run((tx) => tx.inbox.done({ ...elsewhere, at: clock.now() }));
          first = false;
          return prepare(file);
        },
      }),
    });
    const ani = await atTheProof(rig);
    const [one, two] = [ani.photo(), ani.photo()];
    const elsewhere = { botId: BOT_ID, updateId: Number(one['update_id']) };
    await ani.send(one, two);
    expect(await depositsOf(rig, ani)).to.deep.equal([]);
    await rig.drain(ani.telegramId);
    expect(await depositsOf(rig, ani)).to.have.length(1);
  });

  it('OPS-4 one process that cannot get a file does not undo what another one has', async () => {
    const tries: PromiseWithResolvers<void>[] = [];
    const two = Promise.withResolvers<void>();
    const rig = aLaneRig({
      worker: ({ prepare }) => ({
        prepare: async (file) => {
          const mine = Promise.withResolvers<void>();
          if (tries.push(mine) === 2) two.resolve();
          await mine.promise;
          return prepare(file);
        },
      }),
    });
    const ani = await atTheProof(rig);
    const photo = ani.photo();
    await rig.receive([photo]);
    const ours = rig.work(ani.telegramId);
    const theirs = rig.work(ani.telegramId);
    await two.promise;
    const noted = { botId: BOT_ID, updateId: Number(photo['update_id']) };
    const [good, bad] = tries;
    await rig.ports.inbox.notePrepared({ ...noted, prepared: { ok: true } });
    bad?.reject(new FileUnavailable('no line'));
    expect(await theirs, 'look again').to.equal(true);
    const head = await waitingIn(rig.ports, laneOf(ani), rig.clock.now());
    expect(head?.prepared, 'and it is not put off').to.deep.equal({ ok: true });
    good?.resolve();
    await ours;
    expect(await depositsOf(rig, ani)).to.have.length(1);
  });

  it('OPS-4 a file that was had replaces the note of another one’s failure', async () => {
    let first = true;
    const rig = aLaneRig({
      worker: ({ prepare, inbox }) => ({
        prepare: async (file) => {
          if (first) await inbox.notePrepared({ ...elsewhere, prepared: { retrying: 1 } });
          first = false;
          return prepare(file);
        },
      }),
    });
    const ani = await atTheProof(rig);
    const photo = ani.photo();
    const elsewhere = { botId: BOT_ID, updateId: Number(photo['update_id']) };
    await ani.send(photo);
    expect(await depositsOf(rig, ani)).to.have.length(1);
  });

  it('OPS-3 a defect while a file is prepared is no trouble of the surroundings', async () => {
    const rig = aRig(5, () => new TypeError('a defect'));
    const ani = await atTheProof(rig);
    await ani.send(ani.photo());
    await persist(rig, ani, 60);
    expect((await rig.ports.inbox.depth(BOT_ID)).parked).to.equal(1);
    expect(ani.notices().map(({ kind }) => kind)).to.deep.equal(['update.failed']);
  });

  it('UX-4 the sentence exists in both languages and fits into an alert', () => {
    for (const language of ['id', 'en'] as const) {
      const text = textsIn(language).refusals.sayCode('file.unavailable', null);
      expect(text).to.equal(
        textsIn(language).refusals.say({ code: 'file.unavailable', details: null }),
      );
      expect(text.length).to.be.within(20, 190);
    }
  });
});

interface Change {
  readonly getFile?: () => Promise<unknown>;
  readonly apiRoot?: string;
  readonly store?: () => Promise<unknown>;
}

/** Lets everything happen that can happen by itself. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Telegram: fetching a file', () => {
  const file = { fileId: 'f', uniqueId: 'u', size: undefined, albumId: undefined };
  const ask = { file, use: 'screenshot', settings: DEFAULT_SETTINGS } as const;
  const store = async () => aFile();
  const fetcher = (change: Change) =>
    prepareFile({
      token: TOKEN,
      apiRoot: change.apiRoot ?? 'http://127.0.0.1:1',
      telegram: {
        getFile: change.getFile ?? (async () => ({ file_path: 'a.jpg' })),
      } as unknown as Telegram,
      core: { files: { storeScreenshot: change.store ?? store } } as unknown as Core,
    });
  const fetched = (change: Change) => fetcher(change)(ask);
  const served = async <T>(listener: RequestListener, use: (root: string) => Promise<T>) => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };
  const answered = (listener: RequestListener) =>
    served(listener, (apiRoot) => failureOf(fetched({ apiRoot })));
  const isUnavailable = (error: unknown): void => {
    expect(error).to.be.instanceOf(FileUnavailable);
    expect(String(error)).not.to.contain('AAEh');
    expect((error as Error).cause).to.equal(undefined);
  };

  it('PRF-1 a Telegram that is away or does not give the file may do so later', async () => {
    const away = new Error(`request to https://api.telegram.org/bot${TOKEN}/getFile failed`);
    isUnavailable(await failureOf(fetched({ getFile: () => Promise.reject(away) })));
    const busy = new TelegramError({ error_code: 502, description: 'Bad Gateway' });
    isUnavailable(await failureOf(fetched({ getFile: () => Promise.reject(busy) })));
    isUnavailable(await failureOf(fetched({ getFile: async () => ({}) })));
  });

  it('PRF-1 a download that is refused, cut or answered with an error may work later', async () => {
    isUnavailable(await failureOf(fetched({})));
    isUnavailable(await answered((_request, response) => response.writeHead(500).end('<html>')));
    isUnavailable(
      await answered((_request, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('half');
        response.destroy();
      }),
    );
  });

  it('PRF-1 no more than ten files are fetched at the same time; others wait', async () => {
    const asked: PromiseWithResolvers<unknown>[] = [];
    const getFile = () => {
      const one = Promise.withResolvers<unknown>();
      asked.push(one);
      return one.promise;
    };
    const fetching = fetcher({ getFile });
    const all = Array.from({ length: 12 }, () => failureOf(fetching(ask)));
    await settled();
    expect(asked).to.have.length(10);
    asked[0]?.resolve({});
    await all[0];
    await settled();
    expect(asked).to.have.length(11);
    for (const { resolve } of asked) resolve({});
    await all[10];
    await settled();
    asked.at(-1)?.resolve({});
    for (const error of await Promise.all(all)) isUnavailable(error);
  });

  it('PRF-1 a full disk may be emptied; anything else is a defect', async () => {
    const full = Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
    const put = (error: Error) =>
      served(
        (_request, response) => response.end('x'),
        (apiRoot) => failureOf(fetched({ apiRoot, store: () => Promise.reject(error) })),
      );
    isUnavailable(await put(full));
    const defect = new TypeError('x is not a function');
    expect(await put(defect)).to.equal(defect);
  });

  it('PRF-1 what Telegram itself finds too big is refused in words', async () => {
    const tooBig = new TelegramError({
      error_code: 400,
      description: 'Bad Request: file is too big',
    });
    const prepared = await fetched({ getFile: () => Promise.reject(tooBig) });
    expect(prepared).to.deep.include({ ok: false, code: 'file.too-large' });
  });
});
