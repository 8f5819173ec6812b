import { expect } from 'chai';
import { BROADCAST_CAPTION_MAX, type Permission } from '../../../../core/index.ts';
import { aPdf, aPicture, createChat } from '../../../support/chat.ts';
import { aStudio } from '../broadcast-scenes.ts';

const SAID = 'Halo <b>semua</b> & selamat datang!';

/** The admin has chosen the workers and is asked what to say. */
const asked = async (workers = 2, languageCode = 'id') => {
  const studio = await aStudio(workers, languageCode);
  await studio.admin.say('/siaran');
  await studio.admin.tap('bn');
  const question = await studio.admin.tap(languageCode === 'en' ? 'Workers' : 'worker');
  return { ...studio, question };
};

/** … and sees the preview. */
const previewed = async (workers = 2, languageCode = 'id') => {
  const scene = await asked(workers, languageCode);
  return { ...scene, preview: await scene.admin.say(SAID) };
};

describe('Telegram: a new broadcast', () => {
  it('ADM-5 asks for whom, with how many there are', async () => {
    const { chat, admin } = await aStudio(2);
    await chat.client();
    const list = await admin.say('Siaran');
    expect(list.text).to.contain('Belum pernah ada siaran');
    const question = await admin.tap('Siaran Baru');
    expect(question.text).to.contain('Untuk siapa').and.contain('14 hari terakhir');
    expect(question.labels).to.deep.equal([
      'Semua pengguna (4)',
      'Semua client (1)',
      'Semua worker (2)',
      'Pengguna tidak aktif (0)',
      '⬅️ Kembali',
      '🚫 Batal',
    ]);
  });

  it('ADM-5 SEC-1 shows it as people will get it, how many there are and how long it takes', async () => {
    const { admin, preview, people, feedAll, told } = await previewed();
    expect(preview.text)
      .to.contain(`📣 Pengumuman dari admin Upah\n\n${SAID}`)
      .and.contain('2 penerima · kurang dari 1 menit. Kirim?');
    await admin.tap('Konfirmasi');
    await feedAll();
    for (const who of people) {
      expect(told(who)).to.deep.equal([`📣 Pengumuman dari admin Upah\n\n${SAID}`]);
    }
  });

  it('UX-1 the same in English, each in their own language', async () => {
    const chat = await aStudio(1, 'en');
    const { admin, people, feedAll, told } = chat;
    await admin.say('/broadcast');
    await admin.tap('New Broadcast');
    const question = await admin.tap('All Workers (1)');
    expect(question.text).to.contain('at most 3.500 characters');
    const preview = await admin.say('Hello');
    expect(preview.text).to.contain('1 recipient · less than a minute. Send?');
    expect((await admin.tap('Confirm')).text).to.contain(
      'The broadcast has started, to 1 recipient',
    );
    await feedAll();
    expect(told(people[0] as (typeof people)[number])).to.deep.equal([
      '📣 Announcement from the Upah admins\n\nHello',
    ]);
    expect(admin.notices().at(-1)?.text).to.contain('The broadcast is done: 1 message sent.');
  });

  it('ADM-5 a picture with its caption', async () => {
    const { admin, people, feedAll } = await asked(3);
    const preview = await admin.sendFile(aPicture(), { caption: SAID });
    expect(preview.attachment).to.equal('photo');
    expect(preview.text).to.contain(SAID);
    await admin.tap('Konfirmasi');
    await feedAll();
    const files = people.map((who) => who.notices().at(-1)?.file);
    expect(new Set(files)).to.deep.equal(new Set([preview.file]));
  });

  it('ADM-5 a picture without words is asked for them; another picture takes its place', async () => {
    const { admin } = await asked();
    const question = await admin.sendFile(aPicture('one'));
    expect(question.text).to.contain('Gambarnya sudah kami terima').and.contain('900');
    await admin.sendFile(aPicture('two'));
    const preview = await admin.say(SAID);
    expect(preview.attachment).to.equal('photo');
    const back = await admin.tap('Kembali');
    expect(back.text).to.contain('Apa isi siarannya?');
    expect((await admin.say('Tanpa gambar')).attachment).to.equal(undefined);
  });

  it('ADM-5 UX-4 what cannot be sent is refused with its reason, and asked again', async () => {
    const { admin } = await asked();
    expect((await admin.say('a'.repeat(3_501))).text)
      .to.contain('maksimal 3.500 karakter')
      .and.contain('Apa isi siarannya?');
    const long = 'a'.repeat(BROADCAST_CAPTION_MAX + 1);
    expect((await admin.sendFile(aPicture(), { caption: long })).text).to.contain('maksimal 900');
    expect((await admin.sendFile(aPdf(), { caption: SAID })).text).to.contain('Apa isi siarannya?');
    expect((await admin.sendOther({ sticker: {} })).text).to.contain('Teksnya kosong');
  });

  it('ADM-5 with the longest words below a picture nothing is cut off', async () => {
    const { admin } = await asked();
    const longest = 'a'.repeat(BROADCAST_CAPTION_MAX);
    const preview = await admin.sendFile(aPicture(), { caption: longest });
    expect(preview.text)
      .to.contain(longest)
      .and.match(/Kirim\?$/);
  });

  it('ADM-5 however often it is confirmed, also by an update that comes twice, it is one', async () => {
    const { admin, preview, people, chat, feedAll, told } = await previewed();
    await admin.tap('Konfirmasi');
    await chat.repeatLastUpdate();
    await admin.tapOn(preview, 'Konfirmasi');
    await feedAll();
    expect(people.map((who) => told(who).length)).to.deep.equal([1, 1]);
    const { items } = await chat.core.broadcasts.list({
      actor: { kind: 'user', id: (await admin.user()).id },
      page: { page: 0, size: 9 },
    });
    expect(items).to.have.length(1);
  });

  it('UX-3 it survives a restart at every step', async () => {
    const { chat, admin } = await aStudio(1);
    await admin.say('Siaran');
    chat.restart();
    await admin.tap('Siaran Baru');
    chat.restart();
    await admin.tap('Semua worker');
    chat.restart();
    await admin.say(SAID);
    chat.restart();
    expect((await admin.tap('Konfirmasi')).text).to.contain('Siaran dimulai');
  });

  it('UX-2 Kembali goes a step back, Batal to the list; nothing was sent', async () => {
    const { admin, feed } = await previewed();
    expect((await admin.tap('Kembali')).text).to.contain('Apa isi siarannya?');
    expect((await admin.tap('Kembali')).text).to.contain('Untuk siapa');
    expect((await admin.tap('Batal')).text).to.contain('Belum pernah ada siaran');
    expect(await feed()).to.equal(0);
  });

  it('ADM-5 UX-4 to nobody, or beside another one: refused, the question stays', async () => {
    const { admin, feed } = await previewed();
    await admin.tap('Konfirmasi');
    await admin.say('Siaran');
    await admin.tap('Siaran Baru');
    await admin.tap('Semua worker');
    await admin.say('Satu lagi');
    await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('Siaran lain belum selesai');
    expect(admin.screen().text).to.contain('Satu lagi');
    while ((await feed()) > 0);
    await admin.tap('Batal');
    await admin.tap('Siaran Baru');
    await admin.tap('Semua client (0)');
    await admin.say('Untuk siapa?');
    await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('tidak ada penerima');
  });

  it('ADM-1 SEC-2 who may not look after people gets no further, whatever they press', async () => {
    const chat = createChat();
    const others: readonly Permission[] = ['review', 'money', 'settings'];
    const admin = await chat.admin({}, others);
    const worker = await chat.worker();
    for (const who of [admin, worker]) {
      for (const code of ['b', 'bn', 'bs:AAAAAAAAAAAAAAAAAAAAAA', 'bx:AAAAAAAAAAAAAAAAAAAAAA']) {
        await who.tap(code);
        expect(who.answer()?.text, code).to.match(/hak|khusus|admin/i);
      }
    }
  });
});
