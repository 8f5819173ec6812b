import type { BroadcastReport, Core } from '../../core/index.ts';
import { broadcastsBy, FEEDER } from '../support/broadcasts.ts';
import type { People, Person } from '../support/market.ts';
import { NO_PACE } from '../support/unhurried.ts';
import type { Scenery } from './scenes.ts';

/** A broadcast to two workers, of whom one's message stands in the outbox. */
const started = async (people: People) => {
  const admin = await people.admin();
  await people.worker();
  await people.worker();
  const acting = broadcastsBy(people, admin);
  const report = await acting.start({ audience: 'workers' });
  await acting.feed(1);
  return { admin, report, ...acting };
};

/** What stood in the outbox is sent. */
const sent = async (core: Core): Promise<void> => {
  const claim = { limit: 50, leaseMs: 60_000, pace: NO_PACE };
  for (let found = true; found;) {
    const { messages } = await core.outbox.claimDue(claim);
    for (const tried of messages) {
      await core.outbox.settle({ tried, outcome: { outcome: 'sent' } });
    }
    found = messages.length > 0;
  }
};

const by = ({ actor }: Person, { broadcast }: BroadcastReport) => ({
  actor,
  broadcastId: broadcast.id,
});

/** Of one that is on its way. */
export const BROADCAST_SCENES: Readonly<Record<string, Scenery>> = {
  'broadcasts.pause': async (people) => {
    const { admin, report } = await started(people);
    return (core) => core.broadcasts.pause(by(admin, report));
  },
  'broadcasts.resume': async (people) => {
    const { admin, report, pause } = await started(people);
    await pause(report);
    return (core) => core.broadcasts.resume(by(admin, report));
  },
  'broadcasts.cancel': async (people) => {
    const { admin, report } = await started(people);
    return (core) => core.broadcasts.cancel(by(admin, report));
  },
  'broadcasts.show': async (people) => {
    const { admin, report } = await started(people);
    return (core) => core.broadcasts.show(by(admin, report));
  },
  'broadcasts.feed': async (people) => {
    await started(people);
    await sent(people.core);
    return (core) => core.broadcasts.feed({ actor: FEEDER, limit: 10 });
  },
  'broadcasts.feed, the last one': async (people) => {
    const { feed } = await started(people);
    await feed(10);
    await sent(people.core);
    return (core) => core.broadcasts.feed({ actor: FEEDER, limit: 10 });
  },
  'broadcasts.noteShown': async (people) => {
    const { broadcast } = (await started(people)).report;
    const shown = { actor: FEEDER, broadcastId: broadcast.id, messageId: 4_711 };
    return (core) => core.broadcasts.noteShown(shown);
  },
};
