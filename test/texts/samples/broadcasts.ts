import {
  BROADCAST_CAPTION_MAX,
  BROADCAST_TEXT_MAX,
  type BroadcastReport,
} from '../../../core/index.ts';
import { dewi, LONG_TEXT, longNamed, minutesAgo, page, theId } from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const TEXT = 'Mulai besok, withdraw diproses setiap hari, termasuk hari Minggu. Terima kasih!';
const LONGEST = LONG_TEXT.repeat(4).slice(0, BROADCAST_TEXT_MAX);

const running: BroadcastReport = {
  broadcast: {
    id: theId(71),
    adminId: dewi.id,
    audience: 'all',
    text: TEXT,
    photo: null,
    status: 'running',
    createdAt: minutesAgo(1),
    endedAt: null,
    changedBy: null,
    toldAt: minutesAgo(0),
    shownIn: 4_711,
  },
  by: { id: dewi.id, displayName: dewi.displayName },
  progress: { recipients: 2_950, sent: 1_205, blocked: 31, failed: 4, canceled: 0, waiting: 1_710 },
};
const paused: BroadcastReport = {
  ...running,
  broadcast: { ...running.broadcast, status: 'paused', audience: 'workers' },
};
const stopping: BroadcastReport = {
  ...running,
  broadcast: { ...running.broadcast, status: 'canceled', audience: 'clients' },
  progress: { ...running.progress, canceled: 1_700, waiting: 10 },
};
const canceled: BroadcastReport = {
  ...stopping,
  broadcast: { ...stopping.broadcast, endedAt: minutesAgo(0) },
  progress: { ...stopping.progress, sent: 1_215, waiting: 0 },
};
const done: BroadcastReport = {
  ...running,
  broadcast: {
    ...running.broadcast,
    audience: 'inactive',
    status: 'done',
    photo: 'ab/cd.jpg',
    endedAt: minutesAgo(0),
  },
  progress: { recipients: 2_950, sent: 2_950, blocked: 0, failed: 0, canceled: 0, waiting: 0 },
};
const longest: BroadcastReport = {
  ...canceled,
  broadcast: { ...canceled.broadcast, photo: 'ab/cd.jpg', text: LONGEST },
  by: { id: longNamed.id, displayName: longNamed.displayName },
};
const reports: Some<[BroadcastReport, number | null]> = [
  [running, 2],
  [running, null],
  [paused, 2],
  [stopping, 0],
  [canceled, null],
  [done, null],
  [longest, null],
];

const workers = { audience: 'workers', recipients: 2_950, blocked: 0 } as const;
const draft = { ...workers, text: TEXT, minutes: 2 };

export const broadcasts: CatalogueSamples<'broadcasts'> = {
  message: [[TEXT], [LONGEST]],
  list: [[page([])], [page([running, done])]],
  listButton: [[running], [paused], [canceled], [done]],
  askAudience: [[14], [1]],
  audience: [
    [{ ...workers, audience: 'all' }],
    [{ ...workers, audience: 'clients', recipients: 1 }],
    [workers],
    [{ ...workers, audience: 'inactive', recipients: 0 }],
  ],
  askText: [
    [workers, BROADCAST_TEXT_MAX, BROADCAST_CAPTION_MAX],
    [{ ...workers, recipients: 1 }, BROADCAST_TEXT_MAX, BROADCAST_CAPTION_MAX],
  ],
  askCaption: [[BROADCAST_CAPTION_MAX]],
  preview: [
    [draft],
    [{ ...draft, blocked: 31, minutes: 0 }],
    [{ ...draft, recipients: 1, minutes: null }],
    [{ ...draft, text: LONGEST, recipients: 1_000_000, blocked: 99_999, minutes: 556 }],
  ],
  started: [[reports[0][0]]],
  report: reports,
  card: reports,
  askStop: [[running]],
  stopped: [[canceled], [done]],
};
