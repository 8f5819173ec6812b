import type { PastTask, TakeStatus, TakeView } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { campaign, daysAgo, LONG_TEXT, NOW, onTikTok, page, view, withFee } from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const STATUSES: Readonly<Record<TakeStatus, true>> = {
  taken: true,
  pending_review: true,
  approved: true,
  rejected: true,
  expired: true,
  released: true,
  suspended: true,
  reversed: true,
};
const everyStatus = Object.keys(STATUSES) as TakeStatus[];

const offer = {
  campaignId: campaign.id,
  kind: campaign.kind,
  link: campaign.link,
  campaign,
  slotsLeft: 45,
};
const instructed = { ...offer, campaign: withFee };
const longest = { ...offer, campaign: { ...campaign, instructions: LONG_TEXT } };

const taken = view();
const late = view('taken', -3);
const asked: Some<[TakeView, Date]> = [[taken, NOW]];
/** Each kind of task, for what its screenshot has to show. */
const everyKind = (['view', 'like', 'comment', 'share', 'follow'] as const).map(
  (kind): [TakeView, Date] => [{ ...taken, take: { ...taken.take, kind } }, NOW],
);

export const tasks: CatalogueSamples<'tasks'> = {
  offers: [
    [page([]), 30],
    [page([offer]), 1],
    [page([offer], 14), 30],
  ],
  offerButton: [[offer], [{ ...offer, kind: 'view', link: onTikTok.link, slotsLeft: 1_200 }]],
  offer: [
    [offer, 30],
    [instructed, 30],
    [longest, 30],
  ],
  mine: [[[]], [[taken, view('pending_review')]]],
  mineButton: [
    [taken, NOW],
    [late, NOW],
    [view('pending_review'), NOW],
  ],
  card: [
    [taken, NOW],
    [late, NOW],
    ...everyStatus
      .filter((status) => status !== 'taken')
      .map((status): [TakeView, Date] => [view(status), NOW]),
  ],
  confirmRelease: [[taken]],
  askPicture: [...asked, ...everyKind, [late, NOW]],
  submitted: [[view('pending_review')]],
};

const past = (status: TakeStatus): PastTask => ({
  ...view(status),
  paid: status === 'approved' ? rupiahs(500) : null,
  reason: status === 'rejected' ? 'Tangkapan layar buram atau terpotong.' : null,
});

const none = rupiahs(0);

export const earnings: CatalogueSamples<'earnings'> = {
  past: [[page([])], [page(everyStatus.map(past))]],
  screen: [
    [{ today: none, week: none, all: none, days: [] }],
    [{ today: rupiahs(-500), week: rupiahs(12_500), all: rupiahs(250_000), days: [] }],
  ],
  chartSubtitle: [[14]],
  chartDay: [[daysAgo(90)]],
};
