import { expect } from 'chai';
import { useBrowser } from '../../support/browser.ts';
import { flaws } from './tools-page.ts';
import { pageStage, type PageStage } from './page-stage.ts';
import { CITRA, INLINE, WAHYU, png } from './world.ts';

const NARROW = 390;
const WIDE = 1440;
const FORMATTED =
  '<b>tebal</b> <i>miring</i> <tg-spoiler>rahasia</tg-spoiler> <code>kode</code> /help @upah_bot ' +
  '<a href="https://example.com">tautan</a><pre><code class="language-js">a = 1</code></pre>' +
  `<blockquote expandable>${'baris\n'.repeat(8)}</blockquote>`;

/** A chat with everything in it that a chat can show. */
async function fill({ on, citra }: PageStage): Promise<void> {
  const { telegram } = on;
  await telegram.setMyCommands([{ command: 'help', description: 'Bantuan' }]);
  const text = await telegram.sendMessage(CITRA, FORMATTED, { parse_mode: 'HTML' });
  await telegram.pinChatMessage(CITRA, text.message_id);
  const photo = { source: await png(300, 200) };
  await telegram.sendPhoto(CITRA, photo, { caption: 'keterangan', ...INLINE('y') });
  await telegram.sendMediaGroup(CITRA, [
    { type: 'photo', media: photo },
    { type: 'photo', media: photo },
  ]);
  await telegram.sendDocument(CITRA, { source: Buffer.from('x'), filename: 'laporan.csv' });
  const said = await on.sandbox.client.say(CITRA, 'baik', { replyTo: text.message_id });
  await on.sandbox.client.edit(CITRA, said.messageId, 'baiklah');
  await on.sandbox.client.contact(CITRA);
  await on.sandbox.client.location(CITRA);
  await telegram.sendMessage(CITRA, 'Menu', {
    reply_markup: {
      keyboard: [['Saldo', { text: 'Kirim nomor', request_contact: true }]],
      resize_keyboard: true,
    },
  });
  await telegram.sendMessage(CITRA, 'Jawab', { reply_markup: { force_reply: true } });
  await citra.getByText('Membalas Sandbox Bot').waitFor();
}

describe('sandbox: the page is for everybody', function () {
  this.timeout(60_000);
  let stage: PageStage;

  useBrowser(
    async (browser) => {
      stage = await pageStage(browser);
      await fill(stage);
    },
    () => stage?.[Symbol.asyncDispose](),
  );
  beforeEach(() => stage.page.setViewportSize({ width: WIDE, height: 900 }));

  const show = async (query: string, width = WIDE): Promise<void> => {
    await stage.page.setViewportSize({ width, height: 844 });
    await stage.page.goto(`${stage.on.sandbox.url}/${query}`);
    await stage.citra.locator('article').first().waitFor();
  };
  const focused = (): Promise<string> =>
    stage.page.evaluate(`(() => {
      const node = document.activeElement;
      return node.getAttribute('aria-label') ?? node.textContent;
    })()`);

  for (const theme of ['light', 'dark']) {
    for (const width of [NARROW, WIDE]) {
      it(`axe finds nothing to complain of in ${theme} at ${width} px`, async () => {
        const { page, citra } = stage;
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await show(`?theme=${theme}&lang=id`, width);
        const check = async (what: string): Promise<void> => {
          expect(await flaws(page), what).to.deep.equal([]);
        };
        await check('a full chat, and an empty one');
        await citra.locator('.bubble').last().click({ button: 'right' });
        await check('the menu of a message');
        await page.keyboard.press('Escape');
        await citra.getByRole('button', { name: 'Lampirkan' }).click();
        await check('what can be attached');
        await page.keyboard.press('Escape');
        await citra.getByLabel('Tulis pesan').fill('/');
        await citra.getByRole('option', { name: '/help' }).waitFor();
        await check('the commands');
        await citra.getByLabel('Tulis pesan').fill('');
        await citra.getByRole('button', { name: 'Perbesar foto' }).last().click();
        await check('the viewer');
        await page.keyboard.press('Escape');
        await citra.getByRole('button', { name: 'Kirim nomor' }).click();
        await check('a question');
        await page.keyboard.press('Escape');
        await citra.getByRole('button', { name: 'Ya', exact: true }).click();
        const { id } = await stage.hearsPress();
        await stage.on.telegram.answerCbQuery(id, 'Saldo tidak cukup', { show_alert: true });
        await citra.getByRole('alertdialog').waitFor();
        await check('an alert');
        await page.keyboard.press('Enter');
      });
    }
  }

  it('is light or dark as the device is, unless it was chosen', async () => {
    const { page } = stage;
    const ground = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.body).backgroundColor');
    await show('');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();
    expect(dark).not.to.equal(light);
    await page.getByRole('button', { name: 'Tema: otomatis' }).click();
    expect(await ground()).to.equal(light);
    await page.reload();
    expect(await ground()).to.equal(light);
    await page.getByRole('button', { name: 'Tema: terang' }).click();
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await ground()).to.equal(dark);
    await page.getByRole('button', { name: 'Tema: gelap' }).click();
    expect(await ground()).to.equal(light);
  });

  it('speaks English to whoever asks for it', async () => {
    const { page, citra } = stage;
    await show('?lang=en');
    expect(await page.title()).to.equal('Sandbox — not the real Telegram');
    expect(await page.getAttribute('html', 'lang')).to.equal('en');
    await citra.getByLabel('Write a message').waitFor();
    await page.locator(`#person-${WAHYU}`).getByRole('button', { name: 'START' }).waitFor();
    const words: string = await page.evaluate('document.body.innerText');
    expect(words).not.to.match(/bukan|Hari ini|Tulis|Membalas|Lampirkan/);
  });

  it('fits a phone: one person at a time, the others counting their unread messages', async () => {
    const { on, page, citra } = stage;
    await show('', NARROW);
    await on.sandbox.client.say(WAHYU, 'halo');
    const worker = page.getByRole('tab', { name: /Worker/ });
    await page.locator(`#person-${WAHYU} article`).waitFor({ state: 'attached' });
    await on.telegram.sendMessage(WAHYU, 'Tugas baru');
    await page.getByRole('tab', { name: /Worker\s*1/ }).waitFor();
    await worker.click();
    const wahyu = page.locator(`#person-${WAHYU}`);
    await wahyu.getByText('Tugas baru').waitFor();
    await wahyu.getByText('Pesan belum dibaca').waitFor();
    await page.getByRole('tab', { name: 'Worker', exact: true }).waitFor();
    expect(await citra.isVisible()).to.equal(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).to.equal(NARROW);
    await wahyu.getByLabel('Tulis pesan').fill('baik');
    await wahyu.getByLabel('Tulis pesan').press('Enter');
    await wahyu.getByText('Pesan belum dibaca').waitFor({ state: 'detached' });
  });

  it('tells two people of one role apart in the tabs of a phone', async () => {
    const { on, page } = stage;
    await show('', NARROW);
    const tab = (name: string) => page.getByRole('tab', { name, exact: true });
    await tab('Worker').waitFor();
    await on.sandbox.client.addPerson({ id: 31, firstName: 'Rina', caption: 'Worker' });
    await tab('Worker · Rina').waitFor();
    await tab('Worker · Wahyu').waitFor();
    await on.sandbox.client.deactivate(31);
    await tab('Worker').waitFor();
  });

  it('has targets that a thumb can hit on a phone', async () => {
    await show('', NARROW);
    const small: string[] = await stage.page.evaluate(`
      [...document.querySelectorAll('.column.chosen button, .tab, .top button')]
        .filter((node) => node.offsetParent && !node.closest('article'))
        .concat([...document.querySelectorAll('.column.chosen .inline-button')])
        .filter((node) => node.offsetHeight < 44 || node.offsetWidth < 44)
        .map((node) => node.getAttribute('aria-label') ?? node.textContent)`);
    expect(small).to.deep.equal([]);
  });

  it('goes through the messages with arrow keys, and into the newest with Tab', async () => {
    const { on, page, citra } = stage;
    await show('');
    await on.telegram.sendMessage(CITRA, 'Pilih', {
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Kiri', callback_data: 'l' },
            { text: 'Kanan', callback_data: 'r' },
          ],
        ],
      },
    });
    await citra.getByRole('button', { name: 'Kanan' }).waitFor();
    await citra.getByRole('log').focus();
    await page.keyboard.press('Tab');
    expect(await focused()).to.equal('Menu pesan');
    await page.keyboard.press('Tab');
    expect(await focused()).to.equal('Kiri');
    await page.keyboard.press('Tab');
    expect(await focused()).to.equal('Kanan');
    await citra.getByRole('log').focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp']) await page.keyboard.press(key);
    expect(await focused()).to.equal('Pesan bot');
    await page.keyboard.press('Home');
    expect(await page.evaluate('document.activeElement.innerText')).to.contain('halo');
    expect(await citra.locator('article [tabindex="0"]').count()).to.equal(1);
    await page.keyboard.press('Enter');
    await citra.getByRole('menu', { name: 'Menu pesan' }).waitFor();
    expect(await focused()).to.equal('Balas');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).to.equal('Salin teks');
    await page.keyboard.press('Escape');
    expect(await focused()).to.equal('Pesan Anda');
  });

  it('keeps the keyboard in a message that is edited under it', async () => {
    const { on, citra } = stage;
    await show('');
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'Satu', INLINE('a', 'Lanjut'));
    const key = citra.getByRole('button', { name: 'Lanjut' });
    await key.focus();
    await on.telegram.editMessageText(CITRA, id, undefined, 'Dua', INLINE('b', 'Terus'));
    await citra.getByRole('button', { name: 'Terus' }).waitFor();
    expect(await focused()).to.equal('Terus');
  });

  it('chooses a command with the keyboard alone', async () => {
    const { on, page, citra } = stage;
    await show('');
    await on.telegram.setMyCommands([
      { command: 'saldo', description: 'Saldo' },
      { command: 'help', description: 'Bantuan' },
      { command: 'stop', description: 'Berhenti' },
    ]);
    await page.reload();
    await citra.getByLabel('Tulis pesan').focus();
    await page.keyboard.type('/s');
    await citra.getByRole('option', { name: '/saldo' }).waitFor();
    expect(await citra.getByRole('option').count()).to.equal(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await on.sandbox.client.waitFor(CITRA, ({ messages }) => messages.at(-1)?.text === '/stop');
    expect(await citra.getByLabel('Tulis pesan').inputValue()).to.equal('');
  });

  it('does not complain on its console', () => expect(stage.complaints).to.deep.equal([]));
});
