import { isSettingKey, SETTING_SPECS } from '../../../../core/index.ts';
import type {
  settingGroups as groups,
  settingMeanings as meanings,
  settingNames as names,
} from '../id/setting-words.ts';

export const settingGroups: typeof groups = {
  campaigns: '📢 Campaigns',
  tasks: '🎯 Tasks',
  review: '🔍 Review',
  deposits: '📥 Top-ups',
  withdrawals: '📤 Withdrawals',
  team: '👮 Admin team',
  limits: '🚦 General limits',
  reports: '📊 Reports',
  texts: '📜 Terms',
};

export const settingNames: typeof names = {
  linkHosts: 'Allowed sites',
  pricePerTaskMin: 'Lowest reward per task',
  targetMax: 'Highest target',
  feeBasisPoints: 'Platform fee',
  holdMinutes: 'Time to do a task',
  takenAtOnceMax: 'Tasks at a time',
  rejectionsMax: 'Rejection limit',
  proofsPerDayMax: 'Tasks per day',
  reviewClaimMinutes: 'Time an open proof is kept',
  reversalDays: 'Time to change a decision',
  decisionPauseMs: 'Pause before deciding',
  rejectReasons: 'Rejection reasons',
  depositMin: 'Lowest top-up',
  depositMax: 'Highest top-up',
  depositsPendingMax: 'Waiting top-ups',
  depositInstructions: 'Payment instructions',
  withdrawMin: 'Lowest withdrawal',
  withdrawFee: 'Withdrawal fee',
  withdrawalsPendingMax: 'Waiting withdrawals',
  withdrawPerDayMax: 'Withdrawals per day',
  secondAdminAbove: 'Two admins above',
  deskNoticeSeconds: 'Time between desk notices',
  auditSealSeconds: 'Time until the audit seal',
  amountMax: 'Highest amount',
  proofBytesMax: 'Largest file',
  actionsPerSecond: 'Actions per second',
  actionsBurst: 'Actions in a burst',
  reportAtMinute: 'Time of the daily report',
  inactiveDays: 'Inactive after',
  termsText: 'Text of the terms',
  termsVersion: 'Version of the terms',
};

export const settingName = (key: string): string => (isSettingKey(key) ? settingNames[key] : key);

export const settingTyped = (key: string, value: string): string => {
  const kind = isSettingKey(key) ? SETTING_SPECS[key].kind : 'text';
  if (kind === 'rupiah') return `Rp ${value}`;
  return kind === 'days' ? `${value} ${value === '1' ? 'day' : 'days'}` : value;
};

export const settingMeanings: typeof meanings = {
  linkHosts: 'Sites that campaign links may lead to, without www.',
  pricePerTaskMin: 'The lowest reward that a client may set for one task.',
  targetMax: 'The most tasks that one campaign may have.',
  feeBasisPoints:
    'The platform’s share on top of each task’s reward. Existing campaigns keep their old fee.',
  holdMinutes:
    'How long a worker has for a task they took. Tasks already taken keep their old deadline.',
  takenAtOnceMax: 'How many tasks one worker may have at the same time.',
  rejectionsMax:
    'After this many rejections a worker cannot take tasks of that campaign again. 0 means they always can.',
  proofsPerDayMax: 'The most for each worker: proofs sent today plus tasks in hand.',
  reviewClaimMinutes: 'For this long a proof that one admin has open is given to no other admin.',
  reversalDays: 'For this long the decision on a proof can still be changed, once.',
  decisionPauseMs:
    'For this long after a screen comes up its decision buttons do nothing, against mistaken taps. ' +
    '0 means they act at once.',
  rejectReasons: 'Ready-made reasons to tap when rejecting a proof.',
  depositMin: 'The lowest top-up that a client may ask for.',
  depositMax: 'The highest top-up that a client may ask for at once.',
  depositsPendingMax: 'How many top-ups of one client may wait at the same time.',
  depositInstructions: 'Where and how to transfer, shown as it stands when a client tops up.',
  withdrawMin: 'The lowest withdrawal that anybody may ask for.',
  withdrawFee: 'Added to each withdrawal. Withdrawals already asked for keep their old fee.',
  withdrawalsPendingMax: 'How many withdrawals of one user may wait at the same time.',
  withdrawPerDayMax: 'The most that one user may ask for in a day (WIB).',
  secondAdminAbove:
    'Withdrawals above this amount need two admins: one approves, another one processes. 0 means all of them.',
  deskNoticeSeconds:
    'Admins hear of new work at most once in this time. 0 means they hear of it at once.',
  auditSealSeconds: 'Each record of the audit log is sealed within this time.',
  amountMax: 'The highest amount that anybody may enter in one go.',
  proofBytesMax: 'The largest picture or file that people may send.',
  actionsPerSecond: 'Taps and messages of one person in a second. 0 means there is no limit.',
  actionsBurst: 'Taps and messages that may come in a row after a rest.',
  reportAtMinute: 'When the daily report is sent to all admins.',
  inactiveDays: 'People who did nothing for this long count as “inactive” in broadcasts.',
  termsText: 'What people accept before they use Upah, in both languages.',
  termsVersion:
    'Goes up by itself whenever the terms are rewritten; everybody is then asked to accept them again.',
};
