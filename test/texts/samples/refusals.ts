import type { AnyRefusal, RefusalDetails } from '../../../core/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/index.ts';
import { rupiahs } from '../../support/builders.ts';
import { inMinutes, LONG_TEXT, longNamed, minutesAgo } from './people.ts';
import type { CatalogueSamples, Some } from './samples.ts';

const most = rupiahs(1_000_000_000);
const host = `zulkarnain.${'b'.repeat(80)}.example`;
const open = { campaigns: 0, takenTasks: 0, proofsUnderReview: 0, deposits: 0, withdrawals: 0 };

/** The details of each refusal, the longest that it may have among them. */
const DETAILS: { readonly [Code in keyof RefusalDetails]: Some<RefusalDetails[Code]> } = {
  'not-found': [
    { what: 'campaign' },
    { what: 'deposit' },
    { what: 'withdrawal' },
    { what: 'take' },
    { what: 'proof' },
    { what: 'user' },
    { what: 'file' },
    { what: 'anything else' },
  ],
  'text.too-long': [{ max: 1_000 }],
  'text.empty': [null],
  'reason.required': [null],
  'settings.reasons-out-of-range': [{ max: 10 }],
  'settings.changed': [null],
  'money.unreadable': [{ example: '10.000' }],
  'money.too-small': [{ min: rupiahs(10_000) }],
  'money.too-large': [{ max: most }],
  'user.suspended': [{ reason: 'Bukti palsu berulang kali.' }, { reason: LONG_TEXT }],
  'user.terms-not-accepted': [null],
  'user.terms-outdated': [null],
  'user.role-missing': [null],
  'user.role-required': [{ role: 'client' }, { role: 'worker' }, { role: 'admin' }],
  'user.things-open': [
    { ...open, withdrawals: 1 },
    { campaigns: 12, takenTasks: 3, proofsUnderReview: 50, deposits: 3, withdrawals: 1 },
  ],
  'user.already-admin': [null],
  'user.admin-cannot-be-suspended': [null],
  'user.already-suspended': [null],
  'user.not-suspended': [null],
  'user.operator-required': [null],
  'wallet.insufficient': [{ missing: rupiahs(2_500), balance: rupiahs(47_500) }],
  'wallet.overdrawn': [null],
  'wallet.key-reused': [{ key: 'campaign:1' }],
  'wallet.cost-changed': [{ total: rupiahs(55_000) }],
  'wallet.already-decided': [
    { status: 'approved' },
    { status: 'rejected' },
    { status: 'canceled' },
  ],
  'wallet.revenue-insufficient': [{ missing: rupiahs(2_500) }],
  'campaign.final': [{ status: 'completed' }, { status: 'deleted' }],
  'campaign.already-paused': [null],
  'campaign.not-paused': [null],
  'campaign.paused-by-admin': [null],
  'campaign.owner-suspended': [null],
  'campaign.price-too-low': [{ min: rupiahs(100) }],
  'campaign.target-out-of-range': [{ max: 100_000 }, { max: 0 }],
  'link.unreadable': [null],
  'link.not-https': [null],
  'link.credentials': [null],
  'link.port': [null],
  'link.too-long': [{ max: 2_000 }],
  'link.shortener': [{ host: 'vm.tiktok.com' }, { host }],
  'link.host-not-allowed': [
    { host: 'tokopedia.com', allowed: ['instagram.com', 'tiktok.com', 'youtube.com'] },
    { host: 'tokopedia.com', allowed: DEFAULT_SETTINGS.linkHosts },
    { host, allowed: ['instagram.com'] },
  ],
  'link.no-content': [{ host: 'instagram.com' }],
  'task.gone': [null],
  'task.own-campaign': [null],
  'task.already-done': [null],
  'task.too-many-taken': [
    { max: 3, freesAt: inMinutes(25) },
    { max: 1, freesAt: inMinutes(25) },
  ],
  'task.rejected-too-often': [{ max: 1 }, { max: 2 }],
  'task.daily-limit': [
    { max: 50, freesAt: inMinutes(600) },
    { max: 1, freesAt: inMinutes(600) },
  ],
  'take.not-open': [
    { status: 'taken' },
    { status: 'pending_review' },
    { status: 'approved' },
    { status: 'rejected' },
    { status: 'expired' },
    { status: 'released' },
    { status: 'suspended' },
    { status: 'reversed' },
  ],
  'take.late': [{ deadline: minutesAgo(5) }],
  'file.too-large': [{ maxBytes: 10 * 1_048_576 }],
  'file.wrong-type': [
    { allowed: ['image/jpeg', 'image/png', 'image/webp'] },
    { allowed: ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] },
  ],
  'file.unreadable': [null],
  'file.wrong-dimensions': [null],
  'file.unavailable': [null],
  'freeze.in-force': [{ since: minutesAgo(30) }],
  'freeze.none': [null],
  'proof.own': [null],
  'proof.not-decided': [null],
  'proof.already-reversed': [null],
  'proof.reversal-too-late': [{ days: 30 }, { days: 1 }],
  'proof.no-slot-left': [null],
  'proof.same-file': [{ sentAt: minutesAgo(90) }],
  'proof.reversal-changed': [{ moves: rupiahs(300) }],
  'approvals.nothing': [null],
  'approvals.too-many': [{ max: 500 }],
  'deposit.too-many-pending': [{ max: 3 }, { max: 1 }],
  'deposit.same-file': [null],
  'deposit.own': [null],
  'deposit.not-pending': [{ status: 'approved' }, { status: 'rejected' }, { status: 'canceled' }],
  'withdrawal.number-unreadable': [{ example: '0812 3456 7890' }],
  'withdrawal.too-many-pending': [{ max: 1 }],
  'withdrawal.daily-limit': [
    { max: rupiahs(5_000_000), left: rupiahs(250_000), freesAt: inMinutes(600) },
    { max: most, left: most, freesAt: inMinutes(600) },
  ],
  'withdrawal.own': [null],
  'withdrawal.not-pending': [{ status: 'paid' }, { status: 'rejected' }, { status: 'canceled' }],
  'withdrawal.being-processed': [null],
  'withdrawal.not-claimed': [null],
  'withdrawal.claimed-by-other': [
    { by: 'Dewi', at: minutesAgo(5) },
    { by: longNamed.displayName, at: minutesAgo(5) },
  ],
};

const said = Object.fromEntries(
  Object.entries(DETAILS).map(([code, details]) => [
    code,
    details.map((one: unknown) => [{ code, details: one } as AnyRefusal]),
  ]),
) as unknown as { readonly [Code in keyof RefusalDetails]: Some<[AnyRefusal]> };

export const refusals: CatalogueSamples<'refusals'> = {
  say: said,
  sayCode: [
    ['file.too-large', { maxBytes: 10 * 1_048_576 }],
    ['anything else', null],
  ],
};
