import { expect } from 'chai';
import { screenFromJson } from '../../../../adapters/telegram/screen.ts';
import {
  asOperator,
  asSystem,
  asUser,
  DAY_MS,
  MINUTE_MS,
  type Chart,
} from '../../../../core/index.ts';
import { plainText } from '../../../../adapters/telegram/html.ts';
import type { LiabilityFacts } from '../../../../adapters/telegram/texts/id/liability.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { liability } from '../../../texts/samples/figures.ts';
import type { Chat } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** The figures that went out last as a picture. */
const chartIn = (chat: Chat): Chart => {
  const message = chat.posted().findLast(({ kind }) => kind === 'screen');
  const attachment = message && screenFromJson(message.payload).attachment;
  if (!attachment || !('chart' in attachment)) throw new Error('no chart was shown');
  return attachment.chart;
};

/**
 * Yesterday two proofs were approved; today one of three was rejected after ten minutes, and two
 * wait.
 */
const twoDays = async () => {
  const scene = await aScene();
  const { chat } = scene;
  const admin = await chat.admin({ firstName: 'Ayu' });
  const actor = asUser((await admin.user()).id);
  const campaign = await scene.campaign({ target: 20 });
  const send = async () => scene.proof(await chat.worker(), campaign);
  for (const { id: proofId } of [await send(), await send()]) {
    await chat.core.proofs.approve({ actor, proofId });
  }
  chat.clock.advance(DAY_MS);
  const [first] = [await send(), await send(), await send()];
  chat.clock.advance(10 * MINUTE_MS);
  await chat.core.proofs.reject({ actor, proofId: first?.id as never, reason: 'Buram' });
  return { ...scene, admin, actor };
};

describe('Telegram: figures', () => {
  it('RPT-1 shows today against yesterday, what waits with its age, and rates', async () => {
    const { admin } = await twoDays();
    const { text } = await admin.say('Statistik');
    expect(text).to.contain('Bukti masuk: 3 ▲ dari 2').and.contain('Ditolak: 1 ▲ dari 0');
    expect(text).to.contain('Disetujui: 0 ▼ dari 2').and.contain('Top-up: Rp 0 (tetap)');
    expect(text).to.contain('Upah dibayar: Rp 0 ▼ dari Rp 1.000');
    expect(text).to.contain('🔍 Bukti: 2, terlama 10 menit').and.contain('📥 Deposit: tidak ada');
    expect(text).to.contain('Tingkat penolakan: 33% dalam 14 hari, 100% hari ini');
    expect(text).to.contain('Bertanda ⚠️: 0% dalam 14 hari');
    expect(text).to.contain('10 menit hari ini, kurang dari 1 menit kemarin');
    expect(text).to.contain('Campaign berjalan: 1');
    expect(text).to.contain('Upah dibayar sejak awal: Rp 1.000');
  });

  it('RPT-1 shows each picture of fourteen days in the same message, and goes back', async () => {
    const { chat, admin } = await twoDays();
    const figures = await admin.say('/statistik');
    const seen: Record<string, Chart> = {};
    for (const label of ['Aktivitas', 'Bukti', 'Penolakan', 'Lama periksa', 'Uang', 'Kewajiban']) {
      const screen = await admin.tap(label);
      expect(screen.attachment, label).to.equal('photo');
      expect(screen.labels.filter((one) => one.startsWith('•')).join(), label).to.contain(label);
      seen[label] = chartIn(chat);
    }
    const newest = (label: string) => seen[label]?.series.map(({ values }) => values.slice(-2));
    expect(Object.values(seen).map(({ labels }) => labels.length)).to.deep.equal(Array(6).fill(14));
    expect(newest('Bukti')).to.deep.equal([
      [2, 3],
      [2, 0],
      [0, 1],
    ]);
    expect(newest('Penolakan')).to.deep.equal([[0, 100]]);
    expect(seen['Penolakan']?.series[0]?.values[0]).to.equal(null);
    expect(seen['Penolakan']?.unit).to.equal('percent');
    expect(newest('Lama periksa')).to.deep.equal([[0, 10]]);
    expect(newest('Uang')?.[0]).to.deep.equal([1_000, 0]);
    expect(newest('Kewajiban')).to.deep.equal([[10_000, 10_000]]);
    const back = await admin.tap('Angka');
    expect(back).to.deep.include({ text: figures.text, attachment: undefined });
    expect(admin.messages().filter(({ text }) => text.includes('Statistik'))).to.have.length(1);
  });

  it('UX-1 speaks the language of its reader, on the pictures too', async () => {
    const { chat } = await twoDays();
    const admin = await chat.admin({ languageCode: 'en' });
    expect((await admin.say('/figures')).text).to.contain('Proofs sent: 3 ▲ from 2');
    for (const label of ['Activity', 'Proofs', 'Rejections', 'Review time', 'Money', 'Liability']) {
      expect((await admin.tap(label)).text).to.not.match(/hari|dari|Upah|Bukti/);
      const { labels: _days, ...words } = chartIn(chat);
      expect(JSON.stringify(words), label).to.not.match(/hari|Bukti|Uang|Kewajiban|Pengguna| rb/);
    }
    await admin.tap('In figures');
    const cash = await admin.tap('Cash & liability');
    expect(cash.text).to.contain('Cash that must exist: Rp 10.000').and.contain('They agree.');
  });

  it('SEC-2 a forged picture is the figures; who is no admin sees neither', async () => {
    const { admin, client } = await twoDays();
    expect((await admin.tap('gp:everything')).text).to.contain('Statistik');
    const tries = [() => client.say('Statistik'), () => client.tap('gp:money')];
    for (const attempt of [...tries, () => client.tap('gl')]) {
      const { text } = await attempt();
      expect(`${text} ${client.answer()?.text}`).to.contain('admin').and.not.contain('14 hari');
      expect(text).to.not.match(/Dana campaign|Upah dibayar/);
    }
  });
});

describe('Telegram: cash and liability', () => {
  it('WAL-11 shows the cash that must exist by kind, and that the books agree', async () => {
    const { admin } = await twoDays();
    await admin.say('Statistik');
    const { text } = await admin.tap('Kas & kewajiban');
    expect(text).to.contain('Kas yang harus ada: Rp 10.000');
    expect(text).to.contain('Saldo pengguna: Rp 1.000').and.contain('Dana campaign: Rp 9.000');
    expect(text).to.contain('Ditahan untuk withdraw: Rp 0').and.contain('platform: Rp 0');
    expect(text).to.contain('dikurangi uang keluar: Rp 10.000').and.contain('✅ Cocok.');
    expect(text).to.contain('Pembayaran berjalan').and.contain('Catatan terbaru: belum pernah');
  });

  it('WAL-11 WAL-13 says where the books do not agree, by how much, and that payments stand', () => {
    const [, [unsound]] = liability.screen as never as readonly [unknown, [LiabilityFacts]];
    const [id, en] = (['id', 'en'] as const).map((language) =>
      plainText(textsIn(language).liability.screen(unsound)),
    );
    expect(id).to.contain('🛑 Tidak cocok. Selisihnya Rp 100.000').and.not.contain('✅');
    expect(id).to.contain('Pembayaran dihentikan').and.contain('1 baris tidak cocok');
    expect(en).to.contain('The difference is Rp 100.000').and.contain('Payments have been stopped');
  });

  it('ADM-1 is neither offered nor shown to an admin without the right to money', async () => {
    const { chat, admin } = await twoDays();
    await admin.say('Statistik');
    const { telegramId } = admin;
    await chat.core.users.setPermissions({
      actor: asOperator('test'),
      telegramId,
      permissions: ['review'],
    });
    expect((await admin.tap('Perbarui')).labels.join()).to.not.match(/Kas|Kewajiban/);
    for (const old of ['gl', 'gp:liability']) {
      await admin.tap(old);
      expect(admin.answer()?.text, old).to.contain('operator');
      expect(admin.screen().text, old).to.not.match(/Dana campaign|Kewajiban/);
    }
  });
});

describe('Telegram: the daily report', () => {
  it('RPT-2 tells yesterday beside the day before and what waits, with a way to the figures', async () => {
    const { chat, admin } = await twoDays();
    chat.clock.advance(DAY_MS);
    await chat.core.reports.daily({ actor: asSystem('daily-report') });
    await chat.deliver();
    const told = admin.notices().at(-1);
    expect(told?.text).to.contain('Laporan harian: kemarin');
    expect(told?.text).to.contain('Bukti masuk: 3 ▲ dari 2');
    expect(told?.text).to.contain('Tingkat penolakan: 100%, sebelumnya 0%');
    expect(told?.text).to.contain('🔍 Bukti: 2, terlama sejak').and.contain('WIB');
    expect((await admin.tapOn(told as never, 'Statistik')).text).to.contain('Statistik');
  });
});
