import { expect } from 'chai';
import { asOperator, asUser, rupiah, type CampaignId } from '../../../../core/index.ts';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { bar } from '../../../../adapters/telegram/format.ts';
import { createChat, type Chat, type ChatPerson } from '../../../support/chat.ts';

const create = async (
  chat: Chat,
  person: ChatPerson,
  order: { readonly link?: string; readonly target?: number } = {},
): Promise<CampaignId> => {
  const { id } = await person.user();
  const { link = 'https://www.instagram.com/p/AbC', target = 4 } = order;
  const campaign = await chat.core.campaigns.create({
    actor: { kind: 'user', id },
    kind: 'like',
    link,
    instructions: 'Jangan <i>unlike</i>',
    pricePerTask: rupiah(500n),
    target,
    key: `test:${link}`,
  });
  return campaign.id;
};

const aClientWithCampaign = async () => {
  const chat = createChat();
  const ani = await chat.client({ firstName: 'Ani' });
  await chat.fund(ani, 100_000);
  return { chat, ani, id: await create(chat, ani) };
};

describe('Telegram: campaigns', () => {
  it('CAM-8 lists campaigns, and shows the card of one', async () => {
    const { chat, ani, id } = await aClientWithCampaign();
    const wati = await (await chat.worker()).user();
    await chat.core.tasks.take({ actor: { kind: 'user', id: wati.id }, campaignId: id });
    const list = await ani.say('Campaign Saya');
    expect(list.text).to.contain('instagram.com/p/AbC').and.to.contain('🟢 Aktif · 0/4');
    const card = await ani.tap('Like · 0/4');
    expect(card.text)
      .to.contain('Selesai: 0 dari 4')
      .and.to.contain('Diperiksa: 0 · Dikerjakan: 1 · Tersedia: 3')
      .and.to.contain('Tingkat penolakan: belum ada')
      .and.to.contain('Terpakai: Rp 0')
      .and.to.contain('Sisa dana campaign: Rp 2.000')
      .and.to.contain('Jangan <i>unlike</i>');
    expect((await ani.tap('Kembali')).text).to.contain('Campaign Saya');
  });

  it('CAM-8 a bar is full only where all is done', () => {
    expect(bar(199, 200, 10)).to.equal('▰▰▰▰▰▰▰▰▰▱');
    expect(bar(200, 200, 10)).to.equal('▰▰▰▰▰▰▰▰▰▰');
  });

  it('CAM-8 an empty list leads to the first campaign', async () => {
    const chat = createChat();
    const ani = await chat.client();
    expect((await ani.say('Campaign Saya')).text).to.contain('belum punya campaign');
    expect((await ani.tap('Buat Campaign')).text).to.contain('Langkah 1 dari 5');
  });

  it('CAM-8 pages a long list', async () => {
    const { chat, ani } = await aClientWithCampaign();
    for (let i = 0; i < 6; i += 1) {
      chat.clock.advance(1_000);
      await create(chat, ani, { link: `https://x.com/ani/status/${i}`, target: 1 });
    }
    expect((await ani.say('Campaign Saya')).labels).to.include('1/2');
    const second = await ani.tap('»');
    expect(second.labels).to.include('2/2');
    expect(second.text).to.contain('instagram.com/p/AbC');
  });

  it('CAM-6 Jeda and Lanjutkan', async () => {
    const { ani } = await aClientWithCampaign();
    await ani.say('Campaign Saya');
    const active = await ani.tap('Like ·');
    const paused = await ani.tap('Jeda');
    expect(paused.text).to.contain('⏸ Dijeda').and.to.contain('Dijeda oleh Anda');
    await ani.tapOn(active, 'Jeda');
    expect(ani.answer()?.text).to.contain('sudah dijeda');
    expect((await ani.tap('Lanjutkan')).text).to.contain('🟢 Aktif');
  });

  it("CAM-6 an admin's pause shows its reason, and is lifted only by an admin", async () => {
    const { chat, ani, id } = await aClientWithCampaign();
    const sri = await (await chat.admin()).user();
    await ani.tap(`cp:${shortId(id)}`);
    const ownPause = ani.screen();
    await chat.core.campaigns.pause({
      actor: { kind: 'user', id: sri.id },
      campaignId: id,
      reason: 'Tautannya <mati>',
    });
    await chat.deliver();
    expect(ani.notices().at(-1)?.text).to.contain('dijeda oleh admin');
    await ani.say('Campaign Saya');
    const card = await ani.tap('Like ·');
    expect(card.text)
      .to.contain('Dijeda oleh admin, jadi hanya admin yang bisa melanjutkannya.')
      .and.to.contain('Alasan admin: “Tautannya <mati>”');
    expect(card.labels.join()).not.to.contain('Lanjutkan');
    await ani.tapOn(ownPause, 'Lanjutkan');
    expect(ani.answer()?.text).to.contain('hanya admin');
    expect((await ani.tap('lg:en')).text).to.contain('Hello, Ani');
    expect((await ani.tap(`cs:${shortId(id)}`)).text)
      .to.contain('Admin’s reason: “Tautannya <mati>”')
      .and.to.contain('only an admin can resume it');
  });

  it('CAM-6 a campaign deleted by an admin says why', async () => {
    const { chat, ani, id } = await aClientWithCampaign();
    const { id: admin } = await (await chat.admin()).user();
    const actor = asUser(admin);
    await chat.core.campaigns.delete({ actor, campaignId: id, reason: 'Melanggar ketentuan' });
    const card = await ani.tap(`cs:${shortId(id)}`);
    expect(card.text).to.contain('🗑 Dihapus').and.to.contain('“Melanggar ketentuan”');
  });

  it('UX-5 CAM-8 an active campaign has a link to share, one that stands still has none', async () => {
    const { ani, id } = await aClientWithCampaign();
    const card = await ani.tap(`cs:${shortId(id)}`);
    expect(card.text).to.contain(`?start=campaign_${shortId(id)}`);
    expect((await ani.tap('Jeda')).text).not.to.contain('?start=');
  });

  it('CAM-6 Hapus tells what comes back, asks once more, and refunds exactly that', async () => {
    const { chat, ani, id } = await aClientWithCampaign();
    const wati = await (await chat.worker()).user();
    await chat.core.tasks.take({ actor: { kind: 'user', id: wati.id }, campaignId: id });
    await ani.say('Campaign Saya');
    await ani.tap('Like ·');
    const question = await ani.tap('Hapus');
    expect(question.text).to.contain('3 tugas yang masih tersedia').and.to.contain('Rp 1.500');
    expect(question.text).to.contain('1 tugas masih berjalan; dananya (Rp 500) kembali');
    expect((await ani.tap('Kembali')).text).to.contain('🟢 Aktif');
    await ani.tap('Hapus');
    const deleted = await ani.tap('Hapus');
    expect(deleted.text).to.contain('Rp 1.500 kembali ke saldo').and.to.contain('🗑 Dihapus');
    expect(deleted.labels).to.deep.equal(['📊 Perkembangan', '⬅️ Kembali', '🏠 Beranda']);
    await ani.tapOn(question, 'Hapus');
    expect(ani.answer()?.text).to.contain('sudah dihapus');
    const old = await ani.tap(`cd:${shortId(id)}`);
    expect(old.text, 'nothing left to ask').to.contain('🗑 Dihapus');
    expect((await ani.say('Saldo')).text).to.contain('Rp 99.500');
  });

  it('SEC-2 somebody else reads not found, whatever the button', async () => {
    const { chat, id } = await aClientWithCampaign();
    const eve = await chat.client({ firstName: 'Eve' });
    for (const code of ['cs', 'cp', 'cr', 'cd', 'cx', 'cg', 'ct']) {
      await eve.tap(`${code}:${shortId(id)}`);
      expect(eve.answer()?.text, code).to.contain('tidak ditemukan');
    }
    const { campaign } = await chat.ports.unitOfWork.run(async (tx) => ({
      campaign: await tx.campaigns.find(id),
    }));
    expect(campaign?.status).to.equal('active');
  });

  it('ACC-5 a suspension pauses, and the card says why', async () => {
    const { chat, ani, id } = await aClientWithCampaign();
    const { id: userId } = await ani.user();
    const actor = asOperator('test');
    await chat.core.users.suspend({ actor, userId, reason: 'cek' });
    const found = await chat.ports.unitOfWork.run((tx) => tx.campaigns.find(id));
    expect(found?.status).to.equal('paused');
    await chat.core.users.unsuspend({ actor, userId });
    await ani.say('Campaign Saya');
    expect((await ani.tap('Like ·')).text).to.contain('🟢 Aktif');
  });

  it('ACC-2 Beranda counts the campaigns that go on, paused ones too', async () => {
    const { chat, ani, id: paused } = await aClientWithCampaign();
    await create(chat, ani, { link: 'https://www.instagram.com/p/Two' });
    const ended = await create(chat, ani, { link: 'https://www.instagram.com/p/Three' });
    const actor = asUser((await ani.user()).id);
    await chat.core.campaigns.pause({ actor, campaignId: paused });
    await chat.core.campaigns.delete({ actor, campaignId: ended });
    expect((await ani.say('/start')).text).to.contain('Campaign berjalan: 2');
  });
});
