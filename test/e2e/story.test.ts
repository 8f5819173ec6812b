import { expect } from 'chai';
import type { TrialBalance } from '../../core/index.ts';
import { join, orderLikes, phone, type Phone } from '../support/phone.ts';
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

const LINK = 'https://www.instagram.com/p/C0ffeeUpah1/';

describe('the whole story, on the real bot, the real database and a local Telegram', function () {
  this.timeout(120_000);
  let bot: BotUnderTest;
  let client: Phone;
  let worker: Phone;
  let admin: Phone;
  let secondAdmin: Phone;
  let secondWorker: Phone;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    bot = await startBotUnderTest({ DEPOSIT_INSTRUCTIONS: 'BCA 123 a.n. Upah' });
    const on = (id: number) => phone(bot.sandbox.client, id);
    [client, worker, admin] = [on(CLIENT), on(WORKER), on(ADMIN)];
    [secondAdmin, secondWorker] = [on(SECOND_ADMIN), on(SECOND_WORKER)];
  });
  after(() => bot?.stop());

  /** Proved after every step. */
  const books = (): Promise<TrialBalance> => soundBooks(bot.database.orm);

  it('ACC-1 ACC-8 everybody starts, accepts the terms, and has their home screen', async () => {
    await join(client, 'Client');
    await join(worker, 'Worker');
    await join(secondWorker, 'Worker');
    await join(admin, 'admin');
    await join(secondAdmin, 'admin');
    expect((await admin.screen('Halo')).buttons.flat().map(({ text }) => text)).to.satisfy(
      (labels: string[]) => labels.some((label) => label.includes('Review Bukti')),
    );
    await books();
  });

  it('CAM-4 a client without money learns what is missing and is offered a Top-Up', async () => {
    await orderLikes(client, { link: LINK, price: '1.000', target: '3' });
    const summary = await client.screen('kurang Rp 3.000');
    expect(summary.buttons.flat().map(({ text }) => text)).to.satisfy((labels: string[]) =>
      labels.some((label) => label.includes('Top-Up')),
    );
    await client.tap('Batal');
    await client.screen('Halo');
    expect((await books()).escrows).to.equal(0n);
  });

  it('DEP-1 DEP-2 the client tops up by hand and the admin confirms it', async () => {
    await client.tap('Top-Up');
    await client.screen('Langkah 1 dari 2');
    await client.say('seratus ribu');
    await client.screen('⚠️');
    await client.say('100rb');
    await client.screen('BCA 123 a.n. Upah');
    await client.say('sudah saya transfer');
    await client.screen('⚠️');
    await client.photo(1);
    await client.screen('menunggu diperiksa admin');
    expect((await books()).wallets).to.equal(0n);
    await admin.tap('Deposit');
    const card = await admin.screen('Top-up Rp 100.000');
    expect(card.kind).to.equal('photo');
    await admin.tap('Setujui');
    await client.sees('Top-up disetujui.');
    expect(await books()).to.include({ wallets: 100_000n, outside: -100_000n });
  });

  it('WAL-7 the same tap on an old button again moves no money', async () => {
    await admin.say('Deposit');
    await admin.screen('Deposit');
    expect(await books()).to.include({ wallets: 100_000n });
  });

  it('CAM-1 CAM-5 the client creates a campaign; the money is in escrow', async () => {
    await client.say('Beranda');
    await client.screen('Halo');
    await orderLikes(client, { link: LINK, price: '1.000', target: '3' });
    const summary = await client.screen('Total: Rp 3.000');
    await client.tap('Konfirmasi');
    await client.screen('Campaign tayang');
    await client.tapOld(summary, 'Konfirmasi');
    await client.toast(/tidak berlaku|berubah/);
    expect(await books()).to.include({ wallets: 97_000n, escrows: 3_000n });
  });

  it('TSK-3 PRF-1 the worker takes a task and sends a screenshot, nothing else will do', async () => {
    await worker.say('Tugas Tersedia');
    await worker.tap('Rp 1.000');
    await worker.tap('Ambil');
    await worker.screen(LINK);
    await worker.tap('Kirim Bukti');
    await worker.screen('tangkapan layar');
    await worker.say('sudah saya like');
    await worker.screen('⚠️');
    await worker.file(Buffer.from('%PDF-1.7\n%fake'), 'bukti.jpg');
    await worker.screen('⚠️');
    await worker.photo(2);
    await worker.screen(/diterima|menunggu|direview/i);
    expect(await books()).to.include({ escrows: 3_000n });
  });

  it('UX-3 a restart in the middle of a dialogue loses nothing of it', async () => {
    await secondWorker.say('Tugas Tersedia');
    await secondWorker.tap('Rp 1.000');
    await secondWorker.tap('Ambil');
    await secondWorker.screen(LINK);
    await secondWorker.tap('Kirim Bukti');
    await secondWorker.screen('tangkapan layar');
    await bot.restart();
    await secondWorker.photo(3);
    await secondWorker.screen(/diterima|menunggu|direview/i);
  });

  it('REV-3 REV-4 two admins approve the same proof at once: one reward, both are told', async () => {
    await secondAdmin.say('Review Bukti');
    const old = await secondAdmin.screen('Wahyu');
    await leaveDesk(secondAdmin);
    await admin.say('Review Bukti');
    const case1 = await admin.screen('Wahyu');
    expect(case1.kind).to.equal('photo');
    await Promise.all([admin.tap('Setujui'), secondAdmin.tapOld(old, 'Setujui')]);
    await worker.sees('Tugas Anda disetujui — saldo bertambah.');
    await Promise.any([admin.toast('Sudah disetujui'), secondAdmin.toast('Sudah disetujui')]);
    expect(await books()).to.include({ escrows: 2_000n, wallets: 98_000n });
    await leaveDesk(secondAdmin);
  });

  /** What an admin has open is given to nobody else (REV-6). */
  const leaveDesk = async (person: Phone): Promise<void> => {
    await person.say('Beranda');
    await person.screen('Halo');
  };

  it('CAM-6 REV-5 deleting a campaign while a proof waits: its slot is refunded on rejection', async () => {
    await client.say('Campaign Saya');
    await client.screen('Campaign Saya');
    await client.tap('1/3');
    await client.tap('Hapus');
    await client.screen('Hapus campaign ini?');
    await client.tap('Hapus');
    await client.screen('Campaign dihapus');
    expect(await books()).to.include({ escrows: 1_000n });
    await admin.say('Review Bukti');
    await admin.screen('Sari');
    await admin.tap('Tolak');
    await admin.screen('alasan');
    await admin.say('Tangkapan layar milik tugas lain');
    await secondWorker.sees('Tugas ditolak — alasan:');
    await client.sees('sudah ditutup: Rp 1.000 kembali ke saldo');
    expect(await books()).to.include({ escrows: 0n, wallets: 100_000n });
  });

  it('WDR-1 WDR-2 the worker withdraws and the admin pays it out', async () => {
    await topUpForWithdrawal();
    await worker.say('Withdraw');
    await worker.screen('Langkah 1 dari 2');
    await worker.say('10.000');
    await worker.screen('Langkah 2 dari 2');
    await worker.say('12345');
    await worker.screen('⚠️');
    await worker.say('0812-3456-7890');
    await worker.screen('+6281234567890');
    await worker.tap('Konfirmasi');
    await worker.screen('Permintaan withdraw terkirim');
    expect(await books()).to.include({ holds: 10_000n });
    await admin.say('Withdrawal');
    await admin.tap('Rp 10.000');
    await admin.screen('•••');
    await admin.tap('Proses');
    await admin.screen('+6281234567890');
    await admin.tap('Sudah Ditransfer');
    await admin.screen('Langkah 1 dari 3');
    await admin.tap('Lewati');
    await admin.screen('Langkah 2 dari 3');
    await admin.say('TRX-001');
    await admin.screen('Langkah 3 dari 3');
    await admin.tap('Konfirmasi');
    await worker.sees('Withdraw berhasil diproses.');
    expect(await books()).to.include({ holds: 0n, outside: -90_000n });
  });

  /** Ten more tasks: nobody may withdraw less than Rp 10.000. */
  const topUpForWithdrawal = async (): Promise<void> => {
    for (const n of [0, 1, 2]) {
      await client.say('Buat Campaign');
      await client.screen('Langkah 1 dari 5');
      await client.tap('Komentar');
      await client.say(`https://www.tiktok.com/@upah/video/70000000000000000${n}`);
      await client.screen('Langkah 3 dari 5');
      await client.tap('Lewati');
      await client.screen('Langkah 4 dari 5');
      await client.say('3.000');
      await client.screen('Langkah 5 dari 5');
      await client.say('1');
      await client.screen('Periksa campaign');
      await client.tap('Konfirmasi');
      await client.screen('Campaign tayang');
      await worker.say('Tugas Tersedia');
      await worker.tap('Rp 3.000');
      await worker.tap('Ambil');
      await worker.screen(`70000000000000000${n}`);
      await worker.tap('Kirim Bukti');
      await worker.screen('tangkapan layar');
      await worker.photo(10 + n);
      await worker.screen(/diterima|menunggu|direview/i);
      await admin.say('Review Bukti');
      await admin.screen('Wahyu');
      await admin.tap('Setujui');
      await admin.screen('sudah diperiksa');
      await books();
    }
  };

  it('TSK-4 a worker over the limit is told so, and when it frees', async () => {
    for (const n of [0, 1, 2, 3]) {
      await client.say('Buat Campaign');
      await client.screen('Langkah 1 dari 5');
      await client.tap('Follow');
      await client.say(`https://www.instagram.com/upah.toko${n}`);
      await client.screen('Langkah 3 dari 5');
      await client.tap('Lewati');
      await client.screen('Langkah 4 dari 5');
      await client.say('500');
      await client.screen('Langkah 5 dari 5');
      await client.say('1');
      await client.screen('Periksa campaign');
      await client.tap('Konfirmasi');
      await client.screen('Campaign tayang');
    }
    for (const n of [0, 1, 2, 3]) {
      await secondWorker.say('Tugas Tersedia');
      await secondWorker.screen('Tugas');
      await secondWorker.tap('Rp 500');
      await secondWorker.tap('Ambil');
      if (n < 3) await secondWorker.screen('upah.toko');
    }
    await secondWorker.toast(/3 tugas|paling banyak|sekaligus/);
    await books();
  });
});
