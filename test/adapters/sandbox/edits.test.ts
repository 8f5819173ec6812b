import { expect } from 'chai';
import { CITRA, INLINE, greeted, png, poll, refusal, stage } from './world.ts';

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

  it('says that a message is gone which is to be edited or deleted', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu');
    await on.telegram.deleteMessage(CITRA, id);
    const edit = on.telegram.editMessageText(CITRA, id, undefined, 'x');
    expect(await refusal(edit)).to.equal('400: Bad Request: message to edit not found');
    const again = on.telegram.deleteMessage(CITRA, id);
    expect(await refusal(again)).to.equal('400: Bad Request: message to delete not found');
  });

  it('deletes for 48 hours', async () => {
    await using on = await greeted();
    const { message_id: young } = await on.telegram.sendMessage(CITRA, 'satu');
    const { message_id: old } = await on.telegram.sendMessage(CITRA, 'dua');
    await on.sandbox.client.advance(48 * 3_600_000);
    await on.telegram.deleteMessage(CITRA, young);
    await on.sandbox.client.advance(1000);
    const late = on.telegram.deleteMessage(CITRA, old);
    expect(await refusal(late)).to.equal("400: Bad Request: message can't be deleted for everyone");
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.map(({ text }) => text)).to.deep.equal(['halo', 'dua']);
  });

  it('does not edit what people wrote', async () => {
    await using on = await stage();
    const { messageId } = await on.sandbox.client.say(CITRA, 'halo');
    const edit = on.telegram.editMessageText(CITRA, messageId, undefined, 'x');
    expect(await refusal(edit)).to.contain("message can't be edited");
  });

  it('keeps the place of an edited message in its album and in the conversation', async () => {
    await using on = await greeted();
    const [photo] = await on.telegram.sendMediaGroup(
      CITRA,
      [
        { type: 'photo', media: { source: await png(30, 30) }, caption: 'satu' },
        { type: 'photo', media: { source: await png(31, 30) } },
      ],
      { reply_to_message_id: 1 } as object,
    );
    const id = photo?.message_id ?? 0;
    const edited = await on.telegram.editMessageCaption(CITRA, id, undefined, 'dua');
    expect(edited).to.include({ caption: 'dua', media_group_id: photo?.media_group_id });
    expect(edited).to.have.nested.property('reply_to_message.message_id', 1);
  });

  it('keeps an album of photos an album of photos', async () => {
    await using on = await greeted();
    const sent = await on.telegram.sendMediaGroup(CITRA, [
      { type: 'photo', media: { source: await png(30, 30) } },
      { type: 'photo', media: { source: await png(31, 30) } },
    ]);
    const id = sent[0]?.message_id ?? 0;
    const file = { source: Buffer.from('a'), filename: 'a.csv' };
    const media = { type: 'document', media: file } as const;
    const text = await refusal(on.telegram.editMessageMedia(CITRA, id, undefined, media));
    expect(text).to.equal("400: Bad Request: can't change media type in the album");
  });

  it('puts a picture in the place of a text', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'tunggu');
    const media = { type: 'photo', media: { source: await png(30, 30) }, caption: 'jadi' } as const;
    await on.telegram.editMessageMedia(CITRA, id, undefined, media);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)).to.include({ id, kind: 'photo', text: 'jadi', edited: true });
  });

  it('reads markup first, then the keyboard, then the chat, then the message', async () => {
    await using on = await greeted();
    const edit = (chatId: number, id: number, text: string, extra = {}) =>
      refusal(on.telegram.editMessageText(chatId, id, undefined, text, extra));
    const html = { parse_mode: 'HTML', ...INLINE('') };
    expect(await edit(5, 999, '<b>', html)).to.contain("can't parse entities");
    expect(await edit(5, 999, 'x', INLINE(''))).to.contain('Text buttons are unallowed');
    expect(await edit(5, 999, 'x')).to.equal('400: Bad Request: chat not found');
    expect(await edit(CITRA, 999, 'x')).to.equal('400: Bad Request: message to edit not found');
  });

  it('says that a message is not identified where neither chat nor message is named', async () => {
    await using on = await greeted();
    const { body } = await on.call('editMessageText', { text: 'x' });
    expect(body.description).to.equal('Bad Request: message identifier is not specified');
  });

  it('says which name of a message to delete is missing', async () => {
    await using on = await greeted();
    const { body: chatless } = await on.call('deleteMessage', { message_id: 1 });
    expect(chatless.description).to.equal('Bad Request: chat identifier is not specified');
    expect(await refusal(on.telegram.deleteMessage(CITRA, 0))).to.equal(
      '400: Bad Request: message identifier is not specified',
    );
  });

  it('refuses an edit to a text that is too long once it is parsed', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x');
    const html = { parse_mode: 'HTML' } as const;
    const edit = (length: number) =>
      on.telegram.editMessageText(CITRA, id, undefined, `<b>${'y'.repeat(length)}</b>`, html);
    await edit(4096);
    expect(await refusal(edit(4097))).to.equal('400: Bad Request: message is too long');
  });

  it('gives an edit only an inline keyboard', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x');
    const { body } = await on.call('editMessageReplyMarkup', {
      chat_id: CITRA,
      message_id: id,
      reply_markup: { keyboard: [['a']] },
    });
    expect(body.description).to.equal('Bad Request: inline keyboard expected');
  });

  it('deletes many at once, passing over those that are gone', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x');
    expect(await on.telegram.deleteMessages(CITRA, [id, 1, 999])).to.equal(true);
    expect((await on.sandbox.client.chat(CITRA)).messages).to.deep.equal([]);
  });

  it('deletes none of many when one of them is older than 48 hours', async () => {
    await using on = await greeted();
    await on.sandbox.client.advance(49 * 3_600_000);
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'baru');
    const text = await refusal(on.telegram.deleteMessages(CITRA, [id, 1]));
    expect(text).to.equal("400: Bad Request: message can't be deleted for everyone");
    expect((await on.sandbox.client.chat(CITRA)).messages).to.have.length(2);
  });

  it('takes 1 to 100 message ids, each a positive number', async () => {
    await using on = await greeted();
    const ids = (list: number[]) => refusal(on.telegram.deleteMessages(CITRA, list));
    expect(await ids([])).to.contain('message identifiers are not specified');
    expect(await ids(Array(101).fill(1))).to.contain('too many message identifiers specified');
    expect(await ids([0])).to.contain('invalid message identifier specified');
  });

  it('tells the bot of an edited caption', async () => {
    await using on = await greeted();
    const { client } = on.sandbox;
    const { messageId } = await client.photo(CITRA, await png(30, 30), { caption: 'lama' });
    await client.edit(CITRA, messageId, 'baru #upah');
    expect((await poll(on)).at(-1)?.edited_message).to.deep.include({
      caption: 'baru #upah',
      caption_entities: [{ type: 'hashtag', offset: 5, length: 5 }],
    });
  });

  it('lets a person edit only their own texts and captions', async () => {
    await using on = await greeted();
    const { client } = on.sandbox;
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'x');
    expect(await refusal(client.edit(CITRA, id, 'y'))).to.contain('that is not your message');
    const { messageId: place } = await client.location(CITRA);
    expect(await refusal(client.edit(CITRA, place, 'y'))).to.contain('that message has no text');
  });
});
