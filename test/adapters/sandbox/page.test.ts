import { expect } from 'chai';
import { pageStage, useStage } from './page-stage.ts';
import { CITRA, INLINE, WAHYU, png, poll } from './world.ts';

describe('sandbox: the page in a browser', function () {
  this.timeout(30_000);
  const { stage: theStage, browser } = useStage();

  it('starts a chat, shows keyboards, and presses buttons', async () => {
    const stage = theStage();
    const { on, page } = stage;
    const wahyu = page.locator(`#person-${WAHYU}`);
    await wahyu.getByRole('button', { name: 'MULAI' }).click();
    await on.sandbox.client.waitFor(WAHYU, ({ messages }) => messages[0]?.text === '/start');
    const { message_id: id } = await on.telegram.sendMessage(WAHYU, 'Pilih peran', {
      reply_markup: { inline_keyboard: [[{ text: 'Client', callback_data: 'role:client' }]] },
    });
    const key = wahyu.getByRole('button', { name: 'Client' });
    await key.click();
    await wahyu.locator('.busy').waitFor();
    expect(await key.getAttribute('aria-busy')).to.equal('true');
    const press = await stage.hearsPress();
    expect(press.data).to.equal('role:client');
    await on.telegram.answerCbQuery(press.id, 'Tersimpan');
    await wahyu.getByRole('status').getByText('Tersimpan').waitFor();
    await wahyu.locator('.busy').waitFor({ state: 'detached' });
    await on.telegram.editMessageText(WAHYU, id, undefined, 'Anda Client');
    await wahyu.getByText('Anda Client').waitFor();
    expect(await wahyu.getByText('Pilih peran').count()).to.equal(0);
    await on.telegram.sendMessage(WAHYU, 'Menu', { reply_markup: { keyboard: [['Saldo']] } });
    await wahyu.getByRole('button', { name: 'Saldo' }).click();
    await on.sandbox.client.waitFor(WAHYU, ({ messages }) => messages.at(-1)?.text === 'Saldo');
  });

  it('shows an answer that must be confirmed over the chat of its person only', async () => {
    const stage = theStage();
    await stage.on.telegram.sendMessage(CITRA, 'Tarik dana?', INLINE('draw', 'Tarik'));
    const key = stage.citra.getByRole('button', { name: 'Tarik' });
    await key.click();
    const press = await stage.hearsPress();
    await stage.on.telegram.answerCbQuery(press.id, 'Saldo tidak cukup', { show_alert: true });
    const alert = stage.citra.getByRole('alertdialog');
    await alert.getByText('Saldo tidak cukup').waitFor();
    await alert.getByRole('button', { name: 'OK' }).click();
    await alert.waitFor({ state: 'detached' });
    expect(await stage.page.evaluate('document.activeElement.textContent')).to.equal('Tarik');
  });

  it('shows names, texts and file names as text, never as markup of the page', async () => {
    const evil = '<img src=x onerror="document.title=1">';
    await using own = await pageStage(browser(), {
      botName: evil,
      people: [{ id: CITRA, firstName: evil, caption: evil }],
    });
    const { telegram } = own.on;
    await telegram.sendMessage(CITRA, `${evil} &lt;script&gt;`);
    await telegram.sendDocument(CITRA, {
      source: Buffer.from('x'),
      filename: '<b onload=alert(1)>.csv',
    });
    await own.citra.getByText('<b onload=alert(1)>.csv').waitFor();
    await own.reads(`${evil} &lt;script&gt;`);
    expect(await own.page.locator('img, main script, [onerror], [onload]').count()).to.equal(0);
    expect(own.complaints).to.deep.equal([]);
  });

  it('draws every kind of formatting, and opens no address that could run something', async () => {
    const stage = theStage();
    await stage.on.telegram.sendMessage(CITRA, '<b>t</b><i>m</i><u>g</u><s>c</s><code>k</code>', {
      parse_mode: 'HTML',
    });
    const plain = await stage.reads('tmgck');
    for (const tag of ['strong', 'em', 'u', 's', 'code']) {
      expect(await plain.locator(tag).count(), tag).to.equal(1);
    }
    const text = 'buka ini /help @upah_bot #promo rahasia';
    const entity = (type: string, part: string, more: object = {}): object => ({
      type,
      offset: text.indexOf(part),
      length: part.length,
      ...more,
    });
    // Telegram would refuse the address; the page must not trust it to.
    await stage.page.route('**/chat?since=*', async (route) => {
      const answer = await route.fetch();
      const chat = (await answer.json()) as { messages: { text: string; entities: object[] }[] };
      for (const message of chat.messages.filter((one) => one.text === text)) {
        message.entities = [
          entity('text_link', 'buka ini', { url: 'javascript:document.title=1' }),
          entity('bot_command', '/help'),
          entity('mention', '@upah_bot'),
          entity('hashtag', '#promo'),
          entity('spoiler', 'rahasia'),
        ];
      }
      await route.fulfill({ response: answer, json: chat });
    });
    await stage.on.telegram.sendMessage(CITRA, text);
    const message = await stage.reads('buka ini');
    await stage.page.unroute('**/chat?since=*');
    expect(await message.locator('a').count()).to.equal(1);
    expect(await message.locator('a').getAttribute('href')).to.equal('https://t.me/upah_bot');
    await message.getByRole('button', { name: 'Tampilkan teks tersembunyi' }).click();
    expect(await message.locator('.spoiler.shown').innerText()).to.equal('rahasia');
    await message.getByRole('button', { name: '/help' }).click();
    await stage.on.sandbox.client.waitFor(
      CITRA,
      ({ messages }) => messages.at(-1)?.text === '/help',
    );
  });

  it('copies code, and shows long quotes in part until asked for more', async () => {
    const stage = theStage();
    const html =
      '<pre><code class="language-js">let a = 1;</code></pre>' +
      `<blockquote expandable>${'baris\n'.repeat(8)}akhir</blockquote>`;
    await stage.on.telegram.sendMessage(CITRA, html, { parse_mode: 'HTML' });
    const message = await stage.reads('let a = 1;');
    // Its own text: `innerText` is empty while the browser has not yet drawn a new bubble.
    expect(await message.locator('.code-head').textContent()).to.contain('js');
    await message.getByRole('button', { name: 'Salin kode' }).click();
    await stage.citra.getByRole('status').getByText('Disalin').waitFor();
    expect(await stage.page.evaluate('navigator.clipboard.readText()')).to.equal('let a = 1;');
    const quote = message.locator('blockquote');
    const low = (await quote.boundingBox())?.height ?? 0;
    await message.getByRole('button', { name: 'Selengkapnya' }).click();
    expect((await quote.boundingBox())?.height).to.be.greaterThan(low * 2);
    await message.getByRole('button', { name: 'Ringkas' }).click();
    expect((await quote.boundingBox())?.height).to.equal(low);
  });

  it('leafs through an album, shows a photo in its own size, and offers it for download', async () => {
    const stage = theStage();
    const media = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map(async (colour, index) => ({
        type: 'photo' as const,
        media: { source: await png(2400, 1200, colour) },
        ...(index === 1 && { caption: 'yang kedua' }),
      })),
    );
    await stage.on.telegram.sendMediaGroup(CITRA, media);
    const album = stage.citra.getByRole('group', { name: 'Album' });
    await album.getByRole('button', { name: 'Perbesar foto' }).nth(2).waitFor();
    expect(await stage.citra.locator('article.theirs').count()).to.equal(1);
    await album.getByRole('button', { name: 'Perbesar foto' }).first().click();
    const viewer = stage.page.getByRole('dialog', { name: 'Foto' });
    await viewer.getByText('1 dari 3').waitFor();
    expect(await viewer.getByRole('button', { name: 'Foto sebelumnya' }).isVisible()).to.equal(
      false,
    );
    await stage.page.keyboard.press('ArrowRight');
    await viewer.getByText('2 dari 3').waitFor();
    await viewer.getByText('yang kedua').waitFor();
    const image = viewer.getByRole('img', { name: 'Foto' });
    const fitting = (await image.boundingBox())?.width ?? 0;
    await viewer.getByRole('button', { name: 'Perbesar', exact: true }).click();
    expect((await image.boundingBox())?.width).to.be.greaterThan(fitting);
    await viewer.getByRole('button', { name: 'Sesuaikan layar' }).click();
    expect((await image.boundingBox())?.width).to.equal(fitting);
    await viewer.getByRole('button', { name: 'Foto berikutnya' }).click();
    await viewer.getByText('3 dari 3').waitFor();
    const download = stage.page.waitForEvent('download');
    await viewer.getByRole('link', { name: 'Unduh foto' }).click();
    expect((await download).suggestedFilename()).to.match(/^photo-\d+\.jpg$/);
    await viewer.click({ position: { x: 4, y: 400 } });
    await viewer.waitFor({ state: 'detached' });
  });

  it('takes a message that the bot deletes out of sight, and its day with it', async () => {
    const stage = theStage();
    const { message_id: id } = await stage.on.telegram.sendMessage(CITRA, 'sebentar saja');
    await stage.reads('sebentar saja');
    await stage.on.telegram.deleteMessage(CITRA, id);
    await stage.citra.getByText('sebentar saja').waitFor({ state: 'detached' });
    await stage.on.sandbox.client.reset();
    await stage.citra.getByRole('button', { name: 'MULAI' }).waitFor();
    expect(await stage.citra.locator('article, .date').count()).to.equal(0);
  });

  it('marks an own message as sent, and as seen when the bot has taken it', async () => {
    const stage = theStage();
    await stage.citra.getByRole('img', { name: 'Terkirim' }).waitFor();
    const [update] = await poll(stage.on);
    await poll(stage.on, { offset: (update?.update_id ?? 0) + 1 });
    await stage.citra.getByRole('img', { name: 'Diterima bot' }).waitFor();
  });

  it('shows what the bot is doing, until it says something', async () => {
    const stage = theStage();
    await stage.on.telegram.sendChatAction(CITRA, 'typing');
    await stage.citra.getByText('mengetik…').waitFor();
    await stage.on.telegram.sendMessage(CITRA, 'selesai');
    await stage.citra.getByText('mengetik…').waitFor({ state: 'detached' });
  });

  it('introduces the bot in an empty chat', async () => {
    const stage = theStage();
    await stage.on.telegram.callApi('setMyDescription', {
      description: 'Kerja kecil,\nupah nyata',
    });
    await stage.page.reload();
    const empty = stage.page.locator(`#person-${WAHYU} .greeting`);
    await empty.getByText('Apa yang bisa dilakukan bot ini?').waitFor();
    expect(await empty.innerText()).to.contain('Kerja kecil,\nupah nyata');
  });

  it('leads to the pinned messages, the newest first', async () => {
    const stage = theStage();
    const { telegram } = stage.on;
    const { message_id: first } = await telegram.sendMessage(CITRA, 'Aturan');
    for (let line = 0; line < 40; line += 1) await telegram.sendMessage(CITRA, `baris ${line}`);
    await telegram.pinChatMessage(CITRA, first);
    const bar = stage.citra.getByRole('button', { name: 'Pesan tersemat Aturan' });
    await bar.click();
    await stage.citra.locator(`article.flash[data-id="${first}"]`).waitFor();
    await telegram.deleteMessage(CITRA, first);
    await bar.waitFor({ state: 'detached' });
  });
});
