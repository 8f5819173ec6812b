import { expect } from 'chai';
import type { LaneWorkerPorts } from '../../../../adapters/telegram/updates/lane-worker.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { FailedTry } from '../../../../core/index.ts';
import { aLaneRig, type LaneRig, type RigPerson } from '../../../support/lane-rig.ts';
import { BOT_ID } from '../../../support/router.ts';

const { common } = textsIn('id');
const MINUTE_MS = 60_000;
const TOKEN = '8123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc';

/** A worker whose handling of the text "racun" has a defect, or whatever `error` says. */
const poisoned =
  (error: () => Error = () => new Error('a defect')) =>
  ({ handle }: LaneWorkerPorts): Partial<LaneWorkerPorts> => ({
    handle: async (tx, taken, word) => {
      const handled = await handle(tx, taken, word);
      if (word.kind === 'text' && word.text === 'racun') throw error();
      return handled;
    },
  });

/** Lets time pass and works again, until nothing of the lane waits, or too often. */
const persist = async (rig: LaneRig, { telegramId }: RigPerson, rounds = 10): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    await rig.drain(telegramId);
    rig.clock.advance(MINUTE_MS);
  }
};

const parkedIn = async (rig: LaneRig): Promise<number> =>
  (await rig.ports.inbox.depth(BOT_ID)).parked;

describe('Telegram: lanes', () => {
  it('OPS-3 a poison update is parked after five tries, and the lane goes on', async () => {
    const rig = aLaneRig({ worker: poisoned() });
    const [admin, ani] = [await rig.person('worker'), await rig.person('client')];
    const grant = {
      actor: { kind: 'operator', name: 'test' },
      telegramId: admin.telegramId,
    } as const;
    await rig.core.users.grantAdmin(grant);
    const poison = ani.text('racun');
    await ani.send(poison, ani.text('Top-Up'));
    expect((await ani.dialogue())?.flow ?? null).to.equal(null);
    await persist(rig, ani);
    expect(rig.failures.map(({ tries, parked }) => ({ tries, parked }))).to.deep.equal(
      [1, 2, 3, 4, 5].map((tries) => ({ tries, parked: tries === 5 })),
    );
    expect(rig.failures.every(({ updateId }) => updateId === poison['update_id'])).to.equal(true);
    expect(await parkedIn(rig)).to.equal(1);
    expect((await ani.dialogue())?.flow).to.equal('top-up');
    expect(ani.notices().map(({ kind }) => kind)).to.deep.equal(['update.failed']);
    expect(admin.notices().at(-1)).to.deep.equal({
      kind: 'update.parked',
      updateId: poison['update_id'],
    });
    expect(rig.dones.slice(-2)).to.deep.equal([
      { kind: 'text', outcome: 'parked' },
      { kind: 'text', outcome: 'handled' },
    ]);
  });

  it('OPS-3 nothing of a try that failed remains', async () => {
    const rig = aLaneRig({ worker: poisoned() });
    const ani = await rig.person('client');
    await ani.send(ani.text('racun'));
    await persist(rig, ani);
    expect(ani.screens()).to.deep.equal([]);
    expect(await ani.dialogue()).to.equal(undefined);
  });

  it('UX-4 somebody unknown whose first word is parked gets the apology directly', async () => {
    const rig = aLaneRig({ worker: poisoned() });
    const stranger = await rig.person();
    await stranger.send(stranger.text('racun'));
    await persist(rig, stranger);
    const seen = rig.pocket.messages(stranger.telegramId).map(({ text }) => text);
    expect(seen).to.deep.equal([common.apology]);
  });

  it('OPS-3 what is not its fault never parks an update, however long it lasts', async () => {
    let away = true;
    const rig = aLaneRig({
      worker: ({ handle }) => ({
        isOutage: () => true,
        handle: (tx, taken, word) => {
          if (away) throw new Error('the disk is full');
          return handle(tx, taken, word);
        },
      }),
    });
    const ani = await rig.person('client');
    await ani.send(ani.text('Top-Up'));
    await persist(rig, ani, 20);
    expect(rig.failures).to.have.length(20);
    expect(rig.failures.every(({ tries, parked }) => tries === 0 && !parked)).to.equal(true);
    away = false;
    await persist(rig, ani, 1);
    expect((await ani.dialogue())?.flow).to.equal('top-up');
    expect(await parkedIn(rig)).to.equal(0);
  });

  it('OPS-3 where not even the failure can be stored, the update waits all the same', async () => {
    const rig = aLaneRig({
      worker: ({ inbox }) => ({
        isOutage: () => true,
        handle: () => Promise.reject(new Error('the disk is full')),
        inbox: { ...inbox, noteFailure: () => Promise.reject(new Error('the disk is full')) },
      }),
    });
    const ani = await rig.person('client');
    await rig.receive([ani.text('Top-Up')]);
    expect(await rig.work(ani.telegramId)).to.equal(false);
    const now = rig.clock.now();
    expect(await rig.ports.inbox.waitingLanes(BOT_ID, now)).to.deep.equal([ani.telegramId]);
  });

  it('OPS-3 what cannot be parked is put off once more', async () => {
    let full = true;
    const rig = aLaneRig({
      worker: (usual) => ({
        ...poisoned()(usual),
        core: {
          channel: {
            ...usual.core.channel,
            park: (given) =>
              full ? Promise.reject(new Error('no room')) : usual.core.channel.park(given),
          },
        },
      }),
    });
    const ani = await rig.person('client');
    await ani.send(ani.text('racun'));
    await persist(rig, ani, 5);
    expect(await parkedIn(rig)).to.equal(0);
    full = false;
    await persist(rig, ani, 2);
    expect(await parkedIn(rig)).to.equal(1);
    expect(ani.notices().map(({ kind }) => kind)).to.deep.equal(['update.failed']);
  });

  it('SEC-4 what is stored of an error went through the redaction, and is short', async () => {
    const noted: FailedTry[] = [];
    const rig = aLaneRig({
      worker: (usual) => ({
        ...poisoned(() => new Error(`bot${TOKEN} ${'x'.repeat(1_000)}`))(usual),
        redact: (text) => text.replaceAll(TOKEN, '[secret]'),
        inbox: {
          ...usual.inbox,
          noteFailure: async (failure) => {
            noted.push(failure);
            await usual.inbox.noteFailure(failure);
          },
        },
      }),
    });
    const ani = await rig.person('client');
    await ani.send(ani.text('racun'));
    expect(noted.map(({ error }) => error.slice(0, 16))).to.deep.equal(['bot[secret] xxxx']);
    expect(noted[0]?.error).to.have.length(500);
  });

  it('UX-4 a tap whose handling failed is answered, empty', async () => {
    const rig = aLaneRig({ worker: () => ({ handle: () => Promise.reject(new Error('no')) }) });
    const ani = await rig.person('client');
    await ani.send(ani.tap('tu'));
    expect(rig.given).to.deep.equal([{ text: '', alert: false }]);
  });
});

describe('Telegram: answers to taps that are on their way', () => {
  const hung = new Promise<never>(() => undefined);

  it('OPS-4 hold up nobody’s next word, whether handling went well or failed', async () => {
    for (const handle of [undefined, () => Promise.reject(new Error('no'))]) {
      const given: string[] = [];
      const give = (queryId: string): Promise<void> => {
        given.push(queryId);
        return hung;
      };
      const rig = aLaneRig({ worker: () => ({ answers: { give }, ...(handle && { handle }) }) });
      const ani = await rig.person('client');
      await ani.send(ani.tap('no-such-button'));
      expect(given).to.have.length(1);
    }
  });
});
