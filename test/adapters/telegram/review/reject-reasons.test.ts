import { expect } from 'chai';
import { aDesk } from '../review-scenes.ts';

/** The editor of the ready-made reasons is open. */
const anEditor = async (waiting = 0) => {
  const desk = await aDesk(waiting);
  await desk.admin.say('Review Bukti');
  await desk.admin.tap('Daftar');
  const list = await desk.admin.tap('Alasan penolakan');
  const stored = async () => (await desk.chat.core.settings.current()).rejectReasons;
  return { ...desk, list, stored };
};

describe('Telegram: the ready-made reasons', () => {
  it('REV-2 are listed in their order', async () => {
    const { list } = await anEditor();
    expect(list.text)
      .to.contain('1. Tangkapan layar tidak menunjukkan tugas yang diminta.')
      .and.contain('5. Gambar ini sudah pernah dipakai sebagai bukti.');
  });

  it('REV-2 ADM-4 one is added in two languages, and rejects the next proof', async () => {
    const { chat, admin, anotherCampaign, proof, stored } = await anEditor();
    const worker = await chat.worker({ languageCode: 'en' });
    await proof(worker, await anotherCampaign());
    await admin.tap('Tambah alasan');
    expect((await admin.say('Akun Anda masih privat.')).text).to.contain('Langkah 2 dari 2');
    const list = await admin.say('Your account is still private.');
    expect(list.text).to.contain('✅ Alasan disimpan').and.contain('6. Akun Anda masih privat.');
    expect((await stored()).at(-1)).to.deep.equal({
      id: 'Akun Anda masih privat.',
      en: 'Your account is still private.',
    });
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    await admin.tap('Akun Anda masih privat');
    expect(worker.notices().at(-1)?.text).to.contain('Your account is still private.');
  });

  it('REV-2 Sama takes the Indonesian words for English too', async () => {
    const { admin, stored } = await anEditor();
    await admin.tap('Tambah alasan');
    await admin.say('Screenshot blur.');
    await admin.tap('Sama');
    expect((await stored()).at(-1)).to.deep.equal({
      id: 'Screenshot blur.',
      en: 'Screenshot blur.',
    });
  });

  it('REV-2 one is changed in its place, its translation kept', async () => {
    const { admin, stored } = await anEditor();
    const [, before] = await stored();
    await admin.tap('2');
    await admin.tap('Ubah');
    await admin.say('Gambarnya buram.');
    await admin.tap('Pakai terjemahan sekarang');
    expect((await stored())[1]).to.deep.equal({ id: 'Gambarnya buram.', en: before?.en });
    expect(await stored()).to.have.length(5);
  });

  it('REV-2 one is moved up, and one is removed', async () => {
    const { admin, stored } = await anEditor();
    const [first, second, third] = await stored();
    await admin.tap('2');
    await admin.tap('Naikkan');
    expect((await stored()).slice(0, 3)).to.deep.equal([second, first, third]);
    await admin.tap('1');
    expect(admin.screen().labels.join()).to.not.contain('Naikkan');
    await admin.tap('Hapus');
    expect((await stored()).slice(0, 2)).to.deep.equal([first, third]);
    expect(await stored()).to.have.length(4);
  });

  it('REV-2 the last one stays, and no more than ten are kept', async () => {
    const { admin, stored } = await anEditor();
    for (let more = 0; more < 5; more += 1) {
      await admin.tap('Tambah alasan');
      await admin.say(`Alasan ${more}`);
      await admin.tap('Sama');
    }
    expect(admin.screen().labels.join()).to.not.contain('Tambah alasan');
    for (let left = 10; left > 1; left -= 1) {
      await admin.tap('1');
      await admin.tap('Hapus');
    }
    await admin.tap('1');
    await admin.tap('Hapus');
    expect(await stored()).to.have.length(1);
    expect(admin.answer()?.text).to.match(/1|satu/);
  });

  it('UX-4 too long a text is refused with what to do, and asked again', async () => {
    const { admin, stored } = await anEditor();
    await admin.tap('Tambah alasan');
    const again = await admin.say('x'.repeat(5_000));
    expect(again.text).to.contain('maksimal 200').and.contain('Alasan baru');
    await admin.say('Pendek.');
    expect((await admin.say('y'.repeat(201))).text).to.contain('maksimal 200');
    expect(await stored()).to.have.length(5);
  });

  it('UX-2 Kembali goes a step back, Batal to the list, and nothing is stored', async () => {
    const { admin, stored } = await anEditor();
    await admin.tap('3');
    await admin.tap('Ubah');
    await admin.say('Baru.');
    expect((await admin.tap('Kembali')).text).to.contain('Langkah 1 dari 2');
    expect((await admin.tap('Kembali')).text).to.contain('Alasan 3');
    await admin.tap('Ubah');
    expect((await admin.tap('Batal')).text).to.contain('Ketuk nomornya');
    expect((await admin.tap('Kembali')).text).to.contain('Bukti yang menunggu');
    expect((await stored())[2]?.id).to.equal('Tugas belum selesai dikerjakan.');
  });

  it('REV-2 of two admins on one reason the second hears that it has changed', async () => {
    const { chat, admin, stored } = await anEditor();
    const second = await chat.admin({ firstName: 'Bagus' });
    await second.tap('re');
    await second.tap('1');
    await admin.tap('1');
    await admin.tap('Hapus');
    const [kept] = await stored();
    const list = await second.tap('Hapus');
    expect(second.answer()?.text).to.contain('baru saja diubah admin lain');
    expect(list.text).to.contain(`1. ${kept?.id}`);
    expect(await stored()).to.have.length(4);
  });

  it('REV-2 a button of a reason that was edited meanwhile sends nothing else', async () => {
    const { chat, admin, verdictOf } = await aDesk(1);
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    const second = await chat.admin({ firstName: 'Bagus' });
    await second.tap('re');
    await second.tap('1');
    await second.tap('Hapus');
    await admin.tap('Tangkapan layar buram');
    expect(admin.answer()?.text).to.contain('Ini yang terbaru');
    expect(await verdictOf(0)).to.deep.equal([]);
    await admin.tap('Tangkapan layar buram');
    expect(await verdictOf(0)).to.deep.equal([
      { verdict: 'rejected', reason: 'Tangkapan layar buram atau terpotong.' },
    ]);
  });

  it('ACC-6 nobody but admins edits them', async () => {
    const { client, stored } = await anEditor();
    await client.tap('re');
    expect(client.answer()?.text).to.contain('khusus admin');
    expect(await stored()).to.have.length(5);
  });
});
