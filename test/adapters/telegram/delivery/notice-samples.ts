import type { Notice, NoticeKind } from '../../../../core/index.ts';
import { freshId, rupiahs } from '../../../support/builders.ts';
import { dailyReports } from '../../../texts/samples/figures.ts';

type Samples = { readonly [K in NoticeKind]: Extract<Notice, { kind: K }> };

export const campaign = { taskKind: 'like', link: 'https://x.com/a?b=<c>&d' } as const;
const reason = 'buram <b>\nkirim ulang & jelas';
const balance = rupiahs(12_500);
export const takeId = freshId<Samples['task.reminder']['takeId']>();

/** One of each kind; a new kind does not compile without one. */
export const SAMPLES: Samples = {
  'proof.approved': { kind: 'proof.approved', campaign, reward: rupiahs(500), balance },
  'proof.rejected': { kind: 'proof.rejected', campaign, reason },
  'proof.unapproved': { kind: 'proof.unapproved', campaign, reason, taken: rupiahs(500), balance },
  'campaign.approval-undone': {
    kind: 'campaign.approval-undone',
    campaign,
    returned: rupiahs(500),
    balance,
  },
  'task.reminder': {
    kind: 'task.reminder',
    takeId,
    campaign,
    deadline: '2026-01-05T07:05:00.000Z',
  },
  'task.expired': { kind: 'task.expired', campaign },
  'task.withdrawn': { kind: 'task.withdrawn', campaign },
  'campaign.started': { kind: 'campaign.started', campaign, target: 1_000 },
  'campaign.half': {
    kind: 'campaign.half',
    campaignId: freshId(),
    campaign,
    completed: 500,
    target: 1_000,
  },
  'campaign.completed': { kind: 'campaign.completed', campaign, completed: 1_000 },
  'campaign.paused-by-admin': { kind: 'campaign.paused-by-admin', campaign, reason },
  'campaign.resumed-by-admin': { kind: 'campaign.resumed-by-admin', campaign, reason },
  'campaign.deleted-by-admin': {
    kind: 'campaign.deleted-by-admin',
    campaign,
    reason,
    refunded: rupiahs(1_500),
    balance,
  },
  'campaign.slot-refunded': {
    kind: 'campaign.slot-refunded',
    campaign,
    refunded: rupiahs(500),
    balance,
  },
  'deposit.approved': {
    kind: 'deposit.approved',
    claimed: rupiahs(50_000),
    credited: rupiahs(45_000),
    reason,
    balance,
  },
  'deposit.rejected': { kind: 'deposit.rejected', claimed: rupiahs(50_000), reason },
  'withdrawal.processing': { kind: 'withdrawal.processing', amount: rupiahs(50_000) },
  'withdrawal.taken-over': {
    kind: 'withdrawal.taken-over',
    amount: rupiahs(50_000),
    maskedNumber: '+62 ••••890',
    by: 'Ayu <b>',
  },
  'withdrawal.paid': {
    kind: 'withdrawal.paid',
    amount: rupiahs(50_000),
    maskedNumber: '+62 ••••890',
    reference: '<ref>',
    receipt: null,
    balance,
  },
  'withdrawal.rejected': { kind: 'withdrawal.rejected', amount: rupiahs(50_000), reason, balance },
  'account.suspended': { kind: 'account.suspended', reason },
  'account.unsuspended': { kind: 'account.unsuspended' },
  'account.admin-granted': { kind: 'account.admin-granted', permissions: ['review', 'money'] },
  'account.permissions': { kind: 'account.permissions', permissions: ['settings'] },
  'account.role': { kind: 'account.role', role: 'worker' },
  'account.admin-revoked': { kind: 'account.admin-revoked' },
  'account.missed': {
    kind: 'account.missed',
    total: 7,
    newest: [
      { kind: 'proof.rejected', campaign, reason },
      {
        kind: 'campaign.half',
        campaignId: freshId(),
        campaign,
        completed: 500,
        target: 1_000,
      },
    ],
  },
  'update.failed': { kind: 'update.failed' },
  'update.parked': { kind: 'update.parked', updateId: 4_711 },
  'payments.frozen': { kind: 'payments.frozen', since: '2026-01-05T07:05:00.000Z', broken: 3 },
  'payments.resumed': { kind: 'payments.resumed' },
  'audit.head': {
    kind: 'audit.head',
    number: 1_440,
    rows: 12_345,
    hash: '0123456789abcdef'.repeat(4),
    at: '2026-01-05T01:00:00.000Z',
  },
  'approvals.done': {
    kind: 'approvals.done',
    batchId: freshId(),
    approved: 487,
    paid: rupiahs(243_500),
    skipped: 13,
  },
  'report.daily': { kind: 'report.daily', ...dailyReports[0] },
  'wallet.adjusted': { kind: 'wallet.adjusted', amount: rupiahs(-500), reason, balance },
  'revenue.paid-out': {
    kind: 'revenue.paid-out',
    amount: rupiahs(500),
    left: rupiahs(0),
    by: 'operator:budi',
    reason,
  },
  'broadcast.done': {
    kind: 'broadcast.done',
    broadcastId: freshId(),
    sent: 2_915,
    blocked: 31,
    failed: 4,
    canceled: 0,
  },
  'desk.waiting': { kind: 'desk.waiting', desk: 'proofs', waiting: 3 },
};
