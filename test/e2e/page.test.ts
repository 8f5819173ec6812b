import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { handOf, launchChromium, openPage, type Hand } from '../support/browser.ts';
import {
  ADMIN,
  CLIENT,
  startBotUnderTest,
  WORKER,
  type BotUnderTest,
} from '../support/running-bot.ts';

const LINK = 'https://www.instagram.com/p/C0ffeeUpah1/';

describe('the whole story, played in the page of the sandbox', function () {
  this.timeout(60_000);
  let bot: BotUnderTest | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let complaints: readonly string[];
  let client: Hand;
  let worker: Hand;
  let admin: Hand;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) {
      console.warn('SKIPPED: the story in the page needs PostgreSQL; leave TEST_SKIP_PG unset.');
      return this.skip();
    }
    browser = await launchChromium();
    if (!browser) return this.skip();
    bot = await startBotUnderTest({ DEPOSIT_INSTRUCTIONS: 'BCA 123 a.n. Upah' });
    ({ page, complaints } = await openPage(browser, bot.sandbox.url, { width: 1920 }));
    [client, worker, admin] = [handOf(page, CLIENT), handOf(page, WORKER), handOf(page, ADMIN)];
  });
  afterEach(() => expect(complaints ?? []).to.deep.equal([]));
  after(async () => {
    await browser?.close();
    await bot?.stop();
  });

  /** The picture of a message was really loaded, and is not squeezed. */
  const expectPicture = async (message: Locator): Promise<void> => {
    const picture = message.getByRole('img', { name: 'Foto' });
    await picture.evaluate(`async (image) => { await image.decode(); }`);
    const box = await picture.boundingBox();
    expect((box?.width ?? 0) / (box?.height ?? 1)).to.be.closeTo(720 / 1480, 0.02);
  };

  it('ACC-1 ACC-8 MULAI, the terms and a role lead to the home screen and its keyboard', async () => {
    for (const [person, role] of [
      [client, 'Client'],
      [worker, 'Worker'],
      [admin, null],
    ] as const) {
      await person.start();
      await person.reads('Ketentuan');
      await person.tap('Saya setuju');
      if (role !== null) {
        await person.reads('sebagai apa');
        await person.tap(role);
        await person.toast(role);
      }
      await person.reads('Halo');
    }
    await client.reads('Saldo Rp 0');
    await admin.column.getByRole('button', { name: 'Review Bukti' }).first().waitFor();
    expect(await client.column.getByRole('button', { name: 'MULAI' }).isVisible()).to.equal(false);
  });

  it('DEP-1 DEP-2 the client tops up, the admin sees the proof and approves', async () => {
    await client.key('Top-Up');
    await client.reads('Langkah 1 dari 2');
    await client.say('100rb');
    await client.reads('BCA 123 a.n. Upah');
    await client.attach('Kirim contoh bukti transfer');
    await client.reads(/Top-up Rp 100\.000 menunggu/);
    await admin.key('Deposit');
    const card = await admin.reads('Top-up Rp 100.000');
    await expectPicture(card);
    await card.getByRole('button', { name: 'Perbesar foto' }).click();
    await page.keyboard.press('Escape');
    await admin.tap('Setujui');
    await admin.toast('Disetujui');
    await client.reads('Top-up disetujui.');
    await client.reads('Saldo sekarang Rp 100.000');
    expect(await client.isAtEnd()).to.equal(true);
  });

  it('CAM-1 CAM-5 the client orders a campaign in five steps', async () => {
    await client.key('Buat Campaign');
    await client.reads('Langkah 1 dari 5');
    await client.tap('Like');
    await client.reads('Langkah 2 dari 5');
    await client.say(LINK);
    await client.reads('Langkah 3 dari 5');
    await client.say('Like, lalu kirim tangkapan layar.');
    await client.reads('Langkah 4 dari 5');
    await client.say('10.000');
    await client.reads('Langkah 5 dari 5');
    await client.say('3');
    await client.reads('Total: Rp 30.000');
    await client.tap('Konfirmasi');
    const card = await client.reads('Campaign tayang');
    expect(await card.textContent()).to.contain('Sisa dana campaign: Rp 30.000');
    expect(await card.getByRole('link').first().getAttribute('href')).to.equal(LINK);
  });

  it('TSK-3 PRF-1 REV-3 the worker does a task, the admin approves, the worker is paid', async () => {
    await worker.key('Tugas Tersedia');
    await worker.tap('Rp 10.000');
    await worker.reads('Like, lalu kirim tangkapan layar.');
    await worker.tap('Ambil');
    await worker.reads(LINK);
    await worker.tap('Kirim Bukti');
    await worker.reads('tangkapan layar yang jelas');
    await worker.attach('Kirim contoh screenshot');
    await worker.reads('Bukti terkirim');
    expect(await worker.isAtEnd()).to.equal(true);
    await admin.key('Review Bukti');
    await expectPicture(await admin.reads('Wahyu'));
    await admin.tap('✅ Setujui');
    await admin.toast('Rp 10.000');
    await worker.reads('Tugas Anda disetujui — saldo bertambah.');
    await client.key('Campaign Saya');
    await client.tap('1/3');
    await client.reads('Selesai: 1 dari 3');
  });

  it('WDR-1 WDR-2 WDR-3 the worker withdraws, and the admin pays it out', async () => {
    await worker.key('Withdraw');
    await worker.reads('Langkah 1 dari 2');
    await worker.tap('Rp 10.000');
    await worker.reads('Langkah 2 dari 2');
    await worker.say('0812 3456 7890');
    await worker.reads('+6281234567890');
    await worker.tap('Konfirmasi');
    await worker.reads('Permintaan withdraw terkirim');
    await admin.key('Withdrawal');
    await admin.tap('Rp 10.000');
    const card = await admin.says('Withdraw Rp 10.000');
    expect(card).not.to.contain('81234567890');
    await admin.tap('Proses');
    await admin.reads('+6281234567890');
    await admin.tap('Sudah Ditransfer');
    await admin.reads('Langkah 1 dari 3');
    await admin.attach('Kirim contoh bukti transfer');
    await admin.reads('Langkah 2 dari 3');
    await admin.say('TRX-001');
    await admin.reads('Langkah 3 dari 3');
    await admin.tap('Konfirmasi');
    const paid = await worker.reads('Withdraw berhasil diproses.');
    expect(await worker.says('Withdraw berhasil diproses.')).to.contain('TRX-001');
    await expectPicture(paid);
    await worker.key('Riwayat');
    await worker.reads('−Rp 10.000');
    expect(await worker.isAtEnd()).to.equal(true);
  });

  it('on a phone the same chats are behind tabs, and nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('tab', { name: 'Worker' }).first().click();
    await worker.reads('−Rp 10.000');
    expect(await worker.isAtEnd()).to.equal(true);
    expect(await client.column.isVisible()).to.equal(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(390);
  });
});
