import { refusing, rupiah, type Json, type Rupiah } from '../kernel/index.ts';
import type { SettingKey, SettingKind, SettingValue } from './catalog.ts';

/**
 * Every *cfg* of the product. The environment sets the defaults, the settings table wins; running
 * campaigns keep the terms they were made with. Amounts in rupiah; secrets never stand here.
 */
export interface Settings {
  /** The largest single amount anybody may enter (WAL-1). */
  readonly amountMax: Rupiah;
  /** Hosts whose links a campaign may have, lower case, without www (CAM-2). */
  readonly linkHosts: readonly string[];
  readonly pricePerTaskMin: Rupiah;
  readonly targetMax: number;
  /** Platform fee in basis points of the price, fixed when a campaign is made (CAM-4). */
  readonly feeBasisPoints: number;
  /** How long a worker has for a taken task (TSK-5). */
  readonly holdMinutes: number;
  readonly takenAtOnceMax: number;
  /**
   * After so many standing rejections a worker cannot take that campaign again (TSK-6); 0: they
   * always can.
   */
  readonly rejectionsMax: number;
  /** Proofs sent today + taken now, a day of Jakarta (TSK-4). */
  readonly proofsPerDayMax: number;
  /** Bytes. */
  readonly proofBytesMax: number;
  /** How long after the first decision a proof's decision may be reversed (REV-7). */
  readonly reversalDays: number;
  /** Minutes for which a case that one admin has open is given to nobody else (REV-6). */
  readonly reviewClaimMinutes: number;
  /** Ready-made reasons to reject a proof, in the order of the buttons (REV-2). */
  readonly rejectReasons: readonly ReadyReason[];
  /**
   * Milliseconds for which a case or a question that has just come up takes no decision: a tap in
   * that time was meant for what stood there before (REV-2, DEP-2, UX-3); 0: it takes one at once.
   */
  readonly decisionPauseMs: number;
  readonly depositMin: Rupiah;
  readonly depositMax: Rupiah;
  readonly depositsPendingMax: number;
  /** How to pay a top-up: shown as it stands. */
  readonly depositInstructions: string;
  readonly withdrawMin: Rupiah;
  readonly withdrawFee: Rupiah;
  readonly withdrawalsPendingMax: number;
  /** Sum of what one user may ask for in a day of Jakarta (WDR-4). */
  readonly withdrawPerDayMax: Rupiah;
  /** Within how many seconds of its commit a row of the audit log has its seal (AUD-2). */
  readonly auditSealSeconds: number;
  /** A withdrawal above this needs a second admin, as one of "uang top-up" always does (ADM-2). */
  readonly secondAdminAbove: Rupiah;
  /** When admins get the daily report, minutes since midnight in Jakarta (RPT-2). */
  readonly reportAtMinute: number;
  /** Days without doing anything after which a person counts as inactive (ADM-5). */
  readonly inactiveDays: number;
  /** What one person may do in a second, sustained; 0 is no limit (SEC-3). */
  readonly actionsPerSecond: number;
  /** What one person may do at once after a rest (SEC-3). */
  readonly actionsBurst: number;
  /** Admins hear of new things on a desk at most once in so many seconds (NTF-1). */
  readonly deskNoticeSeconds: number;
  /** A new version asks everybody again (ACC-8). */
  readonly termsVersion: number;
  readonly termsText: { readonly id: string; readonly en: string };
}

/** A ready-made reason: told to each reader in their language. */
export interface ReadyReason {
  readonly id: string;
  readonly en: string;
}

export interface SettingsRefusals {
  /** None, or more than fit under a card. */
  'settings.reasons-out-of-range': { readonly max: number };
  /** Somebody else has changed it at the same moment. */
  'settings.changed': null;
  /** What was typed cannot be read; `example` can. */
  'settings.unreadable': SettingRange;
  'settings.out-of-range': SettingRange;
  /** At most or at least what another setting is. */
  'settings.contradicts': {
    readonly bound: 'at-most' | 'at-least';
    readonly other: SettingKey;
    readonly limit: SettingValue;
  };
}

/** What a setting may be, in its own unit, and a spelling that would have been accepted. */
export interface SettingRange {
  readonly kind: SettingKind;
  readonly min: number;
  readonly max: number;
  readonly example: string;
}
export const refuseSettings = refusing<SettingsRefusals>();

/** Read inside the transaction that uses it, so a change takes effect at once in every replica. */
export interface SettingsReader {
  /** One answer per transaction: asked again in it, the same, whatever has changed meanwhile. */
  current(): Promise<Settings>;
}

/** The settings table: what stands in it wins over the environment (ADM-4). */
export interface SettingsStore extends SettingsReader {
  /**
   * Stores one setting, in the shape that the table keeps (amounts as strings of digits); false, and
   * nothing changes, where it is no longer as this transaction has read it. The transaction itself
   * goes on with what it has read; every later one sees the new value.
   */
  save(key: keyof Settings, change: { readonly from: Json; readonly to: Json }): Promise<boolean>;
  /** What every setting is that is not stored: the environment's. */
  defaults(): Settings;
  /**
   * Takes one out of the table, so that it is its default from the next transaction on, whatever
   * that will be; false, and nothing changes, where it is no longer `from`.
   */
  reset(key: keyof Settings, from: Json): Promise<boolean>;
}

/** Where a marketplace starts from when neither environment nor table says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  amountMax: rupiah(1_000_000_000n),
  linkHosts: [
    'instagram.com',
    'tiktok.com',
    'youtube.com',
    'youtu.be',
    'facebook.com',
    'fb.com',
    'x.com',
    'twitter.com',
    'threads.net',
    'threads.com',
    't.me',
    'telegram.me',
  ],
  pricePerTaskMin: rupiah(100n),
  targetMax: 100_000,
  feeBasisPoints: 0,
  holdMinutes: 30,
  takenAtOnceMax: 3,
  rejectionsMax: 2,
  proofsPerDayMax: 50,
  proofBytesMax: 10 * 1024 * 1024,
  reversalDays: 30,
  reviewClaimMinutes: 5,
  rejectReasons: [
    {
      id: 'Tangkapan layar tidak menunjukkan tugas yang diminta.',
      en: 'The screenshot does not show the requested task.',
    },
    {
      id: 'Tangkapan layar buram atau terpotong.',
      en: 'The screenshot is blurred or cut off.',
    },
    { id: 'Tugas belum selesai dikerjakan.', en: 'The task has not been completed yet.' },
    {
      id: 'Akun atau tautan di gambar tidak sesuai.',
      en: 'The account or link in the picture does not match.',
    },
    {
      id: 'Gambar ini sudah pernah dipakai sebagai bukti.',
      en: 'This picture has already been used as a proof.',
    },
  ],
  decisionPauseMs: 700,
  depositMin: rupiah(10_000n),
  depositMax: rupiah(50_000_000n),
  depositsPendingMax: 3,
  depositInstructions:
    'Rekening tujuan belum diatur. Jangan transfer dulu; tanyakan rekeningnya kepada admin.\n\n' +
    'The destination account is not set yet. Please do not transfer; ask an admin for it first.',
  withdrawMin: rupiah(10_000n),
  withdrawFee: rupiah(0n),
  withdrawalsPendingMax: 1,
  withdrawPerDayMax: rupiah(5_000_000n),
  auditSealSeconds: 60,
  secondAdminAbove: rupiah(1_000_000n),
  reportAtMinute: 480,
  inactiveDays: 14,
  actionsPerSecond: 1,
  actionsBurst: 5,
  deskNoticeSeconds: 60,
  termsVersion: 1,
  termsText: {
    id:
      'Anda bertanggung jawab memakai Upah sesuai hukum dan aturan platform yang dituju. ' +
      'Satu orang hanya boleh memiliki satu akun. Bukti harus asli dan hasil kerja Anda sendiri.',
    en:
      'You are responsible for using Upah lawfully and within the rules of each platform. ' +
      'Each person may have only one account. Proofs must be genuine and show your own work.',
  },
};
