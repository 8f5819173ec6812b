import { expect } from 'chai';
import type { InboxUpdate } from '../../core/channel/index.ts';
import { anUpdate, freshNumber, later, MONDAY } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { enterUser } from './scenes.ts';

const NOW = later(60_000);

/** What an inbox promises of who an update is from, and of what waits behind it. */
export const knowing = (stage: Stage): void => {
  const takenOf = async ({ botId, lane }: InboxUpdate) => {
    const taken = await stage.run((tx) => tx.inbox.take(botId, lane, NOW));
    if (taken === undefined || taken === 'in-hand') throw new Error('nothing was taken');
    return taken;
  };
  const said = async (lane: number): Promise<InboxUpdate> => {
    const update = anUpdate({ botId: freshNumber(), lane });
    await stage.ports.inbox.receive([update]);
    return update;
  };

  it('ACC-2 an update comes with who says it and where they are in their dialogue', async () => {
    const user = await enterUser(stage, { telegramId: freshNumber(), username: 'ani' });
    const update = await said(user.telegramId);
    const person = { user, isGranted: false, conversation: undefined };
    expect((await takenOf(update)).person).to.deep.equal(person);
    const conversation = {
      userId: user.id,
      flow: 'top-up',
      step: 'amount',
      version: 2,
      data: { list: [1, null] },
      screenMessageId: 77,
      revision: 5,
      expiresAt: later(1_000),
    };
    await stage.run((tx) => tx.conversations.save(conversation));
    await stage.run((tx) => tx.conversations.noteScreen(user.id, 77));
    expect((await takenOf(update)).person).to.deep.equal({ ...person, conversation });
  });

  it('ACC-2 nobody is known by the number of somebody who has not come yet', async () => {
    expect((await takenOf(await said(freshNumber()))).person).to.equal(undefined);
  });

  it('ACC-4 an update says whether the operator wants its person to be an admin', async () => {
    const [telegramId, by] = [freshNumber(), 'operator'];
    const user = await enterUser(stage, { telegramId });
    const update = await said(telegramId);
    const isGranted = async () => (await takenOf(update)).person?.isGranted;
    const grant = { telegramId, permissions: ['money'], by, at: MONDAY } as const;
    await stage.run((tx) => tx.adminGrants.save({ ...grant, state: 'granted' }));
    expect(await isGranted()).to.equal(true);
    await stage.run((tx) => tx.users.save({ ...user, role: 'admin', permissions: ['money'] }));
    expect(await isGranted(), 'they are one').to.equal(false);
    await stage.run((tx) => tx.users.save(user));
    await stage.run((tx) => tx.adminGrants.save({ ...grant, permissions: [], state: 'revoked' }));
    expect(await isGranted()).to.equal(false);
  });

  it('OPS-3 an update says whether another one waits behind it', async () => {
    const first = anUpdate({ botId: freshNumber() });
    const next = anUpdate({ botId: first.botId, lane: first.lane });
    await stage.ports.inbox.receive([first]);
    expect(await takenOf(first)).to.have.property('hasMore', false);
    await stage.ports.inbox.receive([next]);
    expect(await takenOf(first)).to.have.property('hasMore', true);
    const { botId, updateId } = first;
    await stage.run((tx) => tx.inbox.done({ botId, updateId, at: NOW }));
    expect(await takenOf(next)).to.have.property('hasMore', false);
  });

  it('ADM-4 whoever takes an update reads the settings as they are now', async () => {
    const update = await said(freshNumber());
    const minutes = () =>
      stage.run(async (tx) => {
        await tx.inbox.take(update.botId, update.lane, NOW);
        return (await tx.settings.current()).holdMinutes;
      });
    const before = await minutes();
    const key = 'holdMinutes';
    const change = (from: number, to: number) =>
      stage.run((tx) => tx.settings.save(key, { from, to }));
    await change(before, before + 7);
    expect(await minutes()).to.equal(before + 7);
    expect(await minutes(), 'read again').to.equal(before + 7);
    await change(before + 7, before + 9);
    expect(await minutes(), 'changed again').to.equal(before + 9);
    await stage.run((tx) => tx.settings.reset(key, before + 9));
    expect(await minutes()).to.equal(before);
  });
};
