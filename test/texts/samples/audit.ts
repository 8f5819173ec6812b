import type { AuditLine, LinkedCampaign } from '../../../core/index.ts';
import {
  citra,
  daysAgo,
  dewi,
  label,
  LONG_TEXT,
  longNamed,
  minutesAgo,
  page,
  theId,
  wahyu,
} from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const approved: AuditLine = {
  id: '4711',
  at: minutesAgo(3),
  actor: `user:${dewi.id}`,
  actorDisplayName: dewi.displayName,
  action: 'proof.approve',
  subject: 'proof',
  subjectId: theId(31),
  concerns: { userId: wahyu.id, displayName: wahyu.displayName },
  campaign: { id: theId(11), ...label },
  before: { status: 'pending' },
  after: { status: 'approved', reward: '500', fee: '50' },
  sealed: false,
};
const byJob: AuditLine = {
  ...approved,
  id: '4700',
  actor: 'system:expire-tasks',
  actorDisplayName: null,
  action: 'take.expired',
  subject: 'take',
  before: { status: 'taken' },
  after: { status: 'expired' },
  sealed: true,
};
const granted: AuditLine = {
  ...byJob,
  id: '4690',
  actor: 'operator:root',
  action: 'admin.grant',
  subject: 'user',
  subjectId: 'telegram:6281230004',
  concerns: null,
  campaign: null,
  before: { state: null },
  after: { state: 'granted', permissions: ['review', 'money'] },
};
/** As long as a record can be. */
const longest: AuditLine = {
  ...approved,
  actorDisplayName: longNamed.displayName,
  action: 'something.that-nobody-has-a-word-for',
  concerns: { userId: longNamed.id, displayName: longNamed.displayName },
  before: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`field${at}`, LONG_TEXT])),
  after: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`field${at}`, LONG_TEXT])),
};

const nothing = { user: null, actor: null, campaign: null, subject: null, day: null };
const everything = {
  user: wahyu.displayName,
  actor: longNamed.displayName,
  campaign: label,
  subject: 'proof',
  day: daysAgo(1),
} as const;
const linked: LinkedCampaign = { ...label, id: theId(11), createdAt: daysAgo(3) };

export const audit: CatalogueSamples<'audit'> = {
  list: [
    [[approved, byJob, granted], nothing],
    [[approved], everything],
    [Array.from({ length: 6 }, () => longest), everything],
    [[], everything],
  ],
  filtering: [[nothing], [everything]],
  chosen: [['🗓 Hari']],
  people: [
    [page([citra, longNamed]), 'ci'],
    [page([]), '<nobody>'],
  ],
  personButton: [[citra], [longNamed], [wahyu]],
  campaigns: [[[]], [[linked, linked]]],
  campaignButton: [[linked]],
  card: [[approved], [byJob], [granted], [longest]],
  exported: [
    [1, false],
    [1_234, false],
    [50_000, true],
  ],
};
