import { expect } from 'chai';
import { asOperator, rupiah } from '../../../../core/index.ts';
import { createChat, type Chat, type ChatPerson } from '../../../support/chat.ts';

const suspend = async (chat: Chat, person: ChatPerson, reason: string): Promise<void> => {
  const { id: userId } = await person.user();
  await chat.core.users.suspend({ actor: asOperator('test'), userId, reason });
};

describe('Telegram: account', () => {
  it('ACC-1 ACC-8 a stranger accepts the terms, chooses a role and lands at home', async () => {
    const chat = createChat();
    const budi = chat.person();
    expect((await budi.say('/start')).text).to.contain('Satu orang hanya boleh memiliki satu akun');
    expect((await budi.tap('Saya setuju')).labels).to.include.members(['🏢 Client', '🙋 Worker']);
    const home = await budi.tap('Client');
    expect(home.text).to.contain('Halo, Budi').and.to.contain('Saldo Rp 0');
    expect(await budi.user()).to.include({ role: 'client', termsVersion: 1, language: 'id' });
  });

  it('ACC-1 asks for the terms and the role before anything else', async () => {
    const chat = createChat();
    const budi = chat.person();
    expect((await budi.say('Saldo')).text).to.contain('Ketentuan');
    expect((await budi.tap('ba')).text).to.contain('Ketentuan');
    await budi.tap('Saya setuju');
    expect((await budi.say('Buat Campaign')).text).to.contain('sebagai apa');
    expect((await budi.tap('ba')).text).to.contain('sebagai apa');
  });

  it('ACC-2 /start again shows home, and follows the name', async () => {
    const chat = createChat();
    const budi = await chat.worker();
    budi.rename({ firstName: 'Budiman', username: 'budiman' });
    expect((await budi.say('/start')).text).to.contain('Halo, Budiman');
    expect(await budi.user()).to.include({ username: 'budiman', role: 'worker' });
  });

  it('ACC-3 switches the role under Bantuan while nothing is open', async () => {
    const chat = createChat();
    const budi = await chat.client();
    await budi.say('Bantuan');
    expect((await budi.tap('Ganti peran: Worker')).labels).to.include('🎯 Tugas Tersedia');
    expect(budi.answer()?.text).to.contain('Anda sekarang Worker');
    expect(budi.menu()).to.include('🎯 Tugas Tersedia');
  });

  it('ACC-3 says what stands in the way of another role', async () => {
    const chat = createChat();
    const budi = await chat.client();
    await chat.fund(budi, 50_000);
    await budi.say('Withdraw');
    await budi.tap('10.000');
    await budi.say('081234567890');
    await budi.tap('Konfirmasi');
    await budi.say('Bantuan');
    await budi.tap('Ganti peran');
    expect(budi.answer()).to.deep.include({ alert: true });
    expect(budi.answer()?.text).to.contain('1 withdraw');
    expect((await budi.user()).role).to.equal('client');
  });

  it('ACC-4 admin cannot be chosen, and an admin cannot choose', async () => {
    const chat = createChat();
    const budi = await chat.worker();
    await budi.tap('ro:admin');
    expect((await budi.user()).role).to.equal('worker');
    const sri = await chat.admin();
    await sri.tap('ro:client');
    expect(sri.answer()?.text).to.contain('tidak bisa berganti peran');
    expect((await sri.user()).role).to.equal('admin');
  });

  it('ACC-5 a suspended person gets one clear notice to whatever they send', async () => {
    const chat = createChat();
    const budi = await chat.worker();
    await suspend(chat, budi, 'bukti <palsu>');
    for (const act of [() => budi.say('Tugas Tersedia'), () => budi.say('/start')]) {
      expect((await act()).text)
        .to.contain('ditangguhkan')
        .and.to.contain('“bukti <palsu>”');
    }
    const screen = await budi.tap('ba');
    expect(screen.text).to.contain('“bukti <palsu>”');
    expect(budi.answer()?.alert).to.equal(true);
    expect(screen.labels).to.deep.equal([]);
  });

  it('ACC-8 a new version of the terms asks again, and an old button leads to it', async () => {
    const chat = createChat();
    const budi = await chat.client();
    chat.ports.changeSettings({ termsVersion: 2, termsText: { id: 'Baru <i>', en: 'New' } });
    expect((await budi.say('Saldo')).text).to.contain('Baru <i>');
    await budi.tap('tm:1');
    expect(budi.answer()?.text).to.contain('diperbarui');
    expect((await budi.user()).termsVersion).to.equal(1);
    expect((await budi.tap('Saya setuju')).text).to.contain('Halo');
    expect((await budi.user()).termsVersion).to.equal(2);
  });

  it('UX-1 speaks English to whom Telegram says so, and switches', async () => {
    const chat = createChat();
    const ann = chat.person(undefined, { languageCode: 'en-GB' });
    expect((await ann.say('/start')).text).to.contain('Upah Terms of Use');
    await ann.tap('I agree');
    expect((await ann.tap('Worker')).text).to.contain('Hello, Budi');
    await ann.tap('Language');
    expect((await ann.tap('Bahasa Indonesia')).text).to.contain('Halo, Budi');
    expect(ann.menu()).to.include('💰 Saldo');
    expect((await ann.user()).language).to.equal('id');
  });

  it('UX-1 the language can be changed before the terms are accepted', async () => {
    const chat = createChat();
    const ann = chat.person();
    await ann.say('/start');
    await ann.tap('Bahasa');
    expect((await ann.tap('English')).text).to.contain('Upah Terms of Use');
  });

  it('UX-2 a label typed in any language, case and without its emoji is understood', async () => {
    const chat = createChat();
    const budi = await chat.worker();
    for (const text of ['saldo', 'SALDO', '💰 Saldo', 'Balance', '💰 Balance']) {
      expect((await budi.say(text)).text).to.contain('Bisa dipakai');
    }
  });

  it('UX-4 says what it did not understand, and shows home', async () => {
    const chat = createChat();
    const budi = await chat.worker();
    const screen = await budi.say('<b>halo</b> bot');
    expect(screen.text).to.contain('belum memahami').and.to.contain('Halo, Budi');
  });

  it('UX-6 home has every main label of the role', async () => {
    const chat = createChat();
    expect((await chat.client()).screen().labels).to.deep.equal([
      '📢 Buat Campaign',
      '📋 Campaign Saya',
      '💳 Top-Up',
      '🏧 Withdraw',
      '💰 Saldo',
      '🧾 Riwayat',
      '🌐 Bahasa',
      '❓ Bantuan',
    ]);
    expect((await chat.worker()).screen().labels).to.include.members([
      '🎯 Tugas Tersedia',
      '📌 Tugas Saya',
      '🏧 Withdraw',
    ]);
    expect((await chat.admin()).screen().labels).to.include.members([
      '🔍 Review Bukti',
      '📥 Deposit',
      '📤 Withdrawal',
    ]);
  });

  it('SEC-1 a name with markup is shown as it is written', async () => {
    const chat = createChat();
    const eve = await chat.client({ firstName: '<b>Eve</b> & "co"' });
    expect(eve.screen().text).to.contain('Halo, <b>Eve</b> & "co"!');
  });

  it('SEC-2 forged buttons get a polite answer', async () => {
    const chat = createChat();
    const budi = await chat.client();
    for (const data of ['zz', 'cs:xyz', 'wc:1', 'tc:..', 'd@1:confirm', 'h:;drop', 'hi:-9']) {
      await budi.tap(data);
      expect(budi.answer(), data).not.to.equal(undefined);
    }
    expect((await budi.user()).role).to.equal('client');
  });

  it('WAL-9 home shows what the client and the admin wait for', async () => {
    const chat = createChat();
    const ani = await chat.client();
    const { id } = await ani.user();
    await chat.core.withdrawals.mine({ actor: { kind: 'user', id } });
    await chat.fund(ani, 30_000);
    await ani.say('Withdraw');
    await ani.tap('10.000');
    await ani.say('081234567890');
    await ani.tap('Konfirmasi');
    expect((await ani.tap('Beranda')).text).to.contain('Saldo Rp 20.000 (ditahan Rp 10.000)');
    expect((await chat.core.wallet.balances({ actor: { kind: 'user', id } })).hold).to.equal(
      rupiah(10_000n),
    );
    expect((await chat.admin()).screen().text).to.contain('Withdrawal: 1 menunggu');
  });
});
