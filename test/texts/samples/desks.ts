import type {
  Deposit,
  DepositCase,
  EarlierDeposit,
  SeenWithdrawal,
  Withdrawal,
  WithdrawalCase,
} from '../../../core/index.ts';
import { aFile, rupiahs } from '../../support/builders.ts';
import {
  citra,
  daysAgo,
  deposit,
  dewi,
  LONG_TEXT,
  longNamed,
  minutesAgo,
  NOW,
  page,
  sari,
  wahyu,
  withdrawal,
} from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const decided = { decidedAt: minutesAgo(5), decidedBy: dewi.id };
const approved: Deposit = {
  ...deposit,
  ...decided,
  status: 'approved',
  credited: rupiahs(95_000),
  reason: 'Ada potongan biaya dari bank pengirim.',
};
const rejected: Deposit = {
  ...deposit,
  ...decided,
  status: 'rejected',
  reason: 'Bukti transfer tidak terbaca.',
};
const canceled: Deposit = { ...deposit, status: 'canceled', decidedAt: minutesAgo(5) };

const topUp: DepositCase = { deposit, user: citra, decidedBy: null, sameFile: 0, earlier: [] };
const earlier: readonly EarlierDeposit[] = [
  { deposit: approved, user: citra },
  { deposit: rejected, user: sari },
  { deposit, user: wahyu },
];
const flagged: DepositCase = { ...topUp, sameFile: 4, earlier };
const ofLongNamed = earlier.map((one) => ({ ...one, user: longNamed }));
const fullest: DepositCase = {
  ...flagged,
  earlier: ofLongNamed,
  deposit: { ...approved, reason: LONG_TEXT },
  decidedBy: longNamed,
  user: longNamed,
};
const queue = { waiting: 3, oldest: minutesAgo(45) };
const empty = { waiting: 0, oldest: null };
const at = minutesAgo(5);

export const depositDesk: CatalogueSamples<'depositDesk'> = {
  list: [[page([])], [page([topUp])], [page([topUp], 3)]],
  listButton: [
    [topUp, NOW],
    [{ ...flagged, user: longNamed }, NOW],
  ],
  card: [
    [topUp, queue, NOW],
    [flagged, queue, NOW],
    [{ ...topUp, deposit: approved, decidedBy: dewi }, empty, NOW],
    [{ ...topUp, deposit: rejected, decidedBy: dewi }, queue, NOW],
    [{ ...topUp, deposit: canceled }, queue, NOW],
    [fullest, queue, NOW],
  ],
  openEarlier: [[{ deposit: approved, user: citra }]],
  empty: [
    [empty, 0],
    [queue, 2],
  ],
  decided: {
    approved: [[{ outcome: 'approved', credited: rupiahs(100_000), balance: rupiahs(125_000) }]],
    rejected: [[{ outcome: 'rejected' }]],
    'already-decided': [
      [{ outcome: 'already-decided', status: 'approved', by: dewi, at }],
      [{ outcome: 'already-decided', status: 'rejected', by: dewi, at }],
      [{ outcome: 'already-decided', status: 'rejected', by: longNamed, at }],
      [{ outcome: 'already-decided', status: 'canceled', by: null, at }],
    ],
  },
  askReason: [[topUp]],
  askAmount: [[topUp]],
  askCorrectionReason: [[topUp, rupiahs(95_000)]],
  confirmCorrection: [
    [topUp, rupiahs(95_000), 'Ada potongan biaya dari bank pengirim.'],
    [topUp, rupiahs(100_000), null],
    [fullest, rupiahs(105_000), LONG_TEXT],
  ],
};

const claim = { by: dewi.id, at };
const asked: WithdrawalCase = {
  withdrawal,
  user: wahyu,
  claimedBy: null,
  endorsedBy: null,
  decidedBy: null,
  isFirst: false,
  othersWithNumber: 0,
};
const suspicious: WithdrawalCase = {
  ...asked,
  withdrawal: { ...withdrawal, fee: rupiahs(2_500), flags: { newNumber: true, toppedUp: true } },
  isFirst: true,
  othersWithNumber: 1,
};
const claimed: WithdrawalCase = {
  ...asked,
  withdrawal: { ...withdrawal, claim } as Withdrawal,
  claimedBy: dewi,
};
const paid: WithdrawalCase = {
  ...claimed,
  decidedBy: dewi,
  withdrawal: {
    ...withdrawal,
    ...decided,
    claim,
    status: 'paid',
    reference: 'TRX2601050001',
    receipt: aFile(),
  },
};
const paidBare: WithdrawalCase = {
  ...paid,
  withdrawal: { ...withdrawal, ...decided, claim, status: 'paid', reference: null, receipt: null },
};
const refused: WithdrawalCase = {
  ...asked,
  decidedBy: dewi,
  withdrawal: {
    ...withdrawal,
    ...decided,
    claim: null,
    status: 'rejected',
    reason: 'Nomor DANA tidak ditemukan. Silakan periksa nomornya.',
  },
};
const given: WithdrawalCase = {
  ...asked,
  withdrawal: { ...withdrawal, status: 'canceled', decidedAt: daysAgo(1) },
};

const big = { ...withdrawal, amount: rupiahs(1_500_000), needsSecond: true };
const ofTwo: SeenWithdrawal = {
  ...asked,
  others: 2,
  withdrawal: { ...big, flags: { newNumber: false, toppedUp: true } },
};
const ofTopUp: SeenWithdrawal = {
  ...asked,
  others: 0,
  withdrawal: {
    ...withdrawal,
    needsSecond: true,
    flags: { newNumber: false, toppedUp: true },
  },
};
const endorsed: SeenWithdrawal = {
  ...ofTwo,
  withdrawal: { ...big, endorsement: { by: dewi.id, at: minutesAgo(20) } },
  endorsedBy: dewi,
};

export const withdrawalDesk: CatalogueSamples<'withdrawalDesk'> = {
  list: [[page([])], [page([asked])], [page([asked], 3)], [page([claimed, ofTwo, endorsed], 3)]],
  listButton: [
    [asked, NOW],
    [suspicious, NOW],
    [{ ...claimed, user: longNamed }, NOW],
    [{ ...ofTwo, user: longNamed }, NOW],
    [endorsed, NOW],
  ],
  others: [[page([])], [page([claimed], 2)]],
  waiting: [[asked], [suspicious]],
  own: [[asked]],
  ofTwo: [
    [ofTwo, 'open', rupiahs(1_000_000)],
    [endorsed, 'mine', rupiahs(1_000_000)],
    [{ ...endorsed, endorsedBy: longNamed }, 'endorsed', rupiahs(1_000_000)],
    [{ ...ofTwo, withdrawal: { ...big, flags: withdrawal.flags } }, 'open', rupiahs(5_000_000)],
    [ofTopUp, 'open', rupiahs(1_000_000)],
  ],
  claimed: [
    [claimed, null],
    [claimed, minutesAgo(30)],
  ],
  ofOther: [[claimed], [{ ...claimed, claimedBy: null }]],
  decidedCard: [[paid], [paidBare], [refused], [given]],
  warnTakeOver: [[claimed]],
  askReceipt: [[claimed]],
  askReference: [[claimed]],
  confirmPaid: [
    [claimed, true, 'TRX2601050001'],
    [claimed, false, null],
  ],
  decided: {
    paid: [[{ outcome: 'paid' }]],
    rejected: [[{ outcome: 'rejected' }]],
    'already-decided': [
      [{ outcome: 'already-decided', status: 'paid', by: dewi, at }],
      [{ outcome: 'already-decided', status: 'rejected', by: dewi, at }],
      [{ outcome: 'already-decided', status: 'rejected', by: longNamed, at }],
      [{ outcome: 'already-decided', status: 'canceled', by: null, at }],
    ],
  },
  askReason: [[claimed]],
};
