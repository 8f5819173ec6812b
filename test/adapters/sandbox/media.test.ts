import { expect } from 'chai';
import { Input } from 'telegraf';
import { CITRA, INLINE, greeted, png, poll, refusal, type Stage } from './world.ts';

const COLOURS = ['#111111', '#222222', '#333333'];
const pictures = (count: number) =>
  Promise.all(COLOURS.slice(0, count).map((colour) => png(30, 30, colour)));

/** An album by raw call, for what telegraf's types would not let through. */
const album = async (on: Stage, media: unknown, extra: object = {}): Promise<string> =>
  (await on.call('sendMediaGroup', { chat_id: CITRA, media, ...extra })).body.description ?? 'ok';

/** The file id of a photo that the bot has sent. */
async function photoId(on: Stage): Promise<string> {
  const sent = await on.telegram.sendPhoto(CITRA, { source: await png(40, 40) });
  return sent.photo.at(-1)?.file_id ?? '';
}

describe('sandbox: albums of the bot', () => {
  it('sends photos by upload and by id as one album, a message each with its own caption', async () => {
    await using on = await greeted();
    const known = await photoId(on);
    const [bytes = Buffer.of()] = await pictures(1);
    const sent = await on.telegram.sendMediaGroup(CITRA, [
      {
        type: 'photo',
        media: Input.fromBuffer(bytes),
        caption: '*satu*',
        parse_mode: 'MarkdownV2',
      },
      { type: 'photo', media: known, caption: 'dua' },
    ]);
    expect(sent.map((message) => 'caption' in message && message.caption)).to.deep.equal([
      'satu',
      'dua',
    ]);
    const groups = new Set(sent.map(({ media_group_id: group }) => group));
    expect(groups.size).to.equal(1);
    expect([...groups][0]).to.match(/^\d+$/);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.slice(-2).map(({ mediaGroupId }) => mediaGroupId)).to.deep.equal(
      sent.map(({ media_group_id: group }) => group),
    );
    expect(await poll(on), 'the bot is not told of its own messages').to.have.length(1);
  });

  it('sends documents as an album, each with its name', async () => {
    await using on = await greeted();
    const sent = await on.telegram.sendMediaGroup(CITRA, [
      { type: 'document', media: Input.fromBuffer(Buffer.from('a'), 'satu.csv') },
      { type: 'document', media: Input.fromBuffer(Buffer.from('b'), 'dua.pdf') },
    ]);
    const names = sent.map((message) => 'document' in message && message.document.file_name);
    expect(names).to.deep.equal(['satu.csv', 'dua.pdf']);
  });

  it('answers one message with every item of an album', async () => {
    await using on = await greeted();
    const known = await photoId(on);
    const items = [
      { type: 'photo', media: known },
      { type: 'photo', media: known },
    ] as const;
    const reply = { reply_parameters: { message_id: 1 } };
    const sent = await on.telegram.sendMediaGroup(CITRA, items, reply);
    const answered = sent.map((message) => message.reply_to_message?.message_id);
    expect(answered).to.deep.equal([1, 1]);
  });

  it('sends a single item as a message outside any album', async () => {
    await using on = await greeted();
    const media = [{ type: 'photo', media: await photoId(on) }] as const;
    const [only] = await on.telegram.sendMediaGroup(CITRA, media);
    expect(only).to.have.property('photo');
    expect(only).not.to.have.property('media_group_id');
  });

  it('takes up to ten items, and at least one', async () => {
    await using on = await greeted();
    const item = { type: 'photo', media: await photoId(on) };
    expect(await album(on, Array(10).fill(item))).to.equal('ok');
    expect(await album(on, Array(11).fill(item))).to.equal(
      'Bad Request: too many messages to send as an album',
    );
    expect(await album(on, [])).to.equal('Bad Request: there are no messages to send');
  });

  it('needs the parameter media', async () => {
    await using on = await greeted();
    const calls = [
      on.call('sendMediaGroup', { chat_id: CITRA }),
      on.call('editMessageMedia', { chat_id: CITRA, message_id: 1 }),
    ];
    for (const { body } of await Promise.all(calls)) {
      expect(body.description).to.equal('Bad Request: parameter "media" is required');
    }
  });

  it('says in its own words that it has no videos', async () => {
    await using on = await greeted();
    const media = await photoId(on);
    expect(await album(on, [{ type: 'video', media }])).to.equal(
      'Bad Request: the sandbox has no media of type "video"',
    );
  });

  it('keeps documents and photos apart, and their captions on one side', async () => {
    await using on = await greeted();
    const media = await photoId(on);
    const { document } = await on.telegram.sendDocument(CITRA, Input.fromBuffer(Buffer.from('a')));
    expect(
      await album(on, [
        { type: 'photo', media },
        { type: 'document', media: document.file_id },
      ]),
    ).to.equal("Bad Request: document can't be mixed with other media types");
    expect(
      await album(on, [
        { type: 'photo', media, show_caption_above_media: true },
        { type: 'photo', media },
      ]),
    ).to.equal('Bad Request: parameter show_caption_above_media must be the same for all messages');
  });

  it('says which item its servers could not take, and sends none of the others', async () => {
    await using on = await greeted();
    const media = [
      { type: 'photo', media: { source: await png(30, 30) } },
      { type: 'photo', media: { source: Buffer.from('%PDF-1.7') } },
    ] as const;
    expect(await refusal(on.telegram.sendMediaGroup(CITRA, media))).to.equal(
      '400: Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"',
    );
    expect((await on.sandbox.client.chat(CITRA)).messages).to.have.length(1);
  });

  it('refuses an item it cannot read: its kind, its file, its fields, its caption', async () => {
    await using on = await greeted();
    const media = await photoId(on);
    const parse = "Bad Request: can't parse InputMedia:";
    expect(await album(on, [{ type: 'sticker', media }])).to.equal(
      `${parse} type "sticker" is unsupported`,
    );
    expect(await album(on, [{ type: 'photo', media: 'attach://tidak' }])).to.equal(
      `${parse} media not found`,
    );
    expect(await album(on, [{ type: 'photo', media, captoin: 'x' }])).to.equal(
      'Bad Request: the sandbox does not know the field "captoin" of InputMedia of type photo',
    );
    const broken = [{ type: 'photo', media, caption: '<b>', parse_mode: 'HTML' }];
    expect(await album(on, broken)).to.contain("can't parse entities");
    expect(await album(on, 'bukan')).to.equal("Bad Request: can't parse media JSON object");
    expect(await album(on, [{ type: 'photo', media, caption: 'x'.repeat(1025) }])).to.equal(
      'Bad Request: message caption is too long',
    );
  });

  it('has no keyboard below an album', async () => {
    await using on = await greeted();
    const media = [{ type: 'photo', media: await photoId(on) }];
    expect(await album(on, media, INLINE('a'))).to.contain('"reply_markup" of sendMediaGroup');
  });
});

describe('sandbox: albums and files of people', () => {
  it('sends documents as an album, the caption with the last', async () => {
    await using on = await greeted();
    const files = ['a.pdf', 'b.csv'].map((filename) => ({ bytes: Buffer.from('x'), filename }));
    await on.sandbox.client.documents(CITRA, files, { caption: 'dua berkas' });
    const updates = (await poll(on)).slice(1).map(({ message }) => message);
    expect(updates.map((message) => message?.document?.file_name)).to.deep.equal([
      'a.pdf',
      'b.csv',
    ]);
    expect(new Set(updates.map((message) => message?.media_group_id)).size).to.equal(1);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.slice(1).map(({ text }) => text)).to.deep.equal(['', 'dua berkas']);
  });

  it('lets nobody send an album of eleven', async () => {
    await using on = await greeted();
    const files = Array<{ bytes: Buffer; filename: string }>(11).fill({
      bytes: Buffer.from('x'),
      filename: 'a.txt',
    });
    expect(await refusal(on.sandbox.client.documents(CITRA, files))).to.contain('1-10 files');
  });
});

describe('sandbox: what stands around a picture', () => {
  it('tells back a hidden picture and a caption above it', async () => {
    await using on = await greeted();
    const options = { has_spoiler: true, caption: 'x', show_caption_above_media: true };
    const bytes = { source: await png(30, 30) };
    const sent = await on.telegram.sendPhoto(CITRA, bytes, options as object);
    expect(sent).to.include({ has_media_spoiler: true, show_caption_above_media: true });
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)).to.include({ spoiler: true, captionAbove: true });
  });

  it('refuses a caption above 1024 characters, counted after parsing', async () => {
    await using on = await greeted();
    const bytes = await png(30, 30);
    const send = (length: number) =>
      on.telegram.sendPhoto(
        CITRA,
        { source: bytes },
        { caption: `<b>${'x'.repeat(length)}</b>`, parse_mode: 'HTML' },
      );
    await send(1024);
    expect(await refusal(send(1025))).to.equal('400: Bad Request: message caption is too long');
  });

  it('does not mind the parse mode of a caption that is not there', async () => {
    await using on = await greeted();
    const parse_mode = 'BBCode' as 'HTML';
    const photo = Input.fromBuffer(await png(20, 20));
    expect(await on.telegram.sendPhoto(CITRA, photo, { parse_mode })).not.to.have.property(
      'caption',
    );
  });

  it('looks for the chat before it looks at the file', async () => {
    await using on = await greeted();
    const text = await refusal(on.telegram.sendPhoto(5, 'bukan-id'));
    expect(text).to.equal('400: Bad Request: chat not found');
    const none = await on.call('sendPhoto', { chat_id: 5 });
    expect(none.body.description).to.equal('Bad Request: there is no photo in the request');
  });
});
