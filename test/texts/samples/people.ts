import {
  totalCost,
  type Campaign,
  type CampaignDetails,
  type Page,
  type Progress,
  type TakeStatus,
  type TakeView,
  type User,
} from '../../../core/index.ts';
import { add, type Id } from '../../../core/kernel/index.ts';
import {
  aCampaign,
  aDeposit,
  aLink,
  aProof,
  aTake,
  aUser,
  aWithdrawal,
  later,
  rupiahs,
} from '../../support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When every sample is read: Monday, 5 January 2026, 14.05 WIB. */
export const NOW = later(5 * HOUR + 5 * MINUTE);
export const minutesAgo = (minutes: number): Date => later(-minutes * MINUTE, NOW);
export const daysAgo = (days: number): Date => later(-days * DAY, NOW);
export const inMinutes = (minutes: number): Date => later(minutes * MINUTE, NOW);

/** An id that is the same in every run. */
export const theId = <I extends Id<string>>(number: number): I =>
  `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}` as I;

const somebody = (number: number, change: Partial<User>): User =>
  aUser({
    id: theId(number),
    telegramId: 6_281_230_000 + number,
    createdAt: daysAgo(90),
    ...change,
  });

export const citra = somebody(1, { displayName: 'Citra', username: 'citra_shop' });
export const wahyu = somebody(2, { displayName: 'Wahyu', username: 'wahyu99', role: 'worker' });
export const sari = somebody(3, { displayName: 'Sari', role: 'worker', language: 'en' });
export const dewi = somebody(4, { displayName: 'Dewi', username: 'dewi_upah', role: 'admin' });
/** Whose name is as long as names can be, and looks like markup. */
export const longNamed = somebody(5, {
  displayName: `<b>${'Zulkarnain & Sons '.repeat(3)}`.slice(0, 64),
  username: 'u'.repeat(32),
});

export const post = aLink({
  target: 'https://www.instagram.com/p/DBx7Kopi2Susu',
  key: 'instagram.com/p/DBx7Kopi2Susu',
  platform: 'Instagram',
});
const clip = aLink({
  target: 'https://www.tiktok.com/@citra_shop/video/7301234567890123456',
  key: 'tiktok.com/7301234567890123456',
  platform: 'TikTok',
});

export const INSTRUCTIONS = 'Like kirimannya, lalu pastikan tombol hatinya terlihat merah.';
/** As long as a text can be, with signs that markup is made of. */
export const LONG_TEXT = 'Kata Zulkarnain <b> & "lagi".\n'.repeat(40).slice(0, 1_000);

/** 40 likes of 100 done. */
export const campaign = aCampaign({
  id: theId(11),
  clientId: citra.id,
  link: post,
  targetTotal: 100,
  completedCount: 40,
  createdAt: daysAgo(3),
});
/** With instructions, and a fee on each task. */
export const withFee: Campaign = {
  ...campaign,
  instructions: INSTRUCTIONS,
  feePerTask: rupiahs(50),
};
export const onTikTok: Campaign = { ...campaign, id: theId(12), kind: 'view', link: clip };
export const paused = (
  pausedBy: 'owner' | 'admin' | 'suspension',
  reason: string | null = null,
): Campaign => ({ ...campaign, status: 'paused', pausedBy, reason });
export const completed: Campaign = { ...campaign, status: 'completed', completedCount: 100 };
export const deleted: Campaign = {
  ...campaign,
  status: 'deleted',
  reason: 'Tautannya melanggar ketentuan.',
  completedCount: 40,
  closedCount: 48,
};
export const progress: Progress = {
  available: 45,
  taken: 3,
  underReview: 12,
  approved: 40,
  closed: 0,
  rejections: 5,
};
const ended: Progress = { ...progress, available: 0, taken: 0 };

/** What is in escrow for tasks that are not decided. */
export const heldBy = (one: Campaign, of: Progress) => {
  const refundable = totalCost(one, of.available);
  const tiedUp = totalCost(one, of.taken + of.underReview);
  return { escrow: add(refundable, tiedUp), refundable, tiedUp };
};

/** A campaign as its card shows it. */
export const details = (one: Campaign = campaign): CampaignDetails => {
  if (one.status === 'completed') {
    const all = { ...ended, underReview: 0, approved: one.targetTotal };
    return { campaign: one, progress: all, ...heldBy(one, all) };
  }
  if (one.status === 'deleted') {
    const rest = { ...ended, closed: one.closedCount };
    return { campaign: one, progress: rest, ...heldBy(one, rest) };
  }
  return { campaign: one, progress, ...heldBy(one, progress) };
};
export const label = { taskKind: campaign.kind, link: post.target };

export const view = (status: TakeStatus = 'taken', minutes = 25): TakeView => ({
  campaign: withFee,
  take: aTake(withFee, {
    id: theId(21),
    taskId: theId(22),
    workerId: wahyu.id,
    status,
    takenAt: minutesAgo(30 - minutes),
    deadline: inMinutes(minutes),
    endedAt: status === 'taken' || status === 'pending_review' ? null : minutesAgo(1),
  }),
});

export const proof = aProof(view().take, { id: theId(31), submittedAt: minutesAgo(12) });

export const deposit = aDeposit({
  id: theId(41),
  userId: citra.id,
  transactionId: theId(42),
  claimed: rupiahs(100_000),
  createdAt: minutesAgo(12),
});

export const withdrawal = aWithdrawal({
  id: theId(51),
  userId: wahyu.id,
  transactionId: theId(52),
  amount: rupiahs(50_000),
  flags: { newNumber: false, toppedUp: false },
  needsSecond: false,
  endorsement: null,
  createdAt: minutesAgo(40),
});

/** The first page of a list of so many. */
export const page = <T>(items: readonly T[], total = items.length): Page<T> => ({
  items,
  page: 0,
  pageCount: Math.max(1, Math.ceil(total / 10)),
  total,
});

/** Whether it was said of what is as long as can be: to be checked, not to be read. */
export const isStretched = (text: string): boolean => /zulkarnain/i.test(text);
