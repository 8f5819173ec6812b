import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { TrialBalance } from '../../core/index.ts';
import { handOf, openPage, useBrowser, type Hand } from '../support/browser.ts';
import { crowdOf, type Crowd } from '../support/crowd.ts';
import { CLIENT, startBotUnderTest, type BotUnderTest } from '../support/running-bot.ts';
import { soundBooks } from '../support/sound-books.ts';

describe("a client's day, played in the page of the sandbox", function () {
  this.timeout(60_000);
  let bot: BotUnderTest;
  let page: Page;
  let complaints: readonly string[] = [];
  let crowd: Crowd;
  let citra: Hand;

  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });
  useBrowser(
    async (browser) => {
      bot = await startBotUnderTest({ DEPOSIT_INSTRUCTIONS: 'BCA 123 a.n. Upah' });
      crowd = await crowdOf(bot);
      ({ page, complaints } = await openPage(browser, bot.sandbox.url));
      citra = handOf(page, CLIENT);
      await citra.start();
      await citra.reads('Ketentuan');
      await citra.tap('Saya setuju');
      await citra.tap('Client');
      await citra.reads('Halo');
    },
    () => bot?.stop(),
  );
  afterEach(() => expect(complaints).to.deep.equal([]));

  const books = (): Promise<TrialBalance> => soundBooks(bot.database.orm);

  it('DEP-1 DEP-2 UX-4 a top-up: a quick amount, a word instead of a proof, the proof', async () => {
    await citra.key('Top-Up');
    await citra.reads('Langkah 1 dari 2');
    await citra.tap('Rp 100.000');
    await citra.reads('BCA 123 a.n. Upah');
    await citra.say('sudah saya transfer');
    await citra.reads('Langkah ini memerlukan bukti transfer.');
    await citra.attach('Kirim contoh bukti transfer');
    await citra.reads('Top-up Rp 100.000 menunggu diperiksa admin.');
    expect(await books()).to.include({ wallets: 0n });
    await crowd.creditOldest();
    await citra.reads('Top-up disetujui.');
    expect(await books()).to.include({ wallets: 100_000n });
  });

  it('CAM-1 UX-2 UX-6 in the campaign wizard Back keeps every value', async () => {
    await citra.key('Buat Campaign');
    await citra.reads('Langkah 1 dari 5 ▰▱▱▱▱');
    await citra.tap('Like');
    await citra.reads('Langkah 2 dari 5');
    await citra.say('https://www.instagram.com/p/C0ffeeUpah1/?utm_source=wa');
    await citra.reads('Langkah 3 dari 5');
    await citra.say('Like, lalu kirim tangkapan layar.');
    await citra.reads('Langkah 4 dari 5');
    await citra.tap('Rp 1.000');
    await citra.reads('Langkah 5 dari 5');
    for (const [step, kept] of [
      [4, 'Upah tadi: Rp 1.000'],
      [3, 'Like, lalu kirim tangkapan layar.'],
      [2, 'Tautan tadi: instagram.com/p/C0ffeeUpah1'],
      [1, 'Pilihan tadi: Like'],
    ] as const) {
      await citra.tap('⬅️ Kembali');
      expect(await citra.says(`Langkah ${step} dari 5`)).to.contain(kept);
    }
    await citra.tap('Like');
    await citra.tap('Tetap pakai tautan tadi');
    await citra.tap('Tetap pakai petunjuk tadi');
    await citra.tap('Tetap Rp 1.000');
    await citra.reads('Langkah 5 dari 5');
  });

  it('CAM-4 CAM-5 the summary says what is missing; Back, a smaller target, and it is paid', async () => {
    await citra.say('200');
    await citra.reads('kurang Rp 100.000');
    await citra.tap('⬅️ Kembali');
    await citra.reads('Target tadi: 200');
    await citra.say('10');
    const summary = await citra.says('Total: Rp 10.000');
    expect(summary).to.contain('Saldo setelahnya: Rp 90.000').and.contain('Target: 10 tugas');
    await citra.tap('✅ Konfirmasi');
    await citra.reads('Campaign tayang!');
    expect(await books()).to.include({ wallets: 90_000n, escrows: 10_000n });
  });

  it('CAM-8 the card tells how it goes, and a picture shows it over time', async () => {
    const { campaign } = await crowd.newestCampaign();
    for (const name of ['Budi', 'Dewi']) {
      await crowd.earn(await crowd.arrive({ name }, 'worker'), campaign);
    }
    await crowd.send(await crowd.arrive({ name: 'Eko' }, 'worker'), campaign);
    await citra.key('Campaign Saya');
    await citra.tap('2/10');
    const card = await citra.says('Selesai: 2 dari 10');
    expect(card).to.contain('Diperiksa: 1').and.contain('Terpakai: Rp 2.000');
    expect(card).to.contain('Sisa dana campaign: Rp 8.000').and.contain('?start=campaign_');
    await citra.tap('📊 Perkembangan');
    const picture = await citra.reads('2 dari 10 selesai');
    await picture
      .getByRole('img', { name: 'Foto' })
      .evaluate(`async (image) => { await image.decode(); }`);
    await citra.tap('⬅️ Kembali');
    await citra.reads('Sisa dana campaign');
  });

  it('CAM-6 pauses and resumes with one tap each', async () => {
    await citra.tap('⏸ Jeda');
    await citra.reads('Dijeda oleh Anda.');
    await citra.tap('▶️ Lanjutkan');
    await citra.reads('🟢 Aktif');
  });

  it('CAM-9 raises the target: how many more, the summary, paid at once', async () => {
    await citra.tap('➕ Tambah Target');
    await citra.reads('Langkah 1 dari 2');
    await citra.say('5');
    const summary = await citra.says('Langkah 2 dari 2');
    expect(summary).to.contain('Target: 10 → 15 tugas').and.contain('Total: Rp 5.000');
    await citra.tap('✅ Konfirmasi');
    await citra.reads('Target bertambah 5 tugas.');
    expect(await books()).to.include({ wallets: 85_000n + 2_000n, escrows: 13_000n });
  });

  it('CAM-6 REV-5 deleting tells what returns; what is under way keeps its money', async () => {
    await citra.tap('🗑 Hapus');
    const asked = await citra.says('Hapus campaign ini?');
    expect(asked).to.contain('Rp 12.000 kembali');
    expect(asked).to.contain('1 tugas masih berjalan').and.contain('Rp 1.000');
    await citra.tap('🗑 Hapus');
    await citra.reads('Campaign dihapus. Rp 12.000 kembali ke saldo.');
    expect(await books()).to.include({ escrows: 1_000n });
    await crowd.decideOldest('reject', 'Belum di-like.');
    await citra.reads('Rp 1.000 kembali');
    expect(await books()).to.include({ escrows: 0n, wallets: 100_000n });
  });

  it('UX-1 UX-5 in English every screen and the keyboard speak English', async () => {
    await citra.key('Beranda');
    await citra.tap('🌐 Bahasa');
    await citra.tap('English');
    await citra.reads('Ongoing campaigns: 0');
    await citra.key('My Campaigns');
    await citra.tap('2/15');
    await citra.reads('🗑 Deleted');
    await citra.tap('📊 Progress');
    await citra.reads('Campaign progress');
    await citra.key('New Campaign');
    await citra.reads('Step 1 of 5');
    await citra.tap('Cancel');
    await citra.key('Top-Up');
    await citra.reads('Step 1 of 2');
    await citra.key('History');
    await citra.reads('newest first');
    await citra.key('Help');
    const help = await citra.says('Need help?');
    expect(help).to.contain('My Campaigns').and.not.contain('Saya');
  });
});
