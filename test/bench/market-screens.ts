import { shortId } from '../../adapters/telegram/buttons.ts';
import { CODES } from '../../adapters/telegram/codes.ts';
import { toFilter, type KeptFilter } from '../../adapters/telegram/audit-filter.ts';
import { textsIn } from '../../adapters/telegram/texts/index.ts';
import { asUser, type CampaignId, type Json, type UserId } from '../../core/index.ts';
import type { Desk, Standing } from '../support/desk-on-postgres.ts';

interface Someone {
  readonly id: UserId;
  readonly telegramId: number;
}

/** A market with a desk in it. */
export interface Town {
  readonly desk: Desk;
  readonly admin: Someone;
  /** Who decided little. */
  readonly otherAdmin: Someone;
  /** Who has done more than anybody. */
  readonly veteran: Someone;
  /** Of whom nobody else has the name. */
  readonly newest: Someone & { readonly name: string; readonly username: string };
  readonly campaign: CampaignId;
  /** One on which much was done, as `2026-11-21`. */
  readonly day: string;
}

/** Makes ready, untimed, and gives what brings the screen up. */
type Opening = (town: Town) => Promise<() => Promise<void>>;

export interface MarketScreen {
  readonly open: Opening;
  /** Stands on it, and on no other. */
  readonly shows: RegExp;
  /** How many times as long it may take in the big market; absent: as every screen. */
  readonly atMost?: number;
  readonly why?: string;
}

const LABELS = textsIn('id').labels;

const tap =
  (dataOf: (town: Town) => string, who: 'admin' | 'veteran' = 'admin'): Opening =>
  async (town) => {
    const data = dataOf(town);
    return () => town.desk.tap(town[who].telegramId, data);
  };

const label =
  (text: string): Opening =>
  async ({ desk, admin }) =>
  () =>
    desk.say(admin.telegramId, text);

const standing = (flow: string, step: string, data: Json): Standing => ({
  flow,
  step,
  version: 1,
  data,
});

const say =
  (at: Standing, textOf: (town: Town) => string): Opening =>
  async (town) => {
    const { desk, admin } = town;
    const text = textOf(town);
    await desk.stand(admin.id, at);
    return () => desk.say(admin.telegramId, text);
  };

const choose =
  (at: (town: Town) => Standing, action: string, argumentOf?: (town: Town) => Promise<string>) =>
  async (town: Town) => {
    const { desk, admin } = town;
    await desk.stand(admin.id, at(town));
    const data = await desk.choice(admin.id, action, await argumentOf?.(town));
    return () => desk.tap(admin.telegramId, data);
  };

const PEOPLE = standing('people', 'list', { text: '', page: 0 });
const search = (textOf: (town: Town) => string): Opening => say(PEOPLE, textOf);

const atVeteran = ({ veteran }: Town): string => shortId(veteran.id);

const olderEvents: Opening = choose(
  ({ veteran }) => standing('timeline', 'events', { userId: veteran.id, place: ':0', from: null }),
  'older',
  async ({ desk, admin, veteran }) => {
    const actor = asUser(admin.id);
    const slice = { from: null, size: 10 };
    const { older } = await desk.core.reports.timeline({ actor, userId: veteran.id, slice });
    return older ?? '';
  },
);

const filtered = (filterOf: (town: Town) => KeptFilter): Opening =>
  choose((town) => standing('audit', 'filter', { filter: filterOf(town) } as Json), 'show');

const olderRecords = (filterOf: (town: Town) => KeptFilter): Opening =>
  choose(
    (town) => standing('audit', 'list', { filter: filterOf(town) } as Json),
    'older',
    async (town) => {
      const actor = asUser(town.admin.id);
      const filter = toFilter(filterOf(town));
      const slice = { from: null, size: 6 };
      const { older } = await town.desk.core.audit.browse({ actor, filter, slice });
      return older ?? '';
    },
  );

const NEW_BROADCAST = { audience: 'all', text: null, photo: null, key: null };

const FULL = /Audit.*<b>6\.<\/b>/s;

const FIGURES_WHY = 'counts everybody, and every campaign that runs';

/** The screens of people, figures, audit, settings, broadcasts and money, by name. */
export const MARKET_SCREENS: Readonly<Record<string, MarketScreen>> = {
  "the admin's home": { shows: /Bukti: .*menunggu/, open: tap(() => CODES.home) },
  'people, the newest': { shows: /Pengguna.*terbaru di atas.*1\./s, open: label(LABELS.people) },
  'people, page 2': {
    shows: /Pengguna.*terbaru di atas.*1\./s,
    open: tap(() => `${CODES.people}::1`),
  },
  'people by name, one': { shows: /1 pengguna\./, open: search(({ newest }) => newest.name) },
  'people by name, a tenth of all': {
    shows: /🔎.*pengguna.*1\./s,
    open: search(({ newest }) => newest.name.split(' ')[0] ?? ''),
  },
  'people by @username': {
    shows: /1 pengguna\./,
    open: search(({ newest }) => `@${newest.username}`),
  },
  'people by id': {
    shows: /1 pengguna\./,
    open: search(({ veteran }) => String(veteran.telegramId)),
  },
  'profile, a long history': {
    atMost: 2,
    why: 'adds up all that this person did',
    shows: /Bergabung/,
    open: tap((town) => `${CODES.person}:${atVeteran(town)}::0`),
  },
  'timeline, a long history': {
    shows: /Linimasa.*Terbaru di atas.*10\./s,
    open: tap((town) => `${CODES.personTimeline}:${atVeteran(town)}::0`),
  },
  'timeline, an older page': { shows: /Linimasa(?!.*Terbaru di atas).*10\./s, open: olderEvents },
  'audit, the newest': { shows: FULL, open: label(LABELS.audit) },
  'audit, an older page': { shows: FULL, open: olderRecords(() => ({})) },
  'audit of a person': { shows: FULL, open: tap((town) => `${CODES.audit}:u:${atVeteran(town)}`) },
  'audit of a person, an older page': {
    shows: FULL,
    open: olderRecords(({ veteran }) => ({ userId: veteran.id })),
  },
  'audit of an admin': { shows: FULL, open: filtered(({ admin }) => ({ actorId: admin.id })) },
  'audit of a campaign': {
    shows: FULL,
    open: tap(({ campaign }) => `${CODES.audit}:c:${shortId(campaign)}`),
  },
  'audit of a kind': { shows: FULL, open: filtered(() => ({ subject: 'withdrawal' })) },
  'audit of a day': { shows: FULL, open: filtered(({ day }) => ({ day })) },
  'audit, few of many': {
    shows: /Audit.*<b>1\.<\/b>/s,
    open: filtered(({ veteran, otherAdmin }) => ({
      userId: veteran.id,
      actorId: otherAdmin.id,
      subject: 'proof',
    })),
  },
  'audit, none of many': {
    shows: /Tidak ada catatan/,
    open: filtered(({ veteran, admin }) => ({
      userId: veteran.id,
      actorId: admin.id,
      subject: 'deposit',
    })),
  },
  figures: {
    atMost: 2,
    why: FIGURES_WHY,
    shows: /Statistik.*Hari ini/s,
    open: label(LABELS.figures),
  },
  "figures' picture": {
    atMost: 2,
    why: FIGURES_WHY,
    shows: /14 hari terakhir: upah/,
    open: tap(() => `${CODES.figuresPicture}:money`),
  },
  'cash and liability': {
    shows: /Cocok/,
    open: tap(() => CODES.liability),
  },
  settings: { shows: /Pengaturan Upah/, open: tap(() => CODES.marketSettings) },
  'settings, one group': {
    shows: /Withdraw minimal/,
    open: tap(() => `${CODES.settingGroup}:withdrawals`),
  },
  'settings, one': {
    shows: /Terakhir diubah|Nilai sekarang/,
    open: tap(() => `${CODES.setting}:withdrawMin`),
  },
  broadcasts: { shows: /3 siaran/, open: tap(() => CODES.broadcast) },
  'broadcast, audiences counted': {
    atMost: 2.5,
    why: 'counts everybody',
    shows: /Siaran baru/,
    open: tap(() => CODES.newBroadcast),
  },
  'broadcast, preview': {
    atMost: 3,
    why: 'counts everybody',
    shows: /penerima.*Kirim\?/,
    open: say(standing('new-broadcast', 'text', NEW_BROADCAST), () => 'Halo semua'),
  },
  'deposits desk': { shows: /menunggu, terlama/, open: label(LABELS.deposits) },
  'withdrawal desk': { shows: /withdraw menunggu/, open: label(LABELS.withdrawals) },
  'wallet history, a long one': {
    atMost: 2,
    why: 'counts all lines of a wallet',
    shows: /Riwayat.*Upah tugas/s,
    open: tap(() => CODES.history, 'veteran'),
  },
};
