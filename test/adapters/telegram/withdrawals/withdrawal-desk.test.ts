import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser, PERMISSIONS } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import { aPdf, aPicture } from '../../../support/chat.ts';
import { aWithdrawalDesk, NUMBER, openWithdrawal } from '../money-scenes.ts';

describe('Telegram: withdrawal desk', () => {
  it('WDR-3 lists and shows a withdrawal with a masked number and its flags', async () => {
    const { admin } = await aWithdrawalDesk();
    expect((await admin.say('Withdrawal')).labels[0]).to.contain('🌱🆕💳 Rp 20.000 · Wahyu …890');
    const card = await admin.tap('Rp 20.000');
    expect(card.text).to.contain('Nomor baru').and.contain('Uang top-up').and.contain('890');
    expect(card.text).to.not.contain(NUMBER);
  });

  it('WDR-2 WDR-3 Proses shows the whole number to this admin alone', async () => {
    const { admin, second, withdrawal, worker } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    const card = await admin.tap('Proses');
    expect(card.html).to.contain(`<code>${NUMBER}</code>`);
    expect(card.labels.join()).to.contain('Sudah Ditransfer').and.contain('Tolak');
    expect((await second.say('Withdrawal')).text).to.contain('Tidak ada withdraw yang menunggu');
    const theirs = await second.tap(`ws:${shortId(withdrawal.id)}`);
    expect(theirs.text).to.contain('Sedang diproses “Ayu”').and.not.contain(NUMBER);
    expect(worker.notices().length).to.be.greaterThan(0);
  });

  it('WDR-3 the number stands nowhere in clear in outbox and conversations', async () => {
    const { chat, admin, second } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    expect((await admin.tap('Proses')).text).to.contain(NUMBER);
    await admin.tap('Sudah Ditransfer');
    await admin.tap('Lewati');
    await admin.tap('Lewati');
    await admin.tap('Konfirmasi');
    const stored = JSON.stringify([chat.posted(), chat.ports.outboxMessages()]);
    expect(stored).to.contain('{{number}}');
    expect(stored).to.not.match(/81234567890/);
    for (const person of [admin, second]) {
      const { id } = await person.user();
      const conversation = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id));
      expect(JSON.stringify(conversation)).to.not.match(/81234567890/);
    }
  });

  it('WDR-2 WAL-7 pays with receipt and reference, once', async () => {
    const { chat, admin, worker, balances } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    expect((await admin.tap('Sudah Ditransfer')).text).to.contain('Langkah 1 dari 3');
    expect((await admin.say('sudah')).text).to.match(/^⚠️ Langkah ini memerlukan/);
    expect((await admin.sendFile(aPdf())).text).to.contain('Langkah 2 dari 3');
    const summary = await admin.say('DANA <i>123</i>');
    expect(summary.text).to.contain('Bukti transfer: ada').and.contain('“DANA <i>123</i>”');
    const after = await admin.tapOn(summary, 'Konfirmasi');
    expect(admin.answer()?.text).to.contain('Dicatat sudah ditransfer');
    expect(after.text).to.contain('Tidak ada withdraw yang menunggu');
    await chat.repeatLastUpdate();
    await admin.tapOn(summary, 'Konfirmasi');
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 0n });
    const notice = worker.notices().at(-1);
    expect(notice?.text).to.contain('Withdraw berhasil diproses').and.contain('DANA <i>123</i>');
    expect(notice?.attachment).to.equal('document');
  });

  it('WAL-13 while payments stand still nobody is asked to transfer, or told to reject', async () => {
    const { chat, admin } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    const findings = [{ check: 'balances', broken: 1, violations: [] }];
    const freeze = { id: freshId<never>(), begunAt: chat.clock.now(), findings };
    await chat.ports.unitOfWork.run((tx) =>
      tx.freezes.begin({ ...freeze, news: 1, ownerTold: 0, lifted: null }),
    );
    const card = await openWithdrawal(admin);
    expect(card.text).to.contain('Jangan transfer dulu').and.contain('jangan ditolak');
    expect(card.text).not.to.contain('Kirim');
    expect(card.labels.join()).not.to.contain('Sudah Ditransfer');
  });

  it('PRF-1 of an album as receipt the first counts, the others do not disturb', async () => {
    const { admin } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await admin.tap('Sudah Ditransfer');
    const first = await admin.sendFile(aPicture(), { album: 'r' });
    expect(first.text).to.contain('gambar pertama saja').and.contain('Langkah 2 dari 3');
    expect((await admin.sendFile(aPicture(), { album: 'r' })).text).to.equal(first.text);
    expect((await admin.tap('Lewati')).text).to.contain('Bukti transfer: ada');
  });

  it('WDR-2 rejects with a reason, and the hold returns', async () => {
    const { admin, worker, balances } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await admin.tap('Tolak');
    expect((await admin.say('x'.repeat(5_000))).text).to.contain('maksimal 500');
    await admin.tap('Nomor DANA tidak ditemukan');
    expect(await balances()).to.deep.equal({ wallet: 50_000n, hold: 0n });
    expect(worker.notices().at(-1)?.text).to.contain('Nomor DANA tidak ditemukan');
  });

  it('UX-2 Batal and Kembali in the middle of paying and rejecting change nothing', async () => {
    const { admin, balances } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await admin.tap('Sudah Ditransfer');
    await admin.tap('Lewati');
    await admin.tap('Lewati');
    expect((await admin.tap('Kembali')).text).to.contain('Langkah 2 dari 3');
    expect((await admin.tap('Batal')).text).to.contain(NUMBER);
    await admin.tap('Tolak');
    expect((await admin.tap('Batal')).labels.join()).to.contain('Sudah Ditransfer');
    expect(await balances()).to.deep.equal({ wallet: 30_000n, hold: 20_000n });
  });

  it('WDR-2 another admin takes over only past the warning', async () => {
    const { admin, second } = await aWithdrawalDesk();
    const early = await openWithdrawal(second);
    await openWithdrawal(admin);
    const mine = await admin.tap('Proses');
    const refused = await second.tapOn(early, 'Proses');
    expect(second.answer()).to.deep.include({ alert: true });
    expect(second.answer()?.text).to.contain('sedang diproses Ayu');
    expect(refused.text).to.contain('Sedang diproses “Ayu”').and.not.contain(NUMBER);
    await second.say('Withdrawal');
    await second.tap('Sedang diproses admin lain');
    await second.tap('Rp 20.000');
    const warning = await second.tap('Ambil alih');
    expect(warning.text).to.contain('Periksa dulu').and.contain('“Ayu”').and.not.contain(NUMBER);
    expect((await second.tap('ambil alih')).text).to.contain(NUMBER);
    const lost = await admin.tapOn(mine, 'Sudah Ditransfer');
    expect(lost.text).to.contain('Sedang diproses “Bagus”').and.not.contain(NUMBER);
  });

  it('WDR-2 a warning about one admin does not take over from another', async () => {
    const { chat, admin, second, withdrawal } = await aWithdrawalDesk();
    const third = await chat.admin({ firstName: 'Cahya' });
    await openWithdrawal(admin);
    await admin.tap('Proses');
    await third.say('Withdrawal');
    await third.tap('Sedang diproses admin lain');
    await third.tap('Rp 20.000');
    const warning = await third.tap('Ambil alih');
    const actor = asUser((await second.user()).id);
    const takeOverFrom = (await admin.user()).id;
    await chat.core.withdrawals.claim({ actor, withdrawalId: withdrawal.id, takeOverFrom });
    const again = await third.tapOn(warning, 'ambil alih');
    expect(again.text).to.contain('Periksa dulu').and.contain('“Bagus”');
  });

  it('WDR-3 a screen sent after a take-over shows the masked number', async () => {
    const { chat, admin, second, withdrawal } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    await admin.tap('Proses');
    const actor = asUser((await second.user()).id);
    const row = chat
      .posted()
      .findLast(({ payload }) => JSON.stringify(payload).includes('{{number}}'));
    const takeOverFrom = (await admin.user()).id;
    await chat.core.withdrawals.claim({ actor, withdrawalId: withdrawal.id, takeOverFrom });
    if (!row) throw new Error('no screen with a number was sent');
    await chat.ports.unitOfWork.run((tx) =>
      tx.outbox.add({ ...row, id: freshId(), dedupeKey: freshId() }),
    );
    await chat.deliver();
    expect(admin.screen().text).to.contain('•••').and.not.contain(NUMBER);
  });

  it('UX-3 an old card shows what became of it', async () => {
    const { chat, admin, worker, withdrawal } = await aWithdrawalDesk();
    const card = await openWithdrawal(admin);
    const actor = asUser((await worker.user()).id);
    await chat.core.withdrawals.cancel({ actor, withdrawalId: withdrawal.id });
    const shown = await admin.tapOn(card, 'Proses');
    expect(admin.answer()).to.deep.include({ alert: true });
    expect(shown.text).to.contain('Sudah dibatalkan pemiliknya pada');
  });

  it('WDR-2 canceled in the moment of Proses: the card says so, and offers it no more', async () => {
    const { chat, admin, worker, withdrawal } = await aWithdrawalDesk();
    await openWithdrawal(admin);
    const actor = asUser((await worker.user()).id);
    const { within } = chat.core;
    const overtaken: typeof within = (tx) => {
      const { withdrawals, ...rest } = within(tx);
      const claim: typeof withdrawals.claim = async (asked) => {
        await withdrawals.cancel({ actor, withdrawalId: withdrawal.id });
        return withdrawals.claim(asked);
      };
      return { ...rest, withdrawals: { ...withdrawals, claim } };
    };
    Object.assign(chat.core, { within: overtaken });
    const shown = await admin.tap('Proses');
    expect(admin.answer()).to.deep.include({ alert: true });
    expect(shown.text).to.contain('Sudah dibatalkan pemiliknya pada');
    expect(shown.labels.join()).to.not.contain('Proses');
  });

  it('ACC-7 nobody processes a withdrawal of their own', async () => {
    const { chat, worker, withdrawal, balances } = await aWithdrawalDesk();
    const { id } = await worker.user();
    await chat.ports.unitOfWork.run(async (tx) => {
      const user = await tx.users.find(id);
      if (user) await tx.users.save({ ...user, role: 'admin', permissions: PERMISSIONS });
    });
    await worker.say('Withdrawal');
    const own = await worker.tap('Rp 20.000');
    expect(own.labels.join()).to.not.match(/Proses|Setujui|Tolak/);
    await worker.tap(`wp:${shortId(withdrawal.id)}`);
    expect(worker.answer()?.text).to.contain('admin lain yang harus memprosesnya');
    expect((await balances()).hold).to.equal(20_000n);
  });

  it('SEC-2 ACC-6 forged ids read as not found, and others are refused', async () => {
    const { admin, client, worker, withdrawal } = await aWithdrawalDesk();
    await admin.say('Withdrawal');
    const holder = shortId(freshId());
    for (const code of ['ws', 'wp', 'wt', 'wx', 'wy', 'wr']) {
      for (const id of [shortId(freshId()), 'x']) {
        await admin.tap(`${code}:${id}:${holder}`.slice(0, code === 'wx' ? 64 : 3 + id.length));
        expect(admin.answer()?.text, `${code}:${id}`).to.contain('Withdraw itu tidak ditemukan');
      }
      for (const person of [client, worker]) {
        await person.tap(`${code}:${shortId(withdrawal.id)}`);
        expect(person.answer()?.text, code).to.contain('khusus admin');
      }
    }
  });
});
