import { expect } from 'chai';
import { CITRA, INLINE, WAHYU, greeted, poll, refusal, stage } from './world.ts';

describe('sandbox: messages', () => {
  it('does not let the bot write first', async () => {
    await using on = await stage();
    const text = await refusal(on.telegram.sendMessage(CITRA, 'halo'));
    expect(text).to.equal('400: Bad Request: chat not found');
    await on.sandbox.client.say(CITRA, '/start');
    expect((await on.telegram.sendMessage(CITRA, 'halo')).chat.id).to.equal(CITRA);
  });

  it('counts message ids in one sequence over all chats', async () => {
    await using on = await stage();
    const one = await on.sandbox.client.say(CITRA, 'halo');
    const two = await on.sandbox.client.say(WAHYU, 'halo');
    const three = await on.telegram.sendMessage(CITRA, 'halo');
    expect([two.messageId, three.message_id]).to.deep.equal([one.messageId + 1, one.messageId + 2]);
  });

  it('turns HTML into entities counted in UTF-16 units', async () => {
    await using on = await greeted();
    const html =
      '  😀 <b>tebal <i>miring</i></b> &lt;3 <a href="https://upah.id/x?a=1&amp;b=2">t</a>  ';
    const message = await on.telegram.sendMessage(CITRA, html, { parse_mode: 'HTML' });
    expect(message.text).to.equal('😀 tebal miring <3 t');
    expect(message.entities).to.deep.equal([
      { type: 'bold', offset: 3, length: 12 },
      { type: 'italic', offset: 9, length: 6 },
      { type: 'text_link', offset: 19, length: 1, url: 'https://upah.id/x?a=1&b=2' },
    ]);
  });

  const BROKEN: readonly (readonly [html: string, reason: string])[] = [
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['é<x>y</x>', 'Unsupported start tag "x" at byte offset 2'],
    ['<i>x</em>', 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'],
    ['x<b', 'Unclosed start tag at byte offset 1'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['1 < 2 <b>x</b>', 'Unsupported start tag "" at byte offset 2'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ];
  for (const [html, reason] of BROKEN) {
    it(`refuses the HTML ${html} in Telegram's words`, async () => {
      await using on = await greeted();
      const text = await refusal(on.telegram.sendMessage(CITRA, html, { parse_mode: 'HTML' }));
      expect(text).to.equal(`400: Bad Request: can't parse entities: ${reason}`);
    });
  }

  it('refuses empty texts, and counts the limit after parsing', async () => {
    await using on = await greeted();
    expect(await refusal(on.telegram.sendMessage(CITRA, ' \n '))).to.contain(
      'message text is empty',
    );
    const longest = `<b>${'x'.repeat(4096)}</b>`;
    await on.telegram.sendMessage(CITRA, longest, { parse_mode: 'HTML' });
    const tooLong = await refusal(on.telegram.sendMessage(CITRA, 'x'.repeat(4097)));
    expect(tooLong).to.equal('400: Bad Request: message is too long');
  });

  it('refuses Markdown instead of showing it wrongly', async () => {
    await using on = await greeted();
    const call = on.telegram.sendMessage(CITRA, '*x*', { parse_mode: 'MarkdownV2' });
    expect(await refusal(call)).to.contain('HTML only');
  });

  it('takes callback data of 1 to 64 bytes', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'x', INLINE('é'.repeat(32)));
    for (const data of ['', 'é'.repeat(33)]) {
      const text = await refusal(on.telegram.sendMessage(CITRA, 'x', INLINE(data)));
      expect(text).to.contain('BUTTON_DATA_INVALID');
    }
  });

  it('checks the markup before the chat', async () => {
    await using on = await stage();
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x', INLINE('')));
    expect(text).to.contain('BUTTON_DATA_INVALID');
  });

  it('quotes one level deep, and refuses to answer a message that is gone', async () => {
    await using on = await greeted();
    const reply = (id: number) => ({ reply_parameters: { message_id: id } });
    const first = await on.telegram.sendMessage(CITRA, 'satu');
    const second = await on.telegram.sendMessage(CITRA, 'dua', reply(first.message_id));
    const third = await on.telegram.sendMessage(CITRA, 'tiga', reply(second.message_id));
    expect(third.reply_to_message?.message_id).to.equal(second.message_id);
    expect(third.reply_to_message).not.to.have.property('reply_to_message');
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x', reply(999)));
    expect(text).to.equal('400: Bad Request: message to be replied not found');
  });

  it('answers 403 while the person has blocked the bot', async () => {
    await using on = await greeted();
    await on.sandbox.client.block(CITRA);
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x'));
    expect(text).to.equal('403: Forbidden: bot was blocked by the user');
    await on.sandbox.client.unblock(CITRA);
    await on.telegram.sendMessage(CITRA, 'x');
  });
});

describe('sandbox: edits', () => {
  it('applies an edit in place and takes the keyboard away unless it is given again', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu', INLINE('x'));
    await on.telegram.editMessageText(CITRA, id, undefined, '<b>dua</b>', { parse_mode: 'HTML' });
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)).to.include({ id, text: 'dua', edited: true });
    expect(messages.at(-1)?.buttons).to.deep.equal([]);
  });

  it('refuses an edit that changes nothing', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu', INLINE('x'));
    const same = on.telegram.editMessageText(CITRA, id, undefined, 'satu', INLINE('x'));
    expect(await refusal(same)).to.contain(
      'message is not modified: specified new message content',
    );
    const keyboard = INLINE('x').reply_markup;
    const again = on.telegram.editMessageReplyMarkup(CITRA, id, undefined, keyboard);
    expect(await refusal(again)).to.contain('message is not modified');
  });

  it('never edits a message that carries a reply keyboard', async () => {
    await using on = await greeted();
    const markup = { reply_markup: { keyboard: [['Saldo', 'Riwayat']], resize_keyboard: true } };
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'Menu', markup);
    const edit = on.telegram.editMessageText(CITRA, id, undefined, 'x');
    expect(await refusal(edit)).to.equal("400: Bad Request: message can't be edited");
    const { keyboard } = await on.sandbox.client.chat(CITRA);
    expect(keyboard?.rows).to.deep.equal([['Saldo', 'Riwayat']]);
    await on.telegram.sendMessage(CITRA, 'x', { reply_markup: { remove_keyboard: true } });
    expect(await on.sandbox.client.chat(CITRA)).not.to.have.property('keyboard');
  });

  it('deletes for 48 hours, and says so when a message is gone', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu');
    const { message_id: old } = await on.telegram.sendMessage(CITRA, 'dua');
    await on.telegram.deleteMessage(CITRA, id);
    const edit = on.telegram.editMessageText(CITRA, id, undefined, 'x');
    expect(await refusal(edit)).to.equal('400: Bad Request: message to edit not found');
    const again = on.telegram.deleteMessage(CITRA, id);
    expect(await refusal(again)).to.equal('400: Bad Request: message to delete not found');
    on.pass(49 * 3_600_000);
    const late = on.telegram.deleteMessage(CITRA, old);
    expect(await refusal(late)).to.contain("message can't be deleted for everyone");
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ text }) => text)).to.deep.equal(['halo', 'dua']);
  });

  it('does not edit what people wrote', async () => {
    await using on = await stage();
    const { messageId } = await on.sandbox.client.say(CITRA, 'halo');
    const edit = on.telegram.editMessageText(CITRA, messageId, undefined, 'x');
    expect(await refusal(edit)).to.contain("message can't be edited");
  });
});

describe('sandbox: buttons', () => {
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
});
