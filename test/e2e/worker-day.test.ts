import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { samplePicture } from '../../adapters/sandbox/index.ts';
import { shortId } from '../../adapters/telegram/buttons.ts';
import type { Campaign } from '../../core/index.ts';
import { handOf, openPage, useBrowser, type Hand, type PickedFile } from '../support/browser.ts';
import { rupiahs } from '../support/builders.ts';
import { crowdOf, type Crowd } from '../support/crowd.ts';
import { startBotUnderTest, WORKER, type BotUnderTest } from '../support/running-bot.ts';
import { soundBooks } from '../support/sound-books.ts';

const LINK = 'https://www.tiktok.com/@kopiratna/video/7412345678901234567';

describe("a worker's day, played in the page of the sandbox", function () {
  this.timeout(60_000);
  let bot: BotUnderTest;
  let page: Page;
  let complaints: readonly string[] = [];
  let crowd: Crowd;
  let campaign: Campaign;
  let wahyu: Hand;
  let screenshot: PickedFile;

  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });
  useBrowser(
    async (browser) => {
      bot = await startBotUnderTest();
      crowd = await crowdOf(bot);
      const ratna = await crowd.arrive({ name: 'Ratna' }, 'client');
      campaign = await crowd.campaign(ratna, {
        kind: 'comment',
        link: LINK,
        instructions: 'Tulis komentar yang sopan.',
        pricePerTask: rupiahs(15_000),
      });
      await crowd.campaign(ratna, { pricePerTask: rupiahs(2_000) });
      await crowd.campaign(ratna, { kind: 'follow', pricePerTask: rupiahs(1_000) });
      const picture = await samplePicture('screenshot');
      screenshot = { name: 'bukti.jpg', mimeType: 'image/jpeg', buffer: picture };
      ({ page, complaints } = await openPage(browser, bot.sandbox.url));
      wahyu = handOf(page, WORKER);
    },
    () => bot?.stop(),
  );
  afterEach(async () => {
    expect(complaints).to.deep.equal([]);
    await soundBooks(bot.database.orm);
  });

  const expectPicture = async (of: string): Promise<void> => {
    const picture = (await wahyu.reads(of)).getByRole('img', { name: 'Foto' });
    await picture.evaluate(`async (image) => { await image.decode(); }`);
  };

  it('UX-5 ACC-1 ACC-8 a shared link leads a newcomer to the very task', async () => {
    // what Telegram says for whoever opens the link and presses MULAI
    await bot.sandbox.client.say(WORKER, `/start campaign_${shortId(campaign.id)}`);
    await wahyu.reads('Ketentuan');
    await wahyu.tap('Saya setuju');
    await wahyu.reads('sebagai apa');
    await wahyu.tap('Worker');
    const offer = await wahyu.says('Upah: Rp 15.000');
    expect(offer).to.contain('Tulis komentar yang sopan.').and.not.contain(LINK);
  });

  it('TSK-3 TSK-5 taking it shows link, instructions, reward and deadline', async () => {
    await wahyu.tap('✋ Ambil');
    await wahyu.toast('Tugas diambil');
    const card = await wahyu.says(LINK);
    expect(card)
      .to.contain('Upah: Rp 15.000')
      .and.match(/sebelum .*\(sisa \d+ menit\)/);
  });

  it('PRF-1 a file that is no picture is refused kindly, and the task stays', async () => {
    await wahyu.tap('Kirim Bukti');
    await wahyu.reads('Kirim satu tangkapan layar yang jelas');
    const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
    await wahyu.give({ name: 'bukti.pdf', mimeType: 'application/pdf', buffer: pdf });
    await wahyu.reads('Berkas ini bukan gambar yang didukung.');
    await wahyu.give(screenshot);
    await wahyu.reads('Bukti terkirim');
  });

  it('TSK-2 PRF-3 the best paid comes first, and the same picture does not count twice', async () => {
    await wahyu.tap('Tugas Tersedia');
    await wahyu.reads('2 pilihan, upah tertinggi di atas');
    await wahyu.tap('Rp 2.000');
    await wahyu.reads('Upah: Rp 2.000');
    await wahyu.tap('✋ Ambil');
    await wahyu.reads('Kirim bukti sebelum');
    await wahyu.tap('Kirim Bukti');
    await wahyu.reads('Kirim satu tangkapan layar yang jelas');
    await wahyu.give(screenshot);
    await wahyu.reads('Gambar ini sudah Anda kirim untuk tugas lain');
  });

  it('TSK-5 giving up asks once, and the task is back in the list', async () => {
    await wahyu.tap('⬅️ Kembali');
    await wahyu.tap('Lepas Tugas');
    await wahyu.reads('Lepas tugas ini?');
    await wahyu.tap('Ya, lepaskan');
    await wahyu.toast('Tugas dilepas.');
    await wahyu.key('Tugas Tersedia');
    await wahyu.reads('2 pilihan');
  });

  it('WAL-9 an approval pays, and the earnings come with a picture', async () => {
    await crowd.decideOldest('approve');
    await wahyu.reads('Tugas Anda disetujui — saldo bertambah.');
    await wahyu.key('Tugas Saya');
    await wahyu.tap('Penghasilan');
    await expectPicture('7 hari terakhir: +Rp 15.000');
  });

  it('REV-5 TSK-1 a rejection tells its reason, and the history keeps how each task ended', async () => {
    await wahyu.key('Tugas Tersedia');
    await wahyu.tap('Rp 1.000');
    await wahyu.tap('✋ Ambil');
    await wahyu.tap('Kirim Bukti');
    await wahyu.reads('Kirim satu tangkapan layar yang jelas');
    await wahyu.attach('Kirim contoh screenshot');
    await wahyu.reads('Bukti terkirim');
    await crowd.decideOldest('reject', 'Akunnya belum Anda follow.');
    await wahyu.reads('Tugas ditolak — alasan: “Akunnya belum Anda follow.”');
    await wahyu.key('Tugas Saya');
    await wahyu.tap('Riwayat Tugas');
    const past = await wahyu.says('terbaru lebih dulu');
    const ended = ['❌ Ditolak', '✅ Disetujui', '↩️ Dilepas'].map((how) => past.indexOf(how));
    expect(ended).to.satisfy((places: number[]) => places.every((place) => place >= 0));
    expect(past).to.contain('Akunnya belum Anda follow.').and.contain('Upah Rp 15.000');
  });

  it('WDR-1 a withdrawal asks for amount and number, holds the money, and can be taken back', async () => {
    await wahyu.key('Withdraw');
    await wahyu.reads('Langkah 1 dari 2');
    await wahyu.tap('Rp 10.000');
    await wahyu.reads('Langkah 2 dari 2');
    await wahyu.say('0812 3456 7890');
    await wahyu.reads('+6281234567890');
    await wahyu.tap('✅ Konfirmasi');
    await wahyu.reads('Permintaan withdraw terkirim');
    expect(await soundBooks(bot.database.orm)).to.include({ holds: 10_000n });
    await wahyu.key('Saldo');
    await wahyu.reads('Ditahan untuk withdraw: Rp 10.000');
    await wahyu.tap('Batalkan withdraw Rp 10.000');
    await wahyu.reads('Bisa dipakai: Rp 15.000');
    expect(await soundBooks(bot.database.orm)).to.include({ holds: 0n });
  });

  it('UX-1 UX-2 in English every screen and the keyboard speak English', async () => {
    await wahyu.say('/settings');
    await wahyu.reads('Bahasa: Bahasa Indonesia');
    await wahyu.tap('English');
    await wahyu.toast('English');
    await wahyu.reads('Earned today: +Rp 15.000');
    await wahyu.key('Available Tasks');
    await wahyu.reads('Once taken, a task must be done within');
    await wahyu.key('My Tasks');
    await wahyu.tap('Past Tasks');
    await wahyu.reads('✅ Approved');
    await wahyu.tap('Earnings');
    await expectPicture('Last 7 days: +Rp 15.000');
    await wahyu.key('Balance');
    await wahyu.reads('Rp 15.000');
    await wahyu.key('Help');
    const help = await wahyu.says('Need help?');
    expect(help).to.contain('Available Tasks').and.not.contain('Tugas');
  });
});
