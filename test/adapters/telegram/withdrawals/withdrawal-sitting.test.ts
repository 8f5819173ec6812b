import { expect } from 'chai';
import { asOperator, asUser } from '../../../../core/index.ts';
import { rupiahs } from '../../../support/builders.ts';
import { aPdf, aPicture, type ChatPerson } from '../../../support/chat.ts';
import { aWithdrawalDesk, NUMBER, openWithdrawal } from '../money-scenes.ts';

/** Takes a withdrawal over from whoever processes it. */
const takeOver = async (admin: ChatPerson) => {
  await admin.say('Withdrawal');
  await admin.tap('Sedang diproses admin lain');
  await admin.tap('Rp 20.000');
  const warning = await admin.tap('Ambil alih');
  await admin.tap('Belum ditransfer, ambil alih');
  return warning;
};

describe('Telegram: a sitting at the withdrawal desk', () => {
  it('WDR-2 UX-2 a withdrawal takes three taps, and the next one comes by itself', async () => {
    const { chat, admin, withdrawal, another } = await aWithdrawalDesk();
    const all = [withdrawal, await another(30_000), await another(40_000)];
    let screen = await openWithdrawal(admin);
    let taps = 0;
    for (const amount of ['Rp 20.000', 'Rp 30.000', 'Rp 40.000']) {
      expect(screen.text).to.contain(`Withdraw ${amount}`);
      for (const label of ['Proses', 'Sudah Ditransfer', 'Selesai tanpa bukti']) {
        screen = await admin.tap(label);
        taps += 1;
      }
      expect(admin.answer()?.text).to.contain('Dicatat sudah ditransfer');
    }
    expect(taps).to.equal(9);
    expect(screen.text).to.contain('Tidak ada withdraw yang menunggu');
    const actor = asUser((await admin.user()).id);
    for (const { id: withdrawalId } of all) {
      const shown = await chat.core.withdrawals.show({ actor, withdrawalId });
      expect(shown.withdrawal).to.deep.include({ status: 'paid', receipt: null, reference: null });
    }
  });

  it('WDR-2 what an admin has in process stands first on their list, and only there', async () => {
    const { admin, second, another } = await aWithdrawalDesk();
    await another(30_000);
    await admin.say('Withdrawal');
    await admin.tap('Rp 30.000');
    await admin.tap('Proses');
    const list = await admin.tap('Daftar');
    expect(list.labels[0]).to.match(/^▶️.*Rp 30\.000/);
    expect(list.labels[1]).to.match(/^☑️🌱.*Rp 20\.000/);
    expect(list.text).to.contain(
      '2 withdraw menunggu, yang Anda proses di atas, lalu yang terlama',
    );
    expect(list.text).to.contain('🌱 pertama').and.contain('💳 uang top-up');
    expect((await second.say('Withdrawal')).labels.join()).to.not.contain('Rp 30.000');
  });

  it('WDR-1 WDR-4 flags stand in words on the card', async () => {
    const { admin, another } = await aWithdrawalDesk();
    await another(30_000, '0812-3456-7890');
    const card = await openWithdrawal(admin);
    expect(card.text).to.contain('Withdraw pertama').and.contain('Nomor baru');
    expect(card.text).to.contain('Nomor bersama: 1 akun lain').and.contain('Uang top-up');
    expect((await admin.say('Withdrawal')).labels[0]).to.match(/^☑️🌱🆕🔗💳 Rp 20\.000/);
  });

  it('WDR-4 somebody paid before, with their usual number and earned money, has no flags', async () => {
    const scene = await aWithdrawalDesk();
    const { chat, admin, worker, proof, campaign } = scene;
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await admin.tap('Sudah Ditransfer');
    await admin.tap('Selesai tanpa bukti');
    const order = await campaign({ pricePerTask: rupiahs(90_000), target: 1 });
    const { id: proofId } = await proof(worker, order);
    await chat.core.proofs.approve({ actor: asUser((await admin.user()).id), proofId });
    await scene.withdrawAgain(10_000);
    const list = await admin.say('Withdrawal');
    expect(list.labels[0]).to.match(/^Rp 10\.000 · Wahyu …890/);
    expect((await admin.tap('Rp 10.000')).text).to.not.match(/pertama|baru|bersama|top-up/);
  });

  it('WDR-1 the card tells amount, fee and what left the balance', async () => {
    const { admin } = await aWithdrawalDesk({ settings: { withdrawFee: rupiahs(500) } });
    const card = await openWithdrawal(admin);
    expect(card.text).to.contain('Biaya Rp 500, total dari saldo Rp 20.500');
    expect((await admin.tap('Proses')).text).to.contain('Kirim Rp 20.000 ke nomor itu');
  });

  it('WDR-2 the owner cannot cancel what is being transferred, and reads why', async () => {
    const { admin, worker, balances } = await aWithdrawalDesk();
    const balance = await worker.say('Saldo');
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await worker.tapOn(balance, 'Batalkan');
    expect(worker.answer()?.text).to.contain('sedang ditransfer admin, jadi tidak bisa dibatalkan');
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 20_000n });
  });

  it('WDR-2 taken over while the receipt is on its way: the card comes, no money moves', async () => {
    const { admin, second, balances } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    const question = await admin.tap('Sudah Ditransfer');
    const warning = await takeOver(second);
    expect(warning.text).to.match(/sedang diproses “Ayu” sejak 5 Jan 2026 09\.\d\d WIB/);
    const lost = await admin.sendFile(aPdf());
    expect(lost.text).to.contain('Sedang diproses “Bagus” sejak').and.not.contain(NUMBER);
    await admin.tapOn(question, 'Selesai tanpa bukti');
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 20_000n });
  });

  it('WDR-2 decided meanwhile: the card tells by whom and when', async () => {
    const { admin, second, balances } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    const mine = await admin.tap('Proses');
    const question = await admin.tap('Sudah Ditransfer');
    await takeOver(second);
    await second.tap('Sudah Ditransfer');
    await second.sendFile(aPicture());
    await second.tap('Lewati');
    await second.tap('Konfirmasi');
    const late = await admin.tapOn(question, 'Selesai tanpa bukti');
    expect(late.text).to.match(/Sudah ditransfer oleh “Bagus” pada 5 Jan 2026/);
    expect(late.text).to.contain('Bukti transfer: ada').and.not.contain(NUMBER);
    for (const label of ['Sudah Ditransfer', 'Tolak']) {
      expect((await admin.tapOn(mine, label)).text).to.contain('Sudah ditransfer oleh “Bagus”');
    }
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 0n });
  });

  it('WDR-2 WAL-7 Selesai tapped twice and delivered twice pays once', async () => {
    const { chat, admin, another, balances } = await aWithdrawalDesk();
    await another(30_000);
    await openWithdrawal(admin);
    await admin.tap('Proses');
    const question = await admin.tap('Sudah Ditransfer');
    await admin.tapOn(question, 'Selesai tanpa bukti');
    await chat.repeatLastUpdate();
    const after = await admin.tapOn(question, 'Selesai tanpa bukti');
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 0n });
    expect(after.text).to.contain('Withdraw Rp 30.000');
  });

  it('WDR-2 a reference of 5,000 characters is refused, and the question stays', async () => {
    const { admin } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await admin.tap('Sudah Ditransfer');
    await admin.tap('Lewati');
    const again = await admin.say('9'.repeat(5_000));
    expect(again.text).to.contain('maksimal 100').and.contain('Langkah 2 dari 3');
  });

  it('ACC-4 ACC-6 old buttons of an admin whose right was taken away do nothing', async () => {
    const { chat, balances } = await aWithdrawalDesk();
    const former = await chat.worker({ firstName: 'Cahya' });
    const right = { actor: asOperator('test'), telegramId: former.telegramId };
    await chat.core.users.grantAdmin(right);
    const free = await openWithdrawal(former);
    const mine = await former.tap('Proses');
    const question = await former.tap('Sudah Ditransfer');
    await chat.core.users.revokeAdmin(right);
    const left = await former.tapOn(question, 'Selesai tanpa bukti');
    expect(former.answer()?.text).to.contain('khusus admin');
    expect(left.text).to.not.contain(NUMBER);
    for (const [message, label] of [
      [free, 'Proses'],
      [mine, 'Sudah Ditransfer'],
      [mine, 'Tolak'],
    ] as const) {
      await former.tapOn(message, label);
      expect(former.answer()?.text, label).to.contain('khusus admin');
    }
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 20_000n });
  });

  it('WDR-3 the whole number stands in messages of its owner and the claiming admin only', async () => {
    const { admin, second, client } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    expect((await admin.tap('Proses')).text).to.contain(NUMBER);
    await admin.tap('Sudah Ditransfer');
    await takeOver(second);
    await second.tap('Tolak');
    await second.tap('Nomor DANA tidak ditemukan');
    const told = [...admin.messages(), ...second.messages(), ...client.messages()];
    expect(told.length).to.be.greaterThan(4);
    for (const { text } of told) expect(text).to.not.contain(NUMBER);
  });

  it('UX-1 the desk speaks English throughout, and the owner reads their own language', async () => {
    const { chat, admin: other, worker, another } = await aWithdrawalDesk();
    await another(30_000);
    const admin = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    const list = await admin.say('Withdrawals');
    expect(list.text).to.contain('Withdrawals waiting: 2').and.contain('🌱 first · 🆕 new number');
    const card = await admin.tap('Rp 20.000');
    expect(card.text).to.contain('First withdrawal by this user').and.contain('New number');
    expect((await admin.tap('Process')).text).to.contain('Send Rp 20.000 to that number');
    expect((await admin.tap('Transferred')).text).to.contain('Finish without receipt to record it');
    await admin.tap('Skip');
    const summary = await admin.say('TRX 9');
    expect(summary.text).to.contain('Receipt: none').and.contain('Reference: “TRX 9”');
    const next = await admin.tap('Confirm');
    expect(next.text).to.contain('Withdrawal of Rp 30.000').and.contain('Tap Process');
    expect(worker.notices().at(-1)?.text).to.contain('Withdraw berhasil diproses');
    await openWithdrawalOf(other, 'Rp 30.000');
    await admin.tap('List');
    const others = await admin.tap('With other admins');
    expect(others.text).to.contain('Being processed by other admins');
    await admin.tap('Rp 30.000');
    expect((await admin.tap('Take over')).text).to.contain('Ask whether the money has already');
    await admin.tap('Not transferred yet');
    expect((await admin.tap('Reject')).text).to.contain('Do not reject it if the money');
    const empty = await admin.tap('number was not found');
    expect(admin.answer()?.text).to.contain('The money is back in the owner’s balance');
    expect(empty.text).to.contain('No withdrawals waiting for you');
  });
});

const openWithdrawalOf = async (admin: ChatPerson, amount: string) => {
  await admin.say('Withdrawal');
  await admin.tap(amount);
  await admin.tap('Proses');
};
