import type { CampaignQuote, RaiseQuote } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import {
  campaign,
  details,
  completed,
  daysAgo,
  deleted,
  heldBy,
  INSTRUCTIONS,
  LONG_TEXT,
  onTikTok,
  page,
  paused,
  post,
  progress,
  withFee,
} from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const untouched = { ...progress, available: 100, taken: 0, underReview: 0, approved: 0 };
const quiet = { ...untouched, rejections: 0 };
const fresh = { ...campaign, completedCount: 0 };

const quote: CampaignQuote = {
  kind: 'like',
  link: post,
  instructions: INSTRUCTIONS,
  pricePerTask: rupiahs(500),
  feePerTask: rupiahs(50),
  target: 100,
  total: rupiahs(55_000),
  balance: rupiahs(125_000),
  balanceAfter: rupiahs(70_000),
};
const day = { day: daysAgo(0), submitted: 14, approved: 9, rejected: 1 };
const [max, balance] = [100_000, rupiahs(125_000)];

export const campaigns: CatalogueSamples<'campaigns'> = {
  list: [
    [page([])],
    [
      page([
        { campaign, progress },
        { campaign: onTikTok, progress },
      ]),
    ],
  ],
  listButton: [
    [{ campaign: onTikTok, progress }],
    [{ campaign: { ...onTikTok, status: 'completed' }, progress }],
  ],
  card: [
    [details()],
    [details(withFee)],
    [details(paused('owner'))],
    [details(paused('admin', 'Petunjuk tugasnya belum jelas.'))],
    [details(paused('suspension'))],
    [details(completed)],
    [details(deleted)],
    [{ campaign: fresh, progress: quiet, ...heldBy(fresh, quiet) }],
    [details({ ...campaign, instructions: LONG_TEXT })],
  ],
  share: [['https://t.me/upah_bot?start=campaign_AZAAAAAAcACAAAAAAAAACw']],
  pictureCaption: [
    [{ campaign, progress, days: [day], before: 0 }],
    [{ campaign, progress: quiet, days: [], before: 0 }],
  ],
  chartTitles: [[onTikTok]],
  chartDay: [[daysAgo(90)]],
  confirmDelete: [[details()], [{ campaign: fresh, progress: quiet, ...heldBy(fresh, quiet) }]],
  deleted: [
    [{ campaign: deleted, refunded: rupiahs(22_500), stillOpen: 1 }],
    [{ campaign: deleted, refunded: rupiahs(50_000), stillOpen: 0 }],
  ],
  askKind: [[null], ['like']],
  askLink: [
    [{ kind: 'view', link: null }],
    [{ kind: 'like', link: post.target }],
    [{ kind: 'comment', link: null }],
    [{ kind: 'share', link: null }],
    [{ kind: 'follow', link: null }],
  ],
  askInstructions: [[null], [INSTRUCTIONS]],
  askPrice: [[{ min: rupiahs(100), price: null }], [{ min: rupiahs(100), price: rupiahs(500) }]],
  keepPrice: [[rupiahs(500)]],
  askTarget: [[{ max, balance, target: null }], [{ max, balance, target: 1_000 }]],
  keepTarget: [[1_000]],
  summary: [
    [quote],
    [{ ...quote, instructions: null, balance: rupiahs(50_000), balanceAfter: rupiahs(-5_000) }],
  ],
};

const raised: RaiseQuote = {
  campaign: withFee,
  more: 50,
  moreMax: 99_900,
  target: 150,
  total: rupiahs(27_500),
  balance,
  balanceAfter: rupiahs(97_500),
};

export const raise: CatalogueSamples<'raise'> = {
  ask: [[{ campaign, max, balance, more: null }], [{ campaign, max, balance, more: 50 }]],
  keep: [[50]],
  summary: [[raised], [{ ...raised, balance: rupiahs(20_000), balanceAfter: rupiahs(-7_500) }]],
  raised: [[50], [1]],
};
