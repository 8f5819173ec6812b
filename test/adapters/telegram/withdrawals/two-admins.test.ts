import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asOperator } from '../../../../core/index.ts';
import { rupiahs } from '../../../support/builders.ts';
import { aWithdrawalDesk, NUMBER, openWithdrawal } from '../money-scenes.ts';

const aDesk = () => aWithdrawalDesk({ endorsed: false });

describe('Telegram: a withdrawal that needs two admins', () => {
  it('ADM-2 one says yes, another one processes it, and the first cannot', async () => {
    const { admin, second, withdrawal } = await aDesk();
    const list = await admin.say('Withdrawal');
    expect(list.labels[0]).to.match(/^2️⃣🌱.*Rp 20\.000/);
    expect(list.text).to.contain('2️⃣ perlu dua admin');
    const card = await admin.tap('Rp 20.000');
    expect(card.text).to.contain('Perlu dua admin: ada uang top-up.').and.contain('ketuk Setujui');
    expect(card.labels.join()).to.contain('Tolak').and.not.contain('Proses');
    const early = await openWithdrawal(second);
    const mine = await admin.tap('Setujui');
    expect(admin.answer()?.text).to.contain('Sekarang admin lain yang memprosesnya');
    expect(mine.text).to.contain('☑️ Disetujui “Ayu” pada 5 Jan 2026');
    expect(mine.labels.join()).to.contain('Tarik persetujuan').and.not.contain('Proses');
    await admin.tap(`wp:${shortId(withdrawal.id)}`);
    expect(admin.answer()).to.deep.include({ alert: true });
    const late = await second.tapOn(early, 'Setujui');
    expect(second.answer()).to.deep.include({ alert: true });
    expect(late.text).to.contain('☑️ Disetujui “Ayu”').and.not.contain(NUMBER);
    expect((await second.tap('Proses')).text).to.contain(NUMBER);
    const taken = await admin.tapOn(mine, 'Tarik persetujuan');
    expect(admin.answer()).to.deep.include({ alert: true });
    expect(taken.text).to.contain('Sedang diproses “Bagus”');
    expect(taken.labels.join()).to.not.contain('Ambil alih');
    expect((await admin.tap('Profil Wahyu')).text).to.contain('👤 “Wahyu” (@wahyu)');
  });

  it('ADM-2 the first may take their word back while nobody has begun', async () => {
    const { admin, second } = await aDesk();
    await openWithdrawal(admin);
    await admin.tap('Setujui');
    const after = await admin.tap('Tarik persetujuan');
    expect(admin.answer()?.text).to.contain('ditarik');
    expect(after.labels.join()).to.contain('Setujui');
    expect((await openWithdrawal(second)).labels.join()).to.not.contain('Proses');
  });

  it('ADM-2 WDR-2 either may reject it before anybody processes it', async () => {
    const { admin, second, balances } = await aDesk();
    const seen = await openWithdrawal(second);
    await openWithdrawal(admin);
    await admin.tap('Tolak');
    await admin.tap('Nomor DANA tidak ditemukan');
    expect((await second.tapOn(seen, 'Setujui')).text).to.match(
      /Sudah ditolak oleh “Ayu” pada 5 Jan 2026 09\.\d\d WIB/,
    );
    expect(await balances()).to.deep.equal({ wallet: 50_000n, hold: 0n });
  });

  it('ADM-2 tells an amount above the limit by the limit', async () => {
    const { chat, admin, another } = await aDesk();
    await another(1_500_000);
    await admin.say('Withdrawal');
    expect((await admin.tap('Rp 1.500.000')).text).to.contain('jumlahnya di atas Rp 1.000.000');
    expect((await chat.core.settings.current()).secondAdminAbove).to.equal(rupiahs(1_000_000));
  });

  it('ADM-1 ADM-2 the word of who may not handle money any more counts no longer', async () => {
    const { chat, admin, second } = await aDesk();
    await openWithdrawal(admin);
    await admin.tap('Setujui');
    const { telegramId } = admin;
    const actor = asOperator('test');
    await chat.core.users.setPermissions({ actor, telegramId, permissions: ['review'] });
    const card = await openWithdrawal(second);
    expect(card.labels.join()).to.contain('Setujui').and.not.contain('Proses');
  });

  it('ADM-2 UX-4 an admin of money who is alone reads whom to ask, before and after their word', async () => {
    const { chat, admin, second } = await aDesk();
    const ask =
      'Belum ada admin lain yang berhak memproses withdraw; minta operator menambahkannya.';
    expect((await openWithdrawal(admin)).text).to.not.contain(ask);
    const { telegramId } = second;
    const actor = asOperator('test');
    await chat.core.users.setPermissions({ actor, telegramId, permissions: ['review'] });
    expect((await openWithdrawal(admin)).text).to.contain(ask);
    expect((await admin.tap('Setujui')).text).to.contain(ask);
  });

  it('UX-1 ADM-2 in English', async () => {
    const { chat, admin } = await aDesk();
    const ann = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    await ann.say('Withdrawals');
    const card = await ann.tap('Rp 20.000');
    expect(card.text).to.contain('Needs two admins: part of it is top-up money.');
    expect((await ann.tap('Approve')).text).to.contain('Approved by “Ann”');
    expect((await openWithdrawal(admin)).text).to.contain('Disetujui “Ann”');
    expect((await ann.tap('Take approval back')).labels.join()).to.contain('Approve');
  });
});
