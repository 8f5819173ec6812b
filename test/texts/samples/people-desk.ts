import type { Profile, Slice, TimelineEvent } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import {
  citra,
  daysAgo,
  deposit,
  dewi,
  label,
  LONG_TEXT,
  longNamed,
  minutesAgo,
  page,
  proof,
  sari,
  theId,
  view,
  wahyu,
  withdrawal,
} from './people.ts';
import type { CatalogueSamples } from './samples.ts';

const nothing = {
  campaigns: 0,
  takenTasks: 0,
  proofsUnderReview: 0,
  deposits: 0,
  withdrawals: 0,
};
const quiet: Profile = {
  user: sari,
  balances: { wallet: rupiahs(0), hold: rupiahs(0) },
  open: nothing,
  work: { approved: 0, rejected: 0, waiting: 0 },
  earned: rupiahs(0),
  toppedUp: rupiahs(0),
  withdrawn: rupiahs(0),
  campaigns: 0,
  inEscrow: rupiahs(0),
  lastActive: null,
  suspendedBy: null,
};
const busy: Profile = {
  user: wahyu,
  balances: { wallet: rupiahs(12_500), hold: rupiahs(20_000) },
  open: { campaigns: 1, takenTasks: 2, proofsUnderReview: 3, deposits: 1, withdrawals: 1 },
  work: { approved: 118, rejected: 7, waiting: 3 },
  earned: rupiahs(59_000),
  toppedUp: rupiahs(100_000),
  withdrawn: rupiahs(40_000),
  campaigns: 2,
  inEscrow: rupiahs(52_500),
  lastActive: daysAgo(1),
  suspendedBy: null,
};
const suspension = { reason: 'Bukti palsu berulang kali.', by: `user:${dewi.id}`, at: daysAgo(2) };
const suspended = { ...wahyu, status: 'suspended', suspension } as const;
const longest = {
  ...longNamed,
  status: 'suspended',
  suspension: { ...suspension, reason: LONG_TEXT },
} as const;

export const peopleDesk: CatalogueSamples<'peopleDesk'> = {
  list: [
    [page([]), 'Cit'],
    [page([citra]), '@citra'],
    [page([wahyu, suspended, dewi, { ...sari, role: null }], 37), ''],
    [page([longNamed, longNamed]), 'Zulkarnain'],
  ],
  listButton: [
    [citra, 0],
    [sari, 5],
  ],
  card: [
    [quiet],
    [busy],
    [{ ...busy, user: suspended, suspendedBy: dewi }],
    [{ ...quiet, user: { ...suspended, role: 'client' } }],
    [{ ...quiet, user: dewi }],
    [{ ...busy, user: longest, suspendedBy: longNamed }],
  ],
  profileOf: [[citra]],
  campaigns: [[2]],
  askSuspendReason: [[wahyu]],
  confirmSuspend: [
    [busy, 'Bukti palsu berulang kali.'],
    [quiet, 'Memakai lebih dari satu akun.'],
  ],
  confirmUnsuspend: [[suspended]],
  confirmRole: [
    [citra, 'worker'],
    [wahyu, 'client'],
  ],
  roleChanged: { client: [['client']], worker: [['worker']] },
};

const at = minutesAgo(90);
const reward = {
  at,
  kind: 'money',
  transactionId: theId<never>(81),
  type: 'task_reward',
  amount: rupiahs(500),
  campaign: label,
} as const;
const paid = { ...reward, type: 'withdraw', amount: rupiahs(-50_000), campaign: null } as const;

const facts = {
  user: wahyu,
  direction: 'plus',
  amount: rupiahs(10_000),
  side: 'cash',
  quote: { balance: rupiahs(12_500), balanceAfter: rupiahs(22_500), revenue: null },
  mends: null,
  reason: 'Top-up Anda terlewat dan sudah kami catat.',
} as const;
const taking = {
  ...facts,
  direction: 'minus',
  quote: { ...facts.quote, balanceAfter: rupiahs(2_500) },
  mends: reward,
} as const;

export const adjustment: CatalogueSamples<'adjustment'> = {
  askDirection: [[wahyu, rupiahs(12_500)]],
  askAmount: [
    [wahyu, 'plus', rupiahs(12_500)],
    [wahyu, 'minus', rupiahs(12_500)],
  ],
  everything: [[rupiahs(12_500)]],
  askSide: [
    [wahyu, 'plus', rupiahs(10_000)],
    [wahyu, 'minus', rupiahs(10_000)],
  ],
  askMends: [[wahyu]],
  transaction: [[reward], [paid]],
  askReason: [[wahyu]],
  summary: [
    [facts],
    [{ ...facts, side: 'revenue', quote: { ...facts.quote, revenue: rupiahs(75_000) } }],
    [taking],
    [{ ...taking, side: 'revenue', quote: { ...taking.quote, revenue: rupiahs(75_000) } }],
    [{ ...taking, user: longNamed, reason: LONG_TEXT.slice(0, 500) }],
  ],
};

const { campaign, take } = view();
const events: readonly TimelineEvent[] = [
  { at, kind: 'registered' },
  { at, kind: 'role', from: null, to: 'worker' },
  { at, kind: 'suspended', by: 'Dewi' },
  { at, kind: 'unsuspended', by: 'operator:cli' },
  reward,
  paid,
  {
    at,
    kind: 'campaign-made',
    campaignId: campaign.id,
    campaign: label,
    total: rupiahs(55_000),
  },
  { at, kind: 'task-taken', takeId: take.id, campaign: label },
  { at, kind: 'task-lost', takeId: take.id, campaign: label, how: 'expired' },
  { at, kind: 'proof-sent', proofId: proof.id, campaign: label },
];
const decided = {
  at,
  kind: 'proof-decided',
  proofId: proof.id,
  campaign: label,
  verdict: 'approved',
  isReversal: false,
  reason: null,
} as const;
const asked = { at, amount: rupiahs(50_000) };
const more: readonly TimelineEvent[] = [
  decided,
  { ...decided, verdict: 'rejected', isReversal: true, reason: 'Tangkapan layarnya tidak jelas.' },
  { ...asked, kind: 'deposit-asked', depositId: deposit.id },
  { ...asked, kind: 'deposit-decided', depositId: deposit.id, status: 'approved' },
  { ...asked, kind: 'withdrawal-asked', withdrawalId: withdrawal.id },
  { ...asked, kind: 'withdrawal-decided', withdrawalId: withdrawal.id, status: 'paid' },
  { at, kind: 'task-lost', takeId: take.id, campaign: label, how: 'suspended' },
];
const slice = (items: readonly TimelineEvent[], newer: string | null): Slice<TimelineEvent> => ({
  items,
  newer,
  older: null,
});

export const timeline: CatalogueSamples<'timeline'> = {
  screen: [
    [sari, slice([], null)],
    [wahyu, slice(events, null)],
    [wahyu, slice(more, 'x')],
  ],
  open: {
    'campaign-made': [['campaign-made', 1]],
    'proof-sent': [['proof-sent', 2]],
    'proof-decided': [['proof-decided', 3]],
    'deposit-asked': [['deposit-asked', 4]],
    'deposit-decided': [['deposit-decided', 5]],
    'withdrawal-asked': [['withdrawal-asked', 6]],
    'withdrawal-decided': [['withdrawal-decided', 9]],
  },
};
