import type { ApprovalPreview, ApprovalReport } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { campaign, dewi, minutesAgo, NOW, theId, wahyu } from './people.ts';
import { waiting } from './review.ts';
import type { CatalogueSamples } from './samples.ts';

const ofWorker = { kind: 'worker', workerId: wahyu.id } as const;
const ofCampaign = { kind: 'campaign', campaignId: campaign.id } as const;
const none = { decided: 0, claimed: 0, flagged: 0, own: 0, frozen: 0, 'no-right': 0 };
const nothing = { claimed: 0, flagged: 0, own: 0 };

const preview: ApprovalPreview = {
  scope: ofWorker,
  proofIds: [theId(31), theId(32)],
  total: rupiahs(1_000),
  fees: rupiahs(0),
  skipped: nothing,
  beyond: 0,
};
const choices = [
  { shown: waiting, preview },
  { shown: waiting, preview: { ...preview, scope: ofCampaign } },
];
const noChoice = { shown: waiting, preview: { ...preview, proofIds: [] } };

const order = {
  shown: waiting,
  scope: ofWorker,
  many: 42,
  total: rupiahs(21_000),
  fees: rupiahs(0),
  oldest: minutesAgo(125),
  skipped: nothing,
  beyond: 0,
};
const skipped = { decided: 2, claimed: 1, flagged: 3, own: 1, frozen: 1, 'no-right': 1 };

const working: ApprovalReport = {
  batch: {
    id: theId(61),
    adminId: dewi.id,
    scope: ofWorker,
    createdAt: minutesAgo(1),
    doneAt: null,
  },
  listed: 42,
  approved: 12,
  paid: rupiahs(6_000),
  skipped: none,
};
const done: ApprovalReport = {
  ...working,
  batch: { ...working.batch, doneAt: NOW },
  approved: 33,
  paid: rupiahs(16_500),
  skipped,
};

export const approvals: CatalogueSamples<'approvals'> = {
  ask: [[[noChoice]], [choices]],
  choice: [
    [{ shown: waiting, preview: { ...preview, proofIds: [theId(31)], total: rupiahs(500) } }],
    [{ shown: waiting, preview }],
    [{ shown: waiting, preview: { ...preview, scope: ofCampaign } }],
  ],
  preview: [
    [order, NOW],
    [
      {
        ...order,
        scope: ofCampaign,
        fees: rupiahs(2_100),
        skipped: { claimed: 1, flagged: 3, own: 1 },
        beyond: 120,
      },
      NOW,
    ],
  ],
  report: [[working], [done]],
  progress: [[working]],
};
