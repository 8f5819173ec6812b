import { expect } from 'chai';
import { CAPTION_MAX, plain } from '../../../../adapters/telegram/delivery/fit.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { asOperator, asUser, type Deposit, type DepositCase } from '../../../../core/index.ts';
import { aDeposit, aUser, freshId, later, MONDAY, rupiahs } from '../../../support/builders.ts';
import { aDepositDesk } from '../money-scenes.ts';

describe('Telegram: a sitting at the deposit desk', () => {
  it('DEP-2 UX-2 five top-ups take five taps: approving shows the next by itself', async () => {
    const { admin, another, deposit, standing } = await aDepositDesk();
    const all = [deposit];
    for (const amount of [20_000, 30_000, 40_000, 50_000]) all.push(await another(amount));
    let taps = 0;
    let screen = await admin.say('Deposit');
    const seen: string[] = [];
    while (screen.labels.includes('✅ Setujui')) {
      seen.push(/Top-up (Rp [\d.]+)/.exec(screen.text)?.[1] ?? '');
      screen = await admin.tap('Setujui');
      taps += 1;
    }
    expect(taps).to.equal(5);
    expect(seen).to.deep.equal(['Rp 100.000', 'Rp 20.000', 'Rp 30.000', 'Rp 40.000', 'Rp 50.000']);
    for (const one of all) {
      expect(await standing(one)).to.deep.include({ status: 'approved', credited: one.claimed });
    }
  });

  it('DEP-2 what was skipped stays aside, over the list too, until it is asked for', async () => {
    const { admin, another } = await aDepositDesk();
    await another(20_000);
    await another(30_000);
    await admin.say('Deposit');
    expect((await admin.tap('Lewati')).text).to.contain('Top-up Rp 20.000');
    expect(admin.answer()?.text).to.equal('Dilewati.');
    await admin.tap('Daftar');
    expect((await admin.tap('Kembali')).text).to.contain('Top-up Rp 20.000');
    await admin.tap('Tolak');
    expect((await admin.tap('tidak terbaca')).text).to.contain('Top-up Rp 30.000');
    const empty = await admin.tap('Setujui');
    expect(empty.text).to.contain('Masih ada 1').and.contain('Anda melewati 1 top-up');
    expect((await admin.tap('Periksa yang dilewati')).text).to.contain('Top-up Rp 100.000');
  });

  it('DEP-3 a proof sent before is shown with its earlier top-up, which a button opens', async () => {
    const { admin, another, deposit, standing } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Jumlah berbeda');
    await admin.say('95rb');
    await admin.tap('Ada potongan biaya');
    await admin.tap('Konfirmasi');
    await another(100_000, { same: true });
    const card = await admin.say('Deposit');
    expect(card.text).to.contain('Berkas yang sama sudah dikirim di 1 top-up lain');
    expect(card.text).to.contain('“Citra”, Rp 100.000: disetujui Rp 95.000 pada 5 Jan 2026');
    const earlier = await admin.tap('📂 Rp 100.000 · Citra');
    expect(earlier.text).to.contain('Sudah disetujui').and.contain('Ada potongan biaya');
    expect(earlier.labels.join()).to.not.contain('Setujui');
    expect((await admin.tap('Top-up berikutnya')).text).to.contain('“Dewi”');
    expect((await admin.tap('Daftar')).labels[0]).to.match(/^⚠️ Rp 100.000 · Dewi/);
    expect((await standing(deposit)).status).to.equal('approved');
  });

  it('DEP-2 of two admins on one top-up the second is told by whom, and goes on', async () => {
    const { chat, admin, another, client, wallet } = await aDepositDesk();
    await another(20_000);
    const second = await chat.admin({ firstName: 'Bagus 🦊' });
    await second.say('Deposit');
    const typing = await admin.say('Deposit');
    expect(typing.text).to.contain('Top-up Rp 100.000');
    await admin.tap('Jumlah berbeda');
    await admin.say('90.000');
    await second.tap('Setujui');
    const after = await admin.say('x');
    expect(after.text).to.contain('Langkah 3 dari 3');
    const next = await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.match(/^Sudah disetujui oleh Bagus 🦊 pada 5 Jan 2026/);
    expect(next.text).to.contain('Top-up Rp 20.000');
    expect(await wallet(client)).to.equal(100_000n);
  });

  for (const button of ['Jumlah berbeda', 'Tolak']) {
    it(`DEP-2 on an old card “${button}” asks nothing about what is decided, and says so`, async () => {
      const { chat, admin, another, client, wallet } = await aDepositDesk();
      await another(20_000);
      const second = await chat.admin({ firstName: 'Bagus' });
      const card = await admin.say('Deposit');
      await second.say('Deposit');
      await second.tap('Setujui');
      const next = await admin.tapOn(card, button);
      expect(admin.answer()?.text).to.match(/^Sudah disetujui oleh Bagus pada 5 Jan 2026/);
      expect(next.text).to.contain('Top-up Rp 20.000');
      expect(await wallet(client)).to.equal(100_000n);
    });
  }

  it('DEP-2 the client cancels while the admin writes the reason: that is said', async () => {
    const { chat, admin, client, deposit } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Tolak');
    const actor = asUser((await client.user()).id);
    await chat.core.deposits.cancel({ actor, depositId: deposit.id });
    const after = await admin.tap('tidak terbaca');
    expect(admin.answer()?.text).to.match(/^Sudah dibatalkan client pada 5 Jan 2026/);
    expect(after.text).to.contain('Semua top-up sudah diperiksa');
  });

  it('ACC-4 ACC-6 old buttons of an admin whose right was taken away do nothing', async () => {
    const { chat, deposit, standing, client, wallet } = await aDepositDesk();
    const second = await chat.client({ firstName: 'Bagus' });
    const right = { actor: asOperator('test'), telegramId: second.telegramId };
    await chat.core.users.grantAdmin(right);
    const card = await second.say('Deposit');
    await chat.core.users.revokeAdmin(right);
    for (const label of ['Setujui', 'Tolak', 'Jumlah berbeda', 'Lewati', 'Daftar']) {
      await second.tapOn(card, label);
      expect(second.answer()?.text, label).to.contain('khusus admin');
    }
    expect(await wallet(client)).to.equal(0n);
    expect((await standing(deposit)).status).to.equal('pending');
  });

  it('WAL-1 DEP-2 an amount typed wrongly is asked for again', async () => {
    const { admin, deposit, standing } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Jumlah berbeda');
    for (const typed of ['1,000', '-1', '1e5', '１００００', '0', 'sembilan', '9'.repeat(5_000)]) {
      const again = await admin.say(typed);
      expect(again.text, typed)
        .to.match(/^⚠️ Jumlahnya/)
        .and.contain('Langkah 1 dari 3');
    }
    expect((await admin.say('1,5jt')).text).to.contain('Yang masuk: Rp 1.500.000');
    expect((await standing(deposit)).status).to.equal('pending');
  });

  it('DEP-2 a reason of 5,000 characters is refused, and the question stays', async () => {
    const { admin } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Jumlah berbeda');
    await admin.say('90.000');
    const again = await admin.say('😀'.repeat(5_000));
    expect(again.text).to.contain('maksimal 500').and.contain('Langkah 2 dari 3');
    expect((await admin.say('Kurang')).text).to.contain('Kurang');
    expect((await admin.tap('Kembali')).text).to.contain('Langkah 2 dari 3');
  });

  it('SEC-1 a name of markup and emoji is shown as it is', async () => {
    const { admin, another } = await aDepositDesk();
    await another(20_000, { firstName: '🦊 <b>Ani</b> & co' });
    await admin.say('Deposit');
    expect((await admin.tap('Setujui')).html).to.contain('“🦊 &lt;b&gt;Ani&lt;/b&gt; &amp; co”');
    expect((await admin.tap('Daftar')).labels[0]).to.contain('🦊 <b>Ani</b>');
  });

  it('UX-1 the desk speaks English throughout, and the client reads their own language', async () => {
    const { chat, client, another } = await aDepositDesk();
    await another(100_000, { same: true });
    const admin = await chat.admin({ firstName: 'Ann', languageCode: 'en' });
    const card = await admin.say('Deposits');
    expect(card.text).to.contain('2 waiting, oldest for').and.contain('Account age');
    expect(card.text).to.contain('Compare it with the bank statement');
    expect((await admin.tap('List')).text).to.contain('Top-ups waiting: 2, oldest first');
    expect((await admin.tap('Back')).text).to.contain('“Citra”');
    const amount = await admin.tap('Different amount');
    expect(amount.text).to.contain('How much actually arrived?');
    expect((await admin.say('90.000')).text).to.contain('Why does it differ?');
    const summary = await admin.tap('deducted a fee');
    expect(summary.text)
      .to.contain('Amount entered: Rp 100.000')
      .and.contain('Difference: −Rp 10.000');
    const next = await admin.tap('Confirm');
    expect(admin.answer()?.text).to.contain('Rp 90.000 added to the client’s balance');
    expect(client.notices().at(-1)?.text).to.contain('Ada potongan biaya dari bank pengirim');
    expect(next.text).to.contain('The same file was sent with 1 other top-up');
    expect(next.text).to.contain('Rp 100.000: approved for Rp 90.000 on 5 Jan 2026');
    const earlier = await admin.tap('other top-up');
    expect(earlier.text).to.contain('Already approved').and.contain('Credited: Rp 90.000');
    await admin.tap('Next top-up');
    expect((await admin.tap('Skip')).text).to.contain('There are no more top-ups for you');
    await admin.tap('Check skipped ones');
    expect((await admin.tap('Reject')).text).to.contain('Choose a reason for the client');
    expect((await admin.tap('unreadable')).text).to.contain('All top-ups have been checked');
    expect((await admin.tap('List')).text).to.contain('No top-ups waiting');
  });

  for (const language of ['id', 'en'] as const) {
    it(`DEP-1 every caption is shown whole in the worst case (${language})`, () => {
      const say = textsIn(language).depositDesk;
      const now = later(400 * 24 * 60 * 60_000);
      const queue = { waiting: 99_999, oldest: MONDAY };
      const pending = worst({ status: 'pending' });
      const rejected = worst({ ...decided, status: 'rejected', reason: long });
      const approved = worst({ ...decided, status: 'approved', credited: most, reason: long });
      const captions = [
        ...[pending, rejected, approved].map((shown) => say.card(shown, queue, now)),
        say.askReason(pending),
        say.askAmount(pending),
        say.askCorrectionReason(pending, most),
        say.confirmCorrection(pending, most, long),
      ];
      for (const caption of captions) {
        expect(plain(caption).length, plain(caption)).to.be.at.most(CAPTION_MAX);
      }
    });
  }
});

const long = '🧾'.repeat(500);
const most = rupiahs(1_000_000_000);
const decided = { decidedAt: later(10_000), decidedBy: freshId<never>() };

/** As long as names, reasons and amounts may be, with three earlier ones. */
const worst = (life: Partial<Deposit>): DepositCase => {
  const user = aUser({ displayName: '🦊'.repeat(64), username: 'x'.repeat(32) });
  const of = (change: Partial<Deposit>): Deposit =>
    ({
      ...aDeposit({ userId: user.id, transactionId: freshId(), claimed: rupiahs(50_000_000) }),
      ...change,
    }) as Deposit;
  const earlier = { deposit: of({ ...decided, status: 'approved', credited: most }), user };
  const decidedBy = life.status === undefined ? null : user;
  return {
    deposit: of(life),
    user,
    decidedBy,
    sameFile: 9_999,
    earlier: [earlier, earlier, earlier],
  };
};
