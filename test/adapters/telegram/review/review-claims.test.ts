import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asOperator, PERMISSIONS } from '../../../../core/index.ts';
import { aDesk, nth } from '../review-scenes.ts';

/** Two admins, Ayu and Bagus, and so many waiting proofs. */
const twoAdmins = async (waiting: number) => {
  const desk = await aDesk(waiting);
  return { ...desk, second: await desk.chat.admin({ firstName: 'Bagus 🌿' }) };
};

describe('Telegram: a case that somebody has open', () => {
  it('REV-6 two admins are never given the same case', async () => {
    const { admin, second } = await twoAdmins(3);
    expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
    expect((await second.say('Review Bukti')).text).to.contain('“Worker1”');
    expect((await admin.tap('Setujui')).text).to.contain('“Worker2”');
    expect((await second.tap('Setujui')).text).to.contain('Tidak ada lagi bukti untuk Anda');
  });

  it('REV-6 opened from the list it says who reviews it and until when, without decisions', async () => {
    const { admin, second } = await twoAdmins(2);
    await second.say('Review Bukti');
    await admin.say('Review Bukti');
    const list = await admin.tap('Daftar');
    expect(list.labels.filter((label) => label.includes('🔒'))).to.have.length(1);
    const card = await admin.tap('Worker0');
    expect(card.text).to.contain('🔒 Sedang diperiksa “Bagus 🌿” sampai 09.07 WIB');
    expect(card.labels).to.deep.equal([
      '🔗 Buka tautan',
      '⏭ Bukti berikutnya',
      '📋 Daftar',
      '🏠 Beranda',
    ]);
    expect((await admin.tap('Bukti berikutnya')).text).to.contain('“Worker1”');
  });

  it('REV-6 the list marks no case that its reader has open', async () => {
    const { admin } = await twoAdmins(1);
    await admin.say('Review Bukti');
    expect((await admin.tap('Daftar')).labels.join())
      .to.contain('Worker0')
      .and.not.contain('🔒');
  });

  it("ACC-7 one's own is shown without decisions, and says who decides it", async () => {
    const { chat, workers, proofs } = await twoAdmins(1);
    const own = nth(workers, 0);
    const user = await own.user();
    await chat.ports.unitOfWork.run((tx) =>
      tx.users.save({ ...user, role: 'admin', permissions: PERMISSIONS }),
    );
    const card = await own.tap(`rc:${shortId(nth(proofs, 0).id)}`);
    expect(card.text).to.contain('milik Anda, jadi admin lain yang memeriksanya');
    expect(card.labels.join()).to.not.contain('Setujui').and.not.contain('Tolak');
  });

  it('REV-6 after the minutes of the settings it is free again', async () => {
    const { chat, admin, second } = await twoAdmins(1);
    await second.say('Review Bukti');
    chat.clock.advance(5 * 60_000 - 1);
    expect((await admin.say('Review Bukti')).text).to.contain('Tidak ada lagi bukti');
    chat.clock.advance(1);
    expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
  });

  for (const way of ['Beranda', 'Daftar', 'Deposit']) {
    it(`REV-6 leaving the desk by ${way} frees the case at once`, async () => {
      const { admin, second } = await twoAdmins(1);
      await second.say('Review Bukti');
      await (way === 'Deposit' ? second.say(way) : second.tap(way));
      expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
    });
  }

  it('REV-6 asking for the reason keeps the case for its admin', async () => {
    const { chat, admin, second } = await twoAdmins(1);
    await second.say('Review Bukti');
    chat.clock.advance(4 * 60_000);
    await second.tap('Tolak');
    chat.clock.advance(4 * 60_000);
    expect((await admin.say('Review Bukti')).text).to.contain('Tidak ada lagi bukti');
    await second.tap('Batal');
    await second.tap('Beranda');
    expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
  });

  it('REV-6 an old card still decides where nobody has decided since', async () => {
    const { chat, admin, second, verdictOf } = await twoAdmins(2);
    const old = await second.say('Review Bukti');
    chat.clock.advance(6 * 60_000);
    expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
    await second.tapOn(old, 'Setujui');
    expect(second.answer()?.text).to.contain('✅ Disetujui');
    expect(await verdictOf(0)).to.deep.equal([{ verdict: 'approved', reason: null }]);
    await admin.tap('Setujui');
    expect(admin.answer()?.text).to.contain('Sudah disetujui oleh Bagus 🌿 pada');
    expect(await verdictOf(0)).to.have.length(1);
  });

  it('ACC-6 an admin whose right was taken away decides nothing, and is told politely', async () => {
    const { chat, workers, wallet, verdictOf } = await twoAdmins(1);
    const second = await chat.worker({ firstName: 'Candra' });
    const named = { actor: asOperator('test'), telegramId: second.telegramId };
    await chat.core.users.grantAdmin(named);
    const old = await second.say('Review Bukti');
    await chat.core.users.revokeAdmin(named);
    for (const button of ['✅ Setujui', 'Tolak', 'Lewati', 'Setujui banyak']) {
      await second.tapOn(old, button);
      expect(second.answer()?.text, button).to.contain('khusus admin');
    }
    expect(await verdictOf(0)).to.deep.equal([]);
    expect(await wallet(nth(workers, 0))).to.equal(0n);
  });

  it('ACC-6 one who has no other role is asked for one, and decides nothing', async () => {
    const { chat, second, verdictOf } = await twoAdmins(1);
    const old = await second.say('Review Bukti');
    await chat.core.users.revokeAdmin({
      actor: asOperator('test'),
      telegramId: second.telegramId,
    });
    expect((await second.tapOn(old, '✅ Setujui')).text).to.contain('sebagai apa');
    expect(await verdictOf(0)).to.deep.equal([]);
  });
});
