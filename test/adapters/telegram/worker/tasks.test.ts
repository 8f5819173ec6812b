import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asSystem, asUser } from '../../../../core/index.ts';
import { freshId, rupiahs } from '../../../support/builders.ts';
import { aPdf, aPicture } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

const MINUTE = 60_000;

describe('Telegram: tasks', () => {
  it('TSK-2 lists what a worker may take, best paid first, with slots and time', async () => {
    const { chat, campaign } = await aScene();
    await campaign({ pricePerTask: rupiahs(300) });
    await campaign({ pricePerTask: rupiahs(900), kind: 'follow' });
    const worker = await chat.worker();
    const screen = await worker.say('Tugas Tersedia');
    expect(screen.text).to.contain('2 pilihan').and.contain('30 menit');
    expect(screen.labels[0]).to.contain('Rp 900 · Follow Instagram · sisa 3');
    expect(screen.labels[1]).to.contain('Rp 300 · Like Instagram · sisa 3');
  });

  it('TSK-2 turns the pages of a long list', async () => {
    const { chat, campaign } = await aScene();
    for (let made = 0; made < 8; made += 1) await campaign({ pricePerTask: rupiahs(200 + made) });
    const worker = await chat.worker();
    expect((await worker.say('Tugas Tersedia')).labels).to.include('1/2');
    const second = await worker.tap('»');
    expect(second.labels).to.include('2/2');
    expect(second.labels.filter((label) => label.includes('sisa'))).to.have.length(2);
    expect((await worker.tap('of:900')).labels, 'past the end').to.include('2/2');
  });

  it('TSK-5 takes a task and shows link, quoted instructions, reward and deadline', async () => {
    const { chat, campaign } = await aScene();
    const { link } = await campaign({ instructions: 'Beri <b>komentar</b> & simpan' });
    const worker = await chat.worker();
    await worker.say('Tugas Tersedia');
    const offer = await worker.tap('Rp 500');
    expect(offer.text).to.contain('Like di Instagram').and.not.contain(link.target);
    const card = await worker.tap('Ambil');
    expect(card.text).to.contain(link.target).and.contain('09.30 WIB').and.contain('sisa 30 menit');
    expect(card.html).to.contain('<blockquote>Beri &lt;b&gt;komentar&lt;/b&gt; &amp; simpan');
    expect(card.buttons.some(({ url }) => url === link.target)).to.equal(true);
    expect(card.labels.join()).to.contain('Kirim Bukti').and.contain('Lepas Tugas');
  });

  it('TSK-3 WAL-7 a second tap on Ambil gives the same task', async () => {
    const { chat, campaign, wallet } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap(`tk:${shortId(id)}`);
    await chat.repeatLastUpdate();
    const { id: workerId } = await worker.user();
    expect(await chat.core.tasks.mine({ actor: asUser(workerId) })).to.have.length(1);
    expect(await wallet(worker)).to.equal(0n);
  });

  it('PRF-1 TSK-5 sends the screenshot of a task, which then waits for review', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    const question = await worker.tap('Kirim Bukti');
    expect(question.text).to.contain('Kirim satu tangkapan layar');
    const done = await worker.sendFile(aPicture());
    expect(done.text).to.contain('Bukti terkirim, menunggu pemeriksaan');
    expect((await worker.say('Tugas Saya')).labels[0]).to.contain('diperiksa');
    const card = await worker.tap('diperiksa');
    expect(card.text).to.contain('sedang menunggu pemeriksaan');
    expect(card.labels.join()).to.not.contain('Kirim Bukti');
  });

  it('PRF-1 asks for a picture where text or a PDF comes, and the task stays taken', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    const afterText = await worker.say('sudah selesai kak');
    expect(afterText.text).to.contain('kirim gambar').and.contain('Kirim satu tangkapan layar');
    const afterPdf = await worker.sendFile(aPdf());
    expect(afterPdf.text).to.contain('bukan gambar yang didukung');
    expect((await worker.sendFile(aPicture())).text).to.contain('Bukti terkirim');
  });

  it('UX-2 Batal in the middle of sending brings the task back', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    const card = await worker.tap('Batal');
    expect(worker.answer()?.text).to.contain('Dibatalkan');
    expect(card.labels.join()).to.contain('Kirim Bukti');
    await worker.tap('Kirim Bukti');
    expect((await worker.tap('Kembali')).labels.join()).to.contain('Lepas Tugas');
  });

  it('UX-3 a restart in the middle of sending loses nothing', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    chat.restart();
    expect((await worker.sendFile(aPicture())).text).to.contain('Bukti terkirim');
  });

  it('PRF-1 of an album only the first picture counts, and the person is told once', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    const first = await worker.sendFile(aPicture(), { album: 'a1' });
    expect(first.text).to.contain('Bukti terkirim').and.contain('gambar pertama saja');
    const shown = worker.messages().length;
    for (const _ of [2, 3]) {
      const later = await worker.sendFile(aPicture(), { album: 'a1' });
      expect(later.text).to.equal(first.text);
    }
    expect(worker.messages()).to.have.length(shown);
    expect(await chat.core.proofs.queue({ actor: asUser((await (await chat.admin()).user()).id) }))
      .to.have.property('waiting')
      .equal(1);
  });

  it('PRF-1 an unusable first picture of an album does not let the second one in', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    await worker.sendFile(aPdf(), { album: 'a2' });
    const second = await worker.sendFile(aPicture(), { album: 'a2' });
    expect(second.text).to.contain('bukan gambar yang didukung');
    expect((await worker.sendFile(aPicture())).text, 'alone').to.contain('Bukti terkirim');
  });

  it('UX-4 a picture outside a dialogue opens the question of the only task', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.sendFile(aPicture());
    expect(worker.notices().at(-1)?.text).to.contain('belum terkirim sebagai bukti');
    await worker.tap(`tk:${shortId(id)}`);
    const asked = await worker.sendFile(aPicture());
    expect(asked.text).to.contain('kirim sekali lagi');
    expect((await worker.sendFile(aPicture())).text).to.contain('Bukti terkirim');
  });

  it('UX-4 a picture outside a dialogue shows the list where there are several tasks', async () => {
    const { chat, campaign } = await aScene();
    const worker = await chat.worker();
    for (const { id } of [await campaign(), await campaign()])
      await worker.tap(`tk:${shortId(id)}`);
    const asked = await worker.sendFile(aPicture());
    expect(asked.text).to.contain('Buka tugasnya dulu, lalu ketuk Kirim Bukti');
    expect(asked.labels.filter((label) => label.includes('sisa'))).to.have.length(2);
  });

  it('TSK-5 a proof after the deadline is refused kindly', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    const card = await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    chat.clock.advance(31 * MINUTE);
    const late = await worker.sendFile(aPicture());
    expect(late.text).to.contain('Maaf').and.contain('09.30 WIB');
    expect(late.text).not.to.contain('Kirim satu tangkapan layar');
    expect(late.labels.join()).to.contain('Tugas Tersedia').and.not.contain('Batal');
    const asked = await worker.say('Masih bisa dikirim?');
    expect(asked.text).not.to.contain('memerlukan tangkapan layar');
    await chat.core.tasks.expireDue({ actor: asSystem('expire'), limit: 10 });
    const old = await worker.tapOn(card, 'Kirim Bukti');
    expect(old.text).to.contain('Waktu pengerjaannya sudah habis');
  });

  it('TSK-5 gives a task up after asking once', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    const card = await worker.tap(`tk:${shortId(id)}`);
    expect((await worker.tap('Lepas Tugas')).text).to.contain('Lepas tugas ini?');
    expect((await worker.tap('Tidak jadi')).labels.join()).to.contain('Kirim Bukti');
    const asked = await worker.tap('Lepas Tugas');
    expect((await worker.tap('Ya, lepaskan')).text).to.contain('belum punya tugas');
    const again = await worker.tapOn(asked, 'Ya, lepaskan');
    expect(worker.answer()).to.deep.include({ alert: true });
    expect(again.text).to.contain('sudah Anda lepas');
    expect((await worker.tapOn(card, 'Kirim Bukti')).text).to.contain('sudah Anda lepas');
  });

  it('TSK-5 Tugas Saya has six a page, what has a deadline first', async () => {
    const { chat, campaign, take, proof } = await aScene();
    const worker = await chat.worker();
    for (let sent = 0; sent < 7; sent += 1) await proof(worker, await campaign());
    await take(worker, await campaign());
    const first = await worker.say('Tugas Saya');
    expect(first.text).to.contain('1 dikerjakan, 7 diperiksa');
    expect(first.labels[0]).to.contain('sisa 30 menit');
    expect(first.labels.filter((label) => label.includes('diperiksa'))).to.have.length(5);
    const second = await worker.tap('»');
    expect(second.labels.filter((label) => label.includes('diperiksa'))).to.have.length(2);
    expect((await worker.tap('mt:900')).labels, 'past the end').to.include('2/2');
    expect((await worker.tap('Beranda')).text).to.contain('Sedang diperiksa: 7');
  });

  it('SEC-2 forged and foreign ids read as not found', async () => {
    const { chat, campaign, take } = await aScene();
    const [worker, other] = [await chat.worker(), await chat.worker()];
    const theirs = await take(other, await campaign());
    await worker.say('Tugas Saya');
    const ids = [shortId(theirs.id), shortId(freshId()), 'x', 'AAAAAAAAAAAAAAAAAAAAAAAA', '%00'];
    for (const code of ['tv', 'sp', 'rl', 'rx']) {
      for (const id of ids) {
        await worker.tap(`${code}:${id}`);
        expect(worker.answer()?.text, `${code}:${id}`).to.contain('Tugas itu tidak ditemukan');
      }
    }
    expect((await chat.core.tasks.mine({ actor: asUser((await other.user()).id) })).length).equal(
      1,
    );
  });

  it('ACC-6 a client cannot reach the tasks', async () => {
    const { client } = await aScene();
    for (const data of ['of', 'mt', `tk:${shortId(freshId())}`]) {
      await client.tap(data);
      expect(client.answer()?.text).to.contain('khusus Worker');
    }
    expect((await client.say('Tugas Tersedia')).text).to.contain('khusus Worker');
  });

  it('UX-1 speaks English where the person does', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker({ languageCode: 'en-GB' });
    expect((await worker.say('Available Tasks')).text).to.contain('1 to choose from');
    const card = await worker.tap(`tk:${shortId(id)}`);
    expect(card.text).to.contain('Send your proof before').and.contain('30 minutes left');
  });
});
