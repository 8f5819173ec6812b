import type {
  AuditLine,
  AuditSubject,
  CampaignLabel,
  FilterNames,
  LinkedCampaign,
  Page,
  User,
} from '../../../../core/index.ts';
import { count, shortLink } from '../../format.ts';
import { html, lines, trusted, user, type Html } from '../../html.ts';
import { amountOf, fieldsOf, namedActor } from '../audit-values.ts';
import { shortName } from '../people.ts';
import { actions, fields, subjects, values } from './audit-words.ts';
import { common } from './common.ts';
import { day, dayTime } from './days.ts';
import { settingNames } from './setting-words.ts';

const EMPTY = trusted('');

/** What the filter names, as people read it; null where it names nothing. */
export interface AuditFilterNames extends FilterNames {
  readonly subject: AuditSubject | null;
  readonly day: Date | null;
}

const known = (words: Readonly<Record<string, string>>, word: string): Html =>
  user(Object.hasOwn(words, word) ? (words[word] ?? word) : word, 60);

/** A setting by its name, everything else by its id. */
const subjectOf = ({ subject, subjectId }: AuditLine): Html =>
  subject === 'settings' ? known(settingNames, subjectId) : user(subjectId, 80);

const quoted = (name: string): Html => html`“${user(name, 32)}”`;

const actorOf = ({ actor, actorDisplayName }: AuditLine): Html => {
  if (actorDisplayName !== null) return quoted(actorDisplayName);
  return namedActor(actor) === null ? html`pengguna tak dikenal` : common.doneBy(actor);
};

const campaignOf = ({ taskKind, link }: CampaignLabel): Html =>
  html`${common.kind(taskKind)} ${shortLink(link, 32)}`;

/** Of these a list says what became of it: their name alone tells only half. */
const TELLING: ReadonlySet<string> = new Set(['user.status', 'user.role']);

const about = (line: AuditLine): Html | null => {
  const { concerns, campaign } = line;
  const parts = [
    ...(concerns && `user:${concerns.userId}` !== line.actor
      ? [html`👤 ${quoted(concerns.displayName)}`]
      : []),
    ...(campaign ? [html`📢 ${campaignOf(campaign)}`] : []),
    ...(line.subject === 'settings' ? [subjectOf(line)] : []),
    ...[amountOf(line) ?? []].flat(),
    ...(TELLING.has(line.action) ? changed(line) : []),
  ];
  return parts.length === 0 ? null : trusted(parts.join(' · '));
};

const sign = ({ sealed }: AuditLine): string => (sealed ? '🔒' : '🕓');

const listed = (line: AuditLine, at: number): Html =>
  lines(
    html`<b>${at + 1}.</b> ${user(sign(line))} <b>${known(actions, line.action)}</b>`,
    html`${dayTime(line.at)} · oleh ${actorOf(line)}`,
    about(line),
  );

const filtered = (names: AuditFilterNames): Html | null => {
  const parts = [
    ...(names.user === null ? [] : [html`👤 ${quoted(names.user)}`]),
    ...(names.actor === null ? [] : [html`🛡 ${quoted(names.actor)}`]),
    ...(names.campaign === null ? [] : [html`📢 ${campaignOf(names.campaign)}`]),
    ...(names.subject === null ? [] : [user(subjects[names.subject])]),
    ...(names.day === null ? [] : [html`🗓 ${day(names.day)}`]),
  ];
  return parts.length === 0 ? null : html`🔎 ${trusted(parts.join(' · '))}`;
};

const changed = (line: AuditLine): readonly Html[] =>
  fieldsOf(line, values).map(({ name, before, after }) =>
    before === null
      ? html`${known(fields, name)}: <b>${after}</b>`
      : html`${known(fields, name)}: ${before} → <b>${after}</b>`,
  );

/** The audit log, for admins (AUD-3). */
export const audit = {
  subjects,
  list: (found: readonly AuditLine[], names: AuditFilterNames): Html =>
    lines(
      html`📜 <b>Audit</b>`,
      filtered(names),
      EMPTY,
      found.length > 0
        ? html`Terbaru di atas. 🔒 sudah disegel, 🕓 belum.`
        : html`Tidak ada catatan yang cocok. Ubah saringannya.`,
      ...found.flatMap((line, at) => [EMPTY, listed(line, at)]),
    ),
  older: 'Lebih lama »',
  newer: '« Lebih baru',
  filter: '🔎 Saring',
  clear: '✖️ Hapus saringan',
  download: '⬇️ Unduh CSV',
  ordered: 'Berkas CSV sedang disiapkan dan segera dikirim di bawah.',
  filtering: (names: AuditFilterNames): Html =>
    lines(
      html`🔎 <b>Saring catatan audit</b>`,
      filtered(names),
      EMPTY,
      html`Pilih satu atau beberapa saringan. Ketuk lagi yang bertanda ☑️ untuk melepasnya.`,
    ),
  chosen: (label: string): string => `☑️ ${label}`,
  byPerson: '👤 Orang',
  byAdmin: '🛡 Oleh admin',
  byCampaign: '📢 Campaign',
  byKind: '🗂 Jenis',
  byDay: '🗓 Hari',
  showAll: '📋 Tampilkan',
  askPerson: lines(
    html`👤 <b>Catatan tentang siapa?</b>`,
    EMPTY,
    html`Ketik <code>@username</code>, nama, atau ID Telegram.`,
  ),
  people: ({ total }: Page<User>, text: string): Html =>
    lines(
      html`👤 <b>Catatan tentang siapa?</b>`,
      EMPTY,
      total === 0
        ? html`Tidak ada pengguna yang cocok dengan “${user(text, 64)}”. Ketik lagi <code>@username</code>, nama,
            atau ID Telegram.`
        : html`${count(total)} pengguna cocok dengan “${user(text, 64)}”. Pilih, atau ketik lagi.`,
    ),
  personButton: ({ displayName, username, telegramId }: User): string =>
    `${shortName({ displayName })} · ${username === null ? telegramId : `@${username}`}`,
  askAdmin: lines(
    html`🛡 <b>Tindakan admin yang mana?</b>`,
    EMPTY,
    html`Pilih salah satu. Mantan admin bisa dipilih dari salah satu catatannya.`,
  ),
  askCampaign: lines(
    html`📢 <b>Catatan campaign yang mana?</b>`,
    EMPTY,
    html`Kirim tautan campaign itu: tautan tugasnya, atau tautan bagikan dari bot ini.`,
  ),
  campaigns: (found: readonly LinkedCampaign[]): Html =>
    lines(
      html`📢 <b>Catatan campaign yang mana?</b>`,
      EMPTY,
      found.length === 0
        ? html`Tidak ada campaign dengan tautan itu. Periksa lagi, lalu kirim tautan lain.`
        : html`${count(found.length)} campaign memakai tautan itu, terbaru di atas. Pilih satu.`,
    ),
  campaignButton: ({ taskKind, createdAt }: LinkedCampaign): string =>
    `📢 ${common.kind(taskKind)} · ${dayTime(createdAt)}`,
  askKind: lines(html`🗂 <b>Jenis catatan</b>`, EMPTY, html`Pilih satu jenis.`),
  askDay: lines(
    html`🗓 <b>Hari yang mana?</b>`,
    EMPTY,
    html`Pilih, atau ketik tanggalnya, misalnya <code>21-11-2026</code>. Hari dihitung menurut WIB.`,
  ),
  today: 'Hari ini',
  yesterday: 'Kemarin',
  dayUnreadable: '⚠️ Tanggal itu belum terbaca. Tulis seperti 21-11-2026.',
  card: (line: AuditLine): Html =>
    lines(
      html`📜 <b>${known(actions, line.action)}</b>`,
      html`<code>${user(line.action, 60)}</code>`,
      EMPTY,
      html`🗓 ${dayTime(line.at)}`,
      html`🛡 Oleh ${actorOf(line)}`,
      line.concerns && html`👤 Tentang ${quoted(line.concerns.displayName)}`,
      line.campaign && html`📢 ${campaignOf(line.campaign)}`,
      html`${known(subjects, line.subject)} <code>${subjectOf(line)}</code>`,
      EMPTY,
      ...changed(line),
      changed(line).length > 0 && EMPTY,
      line.sealed
        ? html`🔒 Catatan nomor ${count(Number(line.id))}, sudah disegel.`
        : html`🕓 Catatan nomor ${count(Number(line.id))}, belum disegel; menyusul dalam beberapa menit.`,
    ),
  ofPerson: '👤 Semua tentang orang ini',
  ofActor: '🛡 Semua oleh orang ini',
  ofCampaign: '📢 Semua tentang campaign ini',
  exported: (rows: number, more: boolean): Html =>
    more
      ? html`📜 ${count(rows)} catatan terbaru. Masih ada yang lain: persempit saringannya untuk
          mengunduhnya.`
      : html`📜 ${count(rows)} catatan, terbaru di atas.`,
  exportRefused:
    'Berkas CSV audit tidak dikirim, karena Anda tidak lagi berhak melihat catatan audit. Hubungi operator bila perlu.',
  exportStuck:
    'Berkas CSV audit gagal dikirim setelah beberapa kali dicoba: mungkin terlalu besar untuk koneksi saat ini. Persempit saringannya, lalu unduh lagi.',
  exportEmpty:
    'Tidak ada catatan yang cocok, jadi berkas CSV tidak dibuat. Ubah saringannya, lalu unduh lagi.',
};
