import { expect } from 'chai';
import { NoUpdate, receiveUpdates } from '../../../../adapters/telegram/updates/receive.ts';
import type { InboxUpdate } from '../../../../core/index.ts';
import { failureOf } from '../../../contracts/harness.ts';
import { MONDAY } from '../../../support/builders.ts';

const from = { id: 501, is_bot: false, first_name: 'Budi' };
const tap = (update_id: number) => ({
  update_id,
  callback_query: { id: `q${update_id}`, from, data: 'h' },
});

/** A receiver that writes down what it does, in order. */
const aReceiver = (commit: () => Promise<void> = async () => {}) => {
  const did: unknown[] = [];
  const stored: InboxUpdate[] = [];
  const receive = receiveUpdates({
    botId: 7,
    clock: { now: () => MONDAY },
    answers: { expect: (queryId) => did.push(`expect ${queryId}`) },
    inbox: {
      receive: async (updates) => {
        await commit();
        stored.push(...updates);
        did.push('stored');
        return updates.map(({ lane }) => lane);
      },
    },
    onLanes: (lanes) => did.push(lanes),
  });
  return { did, stored, receive };
};

describe('Telegram: receiving', () => {
  it('OPS-3 stores a batch in one commit, as it came, and then wakes its lanes', async () => {
    const { did, stored, receive } = aReceiver();
    const odd = { update_id: 2, poll: { id: 'of another release' } };
    await receive([tap(9), odd]);
    expect(did).to.deep.equal(['expect q9', 'stored', [501, 0]]);
    expect(stored).to.deep.equal([
      { botId: 7, updateId: 9, lane: 501, payload: tap(9), receivedAt: MONDAY },
      { botId: 7, updateId: 2, lane: 0, payload: odd, receivedAt: MONDAY },
    ]);
  });

  it('UX-4 a tap is waited for from its arrival, also while the database is away', async () => {
    const { did, receive } = aReceiver(() => Promise.reject(new Error('connection lost')));
    await failureOf(receive([tap(1)]));
    expect(did).to.deep.equal(['expect q1']);
  });

  it('SEC-1 where an update has no whole number, its batch is refused', async () => {
    for (const odd of [
      null,
      7,
      {},
      { update_id: '1' },
      { update_id: 1.5 },
      { update_id: 2 ** 60 },
    ]) {
      const { did, receive } = aReceiver();
      const failure = await failureOf(receive([tap(1), odd]));
      expect(failure).to.be.instanceOf(NoUpdate).and.to.have.property('malformed', true);
      expect(did).to.deep.equal([]);
    }
  });

  it('nothing happens where nothing came', async () => {
    const { did, receive } = aReceiver();
    await receive([]);
    expect(did).to.deep.equal([]);
  });
});
