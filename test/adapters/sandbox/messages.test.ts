import { expect } from 'chai';
import { CITRA, INLINE, WAHYU, greeted, png, poll, refusal, stage } from './world.ts';

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

  it('finds a chat by its number, written as a number', async () => {
    await using on = await greeted();
    for (const id of ['0x186A1', '100001.0', '@citra_client', '']) {
      const reason = id === '' ? 'chat_id is empty' : 'chat not found';
      expect(await refusal(on.telegram.sendMessage(id, 'x'))).to.equal(
        `400: Bad Request: ${reason}`,
      );
    }
    expect((await on.telegram.sendMessage(String(CITRA), 'x')).chat.id).to.equal(CITRA);
  });

  it('refuses a text that is empty', async () => {
    await using on = await greeted();
    const text = await refusal(on.telegram.sendMessage(CITRA, ''));
    expect(text).to.equal('400: Bad Request: message text is empty');
  });

  it('refuses a text in which there is nothing to see', async () => {
    await using on = await greeted();
    for (const blank of [' \n ', '\u00a0', '\u200b\u200d', '\u2800', '<b> </b>', '<i></i>']) {
      const text = await refusal(on.telegram.sendMessage(CITRA, blank, { parse_mode: 'HTML' }));
      expect(text, blank).to.equal('400: Bad Request: text must be non-empty');
    }
    expect((await on.telegram.sendMessage(CITRA, '\u3164')).text).to.equal('\u3164');
  });

  it('refuses a text that was cut in the middle of an emoji', async () => {
    await using on = await greeted();
    const half = 'Halo 👋'.slice(0, 6);
    expect(await refusal(on.telegram.sendMessage(CITRA, half))).to.equal(
      '400: Bad Request: strings must be encoded in UTF-8',
    );
    const html = on.telegram.sendMessage(CITRA, half, { parse_mode: 'HTML' });
    expect(await refusal(html)).to.equal('400: Bad Request: text must be encoded in UTF-8');
  });

  it('refuses a text of more than 32,768 bytes before it reads its markup', async () => {
    await using on = await greeted();
    const long = on.telegram.sendMessage(CITRA, `<${'é'.repeat(16_384)}`, { parse_mode: 'HTML' });
    expect(await refusal(long)).to.equal('400: Bad Request: text is too long');
  });

  it('counts the limit of a text after parsing', async () => {
    await using on = await greeted();
    const longest = `<b>${'x'.repeat(4096)}</b>`;
    await on.telegram.sendMessage(CITRA, longest, { parse_mode: 'HTML' });
    const tooLong = await refusal(on.telegram.sendMessage(CITRA, 'x'.repeat(4097)));
    expect(tooLong).to.equal('400: Bad Request: message is too long');
  });

  it('checks the markup before the chat', async () => {
    await using on = await stage();
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x', INLINE('')));
    expect(text).to.contain('Text buttons are unallowed in the inline keyboard');
  });

  it('looks for the chat before it looks at the addresses of entities', async () => {
    await using on = await greeted();
    const entities = [{ type: 'text_link' as const, offset: 0, length: 1, url: 'bukan' }];
    const strangers = await refusal(on.telegram.sendMessage(WAHYU, 'x', { entities }));
    expect(strangers).to.equal('400: Bad Request: chat not found');
    const wrong = await refusal(on.telegram.sendMessage(CITRA, 'x', { entities }));
    expect(wrong).to.equal("400: Bad Request: entity URL 'bukan' is invalid: Wrong HTTP URL");
  });

  it('shows an answered message without what that one answers', async () => {
    await using on = await greeted();
    const reply = (id: number) => ({ reply_parameters: { message_id: id } });
    const first = await on.telegram.sendMessage(CITRA, 'satu');
    const second = await on.telegram.sendMessage(CITRA, 'dua', reply(first.message_id));
    const third = await on.telegram.sendMessage(CITRA, 'tiga', reply(second.message_id));
    expect(third.reply_to_message?.message_id).to.equal(second.message_id);
    expect(third.reply_to_message).not.to.have.property('reply_to_message');
  });

  it('refuses to answer a message that is gone', async () => {
    await using on = await greeted();
    const gone = { reply_parameters: { message_id: 999 } };
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x', gone));
    expect(text).to.equal('400: Bad Request: message to be replied not found');
  });

  it('refuses to answer a message that is not named', async () => {
    await using on = await greeted();
    const answer = async (reply_parameters: unknown) =>
      (await on.call('sendMessage', { chat_id: CITRA, text: 'x', reply_parameters })).body;
    expect((await answer({ allow_sending_without_reply: true })).description).to.equal(
      'Bad Request: can\'t find field "message_id"',
    );
    expect((await answer([1])).description).to.equal(
      'Bad Request: object expected as reply parameters',
    );
    expect((await answer({})).ok).to.equal(true);
  });

  it('answers 403 while the person has blocked the bot', async () => {
    await using on = await greeted();
    await on.sandbox.client.block(CITRA);
    const text = await refusal(on.telegram.sendMessage(CITRA, 'x'));
    expect(text).to.equal('403: Forbidden: bot was blocked by the user');
    await on.sandbox.client.unblock(CITRA);
    await on.telegram.sendMessage(CITRA, 'x');
  });

  it('answers 403 to a bot that writes to a deleted account', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x');
    await on.sandbox.client.deactivate(CITRA);
    const gone = '403: Forbidden: user is deactivated';
    expect(await refusal(on.telegram.sendMessage(CITRA, 'x'))).to.equal(gone);
    expect(await refusal(on.telegram.editMessageText(CITRA, id, undefined, 'y'))).to.equal(gone);
    expect(await refusal(on.telegram.pinChatMessage(CITRA, id))).to.equal(gone);
  });

  it('sends without the answer where the bot allows it', async () => {
    await using on = await greeted();
    const reply = { reply_parameters: { message_id: 999, allow_sending_without_reply: true } };
    const sent = await on.telegram.sendMessage(CITRA, 'x', reply);
    expect(sent).not.to.have.property('reply_to_message');
  });

  it('quotes a part of the answered text, the one nearest to the place that is named', async () => {
    await using on = await greeted();
    const { messageId: id } = await on.sandbox.client.say(CITRA, 'satu dua satu');
    const late = await on.telegram.sendMessage(CITRA, 'x', {
      reply_parameters: { message_id: id, quote: 'satu', quote_position: 9 },
    });
    expect(late.quote).to.deep.equal({ text: 'satu', position: 9, is_manual: true });
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)?.quote).to.equal('satu');
  });

  it('refuses to quote what the answered text does not say', async () => {
    await using on = await greeted();
    const { messageId } = await on.sandbox.client.say(CITRA, 'satu dua');
    const quoting = on.telegram.sendMessage(CITRA, 'x', {
      reply_parameters: { message_id: messageId, quote: 'tiga' },
    });
    expect(await refusal(quoting)).to.equal('400: Bad Request: QUOTE_TEXT_INVALID');
  });

  it('forwards with the name of who wrote it and when, without buttons that report', async () => {
    await using on = await greeted();
    const { messageId } = await on.sandbox.client.say(CITRA, 'asli');
    await on.sandbox.client.advance(60_000);
    const first = await on.telegram.forwardMessage(CITRA, CITRA, messageId);
    const origin = { type: 'user', date: first.date - 60 };
    expect(first).to.have.property('forward_origin').that.includes(origin);
    const again = await on.telegram.forwardMessage(CITRA, CITRA, first.message_id);
    expect(again).to.have.property('forward_origin').that.includes(origin);
    const own = await on.telegram.sendMessage(CITRA, 'x', INLINE('a'));
    const copy = await on.telegram.forwardMessage(CITRA, CITRA, own.message_id);
    expect(copy).not.to.have.property('reply_markup');
    const edit = on.telegram.editMessageText(CITRA, copy.message_id, undefined, 'y');
    expect(await refusal(edit)).to.equal("400: Bad Request: message can't be edited");
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ forwardedFrom }) => forwardedFrom)).to.include('Citra Lestari');
  });

  it('keeps the name alone of a person who hides where forwarded messages come from', async () => {
    const shy = { id: 7, firstName: 'Sari', lastName: 'Dewi', hidesForwards: true };
    await using on = await stage({ people: [shy] });
    const { messageId } = await on.sandbox.client.say(7, 'halo');
    const sent = await on.telegram.forwardMessage(7, 7, messageId);
    const origin = { type: 'hidden_user', sender_user_name: 'Sari Dewi' };
    expect(sent).to.have.property('forward_origin').that.includes(origin);
  });

  it('forwards neither a missing nor a protected message, but copies a protected one', async () => {
    await using on = await greeted();
    const missing = await refusal(on.telegram.forwardMessage(CITRA, CITRA, 999));
    expect(missing).to.equal('400: Bad Request: message to forward not found');
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x', { protect_content: true });
    const kept = await refusal(on.telegram.forwardMessage(CITRA, CITRA, id));
    expect(kept).to.equal("400: Bad Request: message has protected content and can't be forwarded");
    expect(await on.telegram.copyMessage(CITRA, CITRA, id)).to.deep.equal({ message_id: id + 1 });
    const lost = await refusal(on.telegram.copyMessage(CITRA, CITRA, 999));
    expect(lost).to.equal('400: Bad Request: message to copy not found');
  });

  it('copies between people under a new id, with the caption and keyboard of the request', async () => {
    await using on = await greeted();
    await on.sandbox.client.say(WAHYU, 'halo');
    const { messageId } = await on.sandbox.client.photo(WAHYU, await png(30, 30), {
      caption: 'bukti',
    });
    await on.telegram.copyMessage(CITRA, WAHYU, messageId);
    await on.telegram.copyMessage(CITRA, WAHYU, messageId, { caption: 'baru', ...INLINE('a') });
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.slice(-2).map(({ text, buttons }) => [text, buttons.length])).to.deep.equal([
      ['bukti', 0],
      ['baru', 1],
    ]);
    expect(messages.at(-1)).not.to.have.property('forwardedFrom');
  });

  it('tells of the newest pinned message that is still there', async () => {
    await using on = await greeted();
    const { message_id: one } = await on.telegram.sendMessage(CITRA, 'satu');
    const { message_id: two } = await on.telegram.sendMessage(CITRA, 'dua');
    await on.telegram.pinChatMessage(CITRA, two);
    await on.telegram.pinChatMessage(CITRA, one, { disable_notification: true });
    expect((await on.sandbox.client.chat(CITRA)).pinned).to.deep.equal([one, two]);
    await on.telegram.deleteMessage(CITRA, two);
    expect(await on.telegram.getChat(CITRA)).to.have.nested.property('pinned_message.text', 'satu');
  });

  it('refuses to pin a message that is gone', async () => {
    await using on = await greeted();
    const missing = await refusal(on.telegram.pinChatMessage(CITRA, 999));
    expect(missing).to.equal('400: Bad Request: message to pin not found');
  });

  it('refuses what private chats do not have, instead of leaving it out silently', async () => {
    await using on = await greeted();
    const wanted = [
      [{ message_thread_id: 5 }, 'message thread not found'],
      [{ business_connection_id: 'b' }, 'business connection not found'],
      [{ message_effect_id: '5' }, 'the sandbox shows no message effects'],
      [{ allow_paid_broadcast: true }, 'the sandbox has no paid broadcasts'],
      [{ suka_suka: 1 }, 'the sandbox does not know the parameter "suka_suka" of sendMessage'],
    ] as const;
    for (const [extra, reason] of wanted) {
      const { body } = await on.call('sendMessage', { chat_id: CITRA, text: 'x', ...extra });
      expect(body.description).to.equal(`Bad Request: ${reason}`);
    }
    const empty = { message_thread_id: 0, allow_paid_broadcast: false };
    expect((await on.call('sendMessage', { chat_id: CITRA, text: 'x', ...empty })).status).to.equal(
      200,
    );
  });

  it('refuses an unknown field inside an object, too', async () => {
    await using on = await greeted();
    const objects = [
      [{ reply_parameters: { mesage_id: 1 } }, 'mesage_id', 'ReplyParameters'],
      [{ link_preview_options: { disabled: true } }, 'disabled', 'LinkPreviewOptions'],
      [{ entities: [{ type: 'bold', offset: 0, length: 1, x: 1 }] }, 'x', 'MessageEntity'],
    ] as const;
    for (const [extra, field, what] of objects) {
      const { body } = await on.call('sendMessage', { chat_id: CITRA, text: 'x', ...extra });
      const reason = `the sandbox does not know the field "${field}" of ${what}`;
      expect(body.description).to.equal(`Bad Request: ${reason}`);
    }
  });

  it('tells back how the preview of a link was to look', async () => {
    await using on = await greeted();
    const options = { link_preview_options: { is_disabled: true } };
    const sent = await on.telegram.sendMessage(CITRA, 'https://upah.id/x', options);
    expect(sent.link_preview_options).to.deep.equal({ is_disabled: true });
  });

  it('tells the bot what a person answers to', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'siapa?');
    await on.sandbox.client.say(CITRA, 'saya', { replyTo: id });
    expect((await poll(on)).at(-1)?.message?.reply_to_message?.message_id).to.equal(id);
  });

  it('tells the bot nothing of what a person deletes', async () => {
    await using on = await greeted();
    const { messageId } = await on.sandbox.client.say(CITRA, 'saya');
    await on.sandbox.client.remove(CITRA, messageId);
    expect(await poll(on)).to.have.length(2);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ text }) => text)).to.deep.equal(['halo']);
  });

  it('lets a person delete only their own messages', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'siapa?');
    const foreign = await refusal(on.sandbox.client.remove(CITRA, id));
    expect(foreign).to.contain('that is not your message');
  });
});
