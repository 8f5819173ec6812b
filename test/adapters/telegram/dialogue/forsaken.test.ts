import { expect } from 'chai';
import { Composer } from 'telegraf';
import { z } from 'zod';
import { createRouter } from '../../../../adapters/telegram/bot.ts';
import type { UpahContext } from '../../../../adapters/telegram/context.ts';
import { choose, defineFlow } from '../../../../adapters/telegram/dialogue/flow.ts';
import { features } from '../../../../adapters/telegram/features/index.ts';
import { handleUpdate } from '../../../../adapters/telegram/updates/handle-update.ts';
import { html } from '../../../../adapters/telegram/html.ts';
import { onCommand } from '../../../../adapters/telegram/route.ts';
import { refuseUser } from '../../../../core/index.ts';
import { aLaneRig, type LaneRig } from '../../../support/lane-rig.ts';

/** Somebody in a dialogue that holds something; `givenBack` counts how often it gave it back. */
const aHolder = async ({ mayGiveBack = true } = {}) => {
  let givenBack = 0;
  const flow = defineFlow<{ readonly at: number }>({
    name: 'holding',
    version: 1,
    schema: z.object({ at: z.number() }),
    steps: {
      one: {
        draw: (turn) => ({ text: html`satu`, keyboard: [[choose(turn, 'Lanjut', 'next')]] }),
        text: () => ({ step: 'two', data: { at: 2 } }),
        buttons: { next: () => ({ step: 'two', data: { at: 2 } }) },
      },
      two: {
        draw: () => ({ text: html`dua`, keyboard: [] }),
        text: (turn, _data, text) => {
          if (text === 'salah') throw refuseUser('user.role-required', { role: 'admin' });
          turn.show({ text: html`selesai`, keyboard: [] });
          return 'done';
        },
      },
    },
    leave: (turn) => turn.show({ text: html`keluar`, keyboard: [] }),
    forsaken: async () => {
      givenBack += 1;
      if (!mayGiveBack) throw refuseUser('user.role-required', { role: 'admin' });
    },
  });
  const opener = new Composer<UpahContext>();
  onCommand(opener, ['pegang'], (turn) => flow.start(turn, 'one', { at: 1 }));
  const router = createRouter('7:never-used', { id: 7, username: 'upah_bot' } as never, {
    composers: [opener, ...features.composers],
    flows: [flow, ...features.flows],
  });
  const rig: LaneRig = aLaneRig({
    worker: () => ({
      router,
      handle: (...update) => {
        const { core, ports } = rig;
        const answers = { claim: () => true };
        return handleUpdate({ ...ports, core, answers, router })(...update);
      },
    }),
  });
  const ani = await rig.person('client');
  const say = (words: string) => {
    const entities = words.startsWith('/')
      ? { entities: [{ type: 'bot_command', offset: 0, length: words.length }] }
      : {};
    return ani.send(ani.update({ message: ani.message({ text: words, ...entities }) }));
  };
  await say('/pegang');
  return { rig, ani, say, givenBack: () => givenBack };
};

describe('Telegram: a dialogue that holds something', () => {
  it('REV-6 keeps it from step to step, when it is opened again, and when it is refused', async () => {
    const { ani, say, givenBack } = await aHolder();
    for (const words of ['lanjut', 'salah', '/pegang', 'lanjut']) await say(words);
    expect((await ani.dialogue())?.step).to.equal('two');
    expect(givenBack()).to.equal(0);
  });

  for (const [how, words] of [
    ['a main label', 'Saldo'],
    ['a command', '/menu'],
    ['another dialogue', 'Top-Up'],
    ['/batal', '/batal'],
  ] as const) {
    it(`REV-6 gives it back once when it is left by ${how}`, async () => {
      const { ani, say, givenBack } = await aHolder();
      await say(words);
      expect((await ani.dialogue())?.flow).not.to.equal('holding');
      await say('Riwayat');
      expect(givenBack()).to.equal(1);
    });
  }

  it('REV-6 gives it back when it comes to its end, and when it is canceled', async () => {
    const { say, givenBack } = await aHolder();
    await say('lanjut');
    await say('ya');
    expect(givenBack()).to.equal(1);
    const other = await aHolder();
    const revision = (await other.ani.dialogue())?.revision.toString(36);
    await other.ani.send(other.ani.tap(`d@${revision}:cancel`));
    expect(other.givenBack()).to.equal(1);
  });

  it('REV-6 that it may no longer give it back stops nobody', async () => {
    const { rig, ani, say, givenBack } = await aHolder({ mayGiveBack: false });
    await say('Saldo');
    expect(givenBack()).to.equal(1);
    expect(ani.screens().at(-1)).to.contain('Saldo');
    expect(rig.failures).to.deep.equal([]);
  });
});
