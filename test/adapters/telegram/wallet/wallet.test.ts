import { expect } from 'chai';
import { createChat } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

describe('Telegram: wallet', () => {
  it('WAL-9 shows balance and held money, and leads to history', async () => {
    const chat = createChat();
    const wati = await chat.worker();
    await chat.fund(wati, 30_000);
    const balance = await wati.say('Saldo');
    expect(balance.text).to.contain('Bisa dipakai: Rp 30.000').and.not.to.contain('Ditahan');
    expect(balance.labels).to.not.include('💳 Top-Up');
    expect((await wati.tap('Riwayat')).text).to.contain('+Rp 30.000 🛠 Penyesuaian saldo');
  });

  it('WAL-9 an empty history says so', async () => {
    const chat = createChat();
    const wati = await chat.worker();
    const history = await wati.say('Riwayat');
    expect(history.text).to.contain('Belum ada transaksi');
    expect(history.labels).to.deep.equal(['💰 Saldo', '🏠 Beranda']);
  });

  it('WAL-9 pages the history, newest first, with amount, time and what for', async () => {
    const chat = createChat();
    const ani = await chat.client();
    for (let i = 1; i <= 7; i += 1) {
      chat.clock.advance(60_000);
      await chat.fund(ani, i * 1_000);
    }
    await ani.say('Buat Campaign');
    await ani.tap('Follow');
    await ani.say('https://www.tiktok.com/@ani');
    await ani.tap('Lewati');
    await ani.tap('Rp 1.000');
    await ani.say('2');
    await ani.tap('Konfirmasi');
    const first = await ani.say('Riwayat');
    expect(first.text).to.match(/−Rp 2\.000 📢 Dana campaign\n5 Jan 2026.*Follow · tiktok/);
    expect(first.text.indexOf('+Rp 7.000')).to.be.lessThan(first.text.indexOf('+Rp 4.000'));
    expect(first.labels).to.include('1/2');
    const second = await ani.tap('»');
    expect(second.text).to.contain('+Rp 1.000').and.not.to.contain('+Rp 7.000');
    expect((await ani.tap('hi:99')).text).to.contain('+Rp 1.000');
  });

  it('WAL-9 says for which campaign a reward came', async () => {
    const scene = await aScene();
    const wati = await scene.chat.worker();
    await scene.proof(wati, await scene.campaign());
    const admin = await scene.chat.admin();
    await admin.say('Review Bukti');
    await admin.tap('Setujui');
    const history = await wati.say('Riwayat');
    expect(history.text).to.match(/\+Rp 500 🎯 Upah tugas\n.*Like · instagram/);
  });

  it('SEC-2 nobody cancels what is not theirs', async () => {
    const chat = createChat();
    const wati = await chat.worker();
    await chat.fund(wati, 30_000);
    await wati.say('Withdraw');
    await wati.tap('Rp 10.000');
    await wati.say('081234567890');
    await wati.tap('Konfirmasi');
    const button = (await wati.tap('Saldo')).buttons.find(({ data }) => data?.startsWith('wc:'));
    const eve = await chat.worker({ firstName: 'Eve' });
    await eve.tap(button?.data ?? '');
    expect(eve.answer()?.text).to.contain('tidak ditemukan');
    expect((await wati.say('Saldo')).text).to.contain('Ditahan untuk withdraw: Rp 10.000');
  });
});
