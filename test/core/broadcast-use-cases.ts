import type { BroadcastId } from '../../core/index.ts';
import { freshId } from '../support/builders.ts';
import { SAID } from '../support/broadcasts.ts';
import { FIRST_PAGE } from '../support/market.ts';
import type { Allowed, Call } from './scene.ts';

const unknownId = (): BroadcastId => freshId();

export const broadcasts: Record<string, readonly [Allowed, Call]> = {
  preview: ['users', (core, actor) => core.broadcasts.preview({ actor })],
  start: [
    'users',
    (core, actor, { key }) =>
      core.broadcasts.start({
        actor,
        key: key as BroadcastId,
        audience: 'workers',
        text: SAID,
        photo: null,
      }),
  ],
  pause: ['users', (core, actor) => core.broadcasts.pause({ actor, broadcastId: unknownId() })],
  resume: ['users', (core, actor) => core.broadcasts.resume({ actor, broadcastId: unknownId() })],
  cancel: ['users', (core, actor) => core.broadcasts.cancel({ actor, broadcastId: unknownId() })],
  show: ['users', (core, actor) => core.broadcasts.show({ actor, broadcastId: unknownId() })],
  list: ['users', (core, actor) => core.broadcasts.list({ actor, page: FIRST_PAGE })],
  feed: ['operator', (core, actor) => core.broadcasts.feed({ actor, limit: 10 })],
  noteShown: [
    'operator',
    (core, actor) => core.broadcasts.noteShown({ actor, broadcastId: unknownId(), messageId: 1 }),
  ],
};
