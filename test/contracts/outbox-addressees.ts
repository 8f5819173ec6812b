import { expect } from 'chai';
import type { UserId } from '../../core/kernel/index.ts';
import { freshId, freshNumber } from '../support/builders.ts';
import type { Stage } from './harness.ts';
import { enterUser } from './scenes.ts';

/** What an outbox promises of whom its messages go to. */
export const addressing = (stage: Stage): void => {
  it('NTF-3 knows whom messages go to, as they stand now', async () => {
    const ani = await enterUser(stage, { telegramId: freshNumber(), language: 'en' });
    const budi = await enterUser(stage, { role: 'admin', permissions: ['review'] });
    const nobody = freshId<UserId>();
    await stage.run((tx) => tx.conversations.noteScreen(ani.id, 41));
    const find = () => stage.ports.outboxQueue.addressees([ani.id, nobody, budi.id]);
    const found = await find();
    expect([...found.keys()]).to.have.members([ani.id, budi.id]);
    expect(found.get(ani.id)).to.deep.equal({
      userId: ani.id,
      channelId: ani.telegramId,
      language: 'en',
      role: ani.role,
      permissions: [],
      screenMessageId: 41,
    });
    expect(found.get(budi.id)).to.deep.include({
      role: 'admin',
      permissions: ['review'],
      screenMessageId: null,
    });
    await stage.run((tx) => tx.conversations.noteScreen(ani.id, null));
    expect((await find()).get(ani.id)?.screenMessageId).to.equal(null);
  });
};
