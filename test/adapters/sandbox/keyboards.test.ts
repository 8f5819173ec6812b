import { expect } from 'chai';
import { Markup } from 'telegraf';
import { CITRA, INLINE, greeted, poll, refusal } from './world.ts';

describe('sandbox: buttons', () => {
  it('takes callback data of 1 to 64 bytes', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'x', INLINE('é'.repeat(32)));
    await on.telegram.sendMessage(CITRA, 'x', INLINE('👍'.repeat(16)));
    for (const data of ['é'.repeat(33), '👍'.repeat(17), 'x'.repeat(65)]) {
      const text = await refusal(on.telegram.sendMessage(CITRA, 'x', INLINE(data)));
      expect(text).to.equal('400: Bad Request: BUTTON_DATA_INVALID');
    }
    expect(await refusal(on.telegram.sendMessage(CITRA, 'x', INLINE('')))).to.contain(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    );
  });

  it('looks for the chat before it looks at what buttons carry', async () => {
    await using on = await greeted();
    const text = await refusal(on.telegram.sendMessage(5, 'x', INLINE('x'.repeat(65))));
    expect(text).to.equal('400: Bad Request: chat not found');
  });

  it('reports a press by label, with or without its emoji, or by data', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(
      CITRA,
      'x',
      INLINE('ca:1', '✅ Setujui'),
    );
    for (const wanted of ['✅ Setujui', 'Setujui', 'ca:1']) {
      await on.sandbox.client.click(CITRA, id, wanted);
    }
    const presses = (await poll(on)).filter((update) => update.callback_query);
    expect(presses.map((update) => update.callback_query?.data)).to.deep.equal(
      Array(3).fill('ca:1'),
    );
    const missing = await refusal(on.sandbox.client.click(CITRA, id, 'Tolak'));
    expect(missing).to.contain('has no button "Tolak", but "✅ Setujui"');
  });

  it('presses the newest button of a label, and tells signs without a word apart', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'lama', INLINE('next:1', '➡️'));
    await on.telegram.sendMessage(CITRA, 'baru', INLINE('next:2', '➡️'));
    await on.telegram.sendMessage(CITRA, 'awal', INLINE('back', '⬅️'));
    await on.sandbox.client.press(CITRA, '➡️');
    expect((await poll(on)).at(-1)?.callback_query?.data).to.equal('next:2');
  });

  it('lets a test press a button that is gone, even on a deleted message', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    await on.telegram.deleteMessage(CITRA, id);
    await on.sandbox.client.pressData(CITRA, id, 'a');
    const press = (await poll(on)).at(-1)?.callback_query;
    expect(press?.message).to.include({ message_id: id, date: 0 });
  });

  it('shows the answer to a press once, and refuses a second or late one', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    await on.sandbox.client.press(CITRA, 'Ya');
    await on.sandbox.client.pressData(CITRA, id, 'a', { expired: true });
    const [fresh, stale] = (await poll(on)).flatMap((update) => update.callback_query ?? []);
    await on.telegram.answerCbQuery(fresh?.id ?? '', 'Tersimpan', { show_alert: true });
    const toasts = await on.sandbox.client.toasts(CITRA);
    expect(toasts.map(({ text, showAlert }) => [text, showAlert])).to.deep.equal([
      ['Tersimpan', true],
    ]);
    for (const query of [fresh, stale]) {
      const text = await refusal(on.telegram.answerCbQuery(query?.id ?? '', 'x'));
      expect(text).to.contain('query is too old and response timeout expired');
    }
  });

  it('takes an answer of at most 200 characters, after which the press still waits', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    await on.sandbox.client.press(CITRA, 'Ya');
    const id = (await poll(on)).at(-1)?.callback_query?.id ?? '';
    const long = await refusal(on.telegram.answerCbQuery(id, 'x'.repeat(201)));
    expect(long).to.equal('400: Bad Request: MESSAGE_TOO_LONG');
    await on.telegram.answerCbQuery(id, 'x'.repeat(200));
    expect(await on.sandbox.client.toasts(CITRA)).to.have.length(1);
  });

  it('opens with an answer nothing but a link to the bot itself', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    await on.sandbox.client.press(CITRA, 'Ya');
    const id = (await poll(on)).at(-1)?.callback_query?.id ?? '';
    const other = { url: 'https://example.com/' };
    const wrong = await refusal(on.telegram.answerCbQuery(id, undefined, other));
    expect(wrong).to.equal('400: Bad Request: URL_INVALID');
    const own = { url: 'https://t.me/sandbox_bot?start=x' };
    await on.telegram.answerCbQuery(id, undefined, own);
    expect((await on.sandbox.client.toasts(CITRA)).at(-1)?.url).to.equal(own.url);
  });

  it('refuses a late answer after 150 seconds', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    await on.sandbox.client.press(CITRA, 'Ya');
    const id = (await poll(on)).at(-1)?.callback_query?.id ?? '';
    await on.sandbox.client.advance(150_000);
    expect(await refusal(on.telegram.answerCbQuery(id))).to.equal(
      '400: Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
  });

  it('takes addresses of pages and of Telegram, and refuses others in its words', async () => {
    await using on = await greeted();
    const link = (url: string) =>
      on.telegram.sendMessage(CITRA, 'x', Markup.inlineKeyboard([Markup.button.url('Buka', url)]));
    await link('tg://resolve?domain=upah');
    await link('upah.id');
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)?.buttons[0]?.[0]?.url).to.equal('http://upah.id/');
    const words = "400: Bad Request: inline keyboard button URL 'upah' is invalid: Wrong HTTP URL";
    expect(await refusal(link('upah'))).to.equal(words);
  });

  it('refuses a button that does nothing, and one that it does not know', async () => {
    await using on = await greeted();
    const inline = (button: object) =>
      on.call('sendMessage', {
        chat_id: CITRA,
        text: 'x',
        reply_markup: { inline_keyboard: [[button]] },
      });
    expect((await inline({ text: 'a' })).body.description).to.equal(
      "Bad Request: can't parse inline keyboard button: " +
        'Text buttons are unallowed in the inline keyboard',
    );
    expect((await inline({ text: 'a', pay: true })).body.description).to.contain('"pay"');
  });
});

describe('sandbox: reply keyboards', () => {
  const keys = Markup.keyboard([
    [Markup.button.contactRequest('📱 Nomor saya'), Markup.button.locationRequest('Lokasi')],
    ['Nanti'],
  ]);

  it("says a key's label when it is tapped", async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'Pilih', keys);
    await on.sandbox.client.key(CITRA, 'Nanti');
    expect((await poll(on)).at(-1)?.message?.text).to.equal('Nanti');
    const missing = await refusal(on.sandbox.client.key(CITRA, 'Sekarang'));
    expect(missing).to.contain('has no key "Sekarang", but "📱 Nomor saya", "Lokasi", "Nanti"');
  });

  it("shares the person's contact from the key that asks for it", async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'Nomor Anda?', keys);
    await on.sandbox.client.key(CITRA, '📱 Nomor saya');
    const { message } = (await poll(on)).at(-1) ?? {};
    expect(message?.contact).to.deep.equal({
      phone_number: '+6281200100001',
      first_name: 'Citra',
      last_name: 'Lestari',
      user_id: CITRA,
    });
    expect(message?.reply_to_message?.message_id).to.equal(id);
    const { messages, keyboard } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)?.kind).to.equal('contact');
    expect(keyboard?.asks).to.deep.equal({ '📱 Nomor saya': 'contact', Lokasi: 'location' });
  });

  it('shares where the person is from the key that asks for it', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'Di mana?', keys);
    await on.sandbox.client.key(CITRA, 'Lokasi');
    await on.sandbox.client.location(CITRA, { latitude: -7.25, longitude: 112.75 });
    const [jakarta, surabaya] = (await poll(on)).slice(-2).map(({ message }) => message?.location);
    expect(jakarta).to.deep.equal({ latitude: -6.175392, longitude: 106.827153 });
    expect(surabaya).to.deep.equal({ latitude: -7.25, longitude: 112.75 });
  });

  it('tells a phone number that the person was made with', async () => {
    await using on = await greeted();
    const person = { id: 5, firstName: 'Budi', phoneNumber: '+6281311112222' };
    await on.sandbox.client.addPerson(person);
    await on.sandbox.client.contact(5);
    expect((await poll(on)).at(-1)?.message?.contact).to.include({
      phone_number: '+6281311112222',
      first_name: 'Budi',
    });
  });

  it('puts a keyboard for one use away once it was used', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'Pilih', Markup.keyboard(['Ya', 'Tidak']).oneTime());
    await on.sandbox.client.say(CITRA, 'sebentar');
    expect((await on.sandbox.client.chat(CITRA)).keyboard).to.include({
      oneTime: true,
      used: false,
    });
    await on.sandbox.client.key(CITRA, 'Ya');
    expect((await on.sandbox.client.chat(CITRA)).keyboard).to.include({
      oneTime: true,
      used: true,
    });
  });

  it('asks for an answer, and stops asking when there is one', async () => {
    await using on = await greeted();
    const markup = Markup.forceReply().placeholder('Jumlah');
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'Berapa?', markup);
    const { forceReply } = await on.sandbox.client.chat(CITRA);
    expect(forceReply).to.deep.equal({ messageId: id, placeholder: 'Jumlah' });
    await on.sandbox.client.say(CITRA, '5000', { replyTo: id });
    expect(await on.sandbox.client.chat(CITRA)).not.to.have.property('forceReply');
  });
});
