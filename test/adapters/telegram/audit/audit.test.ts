import { expect } from 'chai';
import {
  auditOfCampaign,
  auditOfPerson,
} from '../../../../adapters/telegram/features/audit/place.ts';
import { asOperator } from '../../../../core/index.ts';
import type { ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** An admin Ayu, a client Citra with a campaign, and a worker Budi whose proof Ayu approved. */
const aLog = async () => {
  const scene = await aScene();
  const { chat } = scene;
  const [admin, worker] = [
    await chat.admin({ firstName: 'Ayu' }),
    await chat.worker({ firstName: 'Budi', username: 'budi_w' }),
  ];
  const campaign = await scene.campaign();
  const proof = await scene.proof(worker, campaign);
  chat.clock.advance(1_000);
  const { id } = await admin.user();
  await chat.core.proofs.approve({ actor: { kind: 'user', id }, proofId: proof.id });
  return { ...scene, admin, worker, campaign, proof };
};

const records = (text: string): readonly string[] =>
  [...text.matchAll(/^\d\. (?:🔒|🕓) (.+)$/gm)].map(([, what = '']) => what);

/** Every record of the list that is open, from its newest part on. */
const allRecords = async (
  admin: ChatPerson,
  list: { readonly text: string; readonly labels: readonly string[] },
) => {
  const found = [...records(list.text)];
  for (let at = list; at.labels.includes('Lebih lama »'); found.push(...records(at.text))) {
    at = await admin.tap('Lebih lama');
  }
  return found;
};

describe('Telegram: audit', () => {
  it('AUD-3 the newest records in plain words: when, who, about whom, how much, sealed or not', async () => {
    const { chat, admin } = await aLog();
    const list = await admin.say('Audit');
    expect(records(list.text)).to.have.length(6);
    expect(list.text).to.match(
      /^1\. 🕓 Bukti disetujui\n\d+ \S+ \d{4} \d\d\.\d\d WIB · oleh “Ayu”\n👤 “Budi” · 📢 Like instagram\.com\/p\/\d+ · Rp 500$/m,
    );
    await chat.core.audit.seal({ actor: asOperator('test'), limit: 1_000 });
    const sealed = await admin.say('/audit');
    expect(sealed.text)
      .to.match(/^1\. 🔒 Bukti disetujui$/m)
      .and.not.to.match(/^\d\. 🕓/m);
  });

  it('AUD-3 pages to the oldest and back to the newest, and the filter stays', async () => {
    const { chat, admin, campaign } = await aLog();
    const first = await admin.say('Audit');
    const everything = await allRecords(admin, first);
    expect(everything).to.have.length(chat.ports.auditLog().length);
    let top = await admin.tap('Lebih baru');
    while (top.labels.includes('« Lebih baru')) top = await admin.tap('Lebih baru');
    expect(top.text).to.equal(first.text);
    await admin.tap('Saring');
    await admin.tap('Jenis');
    await admin.tap('👤 Pengguna');
    const ofPeople = await admin.tap('Tampilkan');
    expect(records(ofPeople.text)).to.have.length(6);
    expect((await admin.tap('Lebih lama')).text).to.contain('🔎 👤 Pengguna');
    expect((await admin.tap('Lebih baru')).text).to.equal(ofPeople.text);
    const ofCampaign = await admin.tap(auditOfCampaign(campaign.id));
    expect(ofCampaign.text).to.contain('🔎 📢 Like instagram.com');
    expect(await allRecords(admin, ofCampaign)).to.deep.equal([
      'Bukti disetujui',
      'Bukti dikirim',
      'Tugas diambil',
      'Campaign dibuat',
    ]);
  });

  it('AUD-3 UX-2 the log of a person or a campaign leads back to the card that it was opened from', async () => {
    const { admin } = await aLog();
    expect((await admin.say('Audit')).labels).to.not.contain('Kembali');
    const cards = [
      ['Pengguna', 'Budi', '1. Budi'],
      ['Campaign', '1. 🟢'],
    ];
    for (const [desk = '', ...way] of cards) {
      let card = await admin.say(desk);
      for (const step of way) {
        card = await (step === 'Budi' ? admin.say(step) : admin.tap(step));
      }
      await admin.tap('Audit');
      expect((await admin.tap('Kembali')).text).to.equal(card.text);
      await admin.tap('Audit');
      await admin.tap('1');
      await admin.tap('Kembali');
      await admin.tap('Saring');
      await admin.tap('Hari');
      await admin.tap('Hari ini');
      await admin.tap('Tampilkan');
      await admin.tap('Saring');
      await admin.tap('Batal');
      const back = await admin.tap('Kembali');
      expect(back.text).to.equal(card.text);
      expect(back.labels).to.deep.equal(card.labels);
    }
  });

  it('AUD-3 filters by person, acting admin, kind and day together, and lets go again', async () => {
    const { admin } = await aLog();
    await admin.say('Audit');
    await admin.tap('Saring');
    await admin.tap('👤 Orang');
    expect((await admin.say('zzz')).text).to.contain('Tidak ada pengguna yang cocok');
    await admin.say('@budi');
    expect((await admin.tap('@budi_w')).text).to.contain('🔎 👤 “Budi”');
    await admin.tap('Oleh admin');
    expect((await admin.tap('Ayu')).text).to.contain('👤 “Budi” · 🛡 “Ayu”');
    await admin.tap('Jenis');
    await admin.tap('📸 Bukti');
    await admin.tap('Hari');
    await admin.tap('Hari ini');
    const shown = await admin.tap('Tampilkan');
    expect(records(shown.text)).to.deep.equal(['Bukti disetujui']);
    expect(shown.text).to.match(/🔎 👤 “Budi” · 🛡 “Ayu” · 📸 Bukti · 🗓 \d+ \S+ \d{4}/);
    await admin.tap('Saring');
    await admin.tap('☑️ 🛡');
    expect(records((await admin.tap('Tampilkan')).text)).to.deep.equal([
      'Bukti disetujui',
      'Bukti dikirim',
    ]);
    await admin.tap('Saring');
    expect((await admin.tap('☑️ 🗓 Hari')).text).to.not.contain('🗓 5 Jan');
    await admin.tap('Hari');
    expect((await admin.tap('Kemarin')).text).to.contain('🗓');
    expect((await admin.tap('Tampilkan')).text).to.contain('Tidak ada catatan yang cocok');
    const all = await admin.tap('Hapus saringan');
    expect(all.text).to.not.contain('🔎');
    expect(records(all.text)).to.have.length(6);
  });

  it('AUD-3 reads a typed day, and asks again for what is none', async () => {
    const { admin } = await aLog();
    await admin.say('Audit');
    await admin.tap('Saring');
    await admin.tap('Hari');
    for (const wrong of ['kemarin', '31-02-2026', '1-13-2026', '2026-01-05', '1-1-0001']) {
      expect((await admin.say(wrong)).text, wrong).to.contain('belum terbaca');
    }
    expect((await admin.say('9/3/2020')).text).to.contain('🗓 9 Mar 2020');
    expect((await admin.tap('Tampilkan')).text).to.contain('Tidak ada catatan yang cocok');
  });

  it('AUD-3 finds a campaign by the link of its tasks and by the link that shares it', async () => {
    const { admin, campaign } = await aLog();
    const ask = async () => {
      await admin.say('Audit');
      await admin.tap('Saring');
      await admin.tap('📢 Campaign');
    };
    await ask();
    expect((await admin.say('https://www.instagram.com/p/nobody')).text).to.contain(
      'Tidak ada campaign dengan tautan itu',
    );
    expect((await admin.say(campaign.link.target)).text).to.contain('🔎 📢 Like instagram.com');
    await ask();
    const shared = `https://t.me/upah_bot?start=campaign_${campaign.id}`;
    await admin.say(shared);
    const shown = await admin.tap('Tampilkan');
    expect(await allRecords(admin, shown)).to.have.length(4);
    await admin.say('Campaign');
    await admin.tap('Citra');
    expect((await admin.tap('Audit')).text, 'from its card').to.equal(shown.text);
  });

  it('AUD-3 a record shows what was before and after, its number, and leads to all of its kind', async () => {
    const { admin } = await aLog();
    await admin.say('Audit');
    const card = await admin.tap('1');
    expect(card.text)
      .to.contain('📜 Bukti disetujui\nproof.approve')
      .and.contain('🛡 Oleh “Ayu”')
      .and.contain('👤 Tentang “Budi”')
      .and.contain('Status: menunggu → disetujui')
      .and.contain('Upah: Rp 500')
      .and.match(/🕓 Catatan nomor \d+, belum disegel/);
    expect((await admin.tap('Kembali')).text).to.contain('📜 Audit');
    await admin.tap('1');
    expect((await admin.tap('Semua oleh orang ini')).text).to.contain('🔎 🛡 “Ayu”');
    await admin.tap('1');
    expect((await admin.tap('Semua tentang campaign ini')).text).to.contain('🔎 📢 Like');
    await admin.tap('1');
    expect((await admin.tap('Semua tentang orang ini')).text).to.contain('🔎 👤 “Budi”');
  });

  it('AUD-3 UX-3 the filter survives a restart, and a button of yesterday begins anew', async () => {
    const { chat, admin, worker } = await aLog();
    const list = await admin.tap(auditOfPerson((await worker.user()).id));
    chat.restart();
    expect((await admin.tap('Saring')).text).to.contain('🔎 👤 “Budi”');
    await admin.say('/menu');
    expect((await admin.tapOn(list, 'Unduh CSV')).text).to.not.equal('');
    expect(admin.notices().map(({ attachment }) => attachment)).to.not.include('document');
  });

  it('AUD-3 UX-1 speaks English to who reads English', async () => {
    const { chat } = await aLog();
    const admin = await chat.admin({ firstName: 'Eve', languageCode: 'en' });
    const list = await admin.say('Audit');
    expect(list.text).to.contain('Newest first');
    await admin.tap('Filter');
    await admin.tap('Kind');
    await admin.tap('Proof');
    const shown = await admin.tap('Show');
    expect(records(shown.text)).to.deep.equal(['Proof approved', 'Proof sent']);
    expect((await admin.tap('1')).text).to.contain('Reward: Rp 500');
  });

  it('AUD-3 SEC-2 nobody but admins, and no forged button', async () => {
    const { admin, worker, campaign } = await aLog();
    for (const word of ['Audit', '/audit']) {
      expect((await worker.say(word)).text).to.not.contain('📜 Audit');
    }
    const screen = await worker.tap(auditOfCampaign(campaign.id));
    expect(screen.text).to.not.contain('Bukti disetujui');
    for (const forged of ['j:x', 'j:u:x', 'j:u', "j:c:';drop", 'j:z:AAAAAAAAAAAAAAAAAAAAAA']) {
      expect((await admin.tap(forged)).text, forged)
        .to.contain('📜 Audit')
        .and.not.contain('🔎');
    }
    await admin.tap('Saring');
    const asked = await admin.tap('Hari');
    const today = asked.buttons.find(({ label }) => label === 'Hari ini')?.data ?? '';
    for (const forged of ['x', '0001-01-01', '2026-02-31']) {
      const { text } = await admin.tap(today.replace(/[^:]*$/, forged));
      expect(text, forged).to.contain('Hari yang mana?');
    }
  });
});
