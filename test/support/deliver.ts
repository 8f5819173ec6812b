import type { ClaimedMessage, Core, Notifier } from '../../core/index.ts';
import { NO_PACE } from './unhurried.ts';

interface Post {
  readonly core: Core;
  readonly ports: { readonly notifier: Notifier };
}

const ROUNDS_MAX = 1_000;

/** Sends everything that is due now, at any pace; resolves to what was tried, oldest first. */
export const deliverDue = async ({
  core,
  ports: { notifier },
}: Post): Promise<ClaimedMessage[]> => {
  const tried: ClaimedMessage[] = [];
  for (let rounds = 1; ; rounds += 1) {
    if (rounds > ROUNDS_MAX) throw new Error('something is due again and again');
    const { messages } = await core.outbox.claimDue({ limit: 50, leaseMs: 60_000, pace: NO_PACE });
    if (messages.length === 0) return tried;
    tried.push(...messages);
    for (const message of messages) {
      await core.outbox.settle({ tried: message, outcome: await notifier.deliver(message) });
    }
  }
};
