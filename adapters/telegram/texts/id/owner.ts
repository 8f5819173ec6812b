import { brokenIn, firstViolations, rulesIn, type Freeze } from '../../../../core/index.ts';
import { count, dayTime } from '../../format.ts';
import { html, lines, user, type Html } from '../../html.ts';

/** What the owner's own chat hears, where no other part of the bot is needed (WAL-13). */
export const owner = {
  /** How a freeze stands: reading it twice does no harm. */
  freeze: ({ begunAt, findings, lifted }: Freeze): Html => {
    const since = dayTime(begunAt);
    if (lifted) {
      return lines(
        html`✅ <b>Pembayaran berjalan lagi</b>`,
        html`Dibuka oleh ${user(lifted.by, 60)} pada ${dayTime(lifted.at)}; dihentikan sejak ${since}.`,
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
      html`Berhenti: menyetujui bukti, mengubah keputusan, memproses dan membayar withdraw. Mengambil tugas, mengirim bukti, menolak, top-up dan campaign tetap berjalan.`,
      html`Periksa: <code>npm run upah -- ledger verify</code>`,
      html`Buka lagi setelah diperbaiki: <code>npm run upah -- unfreeze --reason "…"</code>`,
    );
  },
};
