import { expect } from 'chai';
import type { Conversation } from '../../core/channel/index.ts';
import { MONDAY } from '../support/builders.ts';
import { abandoned, abandonedStep, race, type Stage } from './harness.ts';
import { enterUser } from './scenes.ts';

/** What every memory of dialogues promises. */
export const conversations = (stage: Stage): void => {
  const find = (userId: Conversation['userId']) => stage.run((tx) => tx.conversations.find(userId));

  const begin = async (change: Partial<Conversation> = {}): Promise<Conversation> => ({
    userId: (await enterUser(stage)).id,
    flow: 'top-up',
    step: 'amount',
    version: 2,
    data: { amount: '10000', nested: [{ deep: null }] },
    screenMessageId: null,
    revision: 7,
    expiresAt: MONDAY,
    ...change,
  });

  it('UX-3 stores a dialogue and replaces it', async () => {
    const dialogue = await begin();
    const { userId } = dialogue;
    expect(await find(userId)).to.equal(undefined);
    await stage.run((tx) => tx.conversations.save(dialogue));
    expect(await find(userId)).to.deep.equal(dialogue);
    const plain: Conversation = {
      ...dialogue,
      flow: null,
      step: null,
      data: null,
      revision: 8,
      expiresAt: null,
    };
    await stage.run((tx) => tx.conversations.save(plain));
    expect(await find(userId)).to.deep.equal(plain);
  });

  it('UX-2 notes which message is the screen, and nothing else', async () => {
    const dialogue = await begin();
    await stage.run((tx) => tx.conversations.save(dialogue));
    for (const screenMessageId of [4_000_000_000, null]) {
      await stage.run((tx) => tx.conversations.noteScreen(dialogue.userId, screenMessageId));
      expect(await find(dialogue.userId)).to.deep.equal({ ...dialogue, screenMessageId });
    }
  });

  it('UX-2 a dialogue that moves on does not undo which message is the screen', async () => {
    const dialogue = await begin();
    await stage.run((tx) => tx.conversations.noteScreen(dialogue.userId, 99));
    await stage.run((tx) => tx.conversations.save({ ...dialogue, screenMessageId: 7 }));
    expect(await find(dialogue.userId)).to.deep.equal({ ...dialogue, screenMessageId: 99 });
  });

  it('UX-3 forgets what a run or savepoint did that throws', async () => {
    const dialogue = await begin();
    await stage.run((tx) => tx.conversations.save(dialogue));
    const lost = { ...dialogue, step: 'lost' };
    await abandoned(stage, (tx) => tx.conversations.save(lost));
    await stage.run((tx) => abandonedStep(tx, (step) => step.conversations.save(lost)));
    expect(await find(dialogue.userId)).to.deep.equal(dialogue);
  });

  it('UX-3 twenty first words at the same time leave one dialogue', async () => {
    const dialogue = await begin();
    const { lost } = await race((index) =>
      stage.run((tx) => tx.conversations.save({ ...dialogue, step: `step ${index}` })),
    );
    expect(lost).to.deep.equal([]);
    expect((await find(dialogue.userId))?.step).to.match(/^step \d+$/);
  });
};
