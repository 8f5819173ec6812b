import { expect } from 'chai';
import type { ChatChanges } from '../../../adapters/sandbox/people/chat-changes.ts';
import { CITRA, greeted, poll, type Stage } from './world.ts';

const changes = async (on: Stage, since: number): Promise<ChatChanges> => {
  const response = await fetch(`${on.sandbox.url}/sandbox/people/${CITRA}/chat?since=${since}`);
  return (await response.json()) as ChatChanges;
};

const texts = ({ messages }: ChatChanges): readonly string[] => messages.map(({ text }) => text);

describe('sandbox: what has changed in a chat', () => {
  it('is everything for a reader who knows nothing', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'satu');
    const all = await changes(on, -1);
    expect(all.complete).to.equal(true);
    expect(texts(all)).to.deep.equal(['halo', 'satu']);
  });

  it('is only what is new, edited or taken by the bot, for one who knows the rest', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu');
    await on.telegram.sendMessage(CITRA, 'dua');
    const before = await changes(on, -1);
    expect(texts(await changes(on, before.revision))).to.deep.equal([]);
    await on.telegram.sendMessage(CITRA, 'tiga');
    const one = await changes(on, before.revision);
    expect(one.complete).to.equal(false);
    expect(texts(one)).to.deep.equal(['tiga']);
    await on.telegram.editMessageText(CITRA, id, undefined, 'satu, diperbaiki');
    const [halo] = await poll(on);
    await poll(on, { offset: (halo?.update_id ?? 0) + 1 });
    const two = await changes(on, one.revision);
    expect(texts(two)).to.deep.equal(['halo', 'satu, diperbaiki']);
    expect(two.messages[0]?.seen).to.equal(true);
    expect(texts(await changes(on, before.revision))).to.deep.equal([
      'halo',
      'satu, diperbaiki',
      'tiga',
    ]);
  });

  it('names the messages that are gone, to everyone who may still know them', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu');
    const before = await changes(on, -1);
    await on.telegram.deleteMessage(CITRA, id);
    expect((await changes(on, before.revision)).removed).to.deep.equal([id]);
    expect((await changes(on, before.revision)).removed).to.deep.equal([id]);
    await on.sandbox.client.reset();
    const after = await changes(on, before.revision);
    expect(after.messages).to.deep.equal([]);
    expect(after.removed).to.have.length(2);
  });

  it('is everything again for one who knows too little, or a revision that never was', async () => {
    await using on = await greeted();
    await changes(on, -1);
    const { client } = on.sandbox;
    for (let line = 0; line < 501; line += 1) await client.say(CITRA, `baris ${line}`);
    expect((await changes(on, 1)).complete).to.equal(false);
    await client.reset();
    expect((await changes(on, 1)).complete).to.equal(true);
    const now = await changes(on, -1);
    expect((await changes(on, now.revision)).complete).to.equal(false);
    expect((await changes(on, now.revision + 1)).complete).to.equal(true);
  });
});
