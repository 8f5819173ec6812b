import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import { aDepositDesk, aWithdrawalDesk, openWithdrawal } from '../money-scenes.ts';
import { aDesk, nth } from '../review-scenes.ts';

const { lookFirst: LOOK_FIRST, readFirst: READ_FIRST } = textsIn('id').common;
const DECISIONS = ['Setujui', 'Tolak', 'Lewati'];

describe('Telegram: a second tap that was meant for the case before', () => {
  it('REV-2 decides nothing on the case that has just come up; 700 ms later it does', async () => {
    const { chat, admin, verdictOf } = await aDesk(3, { decisionPauseMs: 700 });
    await admin.say('Review Bukti');
    chat.clock.advance(700);
    const next = await admin.tap('Setujui');
    for (const decision of DECISIONS) {
      chat.clock.advance(200);
      expect(await admin.tap(decision), decision).to.deep.equal(next);
      expect(admin.answer()?.text, decision).to.equal(LOOK_FIRST);
    }
    chat.clock.advance(99);
    await admin.tap('Setujui');
    expect(admin.answer()?.text, 'after 699 ms').to.equal(LOOK_FIRST);
    expect(await verdictOf(1)).to.deep.equal([]);
    chat.clock.advance(1);
    await admin.tap('Setujui');
    expect(admin.answer()?.text).to.contain('Disetujui');
    expect(await verdictOf(1)).to.deep.equal([{ verdict: 'approved', reason: null }]);
    expect(await verdictOf(2)).to.deep.equal([]);
  });

  it('REV-2 REV-6 the sitting stays as it was: what was put aside, and whose the case is', async () => {
    const { chat, admin, proofs } = await aDesk(3, { decisionPauseMs: 700 });
    const other = await chat.admin({ firstName: 'Bayu' });
    await admin.say('Review Bukti');
    chat.clock.advance(1_000);
    await admin.tap('Lewati');
    await admin.tap('Lewati');
    expect(admin.answer()?.text).to.equal(LOOK_FIRST);
    const seen = await other.say('Review Bukti');
    expect(seen.text, 'what Ayu put aside is free').to.contain('Worker0');
    chat.clock.advance(1_000);
    expect((await admin.tap('Lewati')).text).to.contain('Worker2');
    expect(proofs).to.have.length(3);
  });

  it('REV-2 after a rejection with a reason and out of a list as well', async () => {
    const { chat, admin, verdictOf } = await aDesk(3, { decisionPauseMs: 700 });
    await admin.say('Review Bukti');
    chat.clock.advance(1_000);
    await admin.tap('Tolak');
    chat.clock.advance(1_000);
    await admin.tap('buram');
    await admin.tap('Setujui');
    expect(admin.answer()?.text).to.equal(LOOK_FIRST);
    await admin.tap('Daftar');
    await admin.tap('Worker2');
    await admin.tap('Setujui');
    expect(admin.answer()?.text).to.equal(LOOK_FIRST);
    expect(await verdictOf(1)).to.deep.equal([]);
    expect(await verdictOf(2)).to.deep.equal([]);
  });

  it('REV-4 an old card of another case decides at once: it has been there all along', async () => {
    const { chat, admin, proofs, verdictOf } = await aDesk(2, { decisionPauseMs: 700 });
    const old = await admin.say('Review Bukti');
    await admin.say('Review Bukti');
    expect(nth(proofs, 0).id).not.to.equal(nth(proofs, 1).id);
    chat.clock.advance(1_000);
    await admin.tap('Lewati');
    await admin.tapOn(old, 'Setujui');
    expect(await verdictOf(0)).to.deep.equal([{ verdict: 'approved', reason: null }]);
  });

  it('REV-2 a clock that was set back holds up nobody', async () => {
    const { chat, admin, verdictOf } = await aDesk(1, { decisionPauseMs: 700 });
    await admin.say('Review Bukti');
    chat.clock.advance(-3_600_000);
    await admin.tap('Setujui');
    expect((await verdictOf(0)).map(({ verdict }) => verdict)).to.deep.equal(['approved']);
  });

  it('DEP-2 credits, refuses and skips nothing on the top-up that has just come up', async () => {
    const { chat, admin, another, standing } = await aDepositDesk();
    const second = await another(20_000);
    chat.ports.changeSettings({ decisionPauseMs: 700 });
    await admin.say('Deposit');
    chat.clock.advance(1_000);
    const next = await admin.tap('Setujui');
    expect(next.text).to.contain('Top-up Rp 20.000');
    for (const decision of [...DECISIONS, 'Jumlah berbeda']) {
      expect(await admin.tap(decision), decision).to.deep.equal(next);
      expect(admin.answer()?.text, decision).to.equal(LOOK_FIRST);
    }
    expect((await standing(second)).status).to.equal('pending');
    chat.clock.advance(700);
    await admin.tap('Setujui');
    expect((await standing(second)).status).to.equal('approved');
  });

  it('REV-2 DEP-2 without a pause every tap counts', async () => {
    const { admin, verdictOf } = await aDesk(2, { decisionPauseMs: 0 });
    await admin.say('Review Bukti');
    await admin.tap('Setujui');
    await admin.tap('Setujui');
    expect(await verdictOf(1)).to.deep.equal([{ verdict: 'approved', reason: null }]);
  });

  it('REV-2 takes no reason out of a list of reasons that has just come up', async () => {
    const { chat, admin, verdictOf } = await aDesk(1, { decisionPauseMs: 700 });
    await admin.say('Review Bukti');
    chat.clock.advance(1_000);
    const reasons = await admin.tap('Tolak');
    for (const reason of ['buram', 'Tanpa alasan']) {
      expect(await admin.tap(reason)).to.deep.equal(reasons);
      expect(admin.answer()?.text).to.equal(READ_FIRST);
    }
    expect(await verdictOf(0)).to.deep.equal([]);
    chat.clock.advance(700);
    await admin.tap('buram');
    expect((await verdictOf(0)).map(({ verdict }) => verdict)).to.deep.equal(['rejected']);
  });

  it('REV-8 orders nothing by a preview that has just come up', async () => {
    const { chat, admin, workOff, verdictOf } = await aDesk(2, { decisionPauseMs: 700 });
    await admin.say('Review Bukti');
    await admin.tap('Setujui banyak');
    const preview = await admin.tap('ampaign');
    expect(await admin.tap('Konfirmasi')).to.deep.equal(preview);
    expect(admin.answer()?.text).to.equal(READ_FIRST);
    await workOff();
    expect(await verdictOf(0)).to.deep.equal([]);
    await admin.tap('Kembali');
    await admin.tap('ampaign');
    chat.clock.advance(700);
    await admin.tap('Konfirmasi');
    await workOff();
    expect((await verdictOf(0)).map(({ verdict }) => verdict)).to.deep.equal(['approved']);
  });

  it('CAM-9 UX-2 pays for nothing by a summary that has just come up', async () => {
    const { chat, client, campaign, wallet } = await aDesk(1, { decisionPauseMs: 700 });
    await chat.fund(client, 50_000);
    await client.tap(`ct:${shortId(campaign.id)}`);
    const summary = await client.tap('25');
    expect(summary.labels).to.contain('✅ Konfirmasi');
    expect(await client.tap('Konfirmasi')).to.deep.equal(summary);
    expect(client.answer()?.text).to.equal(READ_FIRST);
    expect(await wallet(client)).to.equal(50_000n);
    chat.clock.advance(700);
    await client.tap('Konfirmasi');
    expect(await wallet(client)).to.equal(37_500n);
  });

  it('CAM-6 deletes no campaign by a question that has just come up', async () => {
    const { chat, admin, campaign } = await aDesk(1, { decisionPauseMs: 700 });
    await admin.tap(`ad:${shortId(campaign.id)}:--:-:0`);
    chat.clock.advance(1_000);
    await admin.say('Melanggar aturan');
    const asked = await admin.tap('Hapus');
    expect(admin.answer()?.text).to.equal(READ_FIRST);
    chat.clock.advance(700);
    expect((await admin.tap('Hapus')).text).not.to.equal(asked.text);
  });

  it('WDR-2 pays nothing out by a question that has just come up', async () => {
    const { chat, admin, balances } = await aWithdrawalDesk({ settings: { decisionPauseMs: 700 } });
    await openWithdrawal(admin);
    chat.clock.advance(1_000);
    await admin.tap('Proses');
    const asked = await admin.tap('Sudah Ditransfer');
    expect(await admin.tap('Selesai tanpa bukti')).to.deep.equal(asked);
    expect(admin.answer()?.text).to.equal(READ_FIRST);
    expect((await balances()).hold).to.equal(20_000n);
    chat.clock.advance(700);
    await admin.tap('Selesai tanpa bukti');
    expect((await balances()).hold).to.equal(0n);
  });

  it('ADM-4 removes and moves no ready-made reason by it', async () => {
    const { chat, admin } = await aDesk(1, { decisionPauseMs: 700 });
    await admin.tap('re:0');
    const one = await admin.tap('2');
    for (const act of ['Hapus', 'Naik']) {
      expect(await admin.tap(act), act).to.deep.equal(one);
      expect(admin.answer()?.text, act).to.equal(READ_FIRST);
    }
    chat.clock.advance(700);
    expect((await admin.tap('Hapus')).text).to.contain('Alasan penolakan');
    expect((await chat.core.settings.current()).rejectReasons).to.have.length(4);
  });

  it('CAM-6 a client deletes nothing by it, and gives up no task', async () => {
    const { chat, client, campaign, take } = await aDesk(1, { decisionPauseMs: 700 });
    const worker = await chat.worker({ firstName: 'Hana' });
    const { id } = await take(worker, campaign);
    for (const [person, question, yes] of [
      [client, `cd:${shortId(campaign.id)}`, 'Hapus'],
      [worker, `rl:${shortId(id)}`, 'Ya'],
    ] as const) {
      const asked = await person.tap(question);
      expect(await person.tap(yes), yes).to.deep.equal(asked);
      expect(person.answer()?.text, yes).to.equal(READ_FIRST);
      chat.clock.advance(700);
      expect((await person.tap(yes)).text, yes).not.to.equal(asked.text);
    }
  });

  it('CAM-6 the button of an older release, which carries no moment, acts at once', async () => {
    const { client, campaign } = await aDesk(1, { decisionPauseMs: 700 });
    const gone = await client.tap(`cx:${shortId(campaign.id)}`);
    expect(gone.text).to.contain('Campaign dihapus');
  });

  it('WDR-2 claims no withdrawal that has just come up after the one before', async () => {
    const { chat, admin, another } = await aWithdrawalDesk({ settings: { decisionPauseMs: 700 } });
    await another(30_000);
    await openWithdrawal(admin);
    for (const label of ['Proses', 'Sudah Ditransfer', 'Selesai tanpa bukti']) {
      chat.clock.advance(1_000);
      await admin.tap(label);
    }
    const next = admin.screen();
    expect(next.labels).to.contain('▶️ Proses');
    expect(await admin.tap('Proses')).to.deep.equal(next);
    expect(admin.answer()?.text).to.equal(READ_FIRST);
    chat.clock.advance(1_000);
    expect((await admin.tap('Proses')).labels.join()).to.contain('Sudah Ditransfer');
  });

  it('WDR-2 takes no withdrawal over past a warning that has just come up', async () => {
    const { chat, admin, second } = await aWithdrawalDesk({ settings: { decisionPauseMs: 700 } });
    const card = await openWithdrawal(second);
    await openWithdrawal(admin);
    chat.clock.advance(1_000);
    await admin.tap('Proses');
    await second.tapOn(card, 'Proses');
    await second.tap('Ambil alih');
    const warned = second.screen();
    await second.tap('Belum ditransfer');
    expect(second.answer()?.text).to.equal(READ_FIRST);
    expect(second.screen()).to.deep.equal(warned);
    chat.clock.advance(700);
    expect((await second.tap('Belum ditransfer')).labels.join()).to.contain('Sudah Ditransfer');
  });
});
