import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser } from '../../../../core/index.ts';
import { aPicture } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

describe('Telegram: sending a proof', () => {
  it('PRF-3 the same picture for another task is refused; the task stays, the question too', async () => {
    const { chat, campaign } = await aScene();
    const worker = await chat.worker();
    const [first, second] = [await campaign(), await campaign()];
    const picture = aPicture();
    await worker.tap(`tk:${shortId(first.id)}`);
    await worker.tap('Kirim Bukti');
    await worker.sendFile(picture);
    await worker.tap(`tk:${shortId(second.id)}`);
    await worker.tap('Kirim Bukti');
    const refused = await worker.sendFile(picture);
    expect(refused.text)
      .to.contain('sudah Anda kirim untuk tugas lain')
      .and.to.contain('Kirim satu tangkapan layar');
    const actor = asUser((await worker.user()).id);
    const statuses = (await chat.core.tasks.mine({ actor })).map(({ take }) => take.status);
    expect(statuses).to.have.members(['pending_review', 'taken']);
    expect((await worker.sendFile(aPicture())).text).to.contain('Bukti terkirim');
  });

  it('PRF-3 somebody else with the same picture is not refused', async () => {
    const { chat, campaign } = await aScene();
    const { id } = await campaign();
    const picture = aPicture();
    for (const worker of [await chat.worker(), await chat.worker()]) {
      await worker.tap(`tk:${shortId(id)}`);
      await worker.tap('Kirim Bukti');
      expect((await worker.sendFile(picture)).text).to.contain('Bukti terkirim');
    }
  });

  it('CAM-6 a campaign deleted while its task is under way still takes the proof', async () => {
    const { chat, client, campaign } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker();
    await worker.tap(`tk:${shortId(id)}`);
    await worker.tap('Kirim Bukti');
    const actor = asUser((await client.user()).id);
    await chat.core.campaigns.delete({ actor, campaignId: id });
    expect((await worker.sendFile(aPicture())).text).to.contain('Bukti terkirim');
    expect((await client.say('Campaign Saya')).text).to.contain('🗑 Dihapus');
    expect((await client.tap('Like ·')).text).to.contain('Diperiksa: 1');
  });

  it('TSK-6 after two rejections the campaign is closed to the worker, and says why', async () => {
    const { chat, campaign, proof } = await aScene();
    const worker = await chat.worker();
    const admin = asUser((await (await chat.admin()).user()).id);
    const made = await campaign();
    for (let times = 0; times < 2; times += 1) {
      const { id: proofId } = await proof(worker, made);
      await chat.core.proofs.reject({ actor: admin, proofId, reason: null });
    }
    expect((await worker.say('Tugas Tersedia')).text).to.contain('Belum ada tugas');
    await worker.tap(`tk:${shortId(made.id)}`);
    expect(worker.answer()?.alert).to.equal(true);
    expect(worker.answer()?.text).to.contain('2 kali ditolak').and.to.contain('tugas lain');
    expect((await (await chat.worker()).say('Tugas Tersedia')).text).to.contain('1 pilihan');
  });

  const WANTED = {
    view: 'bahwa Anda sudah menontonnya',
    like: 'like Anda',
    comment: 'komentar Anda',
    share: 'bahwa Anda sudah membagikannya',
    follow: 'bahwa Anda sudah follow',
  } as const;
  for (const [kind, wanted] of Object.entries(WANTED)) {
    it(`TSK-5 the card and the question say what the picture of a ${kind} has to show`, async () => {
      const { chat, campaign } = await aScene();
      const { id } = await campaign({ kind: kind as keyof typeof WANTED });
      const worker = await chat.worker();
      expect((await worker.tap(`tk:${shortId(id)}`)).text).to.contain(`menunjukkan ${wanted}`);
      expect((await worker.tap('Kirim Bukti')).text).to.contain(wanted);
    });
  }
});
