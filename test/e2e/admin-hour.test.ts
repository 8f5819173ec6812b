import { expect } from 'chai';
import type { TrialBalance } from '../../core/index.ts';
import { handOf, openPage, useBrowser, type Hand } from '../support/browser.ts';
import { join, phone } from '../support/phone.ts';
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
import { FEE, OF_ONE_WORKER, REWARD, setAdminScene } from './admin-scene.ts';

type Five = [ayu: Hand, bagus: Hand, citra: Hand, wahyu: Hand, sari: Hand];

describe('an hour of two admins, played in the page of the sandbox', function () {
  this.timeout(60_000);
  let bot: BotUnderTest;
  let complaints: readonly string[] = [];
  let [ayu, bagus, citra, wahyu, sari] = [] as unknown as Five;
  let start: TrialBalance;
  let seen: TrialBalance;
  /** How many rewards have been paid since the start. */
  let approved = 0n;

  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });
  useBrowser(
    async (browser) => {
      bot = await startBotUnderTest({ FEE_BASIS_POINTS: '1000' });
      await setAdminScene(bot);
      const on = (id: number) => phone(bot.sandbox.client, id);
      for (const id of [CLIENT, WORKER, SECOND_WORKER]) await on(id).say('/start');
      for (const id of [ADMIN, SECOND_ADMIN]) await join(on(id), 'admin');
      const opened = await openPage(browser, bot.sandbox.url, { width: 1920 });
      complaints = opened.complaints;
      [ayu, bagus, citra, wahyu, sari] = [ADMIN, SECOND_ADMIN, CLIENT, WORKER, SECOND_WORKER].map(
        (id) => handOf(opened.page, id),
      ) as unknown as Five;
      start = await books();
    },
    () => bot?.stop(),
  );
  afterEach(() => expect(complaints).to.deep.equal([]));

  const books = (): Promise<TrialBalance> => soundBooks(bot.database.orm);

  /** The books are sound, and so many more rewards have left the campaigns. */
  const paysOut = async (rewards: number): Promise<void> => {
    approved += BigInt(rewards);
    const { escrows, revenue } = await books();
    expect(start.escrows - escrows).to.equal(approved * (REWARD + FEE));
    expect(revenue - start.revenue).to.equal(approved * FEE);
  };

  const approve = async (admin: Hand, name: string, next: string | RegExp): Promise<void> => {
    await admin.reads(`“${name}”`);
    await admin.tap('✅ Setujui');
    await admin.reads(next);
    await paysOut(1);
  };

  it('REV-1 REV-2 REV-3 one tap decides, and the next case stands on the same message', async () => {
    await ayu.key('Review Bukti');
    const card = await ayu.says('“Wahyu”');
    expect(card).to.contain('20 menunggu').and.contain('0 ditolak').and.contain('Rp 5.000');
    await approve(ayu, 'Wahyu', '“Sari”');
    expect(await ayu.column.getByRole('article').filter({ hasText: '“Wahyu”' }).count()).to.equal(
      0,
    );
    await wahyu.reads('Tugas Anda disetujui — saldo bertambah.');
  });

  it('REV-2 REV-5 rejects with a ready-made reason, a typed one, and none', async () => {
    await ayu.reads('“Sari”');
    await ayu.tap('❌ Tolak');
    await ayu.reads('Tolak bukti ini?');
    await ayu.tap('tidak');
    await ayu.reads('“Budi”');
    await sari.reads(/Tugas ditolak — alasan: “.*tidak/);
    await paysOut(0);
    await ayu.tap('❌ Tolak');
    await ayu.reads('Tolak bukti ini?');
    await ayu.say('Komentarnya sudah dihapus.');
    await ayu.reads('“Dewi”');
    await paysOut(0);
    await ayu.tap('❌ Tolak');
    await ayu.reads('Tolak bukti ini?');
    await ayu.tap('Tanpa alasan');
    await ayu.reads('“Eko”');
    await paysOut(0);
  });

  it('REV-1 REV-2 PRF-3 skips one, opens a flagged one from the list, compares, approves', async () => {
    await ayu.tap('⏭ Lewati');
    await ayu.reads('“Fitri”');
    await ayu.tap('📋 Daftar');
    await ayu.reads('Bukti yang menunggu');
    await ayu.tap('»');
    await ayu.tap('Kartika');
    await ayu.reads('Gambar yang sama sudah pernah dikirim orang lain.');
    await ayu.tap('Lihat bukti yang mirip');
    expect(await ayu.says('Hanya untuk dibandingkan')).to.contain('“Wahyu”');
    await ayu.tap('Kembali ke bukti ini');
    await approve(ayu, 'Kartika', '“Fitri”');
  });

  it('REV-6 two admins side by side never have the same case', async () => {
    await bagus.key('Review Bukti');
    await approve(bagus, 'Eko', '“Gilang”');
    await approve(ayu, 'Fitri', '“Hana”');
    await approve(bagus, 'Gilang', '“Indra”');
    await approve(ayu, 'Hana', '“Joko”');
    await approve(bagus, 'Indra', '“Lestari”');
    await approve(ayu, 'Joko', '“Made”');
    await bagus.tap('📋 Daftar');
    await bagus.reads('Bukti yang menunggu');
    await bagus.tap('🔒 Like');
    await bagus.reads('Sedang diperiksa “Ayu”');
    await bagus.tap('Bukti berikutnya');
    await approve(bagus, 'Lestari', /“Made”/);
  });

  it('REV-8 approves many: the preview with its total, then the report', async () => {
    await bagus.tap('🏠 Beranda');
    await bagus.reads(`Bukti: ${OF_ONE_WORKER} menunggu`);
    await ayu.tap('⏩ Setujui banyak');
    await ayu.reads('Setujui banyak sekaligus');
    await ayu.tap('👤 Worker Made');
    const preview = await ayu.says(`Setujui ${OF_ONE_WORKER} bukti?`);
    expect(preview).to.contain('Rp 40.000').and.contain('Rp 4.000');
    await paysOut(0);
    await ayu.tap('✅ Konfirmasi');
    await ayu.reads(`selesai: ${OF_ONE_WORKER} bukti disetujui.`);
    await ayu.tap('📄 Lihat Laporan');
    await ayu.reads(`${OF_ONE_WORKER} disetujui, Rp 40.000 dibayarkan ke worker`);
    await paysOut(OF_ONE_WORKER);
    await ayu.tap('Lanjut periksa');
    await ayu.reads('Semua bukti sudah diperiksa');
  });

  it('REV-7 turns an approval round after showing its money', async () => {
    await ayu.tap('Sudah diputuskan');
    await ayu.reads('Bukti yang sudah diputuskan');
    await ayu.tap('»');
    await ayu.tap('Lestari');
    await ayu.reads('Sudah disetujui oleh “Bagus”');
    await ayu.tap('Ubah keputusan');
    const asked = await ayu.says('Batalkan persetujuan ini?');
    expect(asked).to.contain('Rp 5.000').and.contain('Rp 500');
    await ayu.tap('ternyata tidak asli');
    await ayu.reads('lalu ketuk Konfirmasi');
    await paysOut(0);
    await ayu.tap('✅ Konfirmasi');
    await ayu.reads('Rp 5.500 kembali ke saldo client.');
    const { escrows, revenue } = await books();
    expect(start.escrows - escrows).to.equal(approved * (REWARD + FEE));
    expect(revenue - start.revenue).to.equal((approved - 1n) * FEE);
    seen = await books();
  });

  it('DEP-2 credits a top-up exactly as claimed, and the next one by what really came', async () => {
    await ayu.key('Deposit');
    await ayu.reads('“Oki”');
    await ayu.tap('✅ Setujui');
    await ayu.reads('“Citra”');
    await credits(100_000n);
    await ayu.tap('Jumlah berbeda');
    await ayu.reads('Berapa yang benar-benar masuk');
    await ayu.say('95.000');
    await ayu.reads('Mengapa berbeda?');
    await ayu.tap('potongan biaya');
    const summary = await ayu.says('Langkah 3 dari 3');
    expect(summary).to.contain('Rp 100.000').and.contain('Selisih: −Rp 5.000');
    await credits(0n);
    await ayu.tap('✅ Konfirmasi');
    await ayu.reads('“Putri”');
    await credits(95_000n);
    const told = await citra.says('Top-up disetujui.');
    expect(told).to.contain('Rp 95.000').and.contain('potongan biaya');
  });

  it('DEP-2 DEP-3 rejects the same file again, which the card had flagged', async () => {
    const card = await ayu.says('Berkas yang sama sudah dikirim di 1 top-up lain');
    expect(card).to.contain('“Oki”, Rp 100.000: disetujui Rp 100.000');
    await ayu.tap('❌ Tolak');
    await ayu.reads('Tolak top-up ini?');
    await ayu.tap('sudah pernah dipakai');
    await ayu.reads('“Qori”');
    await credits(0n);
  });

  it('DEP-1 DEP-2 shows a PDF as a file, skips it, and finds it again', async () => {
    const card = await ayu.reads('“Qori”');
    await card.getByText('.pdf').waitFor();
    await ayu.tap('⏭ Lewati');
    await ayu.reads('“Rudi”');
    await ayu.tap('✅ Setujui');
    await ayu.reads('Anda melewati 1 top-up.');
    await credits(200_000n);
    await ayu.tap('Periksa yang dilewati');
    await ayu.reads('“Qori”');
    await ayu.tap('✅ Setujui');
    await ayu.reads('Semua top-up sudah diperiksa');
    await credits(75_000n);
  });

  it('WDR-2 WDR-3 pays one with receipt and reference, which its owner gets', async () => {
    await ayu.key('Withdrawal');
    await ayu.tap('Wahyu');
    const card = await ayu.says('Ketuk Proses');
    expect(card).to.contain('Withdraw pertama').and.not.contain('1234567890');
    await ayu.tap('▶️ Proses');
    await ayu.reads('+6281234567890');
    await ayu.tap('Sudah Ditransfer');
    await ayu.reads('Langkah 1 dari 3');
    await ayu.attach('Kirim contoh bukti transfer');
    await ayu.reads('Langkah 2 dari 3');
    await ayu.say('TRX-778');
    await ayu.reads('Langkah 3 dari 3');
    await ayu.tap('✅ Konfirmasi');
    await ayu.reads('“Tono”');
    await paysOff(20_000n);
    expect(await wahyu.says('Withdraw berhasil diproses.')).to.contain('TRX-778');
    const paid = await wahyu.reads('Withdraw berhasil diproses.');
    await paid.getByRole('img', { name: 'Foto' }).waitFor();
  });

  it('WDR-2 rejects one: its money goes back to the wallet', async () => {
    const { wallets, holds } = await books();
    await ayu.tap('▶️ Proses');
    await ayu.reads('+6281355500000');
    await ayu.tap('❌ Tolak');
    await ayu.reads('Tolak withdraw ini?');
    await ayu.tap('tidak ditemukan');
    await ayu.reads('“Umar”');
    expect(await books()).to.include({ wallets: wallets + 20_000n, holds: holds - 20_000n });
  });

  it('WDR-2 another admin takes one over, past the warning, and finishes it', async () => {
    await ayu.tap('▶️ Proses');
    await ayu.reads('+6281355500001');
    await bagus.key('Withdrawal');
    await bagus.reads('2 withdraw menunggu');
    await bagus.tap('Sedang diproses admin lain');
    await bagus.tap('Umar');
    await bagus.reads('Sedang diproses “Ayu”');
    await bagus.tap('🔄 Ambil alih');
    await bagus.reads('Tanyakan apakah uangnya sudah ditransfer');
    await bagus.tap('Belum ditransfer, ambil alih');
    await bagus.reads('+6281355500001');
    await ayu.reads(/diambil alih “Bagus”/);
    await finishShortly(bagus, '“Vina”');
  });

  it('WDR-2 the others are finished shortly, by both', async () => {
    await bagus.tap('▶️ Proses');
    await bagus.reads('+6281355500002');
    await ayu.key('Withdrawal');
    await ayu.tap('Wulan');
    await ayu.reads('“Wulan”');
    await ayu.tap('▶️ Proses');
    await ayu.reads('+6281355500003');
    await finishShortly(bagus, 'Tidak ada withdraw yang menunggu Anda');
    await finishShortly(ayu, 'Tidak ada withdraw yang menunggu Anda');
    expect((await books()).holds).to.equal(0n);
    await ayu.key('Beranda');
    await ayu.reads('Withdrawal: tidak ada yang menunggu');
  });

  const finishShortly = async (admin: Hand, next: string): Promise<void> => {
    await admin.tap('Sudah Ditransfer');
    await admin.reads('Langkah 1 dari 3');
    await admin.tap('Selesai tanpa bukti');
    await admin.reads(next);
    await paysOff(20_000n);
  };

  /** The books are sound, and so much more has come into wallets than when they were last seen. */
  const credits = async (amount: bigint): Promise<void> => {
    const now = await books();
    expect(now).to.include({ wallets: seen.wallets + amount, outside: seen.outside - amount });
    seen = now;
  };
  /** The books are sound, and so much has left for the outside since they were last seen. */
  const paysOff = async (amount: bigint): Promise<void> => {
    const now = await books();
    expect(now.outside - seen.outside).to.equal(amount);
    seen = now;
  };
});
