import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser, PERMISSIONS } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import { aPdf } from '../../../support/chat.ts';
import { aDepositDesk } from '../money-scenes.ts';

describe('Telegram: deposit desk', () => {
  it('DEP-2 opens the oldest top-up at once with its transfer proof, the list one tap away', async () => {
    const { chat, admin, another } = await aDepositDesk();
    await another(250_000);
    chat.clock.advance(2 * 60 * 60_000);
    const card = await admin.say('Deposit');
    expect(card.text).to.contain('2 menunggu, terlama 2 jam').and.contain('Umur akun: 2 jam');
    expect(card.attachment).to.equal('photo');
    expect(card.text).to.contain('Top-up Rp 100.000').and.contain('“Citra”');
    const list = await admin.tap('Daftar');
    expect(list.text).to.contain('2 top-up menunggu, terlama di atas');
    expect(list.labels.slice(0, 2)).to.deep.equal([
      'Rp 100.000 · Citra · 2 jam',
      'Rp 250.000 · Dewi · 2 jam',
    ]);
    expect((await admin.tap('Rp 250.000')).text).to.contain('Top-up Rp 250.000');
  });

  it('DEP-1 shows a PDF as a document', async () => {
    const { admin, deposit } = await aDepositDesk(aPdf());
    await admin.say('Deposit');
    expect((await admin.tap(`ds:${shortId(deposit.id)}`)).attachment).to.equal('document');
  });

  it('DEP-2 WAL-7 approving credits the claim once, however often it is tapped', async () => {
    const { chat, admin, client, wallet } = await aDepositDesk();
    const card = await admin.say('Deposit');
    const after = await admin.tapOn(card, 'Setujui');
    expect(admin.answer()?.text).to.contain('Rp 100.000 masuk ke saldo client');
    expect(after.text).to.contain('Semua top-up sudah diperiksa');
    await chat.repeatLastUpdate();
    await admin.tapOn(card, 'Setujui');
    expect(admin.answer()?.text).to.contain('Sudah disetujui oleh Ayu pada 5 Jan 2026');
    expect(await wallet(client)).to.equal(100_000n);
    expect(client.notices().at(-1)?.text).to.contain('Top-up disetujui');
  });

  it('DEP-2 the second admin is told who decided what and when', async () => {
    const { chat, admin, client, wallet } = await aDepositDesk();
    const second = await chat.admin({ firstName: 'Bagus' });
    const seen = await second.say('Deposit');
    await admin.say('Deposit');
    await admin.tap('Tolak');
    await admin.tap('tidak terbaca');
    await second.tapOn(seen, 'Setujui');
    expect(second.answer()?.text).to.contain('Sudah ditolak oleh Ayu pada');
    expect(await wallet(client)).to.equal(0n);
  });

  it('DEP-2 corrects the amount to what arrived, with a reason, after a confirmation', async () => {
    const { admin, deposit, client, wallet, standing } = await aDepositDesk();
    await admin.say('Deposit');
    const question = await admin.tap('Jumlah berbeda');
    expect(question.text).to.contain('Langkah 1 dari 3');
    expect((await admin.say('1e5')).text).to.contain('belum terbaca');
    expect((await admin.say('95rb')).text).to.contain('Yang masuk: Rp 95.000');
    const summary = await admin.say('Kurang <b>5.000</b>');
    expect(summary.html).to.contain('<blockquote>Kurang &lt;b&gt;5.000&lt;/b&gt;');
    expect(summary.text).to.contain('Rp 95.000').and.contain('Diajukan: Rp 100.000');
    expect(summary.text).to.contain('Selisih: −Rp 5.000');
    await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('Rp 95.000 masuk ke saldo client');
    expect(await wallet(client)).to.equal(95_000n);
    expect(await standing(deposit)).to.deep.include({
      claimed: 100_000n,
      credited: 95_000n,
      reason: 'Kurang <b>5.000</b>',
    });
  });

  it('DEP-2 a correction to the claimed amount needs no reason', async () => {
    const { admin, client, wallet } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Jumlah berbeda');
    expect((await admin.say('100.000')).text).to.contain('Langkah 3 dari 3');
    await admin.tap('Konfirmasi');
    expect(await wallet(client)).to.equal(100_000n);
  });

  it('UX-3 WAL-7 the Confirm of a finished correction does nothing more', async () => {
    const { admin, client, wallet } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Jumlah berbeda');
    await admin.say('90.000');
    const summary = await admin.tap('Ada potongan biaya');
    await admin.tapOn(summary, 'Konfirmasi');
    await admin.tapOn(summary, 'Konfirmasi');
    expect(admin.answer()?.text).to.contain('tidak berlaku');
    expect(await wallet(client)).to.equal(90_000n);
  });

  it('UX-2 Batal in the middle of a correction and of a rejection changes nothing', async () => {
    const { admin, client, wallet } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Jumlah berbeda');
    await admin.say('90.000');
    expect((await admin.tap('Batal')).labels.join()).to.contain('Setujui');
    await admin.tap('Tolak');
    expect((await admin.tap('Batal')).labels.join()).to.contain('Setujui');
    expect(await wallet(client)).to.equal(0n);
  });

  it('DEP-2 rejects with a typed reason, which the client reads', async () => {
    const { admin, client } = await aDepositDesk();
    await admin.say('Deposit');
    await admin.tap('Tolak');
    expect((await admin.say('x'.repeat(5_000))).text).to.contain('maksimal 500');
    const list = await admin.say('Dana tidak masuk');
    expect(list.text).to.contain('❌ Ditolak').and.contain('Semua top-up');
    expect(client.notices().at(-1)?.text).to.contain('Dana tidak masuk');
  });

  it('UX-3 an old card shows what became of it', async () => {
    const { chat, admin, client, deposit } = await aDepositDesk();
    await admin.say('Deposit');
    const list = await admin.tap('Daftar');
    const actor = asUser((await client.user()).id);
    await chat.core.deposits.cancel({ actor, depositId: deposit.id });
    const card = await admin.tapOn(list, 'Rp 100.000');
    expect(card.text).to.contain('Sudah dibatalkan client pada');
    expect(card.labels.join()).to.not.contain('Setujui');
  });

  it('DEP-2 the card of a decided one says by whom and when', async () => {
    const { chat, admin } = await aDepositDesk();
    const second = await chat.admin({ firstName: 'Bagus' });
    await admin.say('Deposit');
    const list = await admin.tap('Daftar');
    await second.say('Deposit');
    await second.tap('Setujui');
    const card = await admin.tapOn(list, 'Rp 100.000');
    expect(card.text).to.match(/Sudah disetujui oleh “Bagus” pada 5 Jan 2026 09\.\d\d WIB/);
  });

  it('ACC-7 nobody approves a top-up of their own', async () => {
    const { chat, client, deposit, wallet } = await aDepositDesk();
    const { id } = await client.user();
    await chat.ports.unitOfWork.run(async (tx) => {
      const user = await tx.users.find(id);
      if (user) await tx.users.save({ ...user, role: 'admin', permissions: PERMISSIONS });
    });
    await client.say('Deposit');
    await client.tap(`da:${shortId(deposit.id)}`);
    expect(client.answer()?.text).to.contain('admin lain yang harus memutuskan');
    expect(await wallet(client)).to.equal(0n);
  });

  it('SEC-2 ACC-6 forged ids read as not found, and others are refused', async () => {
    const { admin, client, deposit } = await aDepositDesk();
    await admin.say('Deposit');
    for (const code of ['ds', 'da', 'dc', 'dr']) {
      for (const id of [shortId(freshId()), 'x', 'y'.repeat(22)]) {
        await admin.tap(`${code}:${id}`);
        expect(admin.answer()?.text, `${code}:${id}`).to.contain('Top-up itu tidak ditemukan');
      }
      await client.tap(`${code}:${shortId(deposit.id)}`);
      expect(client.answer()?.text, code).to.contain('khusus admin');
    }
  });
});
