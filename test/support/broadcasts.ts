import type { BroadcastPorts } from '../../adapters/telegram/delivery/send-broadcast.ts';
import {
  asSystem,
  type Audience,
  type BroadcastReport,
  type StartBroadcast,
} from '../../core/index.ts';
import { freshId } from './builders.ts';
import type { People, Person } from './market.ts';

/** For a notifier that carries none. */
export const NO_BROADCASTS: BroadcastPorts = {
  find: async () => null,
  noteShown: async () => {},
  messagesPerSecond: 0,
};

export const FEEDER = asSystem('feed-broadcast');
export const SAID = 'Mulai besok, withdraw diproses setiap hari.';

/** What this admin does with broadcasts. */
export const broadcastsBy = ({ core }: Pick<People, 'core'>, { actor }: Person) => {
  const { broadcasts } = core;
  const start = (change: Partial<Omit<StartBroadcast, 'actor'>> = {}) =>
    broadcasts.start({
      actor,
      key: freshId(),
      audience: 'all',
      text: SAID,
      photo: null,
      ...change,
    });
  const of = ({ broadcast }: BroadcastReport) => ({ actor, broadcastId: broadcast.id });
  return {
    preview: async (audience: Audience) => (await broadcasts.preview({ actor }))[audience],
    start,
    pause: (report: BroadcastReport) => broadcasts.pause(of(report)),
    resume: (report: BroadcastReport) => broadcasts.resume(of(report)),
    cancel: (report: BroadcastReport) => broadcasts.cancel(of(report)),
    show: (report: BroadcastReport) => broadcasts.show(of(report)),
    progress: async (report: BroadcastReport) => (await broadcasts.show(of(report))).progress,
    feed: (limit = 300) => broadcasts.feed({ actor: FEEDER, limit }),
  };
};
