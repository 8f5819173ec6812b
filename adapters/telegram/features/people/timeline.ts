import { z } from 'zod';
import type { Slice, SliceRequest, TimelineEvent, User } from '../../../../core/index.ts';
import { press, shortId, type Button, type Keyboard } from '../../buttons.ts';
import { CODES } from '../../codes.ts';
import { mayUse, type MainLabel } from '../../delivery/menu.ts';
import { choose, defineFlow, type Move } from '../../dialogue/flow.ts';
import type { Screen } from '../../screen.ts';
import { TIMELINE_SIGNS, type LinkedKind } from '../../texts/id/timeline.ts';
import type { Turn } from '../../turn.ts';
import type { AtPerson } from './card.ts';
import { atPerson, leave } from './standing.ts';

export interface Reading extends AtPerson {
  readonly from: SliceRequest['from'];
}

/** How many events stand on one screen. */
const SIZE = 10;

/** Everything that happened to a person or that they did, newest first (ADM-3). */
export const timelineFlow = defineFlow<Reading>({
  name: 'timeline',
  version: 1,
  schema: atPerson.extend({
    from: z.object({ key: z.string(), towards: z.enum(['older', 'newer']) }).nullable(),
  }),
  steps: {
    events: {
      draw: (turn, reading) => timelineScreen(turn, reading),
      buttons: { older: turningTo('older'), newer: turningTo('newer') },
    },
  },
  leave,
});

function turningTo(towards: 'older' | 'newer') {
  return (_turn: Turn, reading: Reading, key: string | undefined): Move<Reading> =>
    key === undefined ? 'stay' : { step: 'events', data: { ...reading, from: { key, towards } } };
}

const timelineScreen = async (turn: Turn, reading: Reading): Promise<Screen> => {
  const { core, actor, texts } = turn;
  const { userId, place, from } = reading;
  const slice = { from, size: SIZE };
  const events = await core.reports.timeline({ actor, userId, slice });
  return {
    text: texts.timeline.screen(events.user, events),
    keyboard: [
      ...inRows(links(turn, events.items)),
      ...turning(turn, events),
      [
        press(texts.labels.back, CODES.person, shortId(userId), place),
        press(texts.labels.home, CODES.home),
      ],
    ],
  };
};

const turning = (turn: Turn, { newer, older }: Slice<TimelineEvent>): Keyboard => {
  const { timeline } = turn.texts;
  const row = [
    ...(newer === null ? [] : [choose(turn, timeline.newer, 'newer', newer)]),
    ...(older === null ? [] : [choose(turn, timeline.older, 'older', older)]),
  ];
  return row.length === 0 ? [] : [row];
};

const A_ROW = 5;

const inRows = (buttons: readonly Button[]): Keyboard =>
  buttons.flatMap((_button, at) => (at % A_ROW === 0 ? [buttons.slice(at, at + A_ROW)] : []));

/** To what an event is about, where this admin has a desk that shows it; by the event's number. */
const links = (turn: Turn, events: readonly TimelineEvent[]): readonly Button[] =>
  events.flatMap((event, at) => {
    if (!isLinked(event)) return [];
    const link = linkOf(turn.user, event);
    if (link === null) return [];
    return [press(turn.texts.timeline.open(event.kind, at), link.code, link.id)];
  });

interface Link {
  readonly code: string;
  readonly id: string;
}

type LinkedEvent = Extract<TimelineEvent, { kind: LinkedKind }>;

const isLinked = (event: TimelineEvent): event is LinkedEvent => event.kind in TIMELINE_SIGNS;

const linkOf = (admin: User, event: LinkedEvent): Link | null => {
  const to = (desk: MainLabel, code: string, id: string) =>
    mayUse(admin, desk) ? { code, id: shortId(id) } : null;
  switch (event.kind) {
    case 'proof-sent':
    case 'proof-decided':
      return to('review', CODES.reviewCase, event.proofId);
    case 'deposit-asked':
    case 'deposit-decided':
      return to('deposits', CODES.deposit, event.depositId);
    case 'withdrawal-asked':
    case 'withdrawal-decided':
      return to('withdrawals', CODES.withdrawal, event.withdrawalId);
    case 'campaign-made':
      return to('allCampaigns', CODES.adminCampaign, event.campaignId);
  }
};
