import { asRefusal } from '../../core/index.ts';
import { Crash } from './crashes.ts';
import type { NetworkNeeds, Request } from './network.ts';
import { demand } from './rule-broken.ts';

const BOT = 1;

/**
 * The way of a person's words: stored as an update, twice, then handled in one transaction with all
 * that it causes; what died is handled again, and only once in all.
 */
export const createInboxRoute = ({
  core,
  inbox,
  unitOfWork,
  timetable,
  survived,
}: NetworkNeeds) => {
  let updates = 0;
  return async <T>(request: Request<T>, lane: number): Promise<T> => {
    updates += 1;
    const update = { botId: BOT, updateId: updates, lane, payload: request.name };
    const stored = { ...update, receivedAt: timetable.now() };
    await inbox.receive([stored]);
    await inbox.receive([stored]);
    survived.add('updates received twice');
    const handle = () =>
      unitOfWork.run(async (tx) => {
        const taken = await tx.inbox.take(BOT, lane, timetable.now());
        const head = taken === 'in-hand' ? undefined : taken?.updateId;
        demand(head === update.updateId, 'NTF-2', () => `update ${update.updateId}`);
        const [result] = await Promise.allSettled([request.call(core.within(tx))]);
        if (result.status === 'rejected' && !asRefusal(result.reason)) throw result.reason;
        const { botId, updateId } = update;
        await tx.inbox.done({ botId, updateId, at: timetable.now() });
        return result;
      });
    const result = await handle().catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
      survived.add('crashes inside a transaction');
      return handle(); // it still waits in its lane
    });
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  };
};
