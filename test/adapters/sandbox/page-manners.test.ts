import { expect } from 'chai';
import { openPage } from '../../support/browser.ts';
import { useStage } from './page-stage.ts';
import { CITRA, INLINE, WAHYU, png } from './world.ts';

/** The box of what is pressed, in the page. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

describe('sandbox: how the page shows what a bot may send', function () {
  this.timeout(30_000);
  const { stage: theStage, browser } = useStage();

  it('names who wrote a forwarded message first', async () => {
    const stage = theStage();
    const { telegram, sandbox } = stage.on;
    const said = await sandbox.client.say(WAHYU, 'Dari saya');
    await telegram.forwardMessage(CITRA, WAHYU, said.messageId);
    const message = await stage.reads('Dari saya');
    await message.getByText('Diteruskan dari Wahyu Pratama').waitFor();
  });

  it('hides a photo under a spoiler until it is tapped, and opens it only then', async () => {
    const stage = theStage();
    const source = await png(300, 200);
    await stage.on.telegram.sendPhoto(CITRA, { source }, { has_spoiler: true });
    await stage.citra.getByRole('button', { name: 'Tampilkan foto tersembunyi' }).click();
    const shown = stage.citra.getByRole('button', { name: 'Perbesar foto' });
    await shown.waitFor();
    expect(await stage.page.getByRole('dialog', { name: 'Foto' }).count()).to.equal(0);
    await shown.click();
    await stage.page.getByRole('dialog', { name: 'Foto' }).waitFor();
    await stage.page.keyboard.press('Escape');
  });

  it('puts a caption above its photo where the bot wants it there', async () => {
    const stage = theStage();
    const source = await png(300, 200);
    const topOf = async (caption: string): Promise<readonly number[]> => {
      const message = await stage.reads(caption);
      const boxes = [message.locator('.text'), message.locator('img')].map((it) =>
        it.boundingBox(),
      );
      return (await Promise.all(boxes)).map((box) => box?.y ?? 0);
    };
    const above = { caption: 'Di atas', show_caption_above_media: true };
    await stage.on.telegram.sendPhoto(CITRA, { source }, above);
    await stage.on.telegram.sendPhoto(CITRA, { source }, { caption: 'Di bawah' });
    const [words = 0, photo = 0] = await topOf('Di atas');
    expect(words).to.be.lessThan(photo);
    const [below = 0, other = 0] = await topOf('Di bawah');
    expect(below).to.be.greaterThan(other);
  });

  it('shows the part of a message that an answer quotes', async () => {
    const stage = theStage();
    const { telegram } = stage.on;
    const asked = await telegram.sendMessage(CITRA, 'Upah Rp 500, dibayar hari ini');
    await telegram.callApi('sendMessage', {
      chat_id: CITRA,
      text: 'Benar',
      reply_parameters: { message_id: asked.message_id, quote: 'dibayar hari ini' },
    } as never);
    const message = await stage.reads('Benar');
    expect(await message.locator('.quote span').textContent()).to.equal('dibayar hari ini');
  });

  it('offers START where a link leads to the bot itself, also from the answer to a press', async () => {
    const stage = theStage();
    const { on, citra } = stage;
    const { username } = await on.telegram.getMe();
    const link = `https://t.me/${username}?start=`;
    const said = (text: string) =>
      on.sandbox.client.waitFor(CITRA, ({ messages }) => messages.at(-1)?.text === text);
    await on.telegram.sendMessage(CITRA, 'Undang', INLINE('invite', 'Undangan'));
    await citra.getByRole('button', { name: 'Undangan' }).click();
    const press = await stage.hearsPress();
    await on.telegram.answerCbQuery(press.id, undefined, { url: `${link}satu` });
    await citra.getByRole('button', { name: 'MULAI' }).click();
    await said('/start satu');
    await on.telegram.sendMessage(CITRA, 'Tautan', {
      reply_markup: { inline_keyboard: [[{ text: 'Buka', url: `${link}dua` }]] },
    });
    await citra.getByRole('button', { name: 'Buka' }).click();
    await citra.getByRole('button', { name: 'MULAI' }).click();
    await said('/start dua');
    await on.telegram.sendMessage(CITRA, `Lihat ${link}tiga`);
    await citra.getByRole('link', { name: `${link}tiga` }).click();
    await citra.getByRole('button', { name: 'MULAI' }).click();
    await said('/start tiga');
    await citra.getByLabel('Tulis pesan').waitFor();
  });

  it('breaks labels between words only, and rows rather than words', async () => {
    const { on, page, citra } = theStage();
    const labels = ['🏧 Withdraw', '🧾 Riwayat', '📋 Mempertanggungjawabkan'];
    await on.telegram.sendMessage(CITRA, 'Pilih', {
      reply_markup: { inline_keyboard: [labels.map((text) => ({ text, callback_data: text }))] },
    });
    await on.telegram.sendMessage(CITRA, 'Menu', {
      reply_markup: { keyboard: [labels], resize_keyboard: true },
    });
    await citra.getByRole('group', { name: 'Papan tombol' }).waitFor();
    const broken: string[] = await page.evaluate(`
      [...document.querySelectorAll('#person-${CITRA} :is(.inline-button, .key)')]
        .filter(({ firstChild: text }) => {
          const word = document.createRange();
          word.setStart(text, text.data.search(/[A-Z]/));
          word.setEnd(text, text.data.length);
          return word.getClientRects().length > 1;
        })
        .map((node) => node.textContent)`);
    expect(broken).to.deep.equal([]);
  });

  it('lets the day float over the messages only while they move, and no answer covers it', async () => {
    const stage = theStage();
    const { on, page, citra } = stage;
    for (let line = 1; line < 30; line += 1) await on.telegram.sendMessage(CITRA, `Baris ${line}`);
    await on.telegram.sendMessage(CITRA, 'Simpan?', INLINE('save', 'Simpan'));
    await citra.getByRole('button', { name: 'Simpan' }).click();
    await on.telegram.answerCbQuery((await stage.hearsPress()).id, 'Tersimpan');
    const note = citra.getByRole('status').getByText('Tersimpan');
    await note.waitFor();
    const [day, toast] = (await Promise.all(
      [citra.locator('.date'), note].map((it) => it.boundingBox()),
    )) as Box[];
    expect(toast?.y).to.be.greaterThan((day?.y ?? 0) + (day?.height ?? 0));
    await citra.locator('.date').waitFor({ state: 'hidden' });
    await citra.getByRole('log').hover();
    await page.mouse.wheel(0, -300);
    await citra.locator('.date').waitFor();
    await page.mouse.wheel(0, -10_000);
    await citra.locator('.messages:not(.moving) .date:not(.floating)').waitFor();
  });

  it('says in the reader’s language that the sandbox does not answer, and gives the text back', async () => {
    const chromium = browser();
    if (!chromium) throw new Error('no browser');
    const { page } = await openPage(chromium, theStage().on.sandbox.url);
    await page.route('**/say', (route) => route.abort());
    const citra = page.locator(`#person-${CITRA}`);
    await citra.getByLabel('Tulis pesan').fill('ada orang?');
    await citra.getByLabel('Tulis pesan').press('Enter');
    await citra.getByRole('status').getByText('Sandbox tidak menjawab.').waitFor();
    expect(await citra.getByLabel('Tulis pesan').inputValue()).to.equal('ada orang?');
    await page.evaluate('sessionStorage.clear()');
    await page.close();
  });

  it('keeps its edges and its focus ring where the system chooses the colours', async () => {
    const { on, page, citra } = theStage();
    await on.telegram.sendMessage(CITRA, 'Pilih', INLINE('a', 'Pilihan'));
    const key = citra.getByRole('button', { name: 'Pilihan' });
    await page.emulateMedia({ forcedColors: 'active' });
    await citra.getByRole('log').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const looks = await page.evaluate(`(({ outlineStyle, borderTopWidth }) => ({
      outlineStyle, borderTopWidth }))(getComputedStyle(document.activeElement))`);
    expect(await key.evaluate((node) => node.matches(':focus'))).to.equal(true);
    expect(looks).to.eql({ outlineStyle: 'solid', borderTopWidth: '1px' });
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('greets an empty chat in the language of its person', async () => {
    const { on } = theStage();
    const { client } = on.sandbox;
    await client.addPerson({ id: 777, firstName: 'Ann', languageCode: 'en' });
    await on.telegram.setMyDescription('Kerja kecil, dibayar hari itu juga.');
    await on.telegram.setMyDescription('Small jobs, paid the same day.', 'en');
    const chromium = browser();
    if (!chromium) throw new Error('no browser');
    const { page } = await openPage(chromium, on.sandbox.url);
    await page.locator('#person-777').getByText('Small jobs, paid the same day.').waitFor();
    await page.locator(`#person-100003`).getByText('Kerja kecil, dibayar hari itu juga.').waitFor();
    await page.close();
    await client.deactivate(777);
  });
});
