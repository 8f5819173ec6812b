import { expect } from 'chai';
import { asUser, type Permission } from '../../../../core/index.ts';
import { aScene } from '../desk-scenes.ts';

/** What a client did, of whom an admin with these rights reads the timeline. */
const aTimeline = async (permissions?: readonly Permission[]) => {
  const scene = await aScene();
  const { chat, client } = scene;
  const house = asUser((await (await chat.admin({ firstName: 'Bagus' })).user()).id);
  const admin = await chat.admin({ firstName: 'Ayu' }, permissions);
  const worker = await chat.worker({ firstName: 'Wahyu' });
  chat.clock.advance(60_000);
  const campaign = await scene.campaign();
  chat.clock.advance(60_000);
  const { id: proofId } = await scene.proof(worker, campaign);
  chat.clock.advance(60_000);
  await chat.core.proofs.reject({ actor: house, proofId, reason: 'Buram' });
  const of = async (name: string) => {
    await admin.say('Pengguna');
    await admin.say(name);
    await admin.tap(name);
    return admin.tap('Linimasa');
  };
  return { ...scene, admin, house, worker, client, of };
};

describe('Telegram: timeline of a person', () => {
  it('ADM-3 tells everything in order, each with its time, and leads to the thing', async () => {
    const { admin, of } = await aTimeline();
    const theirs = await of('Wahyu');
    expect(theirs.text).to.contain('🗓 5 Jan 2026\n1. 09.03 WIB ');
    const said = theirs.text.split('\n').filter((line) => /^\d+\. /.test(line));
    expect(said[0]).to.match(/^1\. 09\.03 WIB ❌ Bukti ditolak · Like · .*: “Buram”$/);
    expect(said[1]).to.match(/^2\. 09\.02 WIB 📸 Mengirim bukti · Like · /);
    expect(said[2]).to.contain('📌 Mengambil tugas');
    expect(said.join('\n')).to.contain('👤 Peran: – → Worker').and.contain('👋 Mendaftar');
    const proof = await admin.tap('📸 1');
    expect(proof.attachment).to.equal('photo');
    await of('Citra');
    expect((await admin.tap('📢')).text).to.contain('📢 Like · instagram.com');
  });

  it('ADM-3 UX-3 goes back in parts, also after a restart, and forth again', async () => {
    const { chat, admin, house, worker, of } = await aTimeline();
    const userId = (await worker.user()).id;
    for (let at = 0; at < 6; at += 1) {
      chat.clock.advance(60_000);
      await chat.core.users.suspend({ actor: house, userId, reason: `Ke-${at}` });
      chat.clock.advance(60_000);
      await chat.core.users.unsuspend({ actor: house, userId });
    }
    const first = await of('Wahyu');
    expect(first.text).to.match(/1\. [0-9.]+ WIB ✅ Diaktifkan kembali oleh “Bagus”/);
    expect(first.labels.join()).to.not.contain('Lebih baru');
    chat.restart();
    const second = await admin.tap('Lebih lama');
    expect(second.text).to.contain('👋 Mendaftar').and.contain('Bukti ditolak');
    expect(second.labels.join()).to.not.contain('Lebih lama');
    expect((await admin.tap('Lebih baru')).text).to.equal(first.text);
    expect((await admin.tap('Kembali')).text).to.contain('👤 “Wahyu”');
  });

  it('ADM-1 leads only to desks that the admin may use', async () => {
    const { admin, of } = await aTimeline(['users']);
    expect((await of('Wahyu')).labels.join()).to.not.contain('📸');
    expect((await of('Citra')).labels.join()).to.contain('📢');
    expect(admin.menu()).to.not.include('🔍 Review Bukti');
  });

  it('UX-1 in English', async () => {
    const { chat } = await aTimeline();
    const admin = await chat.admin({ languageCode: 'en' });
    await admin.say('People');
    await admin.say('Wahyu');
    await admin.tap('Wahyu');
    expect((await admin.tap('Timeline')).text)
      .to.contain('❌ Proof rejected')
      .and.contain('📸 Sent proof')
      .and.contain('👋 Registered');
  });
});
