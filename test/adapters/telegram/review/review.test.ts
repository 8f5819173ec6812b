import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { bareLink } from '../../../../adapters/telegram/format.ts';
import { PERMISSIONS } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import { aScene } from '../desk-scenes.ts';
import { aDesk, nth } from '../review-scenes.ts';

describe('Telegram: review desk', () => {
  it('REV-1 opens the oldest case with its screenshot, campaign and the record', async () => {
    const { admin, campaign } = await aDesk(2);
    const screen = await admin.say('Review Bukti');
    expect(screen.attachment).to.equal('photo');
    expect(screen.text)
      .to.contain('2 menunggu, terlama 2 menit')
      .and.contain('Like di Instagram')
      .and.contain(bareLink(campaign.link.target))
      .and.contain('Rp 500')
      .and.contain('“Worker0” (@w0)')
      .and.contain('0 disetujui, 0 ditolak');
  });

  it('REV-2 REV-3 approving pays and brings the next case into the same message', async () => {
    const { admin, workers, wallet } = await aDesk(2);
    const { messageId } = await admin.say('Review Bukti');
    const next = await admin.tap('Setujui');
    expect(next.messageId).to.equal(messageId);
    expect(next.text).to.contain('“Worker1”');
    expect(admin.answer()?.text).to.contain('Rp 500 masuk ke saldo worker');
    const done = await admin.tap('Setujui');
    expect(done.text).to.contain('Semua bukti sudah diperiksa');
    expect(await wallet(nth(workers, 0))).to.equal(500n);
    expect(await wallet(nth(workers, 1))).to.equal(500n);
  });

  it('WAL-7 REV-4 a double tap pays once and never touches the next case', async () => {
    const { admin, workers, wallet } = await aDesk(2);
    const first = await admin.say('Review Bukti');
    await admin.tapOn(first, 'Setujui');
    await admin.tapOn(first, 'Setujui');
    expect(admin.answer()?.text).to.contain('Sudah disetujui oleh Ayu pada 5 Jan 2026');
    expect(await wallet(nth(workers, 0))).to.equal(500n);
    expect(await wallet(nth(workers, 1))).to.equal(0n);
  });

  it('REV-4 REV-6 whose time ran out hears who decided what and when, and goes on', async () => {
    const { chat, admin, verdictOf } = await aDesk(3);
    const second = await chat.admin({ firstName: 'Bagus' });
    await second.say('Review Bukti');
    await second.tap('Tolak');
    chat.clock.advance(5 * 60_000);
    expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
    await admin.tap('Setujui');
    const next = await second.tap('Tanpa alasan');
    expect(second.answer()?.text).to.contain('Sudah disetujui oleh Ayu pada 5 Jan 2026 09.08 WIB');
    expect(next.text).to.contain('“Worker2”');
    expect(await verdictOf(0)).to.deep.equal([{ verdict: 'approved', reason: null }]);
  });

  it('REV-2 REV-5 rejects with a ready-made reason, a typed one, or none', async () => {
    const { admin, workers, verdictOf } = await aDesk(3);
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    await admin.tap('Tangkapan layar buram');
    await admin.tap('Tolak');
    const afterTyped = await admin.say('Akun Anda privat');
    expect(afterTyped.text).to.contain('❌ Ditolak').and.contain('“Worker2”');
    expect(afterTyped.attachment).to.equal('photo');
    await admin.tap('Tolak');
    await admin.tap('Tanpa alasan');
    expect(await verdictOf(0)).to.deep.equal([
      { verdict: 'rejected', reason: 'Tangkapan layar buram atau terpotong.' },
    ]);
    expect(await verdictOf(1)).to.deep.equal([{ verdict: 'rejected', reason: 'Akun Anda privat' }]);
    expect(await verdictOf(2)).to.deep.equal([{ verdict: 'rejected', reason: null }]);
    expect(nth(workers, 1).notices().at(-1)?.text).to.contain('Akun Anda privat');
  });

  it("UX-1 a ready-made reason reaches the worker in the worker's language", async () => {
    const { chat, admin, campaign, proof } = await aDesk(0);
    const worker = await chat.worker({ languageCode: 'en' });
    await proof(worker, campaign);
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    await admin.tap('Tangkapan layar buram');
    expect(worker.notices().at(-1)?.text).to.contain('The screenshot is blurred');
  });

  it('UX-4 what is typed instead of a decision is answered, and the case stays', async () => {
    const { admin, verdictOf } = await aDesk(1);
    await admin.say('Review Bukti');
    const screen = await admin.say('setuju');
    expect(screen.html).to.match(/^⚠️/);
    expect(screen.labels.join()).to.contain('Setujui');
    expect(await verdictOf(0)).to.deep.equal([]);
  });

  it('UX-4 a reason of 5,000 characters is refused with what to do, and asked again', async () => {
    const { admin, verdictOf } = await aDesk(1);
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    const screen = await admin.say('x'.repeat(5_000));
    expect(screen.text).to.contain('terlalu panjang, maksimal 500').and.contain('Tolak bukti');
    expect(await verdictOf(0)).to.deep.equal([]);
    expect((await admin.say('x'.repeat(500))).text).to.contain('Semua bukti sudah diperiksa');
  });

  it('UX-2 Batal and Kembali in the middle of rejecting bring the case back', async () => {
    const { admin, verdictOf } = await aDesk(1);
    await admin.say('Review Bukti');
    for (const way of ['Batal', 'Kembali']) {
      await admin.tap('Tolak');
      expect((await admin.tap(way)).labels.join()).to.contain('Setujui');
    }
    expect(await verdictOf(0)).to.deep.equal([]);
  });

  it('REV-2 skips a case for this sitting, also over a rejection', async () => {
    const { admin } = await aDesk(3);
    await admin.say('Review Bukti');
    expect((await admin.tap('Lewati')).text).to.contain('“Worker1”');
    await admin.tap('Tolak');
    expect((await admin.tap('Tanpa alasan')).text).to.contain('“Worker2”');
    const empty = await admin.tap('Lewati');
    expect(empty.text).to.contain('2 yang Anda lewati').and.contain('Anda melewati 2 bukti');
    expect((await admin.tap('Periksa yang dilewati')).text).to.contain('“Worker0”');
  });

  it('REV-2 remembers at most 50 skipped proofs', async () => {
    const { chat, admin } = await aDesk(1);
    await admin.say('Review Bukti');
    for (let at = 0; at < 60; at += 1) await admin.tap(`rs:${shortId(freshId())}`);
    const { id } = await admin.user();
    const stored = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id));
    expect(stored?.data).to.have.property('skipped').with.length(50);
  });

  it('REV-1 a paged list opens any case', async () => {
    const { admin } = await aDesk(8);
    await admin.say('Review Bukti');
    const list = await admin.tap('Daftar');
    expect(list.text).to.contain('8 menunggu');
    expect(list.attachment).to.equal(undefined);
    await admin.tap('»');
    const opened = await admin.tap('Worker7');
    expect(opened.text).to.contain('“Worker7” (@w7)');
    await admin.tap('Setujui');
    expect(admin.screen().text).to.contain('“Worker0”');
  });

  it('UX-3 the button of an old case shows what was decided', async () => {
    const { admin } = await aDesk(2);
    await admin.say('Review Bukti');
    const list = await admin.tap('Daftar');
    await admin.tap('Worker0');
    await admin.tap('Setujui');
    const old = await admin.tapOn(list, 'Worker0');
    expect(old.text).to.contain('Sudah disetujui oleh “Ayu” pada 5 Jan 2026');
    expect(old.labels.join()).to.not.contain('Setujui');
    expect((await admin.tap('Bukti berikutnya')).text).to.contain('“Worker1”');
  });

  it('REV-4 nobody is asked why they reject what is decided: they hear by whom, and go on', async () => {
    const { chat, admin, verdictOf } = await aDesk(2);
    const second = await chat.admin({ firstName: 'Bagus' });
    const card = await admin.say('Review Bukti');
    await second.tap(String(card.buttons.find(({ label }) => label.includes('Setujui'))?.data));
    const next = await admin.tapOn(card, 'Tolak');
    expect(admin.answer()?.text).to.match(/^Sudah disetujui oleh Bagus pada 5 Jan 2026/);
    expect(next.labels.join()).not.to.contain('Tanpa alasan');
    expect(await verdictOf(0)).to.deep.equal([{ verdict: 'approved', reason: null }]);
  });

  it('ACC-7 an admin neither gets nor decides a proof of their own', async () => {
    const { chat, admin, workers, proofs, wallet } = await aDesk(1);
    const { id } = await nth(workers, 0).user();
    await chat.ports.unitOfWork.run(async (tx) => {
      const user = await tx.users.find(id);
      if (user) await tx.users.save({ ...user, role: 'admin', permissions: PERMISSIONS });
    });
    const self = nth(workers, 0);
    expect((await self.say('Review Bukti')).text).to.contain('Tidak ada lagi bukti untuk Anda');
    await self.tap(`ra:${shortId(nth(proofs, 0).id)}`);
    expect(self.answer()).to.deep.include({ alert: true });
    expect(self.answer()?.text).to.contain('admin lain yang harus memutuskan');
    expect(await wallet(self)).to.equal(0n);
    expect((await admin.say('Review Bukti')).text).to.contain('“Worker0”');
  });

  it('SEC-2 forged ids read as not found', async () => {
    const { admin } = await aDesk(1);
    await admin.say('Review Bukti');
    for (const code of ['rc', 'ra', 'rr']) {
      for (const id of [shortId(freshId()), 'x', '..', 'A'.repeat(23)]) {
        await admin.tap(`${code}:${id}`);
        expect(admin.answer()?.text, `${code}:${id}`).to.contain('Bukti itu tidak ditemukan');
      }
    }
  });

  it('ACC-6 workers and clients cannot reach the desk', async () => {
    const { client, workers, proofs, wallet } = await aDesk(1);
    const id = shortId(nth(proofs, 0).id);
    for (const person of [client, nth(workers, 0)]) {
      for (const data of ['rv', 'rw', `rc:${id}`, `ra:${id}`, `rr:${id}`, `rs:${id}`]) {
        await person.tap(data);
        expect(person.answer()?.text, data).to.contain('khusus admin');
      }
    }
    expect(await wallet(nth(workers, 0))).to.equal(0n);
  });

  it('REV-1 the longest link, instructions and names stay within a caption', async () => {
    const { chat, campaign, proof } = await aScene();
    const admin = await chat.admin();
    const link = `https://www.instagram.com/p/${'a'.repeat(1_900)}`;
    const worker = await chat.worker({ firstName: '😀'.repeat(64), username: 'u'.repeat(32) });
    await proof(worker, await campaign({ link, instructions: '😀'.repeat(1_000) }));
    expect((await admin.say('Review Bukti')).text.length).to.be.at.most(1_024);
    expect((await admin.tap('Tolak')).text.length).to.be.at.most(1_024);
  });
});
