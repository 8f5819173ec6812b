import { html } from '../../../adapters/telegram/html.ts';
import { DEFAULT_SETTINGS, PERMISSIONS, type Settings } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { ownerNews, standings } from './owner.ts';
import {
  campaign,
  daysAgo,
  LONG_TEXT,
  longNamed,
  minutesAgo,
  NOW,
  onTikTok,
  progress,
  theId,
  view,
} from './people.ts';
import { each, type CatalogueSamples } from './samples.ts';

const withFee: Settings = { ...DEFAULT_SETTINGS, withdrawFee: rupiahs(2_500) };
const name = 'Citra';

export const common: CatalogueSamples<'common'> = {
  kind: each({ view: true, like: true, comment: true, share: true, follow: true }),
  permission: each({ review: true, money: true, users: true, settings: true }),
  permissions: [[PERMISSIONS], [['money']]],
  step: [[2, 5]],
  problem: [['Jumlahnya belum terbaca.']],
  oldestFirst: [[2]],
  userText: [[html`Like kirimannya.`]],
  doneBy: [['operator:budi'], ['system:admin-grant'], [name]],
};

export const account: CatalogueSamples<'account'> = {
  terms: [[DEFAULT_SETTINGS.termsText.id], [DEFAULT_SETTINGS.termsText.en], [LONG_TEXT.repeat(4)]],
  chooseRole: [[name], [longNamed.displayName]],
  suspended: [['Bukti palsu berulang kali.']],
  help: {
    client: [
      ['client', DEFAULT_SETTINGS, []],
      ['client', withFee, []],
    ],
    worker: [['worker', DEFAULT_SETTINGS, []]],
    admin: [
      ['admin', DEFAULT_SETTINGS, PERMISSIONS],
      ['admin', DEFAULT_SETTINGS, ['settings']],
    ],
  },
  switchTo: each({ client: true, worker: true }),
  roleChosen: each({ client: true, worker: true }),
  settings: [[null], ['client'], ['worker'], ['admin']],
};

const calm = { waiting: 0, oldest: null };
const client = {
  name,
  wallet: rupiahs(125_000),
  hold: rupiahs(0),
  openCampaigns: 0,
  nearest: [],
  pendingDeposits: 0,
  pendingWithdrawals: 0,
};
const worker = {
  name: 'Wahyu',
  wallet: rupiahs(12_500),
  hold: rupiahs(0),
  tasks: [],
  offers: 0,
  earnedToday: rupiahs(0),
  now: NOW,
};
const admin = {
  name: 'Dewi',
  proofs: calm,
  deposits: calm,
  withdrawals: calm,
  inProcess: 0,
  frozenSince: null,
  now: NOW,
};

export const home: CatalogueSamples<'home'> = {
  greeting: [[name]],
  counted: [
    ['📌 Tugas Saya', 0],
    ['📌 Tugas Saya', 2],
  ],
  client: [
    [client],
    [
      {
        ...client,
        hold: rupiahs(50_000),
        openCampaigns: 2,
        nearest: [
          { campaign, progress },
          { campaign: onTikTok, progress: { ...progress, underReview: 0 } },
        ],
        pendingDeposits: 1,
        pendingWithdrawals: 1,
      },
    ],
  ],
  worker: [
    [worker],
    [
      {
        ...worker,
        hold: rupiahs(20_000),
        tasks: [view(), view('taken', -3), view('pending_review')],
        offers: 14,
        earnedToday: rupiahs(3_500),
      },
    ],
    [{ ...worker, earnedToday: rupiahs(-500) }],
  ],
  admin: [
    [admin],
    [
      {
        ...admin,
        proofs: { waiting: 37, oldest: minutesAgo(125) },
        deposits: { waiting: 2, oldest: minutesAgo(12) },
        withdrawals: { waiting: 1, oldest: daysAgo(2) },
        inProcess: 1,
        frozenSince: minutesAgo(30),
      },
    ],
    [{ ...admin, proofs: null, deposits: null, withdrawals: null }],
  ],
};

const violation = {
  rule: 'WAL-3',
  row: `accounts ${theId(71)}`,
  what: 'balance 12500, postings 12000',
};
const freeze = {
  id: theId<never>(72),
  begunAt: minutesAgo(30),
  findings: [{ check: 'balances', broken: 3, violations: [violation] }],
  news: 1,
  ownerTold: 0,
  lifted: null,
};

export const owner: CatalogueSamples<'owner'> = {
  freeze: [
    [freeze],
    [{ ...freeze, lifted: { at: NOW, by: 'operator:cli', reason: 'Saldo sudah dibetulkan.' } }],
  ],
  news: ownerNews,
  wellbeing: standings,
};
