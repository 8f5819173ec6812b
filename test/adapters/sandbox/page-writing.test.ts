import { expect } from 'chai';
import { useStage } from './page-stage.ts';
import { CITRA, png, poll } from './world.ts';

describe('sandbox: writing and sending on the page', function () {
  this.timeout(30_000);
  const { stage: theStage } = useStage();

  it('sends a sample screenshot and enlarges photos', async () => {
    const stage = theStage();
    await stage.citra.getByRole('button', { name: 'Lampirkan' }).click();
    await stage.citra.getByRole('menuitem', { name: 'Kirim contoh screenshot' }).click();
    await stage.on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.at(-1)?.kind === 'photo',
    );
    await stage.citra.getByRole('button', { name: 'Perbesar foto' }).click();
    const viewer = stage.page.getByRole('dialog', { name: 'Foto' });
    await viewer.waitFor();
    await stage.page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
  });

  it('sends picked pictures as an album with what was typed as its caption', async () => {
    const stage = theStage();
    const files = await Promise.all(
      ['#ff0000', '#00ff00'].map(async (colour, index) => ({
        name: `bukti-${index}.png`,
        mimeType: 'image/png',
        buffer: await png(40, 40, colour),
      })),
    );
    await stage.citra.locator('input[accept="image/*"]').setInputFiles(files);
    await stage.citra.getByLabel('Tulis pesan').fill('dua bukti');
    await stage.citra.getByLabel('Tulis pesan').press('Enter');
    const sent = await stage.on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.length === 3,
    );
    const [, first, second] = sent.messages;
    expect(first?.text).to.equal('dua bukti');
    expect(second?.mediaGroupId).to.equal(first?.mediaGroupId);
  });

  it('sends picked files as albums of ten, and gives back what was refused', async () => {
    const { on, citra } = theStage();
    const files = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: `laporan-${index}.txt`,
        mimeType: 'text/plain',
        buffer: Buffer.from('isi'),
      }));
    const picker = citra.locator('input[type="file"]:not([accept])');
    const field = citra.getByLabel('Tulis pesan');
    await picker.setInputFiles(files(12));
    await field.fill('dua belas');
    await field.press('Enter');
    const { messages } = await on.sandbox.client.waitFor(
      CITRA,
      (chat) => chat.messages.length === 13,
    );
    const albums = messages.slice(1).map(({ mediaGroupId }) => mediaGroupId);
    expect(new Set(albums.slice(0, 10)).size, 'the first ten').to.equal(1);
    expect(new Set(albums.slice(10)).size, 'the others').to.equal(1);
    expect(new Set(albums).size).to.equal(2);
    expect(messages.filter(({ text }) => text === 'dua belas')).to.have.length(1);
    await picker.setInputFiles(files(1));
    await field.fill('y'.repeat(1025));
    await field.press('Enter');
    await citra.getByRole('status').getByText('message caption is too long').waitFor();
    await citra.getByRole('button', { name: 'Batalkan laporan-0.txt' }).waitFor();
    const newest = citra.getByRole('button', { name: 'Ke pesan terbaru' });
    await newest.waitFor({ state: 'hidden' });
    await citra.getByRole('button', { name: 'Batalkan laporan-0.txt' }).click();
    expect((await field.inputValue()).length).to.equal(1025);
    await field.fill('');
  });

  it('takes what is pasted or dropped, pictures as photos and the rest as files', async () => {
    const stage = theStage();
    const give = (event: string, name: string, type: string): Promise<unknown> =>
      stage.page.evaluate(`{
        const [event, name, type] = ${JSON.stringify([event, name, type])};
        const files = new DataTransfer();
        files.items.add(new File(['isi'], name, { type }));
        const options = { bubbles: true, cancelable: true };
        document.querySelector('#person-${CITRA} .messages').dispatchEvent(
          event === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: files })
            : new DragEvent('drop', { ...options, dataTransfer: files }),
        );
      }`);
    await give('drop', 'laporan.csv', 'text/csv');
    await give('paste', 'tidak-jadi.csv', 'text/csv');
    await stage.citra.getByRole('button', { name: 'Batalkan tidak-jadi.csv' }).click();
    await stage.citra.getByRole('button', { name: 'Kirim', exact: true }).click();
    const sent = await stage.on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.length === 2,
    );
    expect(sent.messages.at(-1)?.document?.name).to.equal('laporan.csv');
    const file = stage.citra.getByRole('link', { name: 'laporan.csv 3 B' });
    const download = stage.page.waitForEvent('download');
    await file.click();
    expect((await download).suggestedFilename()).to.equal('laporan.csv');
  });

  it('shares a contact or a place only after asking, and shows both as cards', async () => {
    const stage = theStage();
    await stage.on.telegram.sendMessage(CITRA, 'Nomor Anda?', {
      reply_markup: { keyboard: [[{ text: 'Kirim nomor', request_contact: true }]] },
    });
    await stage.citra.getByRole('button', { name: 'Kirim nomor' }).click();
    const question = stage.page.getByRole('dialog');
    await question.getByRole('button', { name: 'Batal' }).click();
    await stage.citra.getByRole('button', { name: 'Kirim nomor' }).click();
    await question.getByRole('button', { name: 'Bagikan' }).click();
    await stage.citra.getByRole('link', { name: /^Citra Lestari/ }).waitFor();
    await stage.on.sandbox.client.location(CITRA, { latitude: -6.2, longitude: 106.8 });
    await stage.citra.getByRole('link', { name: 'Lokasi -6.20000, 106.80000' }).waitFor();
    const { messages } = await stage.on.sandbox.client.chat(CITRA);
    expect(messages.filter(({ kind }) => kind === 'contact')).to.have.length(1);
  });

  it('answers a message, and a press on the quote goes back to it', async () => {
    const stage = theStage();
    const { on, citra, page } = stage;
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'Tautan campaign?');
    await (await stage.reads('Tautan campaign?')).locator('.bubble').click({ button: 'right' });
    await citra.getByRole('menuitem', { name: 'Balas' }).click();
    await citra.getByText(/^Membalas Sandbox Bot$/).waitFor();
    await page.keyboard.type('ini dia');
    await page.keyboard.press('Enter');
    const chat = await on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.at(-1)?.text === 'ini dia',
    );
    expect(chat.messages.at(-1)?.replyTo?.id).to.equal(id);
    await citra.getByRole('button', { name: 'Sandbox Bot Tautan campaign?' }).click();
    await citra.locator(`article.flash[data-id="${id}"]`).waitFor();
  });

  it('edits, copies and removes an own message, of which the bot hears as in Telegram', async () => {
    const stage = theStage();
    const { on, citra, page } = stage;
    const menu = async (choice: string): Promise<void> => {
      await citra.locator('article.own .bubble').last().click({ button: 'right' });
      await citra.getByRole('menuitem', { name: choice }).click();
    };
    await menu('Salin teks');
    await citra.getByRole('status').getByText('Disalin').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).to.equal('halo');
    await menu('Edit');
    await citra.getByLabel('Tulis pesan').fill('halo lagi');
    await citra.getByRole('button', { name: 'Simpan' }).click();
    await citra.locator('article.own').getByText('diedit').waitFor();
    const edited = (await poll(on)).find(({ edited_message: one }) => one)?.edited_message;
    expect(edited?.text).to.equal('halo lagi');
    await menu('Hapus');
    await citra.locator('article').waitFor({ state: 'detached' });
    expect((await on.sandbox.client.chat(CITRA)).messages).to.deep.equal([]);
  });

  it('asks for an answer where the bot forces one, until it is given up', async () => {
    const stage = theStage();
    const { message_id: id } = await stage.on.telegram.sendMessage(CITRA, 'Siapa nama Anda?', {
      reply_markup: { force_reply: true, input_field_placeholder: 'Nama lengkap' },
    });
    await stage.citra.getByText(/^Membalas Sandbox Bot$/).waitFor();
    const field = stage.citra.getByLabel('Tulis pesan');
    expect(await field.getAttribute('placeholder')).to.equal('Nama lengkap');
    await field.fill('Citra');
    await field.press('Enter');
    const chat = await stage.on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.at(-1)?.text === 'Citra',
    );
    expect(chat.messages.at(-1)?.replyTo?.id).to.equal(id);
    await stage.citra.getByText(/^Membalas Sandbox Bot$/).waitFor({ state: 'hidden' });
  });

  it('puts a keyboard for one use away after it, and shows it again when asked', async () => {
    const stage = theStage();
    await stage.on.telegram.sendMessage(CITRA, 'Jumlah?', {
      reply_markup: {
        keyboard: [['10', '20']],
        one_time_keyboard: true,
        resize_keyboard: true,
        input_field_placeholder: 'Pilih jumlah',
      },
    });
    const keys = stage.citra.getByRole('group', { name: 'Papan tombol' });
    await keys.getByRole('button', { name: '20' }).waitFor();
    expect(await stage.citra.getByLabel('Tulis pesan').getAttribute('placeholder')).to.equal(
      'Pilih jumlah',
    );
    await keys.getByRole('button', { name: '20' }).click();
    await keys.waitFor({ state: 'hidden' });
    await stage.citra.getByRole('button', { name: 'Papan tombol' }).click();
    await keys.getByRole('button', { name: '10' }).waitFor();
  });

  it('keeps what is being typed, for each person, over a reload and another language', async () => {
    const stage = theStage();
    await stage.citra.getByLabel('Tulis pesan').fill('belum selesai');
    await stage.page.getByRole('button', { name: /^ID: bahasa/ }).click();
    const field = stage.citra.getByLabel('Write a message');
    await field.waitFor();
    expect(await field.inputValue()).to.equal('belum selesai');
    await field.press('Enter');
    await stage.on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.at(-1)?.text === 'belum selesai',
    );
    await stage.page.reload();
    expect(await field.inputValue()).to.equal('');
    await stage.page.getByRole('button', { name: /^EN: English/ }).click();
    await stage.citra.getByLabel('Tulis pesan').waitFor();
  });

  it('blocks the bot and lets it in again', async () => {
    const stage = theStage();
    await stage.citra.getByRole('button', { name: 'Menu chat' }).click();
    await stage.citra.getByRole('menuitem', { name: 'Blokir bot' }).click();
    await stage.citra.getByRole('button', { name: 'BUKA BLOKIR BOT' }).click();
    await stage.citra.getByLabel('Tulis pesan').waitFor();
    expect((await stage.on.sandbox.client.chat(CITRA)).blocked).to.equal(false);
  });

  it('gives a refused text back to whoever wrote it, with the reason', async () => {
    const stage = theStage();
    const long = 'a'.repeat(4097);
    await stage.citra.getByLabel('Tulis pesan').fill(long);
    await stage.citra.getByLabel('Tulis pesan').press('Enter');
    await stage.citra.getByRole('status').getByText('message is too long').waitFor();
    expect(await stage.citra.getByLabel('Tulis pesan').inputValue()).to.equal(long);
    await stage.citra.getByLabel('Tulis pesan').fill('');
  });
});
