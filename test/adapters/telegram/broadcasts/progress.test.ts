import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import { SAID } from '../../../support/broadcasts.ts';
import { aStudio } from '../broadcast-scenes.ts';

/** A broadcast to so many workers has been confirmed. */
const started = async (workers: number) => {
  const studio = await aStudio(workers);
  const { admin } = studio;
  await admin.say('Siaran');
  await admin.tap('Siaran Baru');
  await admin.tap('Semua worker');
  await admin.say(SAID);
  const card = await admin.tap('Konfirmasi');
  return { ...studio, card };
};

describe('Telegram: how far a broadcast is', () => {
  it('ADM-5 one message of its own follows it to its end, edited in place', async () => {
    const { chat, admin, card, feed, feedAll, progress, told } = await started(5);
    expect(card.text).to.contain('Siaran dimulai untuk 5 penerima').and.contain(SAID);
    expect(card.labels, 'the other message steers it').to.deep.equal([
      '📣 Semua Siaran',
      '🏠 Beranda',
    ]);
    const first = progress();
    expect(first.text).to.contain('▱▱▱▱▱▱▱▱▱▱ 0% (0 dari 5)').and.contain('Sisa waktu');
    chat.clock.advance(5_000);
    await feed(2);
    chat.clock.advance(5_000);
    await feed(2);
    expect(progress().text).to.contain('▰▰▰▰▱▱▱▱▱▱ 40% (2 dari 5)').and.contain('Terkirim: 2');
    await feedAll();
    const last = progress();
    expect(last.messageId, 'the same message').to.equal(first.messageId);
    expect(last.text).to.contain('Siaran selesai').and.contain('100% (5 dari 5)');
    expect(last.buttons).to.deep.equal([]);
    expect(told(admin).at(-1)).to.contain('Siaran selesai: 5 pesan terkirim.');
  });

  it('ADM-5 it survives a restart: the same message goes on', async () => {
    const { chat, feed, feedAll, progress } = await started(4);
    const { messageId } = progress();
    await feed(2);
    chat.restart();
    chat.clock.advance(5_000);
    await feedAll();
    expect(progress().messageId).to.equal(messageId);
    expect(progress().text).to.contain('100%');
  });

  it('ADM-5 Jeda and Lanjutkan below it act at once, and it follows', async () => {
    const { admin, people, feedAll, progress, told } = await started(3);
    const before = admin.screen();
    await admin.tapOn(progress(), 'Jeda');
    expect(admin.answer()?.text).to.contain('Siaran dijeda');
    expect(admin.screen(), 'the screen stays').to.deep.equal(before);
    expect(progress().text).to.contain('Siaran dijeda');
    await feedAll();
    expect(people.flatMap(told)).to.deep.equal([]);
    await admin.tapOn(progress(), 'Lanjutkan');
    await feedAll();
    expect(people.map((who) => told(who).length)).to.deep.equal([1, 1, 1]);
  });

  it('ADM-5 UX-3 a tap below it ends no dialogue that stands on the screen', async () => {
    const { admin, progress } = await started(3);
    await admin.tap('es:holdMinutes');
    const question = await admin.tap('Ubah');
    await admin.tapOn(progress(), 'Jeda');
    expect(admin.screen()).to.deep.equal(question);
    expect((await admin.say('15')).text).to.contain('Menjadi: 15 menit');
    await admin.tapOn(progress(), 'Lanjutkan');
    expect((await admin.tap('Konfirmasi')).text).to.contain('Nilai sekarang: 15 menit');
  });

  it('ADM-5 Batalkan asks first, says what is already sent, and tells what came of it', async () => {
    const { chat, admin, people, feed, feedAll, progress, told } = await started(4);
    await feed(1);
    await feed(1);
    chat.clock.advance(5_000);
    const question = await admin.tapOn(progress(), 'Batalkan');
    expect(question.text).to.contain('Batalkan siaran ini?').and.contain('1 pesan sudah terkirim');
    expect((await admin.tap('Jangan Batalkan')).text).to.contain('Siaran sedang dikirim');
    await admin.tap('⏹ Batalkan');
    const card = await admin.tap('Ya, Batalkan');
    expect(card.text).to.contain('Siaran dibatalkan').and.contain('Tidak jadi dikirim: 2');
    expect(card.text, 'who was spared it is not done').to.contain('50% (2 dari 4)');
    await feedAll();
    expect(people.flatMap(told)).to.have.length(2);
    expect(told(admin).at(-1)).to.contain('Siaran dibatalkan: 2 pesan sempat terkirim.');
    expect(progress().buttons).to.deep.equal([]);
  });

  it('ADM-5 UX-3 the list keeps them all; an old button says what has become of it', async () => {
    const { admin, feedAll, progress } = await started(1);
    const before = progress();
    await feedAll();
    const list = await admin.say('Siaran');
    expect(list.text).to.contain('1 siaran');
    expect(list.labels[1]).to.match(/^✅ .* · 1 terkirim$/);
    const report = await admin.tap('1 terkirim');
    expect(report.text)
      .to.contain('Siaran selesai')
      .and.contain('Untuk: Semua worker')
      .and.contain('Oleh Dewi')
      .and.contain('Berakhir');
    await admin.tapOn(before, 'Jeda');
    expect(admin.answer()?.text).to.contain('sudah selesai');
  });

  it('ADM-5 another admin sees and steers it; both hear its end', async () => {
    const { chat, admin, told } = await started(2);
    const other = await chat.admin({ firstName: 'Bagus' });
    await other.say('Siaran');
    await other.tap('0 terkirim');
    await other.tap('⏹ Batalkan');
    await other.tap('Ya, Batalkan');
    for (const who of [admin, other]) expect(told(who).join()).to.contain('Siaran dibatalkan');
  });

  it('ADM-1 NTF-2 who lost the right is shown no more of it', async () => {
    const { chat, admin, feedAll, progress } = await started(2);
    const { telegramId } = admin;
    await chat.core.users.setPermissions({
      actor: { kind: 'operator', name: 'test' },
      telegramId,
      permissions: ['review'],
    });
    chat.clock.advance(5_000);
    await feedAll();
    expect(progress().text).to.contain('0%');
  });

  it('SEC-2 forged ids read as nothing', async () => {
    const { admin, chat } = await started(1);
    for (const code of ['bs', 'bp', 'br', 'bc', 'bx']) {
      for (const id of [shortId(freshId()), 'x']) {
        await admin.tap(`${code}:${id}`);
        expect(admin.answer()?.text, `${code}:${id}`).to.contain('Siaran itu tidak ditemukan');
      }
    }
    const actor = asUser((await admin.user()).id);
    const { items } = await chat.core.broadcasts.list({ actor, page: { page: 0, size: 1 } });
    expect(items[0]?.broadcast.status).to.equal('running');
  });
});
