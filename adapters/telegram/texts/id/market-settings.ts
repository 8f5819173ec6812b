import type {
  SettingGroup,
  SettingKind,
  SettingSpec,
  SettingValue,
  SettingView,
} from '../../../../core/index.ts';
import { count } from '../../format.ts';
import { escapeHtml, html, lines, trusted, user, type Html } from '../../html.ts';
import { common } from './common.ts';
import { dayTime } from './days.ts';
import { settingRange, settingValue } from './setting-values.ts';
import { settingGroups, settingMeanings, settingNames } from './setting-words.ts';

const EMPTY = trusted('');
/** Of a text beside another one. */
const CUT = 400;

/** Who changed a setting last, and when. */
export interface LastChange {
  readonly by: string;
  readonly at: Date;
}

interface Shown {
  readonly label: Html;
  readonly kind: SettingKind;
  readonly value: SettingValue;
  /** Characters that are shown of a text. */
  readonly max?: number;
}

/** A label with a value behind it, or below it where that is a text. */
const shown = ({ label, kind, value, max = CUT }: Shown): Html => {
  if (typeof value === 'string') return lines(label, common.userText(user(value, max)));
  if (typeof value === 'object' && 'id' in value) {
    const both = [html`🇮🇩`, user(value.id, max), html`🇬🇧`, user(value.en, max)];
    return lines(label, common.userText(lines(...both)));
  }
  return html`${label} <b>${user(settingValue(kind, value), max)}</b>`;
};

const title = (sign: Html, { key }: SettingView): Html =>
  html`${sign} <b>${escapeHtml(settingNames[key])}</b>`;

const now = ({ kind, value }: SettingView): Html =>
  shown({ label: html`Nilai sekarang:`, kind, value });

const range = (spec: SettingSpec): Html => html`Boleh diisi: ${escapeHtml(settingRange(spec))}.`;

const warning = ({ key, isSensitive }: SettingView): Html | null => {
  if (key === 'depositInstructions') {
    return html`⚠️ Client akan mentransfer uang sesuai petunjuk ini. Cocokkan setiap angkanya. Pemilik
    Upah ikut dikabari.`;
  }
  return isSensitive
    ? html`⚠️ Ini menyangkut uang atau keamanan. Periksa lagi; pemilik Upah ikut dikabari.`
    : null;
};

/** What exists already keeps what it was made with, where there is such a thing. */
const effect = ({ group }: SettingView): Html =>
  ['campaigns', 'tasks', 'withdrawals'].includes(group)
    ? html`Langsung berlaku. Campaign, tugas, dan withdraw yang sudah ada tetap memakai upah, biaya,
      dan batas waktu semula.`
    : html`Langsung berlaku.`;

/** Every setting of the marketplace, as admins change them (ADM-4). */
export const marketSettings = {
  names: settingNames,
  meanings: settingMeanings,
  groups: settingGroups,
  overview: (changed: number): Html =>
    lines(
      html`🎛 <b>Pengaturan Upah</b>`,
      EMPTY,
      html`Semua batas, biaya, dan teks yang bisa diubah. Perubahan langsung berlaku dan tercatat di
      Audit.`,
      changed > 0 && html`🔸 ${count(changed)} berbeda dari bawaan.`,
    ),
  groupButton: (changed: number, group: SettingGroup): string =>
    changed > 0 ? `${settingGroups[group]} 🔸${count(changed)}` : settingGroups[group],
  group: (views: readonly SettingView[], group: SettingGroup): Html =>
    lines(
      html`<b>${escapeHtml(settingGroups[group])}</b>`,
      EMPTY,
      ...views.map(
        ({ key, kind, value, isDefault }) =>
          html`${isDefault ? html`▫️` : html`🔸`} ${escapeHtml(settingNames[key])}:
          <b>${user(settingValue(kind, value), 60)}</b>`,
      ),
      views.some(({ isDefault }) => !isDefault) && lines(EMPTY, html`🔸 berbeda dari bawaan`),
    ),
  one: (view: SettingView, last: LastChange | null): Html =>
    lines(
      title(html`🎛`, view),
      escapeHtml(settingMeanings[view.key]),
      EMPTY,
      shown({ label: html`Nilai sekarang:`, kind: view.kind, value: view.value, max: 1_200 }),
      view.isDefault
        ? html`Sama dengan bawaan.`
        : shown({ label: html`Bawaan:`, kind: view.kind, value: view.default }),
      view.kind === 'version' ? null : range(view),
      last && html`Terakhir diubah ${user(last.by, 40)}, ${dayTime(last.at)}.`,
    ),
  change: '✏️ Ubah',
  reset: '↩️ Kembalikan ke bawaan',
  openReasons: '✏️ Buka daftar alasan',
  ask: (view: SettingView, example: string): Html =>
    lines(
      title(html`✏️`, view),
      escapeHtml(settingMeanings[view.key]),
      EMPTY,
      now(view),
      range(view),
      view.kind === 'text'
        ? html`Ketik teks barunya.`
        : html`Ketik nilai barunya, misalnya ${user(example, 200)}.`,
    ),
  pick: (value: SettingValue, kind: SettingKind): string => settingValue(kind, value),
  confirm: (view: SettingView, value: SettingValue): Html =>
    lines(
      html`❓ <b>Ubah “${escapeHtml(settingNames[view.key])}”?</b>`,
      EMPTY,
      shown({ label: html`Dari:`, kind: view.kind, value: view.value }),
      shown({ label: html`Menjadi:`, kind: view.kind, value, max: 2_000 }),
      EMPTY,
      warning(view),
      effect(view),
    ),
  confirmReset: (view: SettingView): Html =>
    lines(
      html`❓ <b>Kembalikan “${escapeHtml(settingNames[view.key])}” ke bawaan?</b>`,
      EMPTY,
      shown({ label: html`Dari:`, kind: view.kind, value: view.value }),
      shown({ label: html`Menjadi:`, kind: view.kind, value: view.default, max: 1_400 }),
      EMPTY,
      warning(view),
      view.kind === 'terms'
        ? html`Semua orang, termasuk Anda, akan diminta menyetujuinya lagi.`
        : effect(view),
    ),
  saved: '✅ Pengaturan disimpan.',
  wasReset: '↩️ Pengaturan kembali ke bawaan.',
  same: 'Nilainya sama dengan sekarang. Tidak ada yang berubah.',
  changed: 'Pengaturan ini baru saja diubah admin lain. Ini yang terbaru.',
  askIndonesian: (max: number): Html =>
    lines(
      html`📜 <b>Ketentuan baru, bahasa Indonesia</b>`,
      common.step(1, 3),
      EMPTY,
      html`Ketik seluruh teksnya, maksimal ${count(max)} karakter.`,
    ),
  askEnglish: (id: string): Html =>
    lines(
      html`📜 <b>Ketentuan baru, bahasa Inggris</b>`,
      common.step(2, 3),
      EMPTY,
      html`Begini teks Indonesianya akan tampil:`,
      common.userText(user(id, 3_000)),
      html`Sekarang ketik seluruh teks Inggrisnya.`,
    ),
  keepText: 'Pakai teks sekarang',
  confirmTerms: (en: string, version: number): Html =>
    lines(
      html`❓ <b>Ganti ketentuan?</b>`,
      common.step(3, 3),
      EMPTY,
      html`Begini teks Inggrisnya akan tampil:`,
      common.userText(user(en, 3_000)),
      html`⚠️ Ini menjadi versi ${version}: semua orang, termasuk Anda, harus menyetujuinya dulu sebelum
      bisa memakai Upah lagi. Pemilik Upah ikut dikabari.`,
    ),
  termsSaved: '✅ Ketentuan baru berlaku. Semua orang, termasuk Anda, diminta menyetujuinya.',
};
