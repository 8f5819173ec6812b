import { expect } from 'chai';
import { asUser, type TrialBalance } from '../../core/index.ts';
import { rupiahs } from '../support/builders.ts';
import { crowdOf, type Crowd } from '../support/crowd.ts';
import { OPERATOR } from '../support/market.ts';
import { join, phone, type Phone } from '../support/phone.ts';
import {
  ADMIN,
  CLIENT,
  SECOND_ADMIN,
  SECOND_WORKER,
  startBotUnderTest,
  WORKER,
  type BotUnderTest,
} from '../support/running-bot.ts';
import { soundBooks } from '../support/sound-books.ts';

const NUMBER = '081234567890';
const SAID = 'Mulai Senin, bukti juga diperiksa di akhir pekan.';

describe('a day of running the marketplace, on the real bot and the real database', function () {
  this.timeout(60_000);
  let bot: BotUnderTest;
  let crowd: Crowd;
  let [client, worker, sari, ayu, bagus] = [] as unknown as [Phone, Phone, Phone, Phone, Phone];

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    bot = await startBotUnderTest();
    [client, worker, sari, ayu, bagus] = [CLIENT, WORKER, SECOND_WORKER, ADMIN, SECOND_ADMIN].map(
      (id) => phone(bot.sandbox.client, id),
    ) as [Phone, Phone, Phone, Phone, Phone];
    await Promise.all([join(client, 'Client'), join(worker, 'Worker'), join(sari, 'Worker')]);
    await Promise.all([join(ayu, 'admin'), join(bagus, 'admin')]);
    crowd = await crowdOf(bot);
    await wantsMuchBack();
  });
  after(() => bot?.stop());

  /** Citra has topped up two million, and wants most of it back. */
  const wantsMuchBack = async (): Promise<void> => {
    const citra = await crowd.arrive({ name: 'Citra', telegramId: CLIENT }, 'client');
    const names = { displayName: 'Ayu', username: 'ayu', languageCode: 'id' };
    const { user } = await crowd.core.users.register({ telegramId: ADMIN, ...names });
    const { id: depositId } = await crowd.claimTransfer(citra, 2_000_000);
    const credited = rupiahs(2_000_000);
    const decision = { actor: asUser(user.id), depositId, credited, reason: null };
    await crowd.core.deposits.approve(decision);
    await crowd.askFor(citra, 1_500_000, NUMBER);
  };

  /** Proved after everything that moves money. */
  const books = (): Promise<TrialBalance> => soundBooks(bot.database.orm);

  const openPerson = async (admin: Phone, name: string): Promise<void> => {
    await admin.say('Pengguna');
    await admin.screen('Untuk mencari');
    await admin.say(name);
    await admin.screen('1 pengguna');
    await admin.tap(`1. ${name}`);
    await admin.screen('Bergabung');
  };

  it('ADM-1 the operator limits an admin: what is left is in their menu, all else is refused', async () => {
    await crowd.core.users.setPermissions({
      actor: OPERATOR,
      telegramId: SECOND_ADMIN,
      permissions: ['review', 'money'],
    });
    await bagus.sees('Hak admin Anda diubah oleh operator.');
    await bagus.say('Siaran');
    await bagus.sees('belum diberi hak');
    await bagus.say('Beranda');
    const labels = (await bagus.screen('Halo')).buttons.flat().map(({ text }) => text);
    expect(labels.join()).to.contain('Withdrawal').and.contain('Audit');
    expect(labels.join()).not.to.match(/Siaran|Pengaturan Upah/);
  });

  it('ADM-2 WAL-3 a large withdrawal: one admin agrees to it, only another one pays it', async () => {
    await ayu.say('Withdrawal');
    await ayu.tap('Rp 1.500.000');
    await ayu.screen('Perlu dua admin');
    await ayu.tap('Setujui');
    const agreed = await ayu.screen('Sekarang admin lain yang memprosesnya');
    expect(agreed.buttons.flat().map(({ text }) => text)).not.to.include('▶️ Proses');
    await bagus.say('Withdrawal');
    await bagus.tap('Rp 1.500.000');
    await bagus.screen('Disetujui “Ayu”');
    await bagus.tap('Proses');
    await bagus.screen('+6281234567890');
    await bagus.tap('Sudah Ditransfer');
    await bagus.screen('Langkah 1 dari 3');
    await bagus.tap('Selesai tanpa bukti');
    await client.sees('Withdraw berhasil diproses.');
    expect(await books()).to.include({ wallets: 500_000n, holds: 0n, outside: -500_000n });
  });

  it('WAL-10 a balance is put right by hand; its owner reads why', async () => {
    await openPerson(ayu, 'Wahyu');
    await ayu.tap('Sesuaikan saldo');
    await ayu.tap('Tambah');
    await ayu.screen('Langkah 2 dari 6');
    await ayu.say('12.500');
    await ayu.tap('Kas');
    await ayu.tap('Tidak ada');
    await ayu.screen('Langkah 5 dari 6');
    await ayu.say('Bonus yang terlewat.');
    await ayu.screen('Rp 0 → Rp 12.500');
    await ayu.tap('Konfirmasi');
    await ayu.screen('Saldo Rp 12.500');
    await worker.sees(/12\.500[^]*Bonus yang terlewat/);
    expect(await books()).to.include({ wallets: 512_500n, outside: -512_500n });
  });

  it('ADM-3 ACC-5 a suspended worker is told so whatever they send, and works again afterwards', async () => {
    await openPerson(ayu, 'Sari');
    await ayu.tap('Tangguhkan');
    await ayu.tap('lebih dari satu akun');
    await ayu.screen('Saldonya tetap utuh');
    await ayu.tap('Tangguhkan');
    await ayu.screen('Ditangguhkan sejak');
    await sari.say('Tugas Tersedia');
    await sari.sees(/ditangguhkan[^]*lebih dari satu akun/i);
    await ayu.tap('Aktifkan kembali');
    await ayu.screen('Aktifkan kembali “Sari”');
    await ayu.tap('Aktifkan kembali');
    await ayu.screen('🟢 aktif');
    await sari.say('Tugas Tersedia');
    await sari.screen('🎯');
  });

  it('ADM-4 a changed setting stands on the very next screen that is asked for', async () => {
    await ayu.say('Beranda');
    await ayu.tap('Pengaturan Upah');
    await ayu.tap('📥 Top-up');
    await ayu.tap('Top-up minimal');
    await ayu.tap('Ubah');
    await ayu.screen('Ketik nilai barunya');
    await ayu.say('25rb');
    await ayu.screen(/Dari: Rp 10\.000\nMenjadi: Rp 25\.000/);
    await ayu.tap('Konfirmasi');
    await ayu.screen('Nilai sekarang: Rp 25.000');
    await client.say('Top-Up');
    await client.screen('Rp 25.000');
  });

  it('ADM-5 a broadcast is paused in its middle, goes on, and reaches everybody exactly once', async () => {
    const { client: telegram } = bot.sandbox;
    // whatever Wahyu is sent fails for a while: he is the rest that a pause holds back
    await telegram.fault({ method: 'sendMessage', chatId: WORKER, errorCode: 500, count: 1_000 });
    await ayu.say('Siaran');
    await ayu.tap('Siaran Baru');
    await ayu.tap('Semua pengguna (5)');
    await ayu.screen('Apa isi siarannya?');
    await ayu.say(SAID);
    await ayu.screen('5 penerima');
    await ayu.tap('Konfirmasi');
    const others = [client, sari, ayu, bagus];
    await Promise.all(others.map((one) => one.sees('Pengumuman dari admin Upah')));
    await ayu.tap('Jeda');
    await ayu.sees('Siaran dijeda');
    await telegram.clearFaults();
    expect(await announcements(worker)).to.equal(0);
    await ayu.tap('Lanjutkan');
    await ayu.sees('Siaran selesai: 5 pesan terkirim.');
    for (const one of [...others, worker]) expect(await announcements(one)).to.equal(1);
  });

  const announcements = async (one: Phone): Promise<number> =>
    (await one.chat()).messages.filter(
      ({ from, text }) => from === 'bot' && text === `📣 Pengumuman dari admin Upah\n\n${SAID}`,
    ).length;

  it('AUD-3 the log tells all of it, with whom it was about, and comes as a CSV', async () => {
    await ayu.say('Audit');
    await ayu.screen(/Siaran selesai[^]*Top-up minimal[^]*“Sari” · Status: ditangguhkan → aktif/);
    await ayu.tap('Lebih lama');
    await ayu.screen(/“Wahyu” · Rp 12\.500[^]*oleh “Bagus”\n👤 “Citra” · Rp 1\.500\.000/);
    await ayu.tap('Unduh CSV');
    const { document } = await ayu.sees('catatan, terbaru di atas');
    expect(document?.name).to.match(/^audit-.*\.csv$/);
    const csv = await (await fetch(new URL(document?.url ?? '', bot.sandbox.url))).text();
    for (const action of [
      'admin.permissions',
      'withdrawal.endorse',
      'withdrawal.pay',
      'wallet.adjust',
      'user.status',
      'settings.change',
      'broadcast.start',
      'broadcast.pause',
      'broadcast.done',
    ]) {
      expect(csv, action).to.contain(action);
    }
    expect(csv).not.to.contain(NUMBER.slice(1));
  });

  it('RPT-1 WAL-11 the figures count it, as text and as a picture, down to the cash there must be', async () => {
    await ayu.say('Statistik');
    const { text } = await ayu.screen('Statistik');
    expect(text).to.contain('📥 Top-up: Rp 2.000.000').and.contain('📤 Withdraw: Rp 1.500.000');
    expect(text).to.match(/Aktif 7 hari terakhir: \d dari 5 pengguna/);
    await ayu.tap('Uang');
    expect((await ayu.screen('14 hari terakhir')).kind).to.equal('photo');
    await ayu.tap('Kas & kewajiban');
    await ayu.screen(/Kas yang harus ada: Rp 512\.500[^]*Cocok\./);
  });
});
