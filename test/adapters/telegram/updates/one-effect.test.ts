import { expect } from 'chai';
import { owe } from '../../../../adapters/telegram/updates/owe.ts';
import { aLaneRig, type LaneRig, type RigPerson } from '../../../support/lane-rig.ts';
import { BOT_ID } from '../../../support/router.ts';

const topUpsOf = ({ core }: LaneRig, { user }: RigPerson) =>
  core.deposits.mine({ actor: { kind: 'user', id: user.id } });

describe('Telegram: one update, one effect', () => {
  it('SEC-A6 the same update a hundred times at once has one effect', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    await ani.send(ani.text('Top-Up'), ani.text('50rb'));
    const proof = ani.photo();
    await Promise.all(Array.from({ length: 100 }, () => ani.send(proof)));
    expect(await topUpsOf(rig, ani)).to.have.length(1);
    expect(rig.dones.filter(({ kind }) => kind === 'file')).to.have.length(1);
  });

  it('NTF-2 an answer is owed once, however often its update is handled', async () => {
    const { ports, person } = aLaneRig();
    const { user } = await person('client');
    const update = { botId: BOT_ID, updateId: 1 };
    const answer = { to: user.id, update, kind: 'note', payload: { text: 'hai' }, topic: null };
    for (const _time of [1, 2]) await ports.unitOfWork.run((tx) => owe(tx, ports, answer));
    expect(ports.outboxMessages().filter(({ to }) => to === user.id)).to.have.length(1);
  });

  it('SEC-A7 an update that was handled before changes nothing when it comes again', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    const opening = ani.text('Top-Up');
    await ani.send(opening, ani.text('Saldo'));
    const before = ani.screens();
    await ani.send(opening);
    expect((await ani.dialogue())?.flow).to.equal(null);
    expect(ani.screens()).to.deep.equal(before);
  });

  it('SEC-A8 an update with a far lower number is handled, once', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    const lower = { ...ani.text('Top-Up'), update_id: 3 };
    await ani.send({ ...ani.text('Saldo'), update_id: 900_000_000 });
    await ani.send(lower);
    expect((await ani.dialogue())?.flow).to.equal('top-up');
    await ani.send(lower, { ...ani.text('Saldo'), update_id: 4 });
    await ani.send(lower);
    expect((await ani.dialogue())?.flow).to.equal(null);
    expect(rig.dones).to.have.length(3);
  });

  it('SEC-A9 the same number at another bot is another update', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    const payload = ani.text('Saldo');
    const receivedAt = rig.clock.now();
    const updateId = Number(payload['update_id']);
    const other = { botId: BOT_ID + 1, updateId, lane: ani.telegramId, payload, receivedAt };
    await rig.ports.inbox.receive([other]);
    await ani.send({ ...ani.text('Top-Up'), update_id: updateId });
    expect((await ani.dialogue())?.flow).to.equal('top-up');
    expect((await rig.ports.inbox.depth(BOT_ID + 1)).waiting).to.equal(1);
  });

  it('SEC-A10 a message that is edited later changes nothing', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    const amount = ani.message({ text: '50rb' });
    await ani.send(ani.text('Top-Up'), ani.update({ message: amount }));
    const before = [await ani.dialogue(), ani.screens()];
    await ani.send(ani.update({ edited_message: { ...amount, edit_date: 1, text: '900rb' } }));
    expect([await ani.dialogue(), ani.screens()]).to.deep.equal(before);
    expect(rig.dones.at(-1)).to.deep.equal({ kind: 'ignored', outcome: 'handled' });
  });

  it('NTF-2 who blocks the bot is noted as out of reach, who comes back as in reach', async () => {
    const rig = aLaneRig();
    const ani = await rig.person('client');
    const { from, chat, update } = ani;
    const member = (status: string) =>
      update({ my_chat_member: { from, chat, new_chat_member: { status } } });
    const since = async () =>
      (await rig.ports.unitOfWork.run((tx) => tx.users.find(ani.user.id)))?.unreachableSince;
    await ani.send(member('kicked'));
    expect(await since()).to.deep.equal(rig.clock.now());
    await ani.send(member('member'));
    expect(await since()).to.equal(null);
    const stranger = await rig.person();
    await stranger.send({ update_id: 1, my_chat_member: { ...member('kicked') } });
    expect(rig.failures).to.deep.equal([]);
  });
});
