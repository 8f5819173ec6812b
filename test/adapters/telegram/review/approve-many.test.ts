import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asOperator } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import { aDesk, nth } from '../review-scenes.ts';

const FEE = { feeBasisPoints: 1_000 };

/** So many waiting proofs of one campaign; the admin has chosen them all and sees the preview. */
const previewed = async (waiting: number) => {
  const desk = await aDesk(waiting, FEE);
  await desk.admin.say('Review Bukti');
  await desk.admin.tap('Setujui banyak');
  const preview = await desk.admin.tap('Campaign ini');
  return { ...desk, preview };
};

describe('Telegram: approving many, what is shown before', () => {
  it('REV-8 asks whose, with count and total of either', async () => {
    const { admin, campaign, anotherCampaign, workers, proof } = await aDesk(2);
    await proof(nth(workers, 0), await anotherCampaign());
    await admin.say('Review Bukti');
    const question = await admin.tap('Setujui banyak');
    expect(question.labels.slice(0, 2)).to.deep.equal([
      '👤 Worker Worker0: 2 bukti, Rp 1.000',
      '📢 Campaign ini: 2 bukti, Rp 1.000',
    ]);
    const worker = await admin.tap('Worker Worker0');
    expect(worker.text).to.contain('Semua bukti dari “Worker0” (@w0)');
    await admin.tap('Kembali');
    const all = await admin.tap('Campaign ini');
    expect(all.text).to.contain(campaign.link.target.slice('https://www.'.length));
  });

  it('REV-8 states count, total, fees and how long the oldest has waited', async () => {
    const { preview, wallet, workers } = await previewed(3);
    expect(preview.text)
      .to.contain('Setujui 3 bukti?')
      .and.contain('Total upah: Rp 1.500')
      .and.contain('Biaya platform: Rp 150')
      .and.contain('Terlama menunggu 3 menit');
    expect(preview.text).to.not.contain('Tidak ikut');
    expect(await wallet(nth(workers, 0))).to.equal(0n);
  });

  it('REV-8 PRF-3 names what is left out and why: flagged, and open elsewhere', async () => {
    const { chat, admin, more, campaign } = await aDesk(2);
    await more(campaign, 'one picture');
    await more(campaign, 'one picture');
    const second = await chat.admin({ firstName: 'Bagus' });
    await second.say('Review Bukti');
    await admin.say('Review Bukti');
    await admin.tap('Setujui banyak');
    const preview = await admin.tap('Campaign ini');
    expect(preview.text)
      .to.contain('Setujui 2 bukti?')
      .and.contain('1 sedang diperiksa admin lain')
      .and.contain('1 perlu dilihat karena gambarnya mirip bukti lain');
  });

  it('UX-2 Batal goes back to the case, and nothing was approved', async () => {
    const { admin, verdictOf } = await previewed(2);
    expect((await admin.tap('Batal')).text).to.contain('“Worker0”');
    expect(await verdictOf(0)).to.deep.equal([]);
  });

  it('REV-8 where nothing fits it says so and offers no order', async () => {
    const { admin, more, campaign } = await aDesk(0);
    await more(campaign, 'one picture');
    await more(campaign, 'one picture');
    await admin.say('Review Bukti');
    await admin.tap('Setujui');
    const question = await admin.tap('Setujui banyak');
    expect(question.text).to.contain('Tidak ada bukti yang bisa disetujui sekaligus');
    expect(question.labels).to.deep.equal(['⬅️ Kembali', '🚫 Batal']);
  });

  it('REV-8 UX-3 five hundred proofs are kept through a restart of the process', async () => {
    const { chat, admin, workers, proofs, wallet, workOff } = await previewed(2);
    const { id } = await admin.user();
    const stored = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id));
    expect(stored?.data)
      .to.have.nested.property('order.proofs')
      .that.deep.equals(proofs.map((proof) => shortId(proof.id)));
    const many = Array.from({ length: 500 }, () => shortId(freshId()));
    expect(JSON.stringify(many).length).to.be.below(13_000);
    chat.restart();
    await admin.tap('Konfirmasi');
    await workOff();
    expect(await wallet(nth(workers, 1))).to.equal(500n);
  });
});

describe('Telegram: approving many, under way', () => {
  it('REV-8 shows how far it is, then the report, and pays each once', async () => {
    const { admin, workers, wallet, workOff } = await previewed(3);
    const begun = await admin.tap('Konfirmasi');
    expect(begun.text).to.contain('Sedang menyetujui').and.contain('0 dari 3 ▱▱▱▱▱▱▱▱▱▱');
    await workOff(2);
    const half = await admin.tap('Perbarui');
    expect(half.text)
      .to.match(/2 dari 3 ▰+▱+\n/)
      .and.contain('Rp 1.000 dibayarkan');
    expect(half.messageId).to.equal(begun.messageId);
    await workOff();
    const report = await admin.tap('Perbarui');
    expect(report.text).to.contain('Selesai').and.contain('3 disetujui, Rp 1.500 dibayarkan');
    expect(report.labels.join()).to.not.contain('Perbarui');
    for (const worker of workers) expect(await wallet(worker)).to.equal(500n);
    expect((await admin.tap('Lanjut periksa')).text).to.contain('Semua bukti sudah diperiksa');
  });

  it('REV-8 WAL-7 a double tap, a repeated update and an old button order once', async () => {
    const { chat, admin, preview, workers, wallet, workOff } = await previewed(2);
    await admin.tapOn(preview, 'Konfirmasi');
    await chat.repeatLastUpdate();
    const again = await admin.tapOn(preview, 'Konfirmasi');
    expect(again.text).to.contain('Sedang menyetujui');
    await workOff();
    await admin.tapOn(preview, 'Konfirmasi');
    await workOff();
    expect(await wallet(nth(workers, 0))).to.equal(500n);
    expect(await wallet(nth(workers, 1))).to.equal(500n);
  });

  it('REV-8 what came after the preview is not approved', async () => {
    const { admin, more, workers, wallet, workOff } = await previewed(1);
    await more();
    await admin.tap('Konfirmasi');
    await workOff();
    expect(await wallet(nth(workers, 0))).to.equal(500n);
    expect(await wallet(nth(workers, 1))).to.equal(0n);
  });

  it('REV-8 while others decide and open cases, those are skipped and reported', async () => {
    const { chat, admin, proofs, workers, wallet, workOff, verdictOf } = await previewed(4);
    const second = await chat.admin({ firstName: 'Bagus' });
    await admin.tap('Konfirmasi');
    await second.tap(`rr:${shortId(nth(proofs, 0).id)}`);
    await second.tap('Tanpa alasan');
    await second.tap(`rc:${shortId(nth(proofs, 2).id)}`);
    await workOff();
    const report = await admin.tap('Perbarui');
    expect(report.text)
      .to.contain('2 disetujui, Rp 1.000')
      .and.contain('1 sudah diputuskan sebelumnya')
      .and.contain('1 sedang diperiksa admin lain');
    expect(await verdictOf(0)).to.deep.equal([{ verdict: 'rejected', reason: null }]);
    expect(await wallet(nth(workers, 2))).to.equal(0n);
    await second.tap('Setujui');
    expect(await wallet(nth(workers, 2))).to.equal(500n);
  });

  it('REV-8 ACC-6 an admin whose right is taken away meanwhile approves nothing more', async () => {
    const { chat, admin, workers, wallet, workOff } = await previewed(2);
    await admin.tap('Konfirmasi');
    await workOff(1);
    const { telegramId } = admin;
    await chat.core.users.revokeAdmin({ actor: asOperator('test'), telegramId });
    await workOff();
    expect(await wallet(nth(workers, 0))).to.equal(500n);
    expect(await wallet(nth(workers, 1))).to.equal(0n);
  });

  it('REV-8 SEC-2 a forged order is not found', async () => {
    const { admin } = await aDesk(1);
    await admin.say('Review Bukti');
    for (const id of [shortId(freshId()), 'x', '']) {
      await admin.tap(`rb:${id || '-'}`);
      expect(admin.answer()?.text, id).to.contain('tidak ditemukan');
    }
  });

  it('REV-2 what was put aside stays put aside after an order', async () => {
    const { admin, anotherCampaign, more, workOff } = await aDesk(1);
    const other = await anotherCampaign();
    await more(other);
    await admin.say('Review Bukti');
    await admin.tap('Lewati');
    await admin.tap('Setujui banyak');
    await admin.tap('Campaign ini');
    await admin.tap('Konfirmasi');
    await workOff();
    await admin.tap('Perbarui');
    expect((await admin.tap('Lanjut periksa')).text).to.contain('Anda melewati 1 bukti');
  });
});
