import { escrowOf, holdOf, OUTSIDE, REVENUE, walletOf } from '../../../core/index.ts';
import type {
  HistoryLine,
  NamedAccount,
  TransactionStatus,
  TransactionType,
  Withdrawal,
} from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import {
  citra,
  deposit,
  dewi,
  label,
  onTikTok,
  minutesAgo,
  page,
  theId,
  withdrawal,
} from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const [none, balance] = [rupiahs(0), rupiahs(125_000)];
const maskedNumber = '+62 ••••••••890';
const processed = { ...withdrawal, claim: { by: dewi.id, at: minutesAgo(5) } } as Withdrawal;

const AMOUNTS: Readonly<Record<TransactionType, number>> = {
  deposit: 100_000,
  task_reward: 500,
  platform_fee: -50,
  campaign_funding: -50_000,
  campaign_refund: 30_000,
  withdraw: -50_000,
  adjustment: 10_000,
  reversal: -500,
  revenue_payout: -25_000,
};

const entry = (type: TransactionType, change: Partial<HistoryLine> = {}): HistoryLine => ({
  transactionId: theId(81),
  type,
  status: 'approved',
  amount: rupiahs(AMOUNTS[type]),
  reference: { kind: 'transaction', id: theId(81) },
  campaign: null,
  at: minutesAgo(90),
  ...change,
});

const everyType = (Object.keys(AMOUNTS) as TransactionType[]).map((type) =>
  entry(type, { campaign: type.startsWith('campaign') || type === 'task_reward' ? label : null }),
);
const everyStatus = (['pending', 'approved', 'rejected', 'canceled'] as TransactionStatus[]).map(
  (status, at) =>
    entry(at === 0 ? 'withdraw' : 'deposit', {
      status,
      reference: { kind: at === 0 ? 'withdrawal' : 'deposit', id: theId(82 + at) },
    }),
);

const limits = { balance, min: rupiahs(10_000), fee: none, most: balance, amount: null };
const quote = {
  amount: rupiahs(50_000),
  fee: none,
  total: rupiahs(50_000),
  balance,
  balanceAfter: rupiahs(75_000),
  most: balance,
};
const empty = { wallet: balance, hold: none, deposits: [], withdrawals: [] };

export const wallet: CatalogueSamples<'wallet'> = {
  balance: [
    [empty],
    [
      {
        ...empty,
        hold: rupiahs(50_000),
        deposits: [deposit],
        withdrawals: [withdrawal, processed],
      },
    ],
  ],
  cancelDeposit: [[rupiahs(100_000)]],
  cancelWithdrawal: [[rupiahs(50_000)]],
  history: [[page([])], [page(everyType)], [page(everyStatus)]],
  askAmount: [
    [limits],
    [{ ...limits, fee: rupiahs(2_500), most: rupiahs(40_000), amount: rupiahs(20_000) }],
  ],
  tooLittle: [
    [{ balance: rupiahs(2_100), missing: rupiahs(7_900), min: rupiahs(10_000), fee: rupiahs(0) }],
    [
      {
        balance: rupiahs(4_000),
        missing: rupiahs(8_500),
        min: rupiahs(10_000),
        fee: rupiahs(2_500),
      },
    ],
  ],
  everything: [[balance]],
  keepAmount: [[rupiahs(20_000)]],
  askNumber: [
    [{ amount: rupiahs(50_000), masked: null }],
    [{ amount: rupiahs(50_000), masked: maskedNumber }],
  ],
  keepNumber: [[maskedNumber]],
  withdrawSummary: [[quote]],
  withdrawRequested: [[{ withdrawal, wallet: rupiahs(75_000), hold: rupiahs(50_000) }]],
};

const named = { owner: null, campaign: null };
const everyAccount: Some<[NamedAccount]> = [
  [{ ...named, account: OUTSIDE }],
  [{ ...named, account: REVENUE }],
  [
    {
      ...named,
      account: escrowOf(onTikTok.id),
      campaign: { taskKind: 'view', link: onTikTok.link.target },
    },
  ],
  [{ ...named, account: walletOf(citra.id), owner: citra.displayName }],
  [{ ...named, account: holdOf(citra.id), owner: citra.displayName }],
];

export const ledger: CatalogueSamples<'ledger'> = { account: everyAccount, end: everyAccount };

export const topUp: CatalogueSamples<'topUp'> = {
  askAmount: [
    [{ balance, min: rupiahs(10_000), max: rupiahs(50_000_000), amount: null }],
    [{ balance, min: rupiahs(10_000), max: rupiahs(50_000_000), amount: rupiahs(100_000) }],
  ],
  keepAmount: [[rupiahs(100_000)]],
  askProof: [
    [
      {
        amount: rupiahs(100_000),
        instructions: 'Bank BCA 123 456 7890\na.n. PT Upah Bersama <Indonesia>',
      },
    ],
  ],
  requested: [[deposit]],
};
