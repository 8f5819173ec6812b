import { expect } from 'chai';
import { asUser, type Withdrawal } from '../../../../core/index.ts';
import { createChat, type Chat, type ChatPerson } from '../../../support/chat.ts';

const pendingOf = async (chat: Chat, person: ChatPerson): Promise<readonly Withdrawal[]> => {
  const { id } = await person.user();
  return chat.core.withdrawals.mine({ actor: { kind: 'user', id } });
};

const aFundedWorker = async (money = 100_000) => {
  const chat = createChat();
  const wati = await chat.worker({ firstName: 'Wati' });
  if (money > 0) await chat.fund(wati, money);
  return { chat, wati };
};

const upToSummary = async (person: ChatPerson): Promise<void> => {
  await person.say('Withdraw');
  await person.tap('Rp 50.000');
  await person.say('0812-3456-7890');
};

describe('Telegram: withdraw', () => {
  it('WDR-1 asks amount and DANA number, shows the summary, and asks an admin', async () => {
    const { chat, wati } = await aFundedWorker();
    chat.ports.changeSettings({ withdrawFee: 1_000n as never });
    const amount = await wati.say('Withdraw');
    expect(amount.text).to.contain('Saldo Rp 100.000').and.to.contain('minimal Rp 10.000');
    expect(amount.labels).to.include('Rp 50.000').and.not.to.include('Rp 100.000');
    expect((await wati.say('50rb')).text).to.contain('nomor DANA yang akan menerima Rp 50.000');
    const summary = await wati.say('+62 812 3456 7890');
    expect(summary.text)
      .to.contain('Jumlah: Rp 50.000')
      .and.to.contain('Biaya: Rp 1.000')
      .and.to.contain('Total dari saldo: Rp 51.000')
      .and.to.contain('Saldo setelahnya: Rp 49.000');
    const result = await wati.tap('Konfirmasi');
    expect(result.text).to.contain('Saldo sekarang Rp 49.000, ditahan Rp 51.000');
    const [withdrawal] = await pendingOf(chat, wati);
    expect(withdrawal?.amount).to.equal(50_000n);
  });

  it('WDR-1 one tap asks for everything that balance, fee and limits allow', async () => {
    const { chat, wati } = await aFundedWorker();
    chat.ports.changeSettings({ withdrawFee: 1_000n as never });
    expect((await wati.say('Withdraw')).text).not.to.contain('batas harian');
    expect((await wati.tap('Semua · Rp 99.000')).text).to.contain('akan menerima Rp 99.000');
    expect((await wati.say('081234567890')).text).to.contain('Saldo setelahnya: Rp 0');
    await wati.tap('Konfirmasi');
    expect((await pendingOf(chat, wati))[0]?.amount).to.equal(99_000n);
  });

  it('WDR-4 everything is no more than the day still allows', async () => {
    const { chat, wati } = await aFundedWorker();
    chat.ports.changeSettings({ withdrawPerDayMax: 60_000n as never, withdrawalsPendingMax: 2 });
    await wati.say('Withdraw');
    await wati.tap('Rp 25.000');
    await wati.say('081234567890');
    await wati.tap('Konfirmasi');
    const again = await wati.say('Withdraw');
    expect(again.text).to.contain('paling banyak Rp 35.000');
    expect(again.labels).to.include('Rp 25.000').and.not.to.include('Rp 50.000');
    expect((await wati.tap('Semua')).text).to.contain('akan menerima Rp 35.000');
  });

  it('WDR-3 the summary shows the number to its owner, and it stands in clear in no row', async () => {
    const { chat, wati } = await aFundedWorker();
    await upToSummary(wati);
    expect(wati.screen().text).to.contain('+6281234567890');
    const { id } = await wati.user();
    const conversation = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id));
    await wati.tap('Konfirmasi');
    await wati.say('Saldo');
    const kept = JSON.stringify([conversation, chat.posted(), chat.ports.outboxMessages()]);
    expect(kept).to.contain('{{number}}');
    expect(kept).not.to.match(/81234567890/);
  });

  for (const amount of ['9.999', '1,000', '-10000', '１００００', 'semua', '2jt']) {
    it(`WDR-1 WAL-1 refuses the amount ${amount} and asks again`, async () => {
      const { wati } = await aFundedWorker();
      await wati.say('Withdraw');
      expect((await wati.say(amount)).text)
        .to.contain('⚠️')
        .and.to.contain('Langkah 1 dari 2');
    });
  }

  for (const number of ['12345', '021 555 1234', '+1 202 555 0100', 'nomor saya', '08']) {
    it(`WDR-1 refuses the number ${number} and asks again`, async () => {
      const { wati } = await aFundedWorker();
      await wati.say('Withdraw');
      await wati.tap('Rp 10.000');
      const screen = await wati.say(number);
      expect(screen.text).to.contain('Nomor DANA belum terbaca').and.to.contain('Langkah 2 dari 2');
    });
  }

  it('WDR-1 UX-4 does not even ask where there is too little money, and says the least', async () => {
    const { chat, wati } = await aFundedWorker(4_000);
    const refused = await wati.say('Withdraw');
    expect(refused.text).to.contain('minimal Rp 10.000').and.contain('kurang Rp 6.000');
    expect(refused.text).to.not.contain('Kurangi');
    expect(refused.labels.join()).to.contain('Saldo').and.contain('Beranda');
    await chat.fund(wati, 6_000);
    expect((await wati.tap('wd')).text).to.contain('Langkah 1 dari 2');
  });

  it('WDR-4 a second one while one waits is refused, with the way to the first', async () => {
    const { chat, wati } = await aFundedWorker();
    await upToSummary(wati);
    await wati.tap('Konfirmasi');
    expect((await wati.say('Withdraw')).text).to.contain('batalkan lewat Saldo');
    expect(await pendingOf(chat, wati)).to.have.length(1);
  });

  it('WDR-2 the owner cancels it under Saldo until an admin has begun', async () => {
    const { chat, wati } = await aFundedWorker();
    await upToSummary(wati);
    await wati.tap('Konfirmasi');
    const balance = await wati.tap('Saldo');
    expect(balance.text).to.contain('Withdraw Rp 50.000').and.to.contain('Rp 50.000');
    const after = await wati.tap('Batalkan withdraw Rp 50.000');
    expect(after.text).to.contain('Bisa dipakai: Rp 100.000');
    expect(wati.answer()?.text).to.contain('kembali ke saldo');
    await wati.tapOn(balance, 'Batalkan withdraw');
    expect(wati.answer()?.text).to.contain('sudah dibatalkan');
    await upToSummary(wati);
    await wati.tap('Konfirmasi');
    const sri = await (await chat.admin()).user();
    const [{ id: withdrawalId } = { id: undefined }] = await pendingOf(chat, wati);
    if (!withdrawalId) throw new Error('there should be one');
    const first = asUser((await (await chat.admin()).user()).id);
    await chat.core.withdrawals.endorse({ actor: first, withdrawalId });
    await chat.core.withdrawals.claim({
      actor: { kind: 'user', id: sri.id },
      withdrawalId,
      takeOverFrom: null,
    });
    const claimed = await wati.say('Saldo');
    expect(claimed.text).to.contain('sedang ditransfer admin');
    expect(claimed.labels.join()).not.to.contain('Batalkan');
  });

  it('UX-2 Kembali keeps the amount and the masked number', async () => {
    const { chat, wati } = await aFundedWorker();
    await upToSummary(wati);
    expect((await wati.tap('Kembali')).text).to.contain('Nomor tadi: +62 ••••••••890');
    expect((await wati.tap('Kembali')).text).to.contain('Jumlah tadi: Rp 50.000');
    await wati.tap('Rp 25.000');
    expect((await wati.tap('Tetap +62')).text).to.contain('Jumlah: Rp 25.000');
    await wati.tap('Konfirmasi');
    expect((await pendingOf(chat, wati))[0]?.amount).to.equal(25_000n);
  });

  it('UX-2 Batal leaves at every step and moves nothing', async () => {
    const { chat, wati } = await aFundedWorker();
    const steps = [
      () => wati.say('Withdraw'),
      () => wati.tap('Rp 50.000'),
      () => wati.say('081234567890'),
    ];
    for (let last = 1; last <= steps.length; last += 1) {
      for (const step of steps.slice(0, last)) await step();
      expect((await wati.tap('Batal')).text).to.contain('Saldo Rp 100.000');
    }
    expect(await pendingOf(chat, wati)).to.deep.equal([]);
  });

  it('WAL-7 a double tap on Konfirmasi, and the update twice, ask once', async () => {
    const { chat, wati } = await aFundedWorker();
    await upToSummary(wati);
    const summary = wati.screen();
    await wati.tapOn(summary, 'Konfirmasi');
    await chat.repeatLastUpdate();
    await wati.tapOn(summary, 'Konfirmasi');
    expect(await pendingOf(chat, wati)).to.have.length(1);
    expect((await wati.say('Saldo')).text).to.contain('Bisa dipakai: Rp 50.000');
  });

  it('UX-3 a restart in the middle loses nothing, and an old button does not act', async () => {
    const { chat, wati } = await aFundedWorker();
    await wati.say('Withdraw');
    const first = wati.screen();
    await wati.tap('Rp 50.000');
    chat.restart();
    expect((await wati.tapOn(first, 'Rp 10.000')).text).to.contain('menerima Rp 50.000');
    await wati.say('081234567890');
    chat.restart();
    await wati.tap('Konfirmasi');
    expect((await pendingOf(chat, wati))[0]?.amount).to.equal(50_000n);
  });

  it('UX-4 a summary that cannot be drawn any more ends with a sentence', async () => {
    const { chat, wati } = await aFundedWorker();
    await upToSummary(wati);
    chat.ports.changeSettings({ withdrawPerDayMax: 20_000n as never });
    const screen = await wati.say('ya, kirim');
    expect(screen.text).to.contain('Batas withdraw Rp 20.000 sehari').and.to.contain('Halo, Wati');
    const { id } = await wati.user();
    const left = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id));
    expect(left?.flow).to.equal(null);
  });
});
