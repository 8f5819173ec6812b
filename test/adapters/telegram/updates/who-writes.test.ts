import { expect } from 'chai';
import { conversationOf, recognized } from '../../../../adapters/telegram/updates/who-writes.ts';
import { createMemoryPorts } from '../../../../adapters/memory/index.ts';
import { UNMETERED, type TakenUpdate, type User } from '../../../../core/index.ts';
import { anUpdate, aUser, later, MONDAY } from '../../../support/builders.ts';

const TODAY = { now: MONDAY, termsVersion: 1 };

const senderOf = ({ telegramId: id, displayName }: User) => ({
  id,
  is_bot: false,
  first_name: displayName,
});

/** An update of this person's lane, read while they were in a dialogue. */
const takenOf = (user: User): TakenUpdate => ({
  ...anUpdate({ botId: 1, lane: user.telegramId }),
  prepared: null,
  tries: 0,
  tempo: UNMETERED,
  hasMore: false,
  person: {
    user,
    isGranted: false,
    conversation: {
      userId: user.id,
      flow: 'top-up',
      step: 'amount',
      version: 1,
      data: {},
      screenMessageId: 7,
      revision: 2,
      expiresAt: later(1_000),
    },
  },
});

describe('Telegram: who writes', () => {
  const ani = aUser({ actedAt: MONDAY });
  const budi = aUser({ actedAt: MONDAY });
  const taken = takenOf(ani);
  const dialogueOf = (user: User, now = MONDAY) => {
    const registered = { user, isNew: false, termsDue: false };
    return createMemoryPorts().unitOfWork.run((tx) =>
      conversationOf(tx, { taken, registered }, now),
    );
  };

  it('SEC-1 is the person of the lane only where the update says so itself', () => {
    expect(recognized(taken, senderOf(ani), TODAY)?.user).to.equal(ani);
    expect(recognized(taken, senderOf(budi), TODAY)).to.equal(undefined);
  });

  it('SEC-1 nobody is in the dialogue of another person', async () => {
    expect(await dialogueOf(ani)).to.equal(taken.person?.conversation);
    expect(await dialogueOf(budi)).to.include({ userId: budi.id, flow: null, revision: 0 });
  });

  it('UX-3 a dialogue that has run out is over, and the screen stays theirs', async () => {
    const over = await dialogueOf(ani, later(1_001));
    expect(over).to.include({ flow: null, step: null, screenMessageId: 7, revision: 2 });
  });
});
