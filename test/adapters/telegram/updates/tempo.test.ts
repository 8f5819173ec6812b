import { expect } from 'chai';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { plusMs } from '../../../../core/index.ts';
import { aLaneRig, type LaneRig, type RigPerson } from '../../../support/lane-rig.ts';

const { tooFast } = textsIn('id').common;
const ALERT = { text: tooFast, alert: true };
const PACE = { actionsPerSecond: 1, actionsBurst: 3 };

const times = <T>(howMany: number, make: () => T): T[] => Array.from({ length: howMany }, make);
const outcomes = ({ dones }: LaneRig) => dones.map(({ outcome }) => outcome);
const refusedIn = (rig: LaneRig) => outcomes(rig).filter((one) => one === 'too-fast').length;

/** A client who stands before the question for a transfer proof, with nothing of the burst left. */
const atTheProof = async (rig: LaneRig): Promise<RigPerson> => {
  const ani = await rig.person('client');
  await ani.send(ani.text('Top-Up'), ani.text('50rb'), ani.text('sudah saya transfer'));
  expect(await ani.dialogue()).to.deep.include({ flow: 'top-up', step: 'proof' });
  expect(refusedIn(rig)).to.equal(0);
  return ani;
};

describe('Telegram: pace', () => {
  it('SEC-3 over the pace nothing happens, and it is said once', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    await ani.send(...times(3, () => ani.text('Saldo')));
    await ani.send(ani.text('Top-Up'));
    expect(ani.notes()).to.deep.equal([`⚠️ ${tooFast}`]);
    expect((await ani.dialogue())?.flow).to.equal(null);
    const shown = JSON.stringify(ani.screens());
    await ani.send(...times(20, () => ani.text('Top-Up')));
    expect(JSON.stringify(ani.screens())).to.equal(shown);
    expect(ani.notes()).to.have.length(1);
    expect((await ani.dialogue())?.flow).to.equal(null);
    expect(refusedIn(rig)).to.equal(21);
    expect(rig.failures).to.deep.equal([]);
  });

  it('SEC-3 after a rest the person goes on, and would be told again', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    await ani.send(...times(5, () => ani.tap('h')));
    rig.clock.advance(1_000);
    await ani.send(ani.tap('tu'));
    expect((await ani.dialogue())?.flow).to.equal('top-up');
    await ani.send(...times(2, () => ani.tap('h')));
    expect(rig.given.filter(({ text }) => text === tooFast)).to.deep.equal([ALERT, ALERT]);
  });

  it('UX-4 a tap over the pace is answered: the first by an alert, others empty', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    await ani.send(...times(6, () => ani.tap('h')));
    const empty = { text: '', alert: false };
    expect(rig.given).to.deep.equal(
      [empty, empty, empty, ALERT, empty, empty], //
    );
  });

  it('SEC-3 a dialogue is not lost: the line stands above its question', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    await ani.send(ani.text('Top-Up'), ani.text('banyak'), ani.text('sedikit'));
    await ani.send(ani.text('50rb'));
    expect(ani.screens().at(-1))
      .to.match(new RegExp(`^⚠️ ${tooFast}`))
      .and.to.contain('Langkah 1 dari 2');
    expect(await ani.dialogue()).to.deep.include({ flow: 'top-up', step: 'amount' });
    rig.clock.advance(1_000);
    await ani.send(ani.text('50rb'));
    expect(await ani.dialogue()).to.deep.include({ flow: 'top-up', step: 'proof' });
  });

  it('SEC-3 PRF-1 a file that a dialogue waits for is let through and not counted', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await atTheProof(rig);
    await ani.send(ani.text('halo'));
    expect(refusedIn(rig)).to.equal(1);
    await ani.send(ani.photo());
    const actor = { kind: 'user', id: ani.user.id } as const;
    expect(await rig.core.deposits.mine({ actor })).to.have.length(1);
    await ani.send(ani.photo());
    expect(refusedIn(rig)).to.equal(2);
  });

  it('SEC-3 the pictures of an album after its first do not count', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    await ani.send(...times(10, () => ani.photo('album')), ani.text('Saldo'), ani.text('Saldo'));
    expect(refusedIn(rig)).to.equal(0);
    await ani.send(ani.text('Saldo'));
    expect(refusedIn(rig)).to.equal(1);
  });

  it('SEC-3 what is ignored, and who blocks or unblocks the bot, do not count', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    const { from, chat, update } = ani;
    const member = (status: string) =>
      update({ my_chat_member: { from, chat, new_chat_member: { status } } });
    await ani.send(...times(5, () => update({ edited_message: ani.message({ text: 'x' }) })));
    await ani.send(...times(5, () => [member('kicked'), member('member')]).flat());
    await ani.send(...times(3, () => ani.text('Saldo')));
    expect(refusedIn(rig)).to.equal(0);
  });

  it('SEC-3 what was sent one by one during a downtime is all handled after it', async () => {
    const rig = aLaneRig({ settings: PACE });
    const ani = await rig.person('client');
    const began = rig.clock.now();
    const backlog = times(20, () => 0).map((_, second) =>
      ani.text('Saldo', plusMs(began, second * 1_000)),
    );
    rig.clock.advance(3_600_000);
    await ani.send(...backlog);
    expect(refusedIn(rig)).to.equal(0);
    await ani.send(...times(20, () => ani.text('Saldo')));
    expect(refusedIn(rig)).to.equal(17);
  });

  it('SEC-3 one person’s pace is nobody else’s', async () => {
    const rig = aLaneRig({ settings: PACE });
    const [ani, budi] = [await rig.person('client'), await rig.person('worker')];
    await ani.send(...times(10, () => ani.text('Saldo')));
    const refused = refusedIn(rig);
    await budi.send(...times(3, () => budi.text('Saldo')));
    expect(refused).to.equal(7);
    expect(refusedIn(rig)).to.equal(7);
  });

  it('SEC-3 a rate of 0 lets everything through', async () => {
    const rig = aLaneRig({ settings: { ...PACE, actionsPerSecond: 0 } });
    const ani = await rig.person('client');
    await ani.send(...times(50, () => ani.tap('h')));
    expect(outcomes(rig)).to.deep.equal(times(50, () => 'handled'));
  });
});
