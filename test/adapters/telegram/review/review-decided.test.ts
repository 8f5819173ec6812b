import { expect } from 'chai';
import { dialoguePath, shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser } from '../../../../core/index.ts';
import { freshId, rupiahs } from '../../../support/builders.ts';
import type { Chat, ChatPerson } from '../../../support/chat.ts';
import { aDesk, nth } from '../review-scenes.ts';

const FEE = { feeBasisPoints: 1_000, withdrawMin: rupiahs(1) };

/** So many proofs, decided by Ayu in their order; her screen shows that nothing waits. */
const decidedDesk = async (...verdicts: readonly ('Setujui' | 'Tolak')[]) => {
  const desk = await aDesk(verdicts.length, FEE);
  await desk.admin.say('Review Bukti');
  for (const verdict of verdicts) {
    await desk.admin.tap(verdict);
    if (verdict === 'Tolak') await desk.admin.tap('Tanpa alasan');
  }
  return { ...desk, open: (worker: string) => openDecided(desk.admin, worker) };
};

/** The worker asks for so much to be paid out: it is held, and no reversal touches it. */
const hold = async (
  { core }: Pick<Chat, 'core'>,
  worker: ChatPerson,
  amount: number,
): Promise<void> => {
  const actor = asUser((await worker.user()).id);
  const { sealed: number } = await core.withdrawals.prepareNumber({ actor, text: '081234567890' });
  const request = { actor, amount: rupiahs(amount), number, key: freshId<never>() };
  await core.withdrawals.request(request);
};

/** Opens a case from the list of decided ones. */
const openDecided = async (admin: ChatPerson, worker: string) => {
  await admin.say('Review Bukti');
  await admin.tap('Daftar');
  await admin.tap('Sudah diputuskan');
  return admin.tap(worker);
};

describe('Telegram: decided proofs', () => {
  it('PRF-4 are listed by their decision, newest first, with what was decided', async () => {
    const { admin } = await decidedDesk('Setujui', 'Tolak');
    const list = await admin.tap('Sudah diputuskan');
    expect(list.labels.slice(0, 2)).to.deep.equal([
      '❌ Like Rp 500 · Worker1 · baru saja',
      '✅ Like Rp 500 · Worker0 · baru saja',
    ]);
  });

  it('REV-4 PRF-4 a card says who decided what, when, and why', async () => {
    const { admin, open } = await aDeskWithReason();
    const card = await open();
    expect(card.text).to.contain('Sudah ditolak oleh “Ayu” pada 5 Jan 2026 09.01 WIB');
    expect(card.text).to.contain('Akun Anda privat');
    expect(card.labels.join()).to.not.contain('Setujui').and.not.contain('Lewati');
    expect(admin.screen().attachment).to.equal('photo');
  });

  it("PRF-4 a task's history shows every proof ever sent for it", async () => {
    const { admin, more, open } = await aDeskWithReason();
    await more();
    await open();
    const history = await admin.tap('Riwayat tugas');
    expect(history.text)
      .to.contain('1. “Worker0”')
      .and.contain('Sudah ditolak oleh “Ayu”')
      .and.contain('2. “Worker1”')
      .and.contain('Menunggu diperiksa');
    expect((await admin.tap('2. Worker1')).labels.join()).to.contain('Setujui');
  });
});

/** A campaign of one slot, whose first proof was rejected with a typed reason. */
const aDeskWithReason = async () => {
  const desk = await aDesk(0, FEE);
  const campaign = await desk.anotherCampaign({ target: 1 });
  await desk.more(campaign);
  await desk.admin.say('Review Bukti');
  await desk.admin.tap('Tolak');
  await desk.admin.say('Akun Anda privat');
  return {
    ...desk,
    campaign,
    more: () => desk.more(campaign),
    open: () => openDecided(desk.admin, 'Worker0'),
  };
};

describe('Telegram: a decision turned round', () => {
  it('REV-7 shows the money, asks why, shows it again, and moves exactly that', async () => {
    const { admin, client, workers, wallet, open, verdictOf } = await decidedDesk('Setujui');
    const before = await wallet(client);
    await open('Worker0');
    const question = await admin.tap('Ubah keputusan');
    expect(question.text)
      .to.contain('Batalkan persetujuan ini?')
      .and.contain('Kembali dari worker ke client: Rp 500')
      .and.contain('Biaya platform kembali ke client: Rp 50');
    const summary = await admin.say('Ternyata belum di-like');
    expect(summary.text).to.contain('Ternyata belum di-like').and.contain('Rp 500');
    const card = await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('Rp 550 kembali ke saldo client');
    expect(card.text).to.contain('Rp 550 kembali').and.contain('diubah menjadi ditolak oleh “Ayu”');
    expect(card.text).to.contain('hanya boleh sekali');
    expect(card.labels.join()).to.not.contain('Ubah keputusan');
    expect(await wallet(nth(workers, 0))).to.equal(0n);
    expect(await wallet(client)).to.equal(before + 550n);
    expect((await verdictOf(0)).map(({ verdict }) => verdict)).to.deep.equal([
      'approved',
      'rejected',
    ]);
  });

  it('REV-7 pays a rejected proof with a ready-made reason', async () => {
    const { admin, workers, wallet, open } = await decidedDesk('Tolak');
    await open('Worker0');
    const question = await admin.tap('Ubah keputusan');
    expect(question.text).to.contain('Upah dibayarkan ke worker: Rp 500');
    await admin.tap('buktinya ternyata benar');
    await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('Rp 500 masuk ke saldo worker');
    expect(await wallet(nth(workers, 0))).to.equal(500n);
  });

  it('REV-7 says what the worker no longer has', async () => {
    const { chat, admin, workers, wallet, open } = await decidedDesk('Setujui');
    await hold(chat, nth(workers, 0), 380);
    await open('Worker0');
    const question = await admin.tap('Ubah keputusan');
    expect(question.text)
      .to.contain('ke client: Rp 120')
      .and.contain('saldo worker kurang: Rp 380');
    await admin.say('palsu');
    await admin.tap('Konfirmasi');
    expect(admin.answer()?.text)
      .to.contain('Rp 170 kembali')
      .and.contain('Rp 380 tidak bisa diambil');
    expect(await wallet(nth(workers, 0))).to.equal(0n);
  });

  it('REV-7 figures that have changed since are shown anew before anything moves', async () => {
    const { chat, admin, workers, wallet, open, verdictOf } = await decidedDesk('Setujui');
    await open('Worker0');
    await admin.tap('Ubah keputusan');
    await admin.say('palsu');
    await hold(chat, nth(workers, 0), 300);
    const again = await admin.tap('Konfirmasi');
    expect(admin.answer()?.text).to.contain('Rp 200');
    expect(again.text).to.contain('ke client: Rp 200').and.contain('saldo worker kurang: Rp 300');
    expect(await verdictOf(0)).to.have.length(1);
    await admin.tap('Konfirmasi');
    expect(await verdictOf(0)).to.have.length(2);
    expect(await wallet(nth(workers, 0))).to.equal(0n);
  });

  for (const late of ['the reason', 'Konfirmasi'] as const) {
    it(`REV-4 REV-7 turned round by another before ${late}: the card says by whom`, async () => {
      const { chat, admin, open, verdictOf } = await decidedDesk('Setujui');
      const second = await chat.admin({ firstName: 'Bagus' });
      await open('Worker0');
      await admin.tap('Ubah keputusan');
      if (late === 'Konfirmasi') await admin.say('palsu');
      await openDecided(second, 'Worker0');
      await second.tap('Ubah keputusan');
      await second.say('salah lihat');
      await second.tap('Konfirmasi');
      const card = await (late === 'Konfirmasi' ? admin.tap(late) : admin.say('palsu'));
      expect(card.text)
        .to.match(/diubah menjadi ditolak oleh “Bagus”/)
        .and.contain('salah lihat');
      expect(card.labels).to.contain('⏭ Bukti berikutnya');
      expect(await verdictOf(0)).to.have.length(2);
    });
  }

  it('REV-7 a double tap on Konfirmasi moves the money once', async () => {
    const { admin, workers, client, wallet, open, verdictOf } = await decidedDesk('Setujui');
    await open('Worker0');
    await admin.tap('Ubah keputusan');
    const summary = await admin.say('palsu');
    await admin.tapOn(summary, 'Konfirmasi');
    const after = [await wallet(client), await wallet(nth(workers, 0))];
    await admin.tapOn(summary, 'Konfirmasi');
    expect([await wallet(client), await wallet(nth(workers, 0))]).to.deep.equal(after);
    expect(await verdictOf(0)).to.have.length(2);
  });

  it('REV-7 SEC-2 a forged figure on Konfirmasi moves nothing', async () => {
    const { chat, admin, open, verdictOf } = await decidedDesk('Setujui');
    await open('Worker0');
    await admin.tap('Ubah keputusan');
    await admin.say('palsu');
    const { id } = await admin.user();
    for (const figure of ['x', '-500', '0', '9'.repeat(30)]) {
      const at = await chat.ports.unitOfWork.run((tx) => tx.conversations.find(id));
      await admin.tap(dialoguePath(at?.revision ?? 0, 'confirm', figure));
      expect(await verdictOf(0), figure).to.have.length(1);
    }
  });

  it('UX-2 Kembali and Batal move nothing', async () => {
    const { admin, open, verdictOf } = await decidedDesk('Setujui');
    await open('Worker0');
    await admin.tap('Ubah keputusan');
    await admin.say('palsu');
    expect((await admin.tap('Kembali')).text).to.contain('Pilih alasan, atau');
    expect((await admin.tap('Batal')).text).to.contain('Sudah disetujui oleh');
    expect(await verdictOf(0)).to.have.length(1);
  });

  it('REV-7 a reason of 5,000 characters is refused, and asked again', async () => {
    const { admin, open, verdictOf } = await decidedDesk('Setujui');
    await open('Worker0');
    await admin.tap('Ubah keputusan');
    const again = await admin.say('x'.repeat(5_000));
    expect(again.text).to.contain('maksimal 500').and.contain('Batalkan persetujuan ini?');
    expect(await verdictOf(0)).to.have.length(1);
  });
});

describe('Telegram: a decision that stands', () => {
  it('REV-7 after the days of the settings the card says so, and an old button too', async () => {
    const { chat, admin, open } = await decidedDesk('Setujui');
    const card = await open('Worker0');
    chat.clock.advance(31 * 24 * 3_600_000);
    await admin.tapOn(card, 'Ubah keputusan');
    expect(admin.answer()?.text).to.contain('hanya bisa diubah dalam 30 hari');
    const late = await open('Worker0');
    expect(late.text).to.contain('hanya bisa diubah dalam 30 hari');
    expect(late.labels.join()).to.not.contain('Ubah keputusan');
  });

  it('REV-7 a rejection stands where no slot is left, and says so', async () => {
    const { admin, more, open } = await aDeskWithReason();
    await more();
    await admin.say('Review Bukti');
    await admin.tap('Setujui');
    const card = await open();
    expect(card.text).to.contain('Tidak ada slot tersisa di campaign ini');
    expect(card.labels.join()).to.not.contain('Ubah keputusan');
  });

  it('REV-7 SEC-2 forged ids and undecided proofs are refused with a sentence', async () => {
    const { admin, proofs } = await aDesk(1);
    await admin.say('Review Bukti');
    await admin.tap('ru:x');
    expect(admin.answer()?.text).to.contain('Bukti itu tidak ditemukan');
    await admin.tap(`ru:${shortId(nth(proofs, 0).id)}`);
    expect(admin.answer()?.text).to.contain('belum diputuskan');
  });

  it("REV-5 the last proof of a deleted campaign, rejected, gives the client's money back", async () => {
    const { chat, admin, client, campaign, wallet } = await aDesk(1, FEE);
    const before = await wallet(client);
    const actor = asUser((await client.user()).id);
    await chat.core.campaigns.delete({ actor, campaignId: campaign.id });
    expect(await wallet(client)).to.equal(before + 19n * 550n);
    await admin.say('Review Bukti');
    await admin.tap('Tolak');
    await admin.tap('Tanpa alasan');
    expect(await wallet(client)).to.equal(before + 20n * 550n);
    expect(client.notices().at(-1)?.text).to.contain('Rp 550');
  });
});
