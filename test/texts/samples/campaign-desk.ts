import type { Campaign, SlotHolder } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import {
  campaign,
  details,
  citra,
  completed,
  deleted,
  LONG_TEXT,
  longNamed,
  onTikTok,
  page,
  paused,
  progress,
  sari,
  view,
  wahyu,
  withFee,
} from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const owned = { campaign, progress, owner: citra };
const filter = { status: 'active', progress: 'under-half', owner: citra.id } as const;
const holders: readonly SlotHolder[] = [
  { take: view().take, worker: wahyu },
  { take: view('pending_review').take, worker: sari },
];
const untouched = { ...progress, approved: 0, rejections: 0 };
const longest: Campaign = {
  ...campaign,
  status: 'deleted',
  reason: LONG_TEXT,
  instructions: LONG_TEXT,
};
const quiet = { ...progress, taken: 0, underReview: 0 };
const reason = 'Tautannya melanggar ketentuan.';

export const campaignDesk: CatalogueSamples<'campaignDesk'> = {
  list: [
    [page([]), {}, null],
    [page([]), { status: 'paused' }, null],
    [page([]), { owner: citra.id }, null],
    [page([owned]), {}, null],
    [page([owned], 37), filter, citra],
  ],
  listButton: [
    [{ ...owned, campaign: onTikTok }, 0],
    [{ ...owned, campaign: { ...onTikTok, status: 'completed' } }, 1],
    [{ ...owned, campaign: { ...onTikTok, status: 'deleted', reason: null }, owner: longNamed }, 5],
  ],
  filtering: [
    [{}, null, 37],
    [filter, citra, 2],
  ],
  chosen: [['🟢 Aktif']],
  show: [[37]],
  owners: [
    [page([]), 'Cit'],
    [page([citra]), 'Cit'],
  ],
  ownerButton: [[citra], [sari]],
  card: [
    [details(), citra],
    [details(withFee), citra],
    [{ ...details(), progress: untouched }, citra],
    [details(paused('owner')), citra],
    [details(paused('admin', 'Petunjuk tugasnya belum jelas.')), citra],
    [details(paused('suspension')), citra],
    [details(completed), citra],
    [details(deleted), citra],
    [details(longest), longNamed],
  ],
  holdersButton: [[15]],
  othersOf: [[citra, 3]],
  holders: [
    [page([]), campaign],
    [page(holders), campaign],
  ],
  askPauseReason: [[details(), citra]],
  askResumeReason: [[details(paused('admin')), citra]],
  askDeleteReason: [[details(), citra]],
  confirmDelete: [
    [details(), citra, reason],
    [{ ...details(), progress: quiet }, citra, reason],
  ],
  deleted: [[{ campaign: deleted, refunded: rupiahs(22_500), stillOpen: 15 }]],
};
