import { expect } from 'chai';
import { asOperator, asUser, PERMISSIONS, type Campaign } from '../../../../core/index.ts';
import type { ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** An admin, and a client Citra with a campaign of four likes at 500. */
const aDesk = async () => {
  const scene = await aScene();
  const { chat } = scene;
  const admin = await chat.admin({ firstName: 'Ayu' });
  const campaign = await scene.campaign({ target: 4 });
  return {
    ...scene,
    admin,
    campaign,
    standing: async (): Promise<Campaign> => {
      const actor = asUser((await admin.user()).id);
      return (await chat.core.campaigns.show({ actor, campaignId: campaign.id })).campaign;
    },
  };
};

const open = async (admin: ChatPerson) => {
  await admin.say('Campaign');
  return admin.tap('Citra');
};

const lastNotice = (person: ChatPerson) => person.notices().at(-1)?.text ?? '';

describe('Telegram: campaigns changed by admins', () => {
  it('CAM-6 pauses with a ready-made reason, which the owner reads in their language', async () => {
    const { chat, client, campaign, standing } = await aDesk();
    const admin = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    await admin.say('Campaigns');
    await admin.tap('Citra');
    expect((await admin.tap('Pause')).text).to.contain('Only an admin can resume it');
    const card = await admin.tap('This campaign has been reported');
    expect(admin.answer()?.text).to.contain('Paused. Its owner has been notified');
    expect(card.text).to.contain('Paused by an admin').and.contain('Ada laporan tentang');
    expect(await standing()).to.deep.include({ status: 'paused', pausedBy: 'admin' });
    expect(lastNotice(client)).to.contain('Ada laporan tentang campaign ini. Kami periksa dulu.');
    const actor = asUser((await client.user()).id);
    const mine = await chat.core.campaigns.show({ actor, campaignId: campaign.id });
    expect(mine.campaign).to.deep.include({
      reason: 'Ada laporan tentang campaign ini. Kami periksa dulu.',
    });
  });

  it('CAM-6 a reason is required: 5,000 characters are refused, a typed one is told', async () => {
    const { admin, client, standing } = await aDesk();
    await open(admin);
    const question = await admin.tap('Jeda');
    expect(question.labels.join()).to.not.contain('Tanpa alasan');
    expect((await admin.say('x'.repeat(5_000))).text).to.contain('maksimal 500');
    expect((await standing()).status).to.equal('active');
    const card = await admin.say('Tautan <b>mati</b>');
    expect(card.html).to.contain('<blockquote>Tautan &lt;b&gt;mati&lt;/b&gt;</blockquote>');
    expect(lastNotice(client)).to.contain('Tautan <b>mati</b>');
  });

  it('CAM-6 resumes with a reason; workers can take again, and the owner is told', async () => {
    const { chat, admin, client, campaign, take, standing } = await aDesk();
    await open(admin);
    await admin.tap('Jeda');
    await admin.tap('Tautannya perlu kami periksa');
    expect((await admin.tap('Lanjutkan')).text).to.contain('Lanjutkan campaign ini?');
    const card = await admin.tap('tidak ada masalah');
    expect(card.text).to.contain('🟢 Aktif').and.not.contain('Dijeda');
    expect((await standing()).status).to.equal('active');
    expect(lastNotice(client)).to.contain('dilanjutkan').and.contain('tidak ada masalah');
    expect((await take(await chat.worker(), campaign)).status).to.equal('taken');
  });

  it('CAM-6 tells what returns to whom before it deletes, then the card is only read', async () => {
    const { chat, admin, client, campaign, proof, wallet, standing } = await aDesk();
    await proof(await chat.worker(), campaign);
    const card = await open(admin);
    await admin.tap('Hapus');
    const summary = await admin.tap('Tautannya melanggar ketentuan');
    expect(summary.text).to.contain('💰 Rp 1.500 kembali ke saldo “Citra”: 3 slot');
    expect(summary.text).to.contain('1 tugas masih berjalan, senilai Rp 500');
    expect(await wallet(client)).to.equal(0n);
    const after = await admin.tap('Hapus');
    expect(admin.answer()?.text).to.contain('Rp 1.500 kembali ke saldo pemiliknya');
    expect(await wallet(client)).to.equal(1_500n);
    expect(lastNotice(client)).to.contain('Tautannya melanggar').and.contain('Rp 1.500');
    expect(after.text).to.contain('🗑 Dihapus').and.contain('Tautannya melanggar ketentuan');
    expect(after.labels.join()).to.not.match(/Jeda|Lanjutkan|Hapus/);
    for (const label of ['Jeda', 'Hapus']) {
      expect((await admin.tapOn(card, label)).text).to.contain('🗑 Dihapus');
    }
    expect(await wallet(client)).to.equal(1_500n);
    expect((await standing()).status).to.equal('deleted');
  });

  it('CAM-6 the refund is what is free when it is confirmed, not when it was shown', async () => {
    const { chat, admin, client, campaign, take, wallet } = await aDesk();
    await open(admin);
    await admin.tap('Hapus');
    expect((await admin.tap('Kontennya sudah')).text).to.contain('Rp 2.000 kembali');
    await take(await chat.worker(), campaign);
    await admin.tap('Hapus');
    expect(admin.answer()?.text).to.contain('Rp 1.500 kembali');
    expect(await wallet(client)).to.equal(1_500n);
  });

  it('CAM-6 of two admins who delete the second reads that it is deleted, and refunds nothing', async () => {
    const { chat, admin, client, wallet } = await aDesk();
    const second = await chat.admin({ firstName: 'Bagus' });
    for (const one of [admin, second]) {
      await open(one);
      await one.tap('Hapus');
      await one.tap('Kontennya sudah');
    }
    const summary = admin.screen();
    await admin.tap('Hapus');
    await admin.tapOn(summary, 'Hapus');
    expect((await second.tap('Hapus')).text).to.contain('🗑 Dihapus');
    expect(second.answer()?.text).to.contain('sudah berakhir. Tidak ada yang berubah');
    expect(await wallet(client)).to.equal(2_000n);
    expect(client.notices().filter(({ text }) => text.includes('dihapus oleh'))).to.have.length(1);
  });

  it('UX-2 Kembali and Batal in the middle of deleting and pausing change nothing', async () => {
    const { admin, client, wallet, standing } = await aDesk();
    await open(admin);
    await admin.tap('Hapus');
    await admin.say('Alasan');
    expect((await admin.tap('Kembali')).text).to.contain('Pilih alasan');
    await admin.say('Alasan');
    expect((await admin.tap('Batal')).text).to.contain('🟢 Aktif');
    await admin.tap('Jeda');
    expect((await admin.tap('Kembali')).text).to.contain('🟢 Aktif');
    expect((await standing()).status).to.equal('active');
    expect(await wallet(client)).to.equal(0n);
  });

  it("ACC-7 CAM-6 an admin lifts no other admin's pause of a campaign of their own", async () => {
    const { chat, admin, client, campaign, standing } = await aDesk();
    await open(admin);
    await admin.tap('Jeda');
    await admin.tap('Ada laporan');
    const { id } = await client.user();
    await chat.ports.unitOfWork.run(async (tx) => {
      const user = await tx.users.find(id);
      if (user) await tx.users.save({ ...user, role: 'admin', permissions: PERMISSIONS });
    });
    await open(client);
    await client.tap('Lanjutkan');
    await client.tap('tidak ada masalah');
    expect(client.answer()?.text).to.contain('dijeda admin, jadi hanya admin');
    expect(await standing()).to.deep.include({ id: campaign.id, status: 'paused' });
  });

  it("ACC-5 a suspension's pause ends with the suspension, not at the desk", async () => {
    const { chat, admin, client } = await aDesk();
    const userId = (await client.user()).id;
    const actor = asUser((await admin.user()).id);
    await chat.core.users.suspend({ actor, userId, reason: 'Diperiksa' });
    const card = await open(admin);
    expect(card.text).to.contain('Dijeda karena akun pemiliknya ditangguhkan');
    expect(card.labels.join()).to.contain('Hapus').and.not.contain('Lanjutkan');
  });

  it('ACC-4 ACC-6 old buttons of an admin whose right was taken away do nothing', async () => {
    const { chat, standing } = await aDesk();
    const former = await chat.worker({ firstName: 'Cahya' });
    const right = { actor: asOperator('test'), telegramId: former.telegramId };
    await chat.core.users.grantAdmin(right);
    const list = await former.say('Campaign');
    const card = await open(former);
    await former.tap('Hapus');
    const summary = await former.tap('Kontennya sudah');
    await chat.core.users.revokeAdmin(right);
    await former.tapOn(summary, 'Hapus');
    expect(former.answer()?.text).to.match(/tidak ditemukan|khusus admin/);
    for (const [message, label] of [
      [list, 'Citra'],
      [list, 'Saring'],
      [card, 'Jeda'],
      [card, 'Hapus'],
    ] as const) {
      await former.tapOn(message, label);
      expect(former.answer()?.text, label).to.contain('khusus admin');
    }
    expect((await standing()).status).to.equal('active');
  });

  it('UX-1 resuming and deleting speak English', async () => {
    const { chat, admin: other, client } = await aDesk();
    await open(other);
    await other.tap('Jeda');
    await other.tap('Ada laporan');
    const admin = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    await admin.say('Campaigns');
    await admin.tap('Citra');
    expect((await admin.tap('Resume')).text).to.contain('Workers can take its tasks again');
    await admin.tap('The problem has been fixed');
    expect(lastNotice(client)).to.contain('Masalahnya sudah diperbaiki');
    expect((await admin.tap('Delete')).text).to.contain('you will see how much money goes back');
    const summary = await admin.tap('The link breaks our terms');
    expect(summary.text).to.contain('Rp 2.000 goes back to “Citra” for 4 available slots');
    await admin.tap('Delete');
    expect(admin.answer()?.text).to.contain('Rp 2.000 is back in the owner’s balance');
  });
});
