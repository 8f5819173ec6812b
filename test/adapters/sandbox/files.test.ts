import { Readable } from 'node:stream';
import { expect } from 'chai';
import { Input } from 'telegraf';
import { CITRA, greeted, png, poll, refusal, stage, type Stage } from './world.ts';

describe('sandbox: files', () => {
  it('turns a photo into several sizes, the largest last, and serves its bytes', async () => {
    await using on = await stage();
    await on.sandbox.client.photo(CITRA, await png(720, 1280), { caption: 'bukti' });
    const [update] = await poll(on);
    const sizes = update?.message?.photo ?? [];
    expect(sizes.map(({ width }) => width)).to.deep.equal([51, 180, 450, 720]);
    const file = await on.telegram.getFile(sizes.at(-1)?.file_id ?? '');
    expect(file.file_path).to.match(/^photos\/file_\d+\.jpg$/);
    const link = await on.telegram.getFileLink(file.file_id);
    const response = await fetch(link);
    expect(response.headers.get('content-type')).to.equal('image/jpeg');
    expect((await response.arrayBuffer()).byteLength).to.equal(file.file_size);
  });

  it('gives the same bytes the same file_unique_id under different file ids', async () => {
    await using on = await stage();
    const bytes = await png(40, 40);
    await on.sandbox.client.photo(CITRA, bytes);
    await on.sandbox.client.photo(CITRA, bytes);
    await on.sandbox.client.photo(CITRA, await png(40, 40, '#ff0000'));
    const { messages } = await on.sandbox.client.chat(CITRA);
    const [one, two, other] = messages.map(({ photo }) => photo);
    expect(two?.fileUniqueId).to.equal(one?.fileUniqueId);
    expect(two?.fileId).not.to.equal(one?.fileId);
    expect(other?.fileUniqueId).not.to.equal(one?.fileUniqueId);
  });

  it('sends an album as several updates with one media_group_id', async () => {
    await using on = await stage();
    const photos = await Promise.all(['#111111', '#222222', '#333333'].map((c) => png(30, 30, c)));
    await on.sandbox.client.album(CITRA, photos, { caption: 'tiga' });
    const updates = await poll(on);
    expect(updates).to.have.length(3);
    expect(new Set(updates.map(({ message }) => message?.media_group_id)).size).to.equal(1);
    expect(updates[0]?.message?.media_group_id).to.be.a('string');
  });

  it('takes a photo uploaded by telegraf and sends it again by its id', async () => {
    await using on = await greeted();
    const caption = { caption: '<b>Bukti</b>', parse_mode: 'HTML' } as const;
    const sent = await on.telegram.sendPhoto(CITRA, { source: await png(200, 100) }, caption);
    expect(sent.caption_entities).to.deep.equal([{ type: 'bold', offset: 0, length: 5 }]);
    const id = sent.photo.at(-1)?.file_id ?? '';
    const again = await on.telegram.sendPhoto(CITRA, id);
    expect(again.photo.at(-1)?.file_unique_id).to.equal(sent.photo.at(-1)?.file_unique_id);
    const asDocument = await refusal(on.telegram.sendDocument(CITRA, id));
    expect(asDocument).to.contain("can't use file of type Photo as Document");
  });

  const photo = (on: Stage, source: Buffer) => on.telegram.sendPhoto(CITRA, { source });

  it('refuses a photo that is no picture', async () => {
    await using on = await greeted();
    for (const text of ['%PDF-1.7', '<svg/>']) {
      const refused = await refusal(photo(on, Buffer.from(text)));
      expect(refused).to.equal('400: Bad Request: IMAGE_PROCESS_FAILED');
    }
  });

  it('takes a photo whose sides are 1 to 20 or together 10,000, and none beyond', async () => {
    await using on = await greeted();
    await photo(on, await png(2000, 100));
    await photo(on, await png(9000, 1000));
    for (const [width, height] of [
      [2001, 100],
      [9000, 1001],
    ] as const) {
      const refused = await refusal(photo(on, await png(width, height)));
      expect(refused).to.equal('400: Bad Request: PHOTO_INVALID_DIMENSIONS');
    }
  });

  it('refuses a photo above 10 MB', async () => {
    await using on = await greeted();
    const size = 10 * 1024 * 1024 + 1;
    expect(await refusal(photo(on, Buffer.alloc(size)))).to.contain(
      `file of size ${size} bytes is too big for a photo; the maximum size is 10485760 bytes`,
    );
  });

  it('refuses a file id that nobody has given out', async () => {
    await using on = await greeted();
    const text = await refusal(on.telegram.sendPhoto(CITRA, 'AgACxxx'));
    expect(text).to.equal('400: Bad Request: wrong file identifier/HTTP URL specified');
  });

  it('refuses the file id of a document as that of a photo', async () => {
    await using on = await greeted();
    const { document } = await on.telegram.sendDocument(CITRA, { source: Buffer.from('a') });
    const text = await refusal(on.telegram.sendPhoto(CITRA, document.file_id));
    expect(text).to.equal("400: Bad Request: can't use file of type Document as Photo");
  });

  it('names the type of a document after its extension', async () => {
    await using on = await greeted();
    const csv = { source: Buffer.from('a,b\n'), filename: 'laporan – Juli.csv' };
    const sent = await on.telegram.sendDocument(CITRA, csv);
    expect(sent.document).to.include({ mime_type: 'text/csv', file_name: 'laporan – Juli.csv' });
  });

  it('takes a document as a stream', async () => {
    await using on = await greeted();
    const pdf = { source: Readable.from([Buffer.from('%PDF')]), filename: 'x.pdf' };
    const streamed = await on.telegram.sendDocument(CITRA, pdf);
    expect(streamed.document).to.include({ mime_type: 'application/pdf', file_size: 4 });
  });

  it('refuses a file without a byte in it', async () => {
    await using on = await greeted();
    const empty = Input.fromBuffer(Buffer.alloc(0), 'kosong.png');
    for (const call of [
      on.telegram.sendPhoto(CITRA, empty),
      on.telegram.sendDocument(CITRA, empty),
    ]) {
      expect(await refusal(call)).to.equal('400: Bad Request: file must be non-empty');
    }
  });

  it('calls a file that came without a name "file"', async () => {
    await using on = await greeted();
    const form = new FormData();
    form.append('chat_id', String(CITRA));
    form.append('document', new File(['x'], ''));
    const address = `${on.sandbox.url}/bot${on.sandbox.token}/sendDocument`;
    const answer = await fetch(address, { method: 'POST', body: form });
    const { result } = (await answer.json()) as { result: { document: object } };
    expect(result.document).to.include({ file_name: 'file' });
  });

  it('does not hand out files above 20 MB', async () => {
    await using on = await stage();
    const bytes = Buffer.alloc(20 * 1024 * 1024 + 1);
    await on.sandbox.client.document(CITRA, bytes, { filename: 'besar.zip' });
    const { messages } = await on.sandbox.client.chat(CITRA);
    const text = await refusal(on.telegram.getFile(messages[0]?.document?.fileId ?? ''));
    expect(text).to.equal('400: Bad Request: file is too big');
  });

  it('answers 413 to an upload above 50 MB', async () => {
    await using on = await greeted();
    const big = { source: Buffer.alloc(50 * 1024 * 1024 + 1), filename: 'besar.zip' };
    const text = await refusal(on.telegram.sendDocument(CITRA, big));
    expect(text).to.equal('413: Request Entity Too Large');
  });

  it('swaps the picture of a message by upload and by file id', async () => {
    await using on = await greeted();
    const first = await on.telegram.sendPhoto(CITRA, { source: await png(50, 50) });
    const red = { source: await png(60, 60, '#ff0000') };
    const media = { type: 'photo', media: red, caption: 'baru' } as const;
    await on.telegram.editMessageMedia(CITRA, first.message_id, undefined, media);
    const { messages } = await on.sandbox.client.chat(CITRA);
    expect(messages.at(-1)).to.include({ text: 'baru', kind: 'photo' });
    expect(messages.at(-1)?.photo?.width).to.equal(60);
    const back = { type: 'photo', media: first.photo.at(-1)?.file_id ?? '' } as const;
    await on.telegram.editMessageMedia(CITRA, first.message_id, undefined, back);
    const after = await on.sandbox.client.chat(CITRA);
    expect(after.messages.at(-1)?.photo?.width).to.equal(50);
  });

  it('edits captions of media only, up to 1024 units', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendPhoto(CITRA, { source: await png(50, 50) });
    await on.telegram.editMessageCaption(CITRA, id, undefined, 'x'.repeat(1024));
    const long = on.telegram.editMessageCaption(CITRA, id, undefined, 'x'.repeat(1025));
    expect(await refusal(long)).to.contain('message caption is too long');
    const asText = on.telegram.editMessageText(CITRA, id, undefined, 'x');
    expect(await refusal(asText)).to.contain('there is no text in the message to edit');
    const plain = await on.telegram.sendMessage(CITRA, 'x');
    const none = on.telegram.editMessageCaption(CITRA, plain.message_id, undefined, 'x');
    expect(await refusal(none)).to.contain('there is no caption in the message to edit');
  });
});
