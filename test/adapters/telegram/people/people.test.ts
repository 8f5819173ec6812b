import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser, type Permission } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import type { ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** An admin Ayu, a client Citra with a campaign, a worker Wahyu with one task paid. */
const aDesk = async (permissions?: readonly Permission[]) => {
  const scene = await aScene();
  const { chat } = scene;
  const admin = await chat.admin({ firstName: 'Ayu' }, permissions);
  const house = await chat.admin({ firstName: 'Bagus' });
  const actor = asUser((await house.user()).id);
  chat.clock.advance(1_000);
  const worker = await chat.worker({ firstName: 'Wahyu', username: 'wahyu99' });
  const campaign = await scene.campaign();
  const { id: proofId } = await scene.proof(worker, campaign);
  await chat.core.proofs.approve({ actor, proofId });
  return { ...scene, admin, house, worker, first: campaign, proofId };
};

const open = async (admin: ChatPerson, name: string) => {
  await admin.say('Pengguna');
  await admin.say(name);
  return admin.tap(name);
};

const status = async (person: ChatPerson) => (await person.user()).status;

describe('Telegram: people', () => {
  it('ADM-3 lists the newest first, and searches for whatever is typed', async () => {
    const { admin, client, worker } = await aDesk();
    const list = await admin.say('/pengguna');
    expect(list.labels[0]).to.equal('1. Wahyu · @wahyu99');
    expect(list.text)
      .to.contain('4 pengguna, terbaru di atas')
      .and.contain('“Wahyu” (@wahyu99)\n🙋 Worker · 🟢 aktif · sejak 5 Jan 2026');
    expect((await admin.say('@wah')).text)
      .to.contain('🔎 “@wah”')
      .and.contain('1 pengguna.');
    expect((await admin.say(String(client.telegramId))).labels[0]).to.equal('1. Citra');
    expect((await admin.say('zzz')).text).to.contain('Tidak ada pengguna yang cocok dengan “zzz”');
    expect((await admin.say('@')).text).to.match(/^⚠️ /);
    expect((await admin.say('x'.repeat(5_000))).text).to.contain('maksimal 64');
    expect((await admin.tap('Semua')).text).to.contain('4 pengguna');
    expect(await status(worker)).to.equal('active');
  });

  it('ADM-3 UX-2 a card leads back to the search and page that it came from', async () => {
    const { chat, admin } = await aDesk();
    const name = 'Ratu Ayu 😀😀😀😀😀😀😀 Kusumawardhani Dewi';
    for (let at = 0; at < 7; at += 1) await chat.worker({ firstName: name });
    await admin.say('Pengguna');
    await admin.say(name);
    const second = await admin.tap('»');
    expect(second.text).to.contain('🔎 “Ratu Ayu').and.contain('7 pengguna');
    expect(second.labels.filter((label) => label.includes('. Ratu'))).to.have.length(1);
    expect((await admin.tap('1. Ratu')).text).to.contain(name);
    await admin.tap('Linimasa');
    await admin.tap('Kembali');
    const back = await admin.tap('Kembali');
    expect(back.text).to.equal(second.text);
    expect(back.labels).to.deep.equal(second.labels);
  });

  it('ADM-3 the card shows record, money, open things and id', async () => {
    const { chat, admin, client, worker, campaign, take } = await aDesk();
    await take(worker, await campaign());
    await chat.fund(worker, 1_500);
    const card = await open(admin, 'Wahyu');
    expect(card.html).to.contain(`<code>${worker.telegramId}</code>`);
    for (const said of [
      '👤 “Wahyu” (@wahyu99)',
      '🙋 Worker · 🟢 aktif',
      '🗓 Bergabung 5 Jan 2026 09.00 WIB',
      '👣 Terakhir aktif 5 Jan 2026',
      '💰 Saldo Rp 2.000',
      'upah Rp 500',
      'Bukti: 1 disetujui · 0 ditolak · 0 menunggu (100% disetujui)',
      'Masih berjalan: 1 tugas dikerjakan',
    ]) {
      expect(card.text).to.contain(said);
    }
    const clients = await open(admin, 'Citra');
    expect(clients.text)
      .to.contain('Dana di campaign Rp 2.500')
      .and.contain('Campaign: 2')
      .and.contain('Masih berjalan: 2 campaign');
    expect((await admin.tap('Campaign (2)')).text)
      .to.contain('👤 “Citra”')
      .and.contain('2 campaign');
    expect(client.telegramId).to.not.equal(worker.telegramId);
  });

  it('ACC-5 ADM-3 suspends with a reason, once it said what comes of it, and lifts it', async () => {
    const { admin, client } = await aDesk();
    await open(admin, 'Citra');
    await admin.tap('Tangguhkan');
    expect((await admin.say(' ')).text).to.match(/^⚠️ Alasan wajib diisi/);
    const confirm = await admin.tap('Melanggar ketentuan');
    expect(confirm.text)
      .to.contain('Melanggar ketentuan Upah.')
      .and.contain('Campaign yang berjalan dijeda')
      .and.contain('Saldonya tetap utuh');
    expect(await status(client)).to.equal('active');
    const card = await admin.tap('Tangguhkan');
    expect(await status(client)).to.equal('suspended');
    expect(card.text)
      .to.contain('Ditangguhkan sejak 5 Jan 2026')
      .and.contain('oleh “Ayu”')
      .and.contain('Melanggar ketentuan Upah.');
    expect(client.notices().at(-1)?.text).to.contain('Melanggar ketentuan Upah.');
    const lift = await admin.tap('Aktifkan kembali');
    expect(lift.text).to.contain('yang dijeda karena hal lain tetap dijeda');
    expect((await admin.tap('Aktifkan kembali')).text).to.contain('🟢 aktif');
    expect(await status(client)).to.equal('active');
  });

  it('ADM-3 ACC-3 changes a role while nothing is open, else says what is', async () => {
    const { admin, client, worker } = await aDesk();
    await open(admin, 'Citra');
    await admin.tap('Ubah peran');
    expect(admin.answer()).to.deep.include({ alert: true });
    expect(admin.answer()?.text).to.contain('masih ada 1 campaign');
    expect((await client.user()).role).to.equal('client');
    await open(admin, 'Wahyu');
    expect((await admin.tap('Ubah peran')).text).to.contain('Dari 🙋 Worker menjadi 🏢 Client');
    expect((await admin.tap('Konfirmasi')).text).to.contain('🏢 Client');
    expect((await worker.user()).role).to.equal('client');
    expect(worker.notices().at(-1)?.text).to.contain('menjadi Client');
    expect(worker.menu()).to.include('📢 Buat Campaign');
  });

  it('ACC-7 nobody is offered anything about themselves or another admin, or gets it', async () => {
    const { admin, house } = await aDesk();
    for (const [name, person] of [
      ['Ayu', admin],
      ['Bagus', house],
    ] as const) {
      const { id } = await person.user();
      expect((await open(admin, name)).labels.join()).to.not.match(/Tangguhkan|Ubah peran/);
      await admin.tap(`ur:${shortId(id)}::0`);
      expect(admin.answer()?.text).to.contain('tidak bisa berganti peran');
      await admin.tap(`ux:${shortId(id)}::0`);
      expect(admin.answer()?.text).to.contain('Admin tidak bisa ditangguhkan');
      expect(await status(person)).to.equal('active');
    }
    expect((await open(admin, 'Ayu')).labels.join()).to.not.contain('Sesuaikan saldo');
    expect((await open(admin, 'Bagus')).labels.join()).to.contain('Sesuaikan saldo');
  });

  it('ADM-1 SEC-2 forged ids read as not found; who may not is told so', async () => {
    const { chat, client, worker } = await aDesk();
    const admin = await chat.admin({ firstName: 'Cahya' }, ['review', 'settings']);
    const full = await chat.admin({ firstName: 'Dian' });
    const id = shortId((await worker.user()).id);
    for (const code of ['up', 'ut', 'ux', 'uy', 'ur', 'ua']) {
      for (const forged of [shortId(freshId()), 'x']) {
        await full.tap(`${code}:${forged}`);
        expect(full.answer()?.text, `${code}:${forged}`).to.contain('Pengguna itu tidak ditemukan');
      }
      await admin.tap(`${code}:${id}::0`);
      const right = code === 'ua' ? 'mengurus top-up' : 'mengelola pengguna';
      expect(admin.answer()?.text, code).to.contain(`belum diberi hak untuk ${right}`);
      await client.tap(`${code}:${id}::0`);
      expect(client.answer()?.text, code).to.contain('khusus admin');
    }
    expect((await admin.say('Pengguna')).text).to.contain('belum diberi hak');
    expect((await full.tap('u:::::::99999')).text).to.contain('pengguna');
  });

  it('UX-1 all of it in English', async () => {
    const { chat, worker } = await aDesk();
    const admin = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    expect((await admin.say('People')).text).to.contain('People: 5, newest first.');
    await admin.say('wah');
    expect((await admin.tap('Wahyu')).text)
      .to.contain('Balance Rp 500')
      .and.contain('Proofs: 1 approved · 0 rejected · 0 waiting (100% approved)')
      .and.contain('Nothing is open.');
    expect((await admin.tap('Change role')).text).to.contain('From 🙋 Worker to 🏢 Client');
    await admin.tap('Cancel');
    await admin.tap('Suspend');
    await admin.tap('Repeated fake proofs.');
    await admin.tap('Suspend');
    expect(admin.answer()?.text).to.contain('The person has been told');
    expect(worker.notices().at(-1)?.text).to.contain('Bukti palsu berulang kali.');
    expect((await admin.tap('Unsuspend')).text).to.contain('can use Upah again');
  });
});
