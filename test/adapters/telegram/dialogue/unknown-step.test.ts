import { expect } from 'chai';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { DAY_MS, type Conversation } from '../../../../core/index.ts';
import { aLaneRig, type LaneRig, type RigPerson } from '../../../support/lane-rig.ts';

const { common } = textsIn('id');

/** A client whose open dialogue is of another release than the one that runs now. */
const left = async (change: Partial<Conversation>) => {
  const rig = aLaneRig();
  const ani = await rig.person('client');
  await ani.send(ani.text('Top-Up'));
  const dialogue = await ani.dialogue();
  if (!dialogue) throw new Error('no dialogue');
  await rig.ports.unitOfWork.run((tx) => tx.conversations.save({ ...dialogue, ...change }));
  return { rig, ani };
};

const isHome = async (rig: LaneRig, ani: RigPerson): Promise<void> => {
  expect(await ani.dialogue()).to.deep.include({ flow: null, step: null, data: null });
  expect(ani.buttons()).to.include.members(['cn', 'tu']);
  expect(rig.failures).to.deep.equal([]);
};

const RELEASES: Readonly<Record<string, Partial<Conversation>>> = {
  'a dialogue that no longer exists': { flow: 'lottery', step: 'number' },
  'a step that no longer exists': { step: 'bank' },
  'an older version of the dialogue': { version: 0 },
  'data of another shape': { data: { sum: 7 } },
};

describe('Telegram: dialogues of another release', () => {
  for (const [what, change] of Object.entries(RELEASES)) {
    it(`UX-3 ${what} ends friendly at Home, by a word`, async () => {
      const { rig, ani } = await left(change);
      await ani.send(ani.text('50rb'));
      expect(ani.screens().at(-1)).to.match(new RegExp(`^${common.dialogueGone}`));
      await isHome(rig, ani);
    });

    it(`UX-3 ${what} ends friendly at Home, by its button`, async () => {
      const { rig, ani } = await left(change);
      const revision = (await ani.dialogue())?.revision.toString(36);
      await ani.send(ani.tap(`d@${revision}:pick:50000`));
      expect(rig.given).to.deep.equal([{ text: common.dialogueGone, alert: false }]);
      await isHome(rig, ani);
    });

    it(`UX-3 ${what} is left by a main label as any other`, async () => {
      const { rig, ani } = await left(change);
      await ani.send(ani.text('Top-Up'));
      expect(await ani.dialogue()).to.deep.include({ flow: 'top-up', step: 'amount' });
      expect(rig.failures).to.deep.equal([]);
    });
  }

  it('UX-3 a file for a dialogue that no longer exists ends friendly, too', async () => {
    const { rig, ani } = await left({ flow: 'lottery', step: 'number' });
    await ani.send(ani.photo());
    await isHome(rig, ani);
  });

  it('UX-3 a button of an older revision shows the fresh screen instead of acting', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    await ani.send(ani.text('Top-Up'));
    const pick = ani.buttons().find((data) => data.includes(':pick:')) ?? '';
    await ani.send(ani.text('banyak'));
    const before = await ani.dialogue();
    await ani.send(ani.tap(pick));
    expect(rig.given).to.deep.equal([{ text: common.staleButton, alert: false }]);
    expect(await ani.dialogue()).to.deep.equal({ ...before, revision: 3 });
    expect(ani.screens().at(-1)).to.contain('Langkah 1 dari 2');
    const fresh = ani.buttons().find((data) => data.includes(':pick:')) ?? '';
    await ani.send(ani.tap(fresh));
    expect((await ani.dialogue())?.step).to.equal('proof');
  });

  it('SEC-2 an action that the step does not have draws it again, whatever it is called', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    await ani.send(ani.text('Top-Up'));
    for (const action of ['nothing', 'constructor']) {
      const revision = (await ani.dialogue())?.revision.toString(36);
      await ani.send(ani.tap(`d@${revision}:${action}`));
      expect(await ani.dialogue(), action).to.deep.include({ flow: 'top-up', step: 'amount' });
      expect(rig.failures, action).to.deep.equal([]);
    }
  });

  it('UX-3 a dialogue that was left alone for a day is over', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    await ani.send(ani.text('Top-Up'));
    rig.clock.advance(DAY_MS + 1);
    await ani.send(ani.text('50rb'));
    expect(ani.screens().at(-1)).to.contain(common.notUnderstood);
  });
});
