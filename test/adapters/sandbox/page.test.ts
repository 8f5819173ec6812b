import { expect } from 'chai';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../support/browser.ts';
import { CITRA, WAHYU, greeted, png, poll, stage, type Stage } from './world.ts';

describe('sandbox: the page in a browser', function () {
  this.timeout(60_000);
  let browser: Browser | undefined;

  before(async function () {
    browser = await launchChromium();
    if (!browser) this.skip();
  });
  after(() => browser?.close());

  const open = async (on: Stage, width = 1440): Promise<{ page: Page; citra: Locator }> => {
    if (!browser) throw new Error('no browser');
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    await page.goto(on.sandbox.url);
    return { page, citra: page.locator(`#person-${CITRA}`) };
  };

  it('starts a chat, shows keyboards, and presses buttons', async () => {
    await using on = await stage();
    const { page, citra } = await open(on);
    await citra.getByRole('button', { name: 'MULAI' }).click();
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages[0]?.text === '/start');
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'Pilih peran', {
      reply_markup: { inline_keyboard: [[{ text: 'Client', callback_data: 'role:client' }]] },
    });
    await citra.getByRole('button', { name: 'Client' }).click();
    const [start] = await poll(on, { limit: 1 });
    const offset = (start?.update_id ?? 0) + 1;
    const [press] = await poll(on, { offset, timeout: 30 });
    expect(press?.callback_query?.data).to.equal('role:client');
    await on.telegram.answerCbQuery(press?.callback_query?.id ?? '', 'Tersimpan');
    await citra.getByRole('status').getByText('Tersimpan').waitFor();
    await on.telegram.editMessageText(CITRA, id, undefined, 'Anda Client');
    await citra.getByText('Anda Client').waitFor();
    expect(await citra.getByText('Pilih peran').count()).to.equal(0);
    await on.telegram.sendMessage(CITRA, 'Menu', { reply_markup: { keyboard: [['Saldo']] } });
    await citra.getByRole('button', { name: 'Saldo' }).click();
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages.at(-1)?.text === 'Saldo');
    await page.close();
  });

  it('shows what the bot sends as text, never as markup of the page', async () => {
    await using on = await greeted();
    const { page, citra } = await open(on);
    const nasty = '<img src=x onerror="document.title=1"> &lt;script&gt;';
    await on.telegram.sendMessage(CITRA, nasty);
    await citra.getByText(nasty).waitFor();
    expect(await citra.locator('.messages img, .messages script').count()).to.equal(0);
    await page.close();
  });

  it('sends a sample screenshot and enlarges photos', async () => {
    await using on = await greeted();
    const { page, citra } = await open(on);
    await citra.getByRole('button', { name: 'Lampirkan' }).click();
    await citra.getByRole('button', { name: 'Kirim contoh screenshot' }).click();
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages.at(-1)?.kind === 'photo');
    await citra.getByRole('button', { name: 'Perbesar foto' }).click();
    await page.getByRole('dialog', { name: 'Foto' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Foto' }).waitFor({ state: 'hidden' });
    await page.close();
  });

  it('sends picked pictures as an album with what was typed as its caption', async () => {
    await using on = await greeted();
    const { page, citra } = await open(on);
    const files = await Promise.all(
      ['#ff0000', '#00ff00'].map(async (colour, index) => ({
        name: `bukti-${index}.png`,
        mimeType: 'image/png',
        buffer: await png(40, 40, colour),
      })),
    );
    await citra.locator('input[accept="image/*"]').setInputFiles(files);
    await citra.getByLabel('Tulis pesan').fill('dua bukti');
    await citra.getByLabel('Tulis pesan').press('Enter');
    const sent = await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages.length === 3);
    const [, first, second] = sent.messages;
    expect(first?.text).to.equal('dua bukti');
    expect(second?.mediaGroupId).to.equal(first?.mediaGroupId);
    await page.close();
  });

  it('fits a phone: one person at a time, the others counting their unread messages', async () => {
    await using on = await greeted();
    await on.sandbox.client.say(WAHYU, 'halo');
    const { page, citra } = await open(on, 390);
    await citra.getByText('halo').waitFor();
    const worker = page.getByRole('tab', { name: /Worker/ });
    await on.telegram.sendMessage(WAHYU, 'Tugas baru');
    await page.getByRole('tab', { name: /Worker\s*1/ }).waitFor();
    await worker.click();
    await page.locator(`#person-${WAHYU}`).getByText('Tugas baru').waitFor();
    expect(await citra.isVisible()).to.equal(false);
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).to.equal(390);
    await page.close();
  });
});
