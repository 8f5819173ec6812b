import { expect } from 'chai';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { asOperator } from '../../../../core/index.ts';
import { aDepositDesk, aWithdrawalDesk, openWithdrawal } from '../money-scenes.ts';
import { aDesk } from '../review-scenes.ts';

const { account, common } = textsIn('id');

describe('Telegram: what was not meant as an answer', () => {
  for (const typed of ['/reveiw', '/unknown lagi', '/salah@upah_bot']) {
    it(`UX-5 REV-2 a mistyped command is no reason to reject: ${typed}`, async () => {
      const { admin, verdictOf } = await aDesk(1);
      await admin.say('Review Bukti');
      await admin.tap('Tolak');
      const again = await admin.say(typed);
      expect(again.text).to.contain(common.unknownCommand);
      expect(again.text).to.contain('Tolak bukti ini?');
      expect(await verdictOf(0)).to.deep.equal([]);
    });
  }

  it('UX-5 WDR-2 nor a reason to refuse a withdrawal', async () => {
    const { admin, balances } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await admin.tap('Tolak');
    expect((await admin.say('/withdrawl')).text).to.contain('Tolak withdraw ini?');
    expect((await balances()).hold).to.equal(20_000n);
  });

  it('REV-2 what begins with a slash and is no command still is a reason', async () => {
    const { admin, verdictOf } = await aDesk(1);
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    await admin.say('/ salah akun');
    expect(await verdictOf(0)).to.deep.equal([{ verdict: 'rejected', reason: '/ salah akun' }]);
  });

  it('ACC-1 ACC-4 who lost the right of an admin and has no role reads why a button does nothing', async () => {
    const { chat, admin } = await aDesk(1);
    const card = await admin.say('Review Bukti');
    const right = { actor: asOperator('test'), telegramId: admin.telegramId };
    await chat.admin({ firstName: 'Bayu' });
    await chat.core.users.revokeAdmin(right);
    const asked = await admin.tapOn(card, 'Setujui');
    expect(admin.answer()?.text).to.equal(account.roleFirst);
    expect(asked.text).to.contain('sebagai apa?');
  });

  it('REV-2 DEP-2 what was put aside at one desk is no business of the other', async () => {
    const { admin, another } = await aDepositDesk();
    await another(20_000);
    await admin.say('Deposit');
    await admin.tap('Lewati');
    const desk = await admin.tap('rv');
    expect(desk.text).to.contain('Semua bukti sudah diperiksa').and.not.contain('melewati');
    expect(desk.labels.join()).not.to.contain('dilewati');
  });
});
