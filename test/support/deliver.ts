import type { Market } from './market.ts';

/** Sends everything that is due now, at any pace. */
export const deliverDue = async ({ core, ports: { notifier } }: Market): Promise<void> => {
  const pace = { perSecond: 0, perChatPerSecond: 0 };
  for (;;) {
    const { messages } = await core.outbox.claimDue({ limit: 50, leaseMs: 60_000, pace });
    if (messages.length === 0) return;
    for (const message of messages) {
      await core.outbox.settle({ tried: message, outcome: await notifier.deliver(message) });
    }
  }
};
