import { PERMISSIONS, type Notice, type NoticeKind, type Notices } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { dailyReports } from './figures.ts';
import { inMinutes, label, LONG_TEXT, minutesAgo, NOW, theId } from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const campaign = label;
const balance = rupiahs(12_500);
const reason = 'Tangkapan layar buram atau terpotong.';
const maskedNumber = '+62 ••••••••890';
const none = {};

/** What is told of each kind of notice. */
const FACTS: { readonly [Kind in NoticeKind]: Some<Notices[Kind]> } = {
  'proof.approved': [{ campaign, reward: rupiahs(500), balance }],
  'proof.rejected': [
    { campaign, reason },
    { campaign, reason: null },
    { campaign, reason: LONG_TEXT },
  ],
  'proof.unapproved': [
    { campaign, reason: 'Bukti yang dikirim ternyata tidak asli.', taken: rupiahs(500), balance },
  ],
  'campaign.approval-undone': [{ campaign, returned: rupiahs(550), balance }],
  'task.reminder': [{ takeId: theId(21), campaign, deadline: inMinutes(5).toISOString() }],
  'task.expired': [{ campaign }],
  'task.withdrawn': [{ campaign }],
  'campaign.started': [
    { campaign, target: 1_000 },
    { campaign, target: 1 },
  ],
  'campaign.half': [{ campaignId: theId(11), campaign, completed: 500, target: 1_000 }],
  'campaign.completed': [
    { campaign, completed: 1_000 },
    { campaign, completed: 1 },
  ],
  'campaign.paused-by-admin': [{ campaign, reason: 'Petunjuk tugasnya belum jelas.' }],
  'campaign.resumed-by-admin': [{ campaign, reason: 'Masalahnya sudah diperbaiki.' }],
  'campaign.deleted-by-admin': [
    {
      campaign,
      reason: 'Tautannya melanggar ketentuan.',
      refunded: rupiahs(30_000),
      balance: rupiahs(42_500),
    },
  ],
  'campaign.slot-refunded': [{ campaign, refunded: rupiahs(500), balance }],
  'wallet.adjusted': [
    { amount: rupiahs(25_000), reason: 'Top-up tercatat kurang.', balance },
    { amount: rupiahs(-5_000), reason: 'Upah terhitung dua kali.', balance },
  ],
  'revenue.paid-out': [
    {
      amount: rupiahs(250_000),
      left: rupiahs(18_500),
      by: 'operator:budi',
      reason: 'Pendapatan bulan Mei.',
    },
  ],
  'deposit.approved': [
    { claimed: rupiahs(100_000), credited: rupiahs(100_000), reason: null, balance },
    {
      claimed: rupiahs(100_000),
      credited: rupiahs(95_000),
      reason: 'Ada potongan biaya dari bank pengirim.',
      balance,
    },
  ],
  'deposit.rejected': [
    { claimed: rupiahs(100_000), reason: 'Transfer belum kami temukan di mutasi rekening.' },
  ],
  'withdrawal.processing': [{ amount: rupiahs(50_000) }],
  'withdrawal.taken-over': [{ amount: rupiahs(50_000), maskedNumber, by: 'Dewi' }],
  'withdrawal.paid': [
    { amount: rupiahs(50_000), maskedNumber, reference: null, receipt: null, balance },
    { amount: rupiahs(50_000), maskedNumber, reference: 'TRX<2601>', receipt: 'ab/c.jpg', balance },
  ],
  'withdrawal.rejected': [
    { amount: rupiahs(50_000), reason: 'Nomor DANA tidak ditemukan.', balance },
  ],
  'account.suspended': [{ reason: 'Bukti palsu berulang kali.' }],
  'account.unsuspended': [none],
  'account.admin-granted': [{ permissions: PERMISSIONS }, { permissions: ['review'] }],
  'account.permissions': [{ permissions: ['review', 'money'] }],
  'account.role': [{ role: 'client' }, { role: 'worker' }],
  'account.admin-revoked': [none],
  'account.missed': [
    { total: 1, newest: [{ kind: 'withdrawal.processing', amount: rupiahs(50_000) }] },
    {
      total: 12,
      newest: [
        { kind: 'proof.approved', campaign, reward: rupiahs(500), balance },
        { kind: 'proof.rejected', campaign, reason: null },
      ],
    },
  ],
  'update.failed': [none],
  'update.parked': [{ updateId: 713_204_551 }],
  'payments.frozen': [{ since: minutesAgo(30).toISOString(), broken: 3 }],
  'payments.resumed': [none],
  'audit.head': [{ number: 412, rows: 18_204, hash: 'c0ffee15'.repeat(8), at: NOW.toISOString() }],
  'approvals.done': [
    { batchId: theId(61), approved: 42, paid: rupiahs(21_000), skipped: 0 },
    { batchId: theId(61), approved: 1, paid: rupiahs(500), skipped: 1 },
    { batchId: theId(61), approved: 0, paid: rupiahs(0), skipped: 3 },
  ],
  'report.daily': dailyReports,
  'broadcast.done': [
    { broadcastId: theId(71), sent: 2_915, blocked: 31, failed: 4, canceled: 0 },
    { broadcastId: theId(71), sent: 1, blocked: 0, failed: 0, canceled: 1_700 },
  ],
  'desk.waiting': [
    { desk: 'proofs', waiting: 12 },
    { desk: 'deposits', waiting: 1 },
    { desk: 'withdrawals', waiting: 3 },
  ],
};

const told = Object.fromEntries(
  Object.entries(FACTS).map(([kind, facts]) => [
    kind,
    facts.map((one) => [{ kind, ...one } as unknown as Notice]),
  ]),
) as unknown as { readonly [Kind in NoticeKind]: Some<[Notice]> };

export const notices: CatalogueSamples<'notices'> = { say: told };
