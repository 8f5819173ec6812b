import type { ProofDecision, ReviewCase } from '../../../core/index.ts';
import type { Seen, Standing } from '../../../adapters/telegram/texts/id/review.ts';
import { rupiahs } from '../../support/builders.ts';
import {
  daysAgo,
  dewi,
  inMinutes,
  LONG_TEXT,
  longNamed,
  minutesAgo,
  NOW,
  page,
  proof,
  sari,
  theId,
  wahyu,
  withFee,
} from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const decision: ProofDecision = {
  proofId: proof.id,
  order: 'first',
  verdict: 'rejected',
  by: dewi.id,
  reason: 'Tangkapan layar buram atau terpotong.',
  takeId: proof.takeId,
  at: minutesAgo(5),
};
const turned: ProofDecision = {
  ...decision,
  order: 'reversal',
  verdict: 'approved',
  reason: 'Setelah diperiksa ulang, buktinya ternyata benar.',
  at: minutesAgo(2),
};

/** A proof of Wahyu's, 12 minutes old. */
export const waiting: ReviewCase = {
  proof,
  campaign: { ...withFee, feePerTask: rupiahs(0) },
  worker: wahyu,
  record: { approved: 42, rejected: 3, memberSince: daysAgo(90) },
  flags: [],
  claim: null,
  decisions: [],
  reviewers: [],
};
const firstEver: ReviewCase = {
  ...waiting,
  campaign: { ...waiting.campaign, instructions: null },
  worker: sari,
  record: { approved: 0, rejected: 0, memberSince: minutesAgo(50) },
};
const rejected: ReviewCase = { ...waiting, decisions: [decision], reviewers: [dewi] };
const approved: ReviewCase = {
  ...waiting,
  decisions: [{ ...decision, verdict: 'approved', reason: null }],
  reviewers: [dewi],
};
const reversed: ReviewCase = {
  ...waiting,
  decisions: [decision, turned],
  reviewers: [dewi, { ...dewi, displayName: 'Rina', username: null }],
};
const flagged: ReviewCase = {
  ...waiting,
  flags: [
    { kind: 'same-file', earlierProofId: theId(91), distance: 0 },
    { kind: 'similar', earlierProofId: theId(92), distance: 12 },
  ],
};
/** As full as a case can be. */
const fullest: ReviewCase = {
  ...flagged,
  campaign: {
    ...waiting.campaign,
    instructions: LONG_TEXT,
    link: { ...waiting.campaign.link, target: `https://www.tiktok.com/${'v'.repeat(1_000)}` },
  },
  worker: longNamed,
  decisions: [
    { ...decision, reason: LONG_TEXT.slice(0, 500) },
    { ...turned, reason: LONG_TEXT.slice(0, 500) },
  ],
  reviewers: [longNamed, longNamed],
};

const queue = { waiting: 37, oldest: minutesAgo(125) };
const empty = { waiting: 0, oldest: null };
const seen = (standing: Standing): Seen => ({ standing, queue, now: NOW });
const mine = seen({ kind: 'mine' });
const claimed = seen({ kind: 'claimed', claim: { by: dewi, until: inMinutes(4) } });

export const review: CatalogueSamples<'review'> = {
  case: [
    [waiting, mine],
    [firstEver, mine],
    [flagged, mine],
    [waiting, claimed],
    [waiting, seen({ kind: 'own' })],
    [rejected, seen({ kind: 'decided', final: null })],
    [approved, seen({ kind: 'decided', final: null })],
    [reversed, seen({ kind: 'decided', final: 'Keputusan bukti ini sudah pernah diubah.' })],
    [waiting, { standing: { kind: 'looked-at' }, queue: null, now: NOW }],
    [fullest, seen({ kind: 'decided', final: LONG_TEXT })],
  ],
  earlier: [
    [0, 1],
    [1, 3],
  ],
  empty: [
    [empty, 0],
    [queue, 3],
  ],
  waiting: [
    [page([]), empty, NOW],
    [page([waiting], 37), queue, NOW],
  ],
  caseButton: [
    [waiting, NOW, false],
    ...[0, 60, 61, 125, 60 * 24 * 3].map((minutes): [ReviewCase, Date, boolean] => [
      { ...waiting, proof: { ...proof, submittedAt: minutesAgo(minutes) } },
      NOW,
      minutes === 0,
    ]),
    [{ ...waiting, worker: longNamed, proof: { ...proof, submittedAt: NOW } }, NOW, true],
  ],
  decidedCases: [[page([])], [page([rejected])]],
  decidedButton: [
    [rejected, NOW],
    [reversed, NOW],
  ],
  taskHistory: [
    [[rejected, waiting], { of: waiting, before: 0 }],
    [[reversed, waiting], { of: waiting, before: 4 }],
  ],
  pastButton: [[rejected, 0]],
  decided: {
    approved: [[{ outcome: 'approved', reward: rupiahs(500), workerBalance: rupiahs(12_500) }]],
    rejected: [[{ outcome: 'rejected' }]],
    'already-decided': [
      [{ outcome: 'already-decided', verdict: 'approved', by: dewi, at: minutesAgo(5) }],
      [{ outcome: 'already-decided', verdict: 'rejected', by: dewi, at: minutesAgo(5) }],
      [{ outcome: 'already-decided', verdict: 'rejected', by: longNamed, at: minutesAgo(5) }],
    ],
  },
  askReason: [[waiting], [fullest]],
};

const none = rupiahs(0);
const undo = {
  turns: 'approval',
  returned: rupiahs(500),
  feeReturned: none,
  shortfall: none,
} as const;
const pay = { turns: 'rejection', reward: rupiahs(500), fee: none } as const;
const costlyUndo = {
  ...undo,
  returned: rupiahs(200),
  feeReturned: rupiahs(50),
  shortfall: rupiahs(300),
};
const reason = 'Bukti yang dikirim ternyata tidak asli.';

export const reversal: CatalogueSamples<'reversal'> = {
  askReason: [
    [waiting, undo],
    [waiting, costlyUndo],
    [waiting, pay],
    [fullest, { ...pay, fee: rupiahs(50) }],
  ],
  confirm: [
    [waiting, costlyUndo, reason],
    [waiting, pay, 'Setelah diperiksa ulang, buktinya ternyata benar.'],
    [fullest, costlyUndo, LONG_TEXT],
  ],
  done: {
    'un-approved': [
      [{ outcome: 'un-approved', returned: rupiahs(500), feeReturned: none, shortfall: none }],
      [
        {
          outcome: 'un-approved',
          returned: rupiahs(200),
          feeReturned: rupiahs(50),
          shortfall: rupiahs(300),
        },
      ],
    ],
    'un-rejected': [[{ outcome: 'un-rejected', reward: rupiahs(500) }]],
  },
};

const blurred = {
  id: 'Tangkapan layar buram atau terpotong.',
  en: 'The screenshot is blurred or cut off.',
};
const unfinished = {
  id: 'Tugas belum selesai dikerjakan.',
  en: 'The task has not been completed yet.',
};

export const rejectReasons: CatalogueSamples<'rejectReasons'> = {
  list: [[[blurred, unfinished]]],
  one: [[blurred, 1]],
  askIndonesian: [[null], [blurred]],
  askEnglish: [
    [blurred.id, null],
    [blurred.id, blurred],
  ],
  number: [[0]],
};
