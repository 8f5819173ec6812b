import { expect } from 'chai';
import { createUploads } from '../../../../adapters/telegram/delivery/uploads.ts';
import { html } from '../../../../adapters/telegram/html.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { Chart } from '../../../../core/index.ts';
import { aPostOffice, refusal } from './post-office.ts';

const { common } = textsIn('id');
const SENT = { outcome: 'sent' } as const;

/** A post office, somebody, and a screen with the stored picture that can be worded anew. */
const aScene = async () => {
  const post = await aPostOffice();
  const person = post.person();
  const attachment = { path: post.picture, as: 'photo' } as const;
  const show = (words: string, fresh = false) =>
    person.show({ text: html`${words as never}`, attachment }, fresh);
  return { post, person, attachment, show };
};

describe('Telegram: bytes that Telegram has', () => {
  it('UX-2 a screen that is worded anew over its picture changes its words only', async () => {
    const { post, person, show } = await aScene();
    await show('Bukti 1', true);
    for (const words of ['Alasan?', 'Tersimpan']) expect(await show(words)).to.deep.equal(SENT);
    expect(person.texts()).to.deep.equal(['Tersimpan']);
    expect(person.messages()[0]?.attachment).to.equal('photo');
    expect(post.pocket.uploads()).to.have.length(1);
    expect(post.calls).to.deep.equal(['sendPhoto', 'editMessageCaption', 'editMessageCaption']);
  });

  it('UX-2 the same words over the same picture are a success', async () => {
    const { post, show } = await aScene();
    await show('Bukti 1', true);
    expect(await show('Bukti 1')).to.deep.equal(SENT);
    expect(post.calls).not.to.include('deleteMessage');
  });

  it('UX-2 a picture that comes again, in place or anew, is not uploaded again', async () => {
    const { post, person, show } = await aScene();
    const other = await post.proofStorage.put(Uint8Array.from([0xff, 0xd8, 0xff, 7]), 'image/jpeg');
    await show('Bukti 1', true);
    await person.show({ attachment: { path: other.path, as: 'photo' } });
    await show('Bukti 1 lagi');
    await show('Bukti 1 di bawah', true);
    expect(post.pocket.uploads()).to.have.length(2);
    expect(person.messages().map(({ file }) => file)).to.deep.equal([post.pocket.uploads()[0]]);
    expect(person.texts()).to.deep.equal(['Bukti 1 di bawah']);
  });

  it('WDR-3 a receipt that several people get travels once, also as a document', async () => {
    const post = await aPostOffice();
    const pdf = await post.proofStorage.put(Buffer.from('%PDF-1.7'), 'application/pdf');
    for (const someone of [post.person(), post.person()]) {
      expect(await someone.paid(pdf.path)).to.deep.equal(SENT);
      expect(someone.messages()[0]?.attachment).to.equal('document');
    }
    expect(post.pocket.uploads()).to.have.length(1);
  });

  it('NTF-2 a picture that went as a document is asked for as the document it is', async () => {
    const { post, person, show } = await aScene();
    post.fail('sendPhoto', refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'));
    await show('Bukti 1', true);
    await show('Bukti 1 di bawah', true);
    expect(person.messages()).to.have.length(1);
    expect(person.messages()[0]?.attachment).to.equal('document');
    expect(post.calls.filter((method) => method === 'sendPhoto')).to.have.length(1);
    expect(post.pocket.uploads()).to.have.length(1);
  });

  for (const [where, fresh] of [
    ['in place', false],
    ['anew', true],
  ] as const) {
    it(`NTF-2 an id that Telegram does not know costs the bytes once more, ${where}`, async () => {
      const { post, person, attachment, show } = await aScene();
      await show('Bukti 1', true);
      await person.show({ attachment: { ...attachment, as: 'document' } });
      post.pocket.forgetFiles();
      expect(await show('Bukti 1', fresh)).to.deep.equal(SENT);
      expect(person.texts()).to.deep.equal(['Bukti 1']);
      expect(post.pocket.uploads()).to.have.length(3);
      expect(post.told).to.deep.equal([]);
    });
  }

  it('NTF-2 an id that Telegram does not know any more loses none of many messages', async () => {
    const post = await aPostOffice();
    const people = Array.from({ length: 4 }, () => post.person());
    const payload = { text: 'Halo', photo: post.picture };
    await people[0]?.deliver('broadcast', payload);
    post.pocket.forgetFiles();
    const outcomes = await Promise.all(people.map((one) => one.deliver('broadcast', payload)));
    expect(outcomes).to.deep.equal(people.map(() => SENT));
    expect(post.pocket.uploads()).to.have.length(2);
  });

  it('NTF-2 where Telegram takes neither id nor bytes, the message fails as before', async () => {
    const { post, show } = await aScene();
    await show('Bukti 1', true);
    const wrong = () => refusal(400, 'Bad Request: wrong remote file identifier specified');
    post.fail('sendPhoto', wrong(), wrong());
    expect(await show('Bukti 1', true)).to.include({ outcome: 'failed' });
  });

  it('REV-6 another process changed the picture: the right one is put back', async () => {
    const { post, person, show } = await aScene();
    await show('Bukti 1', true);
    const media = { type: 'photo', media: { source: Buffer.from('another') } } as const;
    const options = { caption: 'Bukti 2' };
    await post.pocket.telegram.editMessageMedia(
      person.chatId,
      person.screen() ?? 0,
      undefined,
      { ...media, ...options },
      {},
    );
    await show('Bukti 1 lagi');
    expect(person.texts()).to.deep.equal(['Bukti 1 lagi']);
    expect(person.messages()[0]?.file).to.equal(post.pocket.uploads()[0]);
  });

  it('REV-6 an edit without an answer leaves no trust in what the message shows', async () => {
    const { post, person, show } = await aScene();
    const other = await post.proofStorage.put(Uint8Array.from([0xff, 0xd8, 0xff, 7]), 'image/jpeg');
    await show('Bukti 1', true);
    post.fail('editMessageMedia', Object.assign(new Error('slow'), { name: 'TimeoutError' }));
    await person.show({ attachment: { path: other.path, as: 'photo' } });
    await show('Bukti 1 lagi');
    expect(post.calls.at(-1)).to.equal('editMessageMedia');
  });

  it('SEC-3 remembers a bounded number, the newest', () => {
    const uploads = createUploads(2);
    const file = (fileId: string) => ({ as: 'photo', fileId, uniqueId: fileId }) as const;
    for (const key of ['a', 'b', 'a', 'c']) uploads.note(key, file(key));
    expect(['a', 'b', 'c'].map((key) => uploads.find(key)?.fileId)).to.deep.equal([
      'a',
      undefined,
      'c',
    ]);
    const at = (messageId: number) => ({ chatId: 1, messageId });
    for (const id of [1, 2, 3]) uploads.noteShown(at(id), 'a');
    expect([1, 2, 3].map((id) => uploads.shownIn(at(id)))).to.deep.equal([undefined, 'a', 'a']);
  });
});

describe('Telegram: figures with a screen', () => {
  const chart: Chart = {
    title: 'Kemajuan',
    subtitle: null,
    labels: ['20 Nov', '21 Nov'],
    series: [{ name: 'Disetujui', as: 'line', values: [1, 2] }],
    unit: 'count',
    goal: null,
  };

  it('CAM-8 are painted when the screen goes out, and once for the same figures', async () => {
    const post = await aPostOffice();
    const person = post.person();
    await person.show({ attachment: { chart } }, true);
    await person.show({ text: html`Terbaru`, attachment: { chart } });
    expect(person.messages()[0]).to.include({ attachment: 'photo', text: 'Terbaru' });
    await person.show({ attachment: { chart: { ...chart, title: 'Progress' } } });
    expect(post.pocket.uploads()).to.have.length(2);
  });

  it('CAM-8 that cannot be painted leave the text, at the first try', async () => {
    const post = await aPostOffice();
    const person = post.person();
    post.chartPainter.paint = async () => {
      throw new Error('no font');
    };
    expect(await person.show({ attachment: { chart } }, true)).to.deep.equal(SENT);
    expect(person.texts()[0]).to.contain(common.fileLeftOut).and.to.contain('Beranda');
    expect(person.messages()[0]?.attachment).to.equal(undefined);
    expect(post.told).to.deep.equal(['file lost: a chart']);
  });
});
