import { expect } from 'chai';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createRecipients } from '../../app/pipeline/recipients.ts';
import type { User, UserId } from '../../core/index.ts';
import { aUser, freshId } from '../support/builders.ts';

const scene = async (howMany: number) => {
  const ports = createMemoryPorts();
  const people: User[] = [];
  for (let one = 0; one < howMany; one += 1) {
    people.push(await ports.unitOfWork.run((tx) => tx.users.add(aUser())));
  }
  return { ports, people, ...createRecipients(ports) };
};

describe('Whom messages go to', () => {
  it('NTF-3 each of many who are asked for at once is found, and nobody for a stranger', async () => {
    const { people, findRecipient } = await scene(3);
    const [ani, budi, citra] = people.map(({ id }) => id) as [UserId, UserId, UserId];
    const asked = [citra, freshId<UserId>(), ani, budi, ani];
    const found = await Promise.all(asked.map((id) => findRecipient(id)));
    expect(found.map((one) => one?.userId)).to.deep.equal([citra, undefined, ani, budi, ani]);
    const [first] = people;
    expect(found[2]).to.deep.equal({
      userId: ani,
      chatId: first?.telegramId,
      language: first?.language,
      role: first?.role,
      permissions: first?.permissions,
      screenMessageId: null,
    });
  });

  it('NTF-2 is asked anew each time: what they changed meanwhile counts', async () => {
    const { ports, people, findRecipient } = await scene(1);
    const [ani] = people as [User];
    await findRecipient(ani.id);
    await ports.unitOfWork.run((tx) => tx.users.save({ ...ani, language: 'en' }));
    expect(await findRecipient(ani.id)).to.have.property('language', 'en');
  });

  it('UX-2 what shows the screen of each is noted, of one person what was said last', async () => {
    const { people, findRecipient, noteScreen } = await scene(3);
    const [ani, budi, citra] = people.map(({ id }) => id) as [UserId, UserId, UserId];
    await Promise.all([
      noteScreen(citra, 1),
      noteScreen(ani, 2),
      noteScreen(budi, 3),
      noteScreen(ani, 4),
    ]);
    const shown = async (id: UserId) => (await findRecipient(id))?.screenMessageId;
    expect([await shown(ani), await shown(budi), await shown(citra)]).to.deep.equal([4, 3, 1]);
  });
});
