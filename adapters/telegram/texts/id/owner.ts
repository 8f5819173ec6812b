import {
  brokenIn,
  firstViolations,
  rulesIn,
  type CheckDone,
  type Desk,
  type Freeze,
  type OwnerNews,
  type OwnerNotice,
  type Trouble,
  type Wellbeing,
} from '../../../../core/index.ts';
import { count, money, witness } from '../../format.ts';
import { escapeHtml, html, lines, user, type Html } from '../../html.ts';
import { audiences } from './broadcasts.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { settingName, settingTyped } from './setting-words.ts';
import { age } from './spans.ts';

const desks: Record<Desk, Html> = {
  proofs: html`bukti`,
  deposits: html`top-up`,
  withdrawals: html`withdraw`,
};

/** Where it came from, and where it went. */
const came = {
  cash: html`Uangnya masuk ke rekening platform`,
  revenue: html`Dari pendapatan platform`,
};
const went = {
  cash: html`Uangnya keluar dari rekening platform`,
  revenue: html`Ke pendapatan platform`,
};

/** Where top-ups go is compared sign by sign: it stands alone, as it is. */
const changedTo = (key: string, value: string): Html =>
  key === 'depositInstructions'
    ? common.userText(user(value))
    : html`Sekarang: <b>${user(settingTyped(key, value))}</b>`;

/** What an admin or operator did that the owner should know of. */
const told = (news: OwnerNews): readonly Html[] => {
  switch (news.kind) {
    case 'revenue-paid-out':
      return [
        html`🏦 <b>Pendapatan dicairkan: ${money(news.amount)}</b>`,
        html`Sisa pendapatan ${money(news.left)}. Alasan: “${user(news.reason)}”`,
      ];
    case 'wallet-adjusted':
      return [
        news.amount < 0n
          ? html`🛠 <b>Saldo ${user(news.name, 60)} dikurangi ${money(0n - news.amount)}</b>`
          : html`🛠 <b>Saldo ${user(news.name, 60)} ditambah ${money(news.amount)}</b>`,
        html`${(news.amount < 0n ? went : came)[news.side]}. Alasan: “${user(news.reason)}”`,
      ];
    case 'admin-granted':
      return [
        html`👤 <b>Hak admin ${user(news.name, 60)} ditetapkan</b>`,
        html`Haknya sekarang: ${escapeHtml(common.permissions(news.permissions))}.`,
      ];
    case 'admin-revoked':
      return [html`👤 <b>${user(news.name, 60)} bukan admin lagi</b>`];
    case 'setting-changed':
      return [
        html`⚙️ <b>Pengaturan diubah: ${user(settingName(news.key), 60)}</b>`,
        ...(news.value === null ? [] : [changedTo(news.key, news.value)]),
      ];
    case 'broadcast-started':
      return [
        html`📣 <b>Siaran mulai dikirim</b>`,
        html`Untuk: ${escapeHtml(audiences[news.audience])} (${count(news.recipients)} penerima)`,
        common.userText(user(news.text)),
      ];
  }
};

const lasting = (since: Date | null, at: Date): Html =>
  since === null
    ? html`belum pernah`
    : html`terakhir ${dayTime(since)} (${escapeHtml(age(since, at))})`;

/** What is not well, and what to do about it. */
const trouble = (one: Trouble, at: Date): Html => {
  switch (one.kind) {
    case 'frozen':
      return html`🛑 Pembayaran dihentikan sejak ${dayTime(one.since)}: ${count(one.broken)} baris pembukuan tidak cocok. Periksa dengan <code>npm run upah -- ledger verify</code>, perbaiki, lalu buka dengan <code>npm run upah -- unfreeze --reason "…"</code>.`;
    case 'out-of-balance':
      return html`🛑 Jumlah semua saldo tidak nol: selisih ${money(one.by)}. Periksa dengan <code>npm run upah -- ledger verify</code>.`;
    case 'not-mended':
      return html`⚠️ ${count(one.broken)} baris pembukuan yang dulu diterima masih tidak cocok. Perbaiki: <code>npm run upah -- ledger verify</code> menyebutkannya.`;
    case 'recent-check-late':
      return html`⚠️ Pemeriksaan pembukuan tiap menit tidak berjalan: ${lasting(one.since, at)}. Lihat log bot.`;
    case 'full-check-late':
      return html`⚠️ Pemeriksaan seluruh pembukuan tiap malam tidak berjalan: ${lasting(one.since, at)}. Lihat log bot, atau jalankan <code>npm run upah -- ledger verify</code>.`;
    case 'sealing-late':
      return html`⚠️ Log audit belum disegel sejak ${dayTime(one.since)}. Lihat log bot.`;
    case 'inbox-late':
      return html`⚠️ ${count(one.waiting)} pesan pengguna belum ditangani, terlama ${escapeHtml(age(one.since, at))}. Lihat log bot.`;
    case 'outbox-late':
      return html`⚠️ ${count(one.waiting)} pesan belum terkirim, terlama ${escapeHtml(age(one.since, at))}. Periksa sambungan ke Telegram dan log bot.`;
    case 'desk-late':
      return html`⏳ Ada ${desks[one.desk]} yang sudah menunggu ${escapeHtml(age(one.since, at))}. Ingatkan admin.`;
  }
};

const checked = (done: CheckDone | null): Html => {
  if (!done) return html`belum pernah`;
  return done.broken === 0
    ? html`cocok (${dayTime(done.at)})`
    : html`${count(done.broken)} baris tidak cocok (${dayTime(done.at)})`;
};

/** What only operators do tells which one; an admin is a name, whatever they call themselves. */
const doneBy = (news: OwnerNews): Html => {
  switch (news.kind) {
    case 'revenue-paid-out':
    case 'admin-granted':
    case 'admin-revoked':
      return common.doneBy(news.by);
    case 'wallet-adjusted':
    case 'setting-changed':
    case 'broadcast-started':
      return html`“${user(news.by, 60)}”`;
  }
};

/** What the owner's own chat hears, where no other part of the bot is needed (WAL-13). */
export const owner = {
  /** How a freeze stands: reading it twice does no harm. */
  freeze: ({ begunAt, findings, lifted }: Freeze): Html => {
    const since = dayTime(begunAt);
    if (lifted) {
      return lines(
        html`✅ <b>Pembayaran berjalan lagi</b>`,
        html`Dibuka oleh ${common.doneBy(lifted.by)} pada ${dayTime(lifted.at)}; dihentikan sejak ${since}.`,
        html`Alasannya tercatat di log audit.`,
      );
    }
    return lines(
      html`🛑 <b>Pembayaran dihentikan: pembukuan tidak cocok</b>`,
      html`Sejak ${since}: <b>${count(brokenIn(findings))}</b> baris melanggar aturan ${user(rulesIn(findings).join(', '), 100)}.`,
      html``,
      ...firstViolations(findings).map(
        ({ rule, row, what }) => html`• ${user(rule, 20)} ${user(row, 100)}: ${user(what, 150)}`,
      ),
      html``,
      html`Berhenti: menyetujui bukti, mengubah keputusan, memproses dan membayar withdraw, mencairkan pendapatan. Mengambil tugas, mengirim bukti, menolak, top-up dan campaign tetap berjalan.`,
      html`Periksa: <code>npm run upah -- ledger verify</code>`,
      html`Buka lagi setelah diperbaiki: <code>npm run upah -- unfreeze --reason "…"</code>`,
    );
  },
  /** What somebody with rights did: reading it twice does no harm. */
  news: ({ news, at }: OwnerNotice): Html =>
    lines(...told(news), html`Oleh ${doneBy(news)}, ${dayTime(at)}.`),
  /** How everything stands, once a day; what is not well comes first. */
  wellbeing: (standing: Wellbeing): Html => {
    const { at, troubles, books, audit, inbox, outbox, money: held, cash } = standing;
    const waiting = (Object.keys(desks) as Desk[]).map((desk) => {
      const { count: howMany, oldest } = standing.desks[desk];
      const since = oldest ? html` (terlama ${escapeHtml(age(oldest, at))})` : html``;
      return html`${desks[desk]} ${count(howMany)}${since}`;
    });
    return lines(
      troubles.length === 0
        ? html`✅ <b>Semua baik</b> · ${dayTime(at)}`
        : html`⚠️ <b>Perlu perhatian: ${count(troubles.length)} hal</b> · ${dayTime(at)}`,
      ...troubles.map((one) => html`• ${trouble(one, at)}`),
      html``,
      html`📒 Catatan terbaru: ${checked(books.recent)}`,
      html`📒 Seluruh catatan: ${checked(books.full)}`,
      books.freeze ? null : html`💸 Pembayaran berjalan`,
      audit.head
        ? html`🔏 Log audit: ${count(audit.head.total)} baris disegel, segel terakhir ${witness(audit.head.number, audit.head.hash)}`
        : html`🔏 Log audit: belum ada segel`,
      html`🗂 Menunggu admin: ${joined(waiting)}`,
      html`📨 Pesan antre: masuk ${count(inbox.waiting)}, keluar ${count(outbox.waiting)}; tidak tertangani ${count(inbox.parked)}, gagal dikirim ${count(outbox.failed)}`,
      html``,
      html`💰 Kas yang harus ada: <b>${money(cash)}</b>`,
      html`Saldo pengguna ${money(held.wallets)}, ditahan untuk withdraw ${money(held.holds)}, dana campaign ${money(held.escrows)}, pendapatan platform ${money(held.revenue)}`,
      html``,
      html`Pesan ini datang setiap hari. Jika suatu hari tidak datang, segera periksa server.`,
    );
  },
};

const joined = (parts: readonly Html[]): Html => parts.join(', ') as Html;
