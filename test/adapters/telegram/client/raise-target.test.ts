import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asUser, type Campaign } from '../../../../core/index.ts';
import { freshId } from '../../../support/builders.ts';
import type { Chat, ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

/** A client with a campaign of three tasks at 500 rupiah, and money for more. */
const aClient = async (money = 100_000) => {
  const { chat, client, campaign, wallet, take } = await aScene();
  const made = await campaign({ link: 'https://www.instagram.com/p/Raise' });
  if (money > 0) await chat.fund(client, money);
  return { chat, client, take, wallet, made, data: `ct:${shortId(made.id)}` };
};

const targetOf = async (chat: Chat, { id }: Campaign): Promise<number | undefined> =>
  (await chat.ports.unitOfWork.run((tx) => tx.campaigns.find(id)))?.targetTotal;

const upToSummary = async (client: ChatPerson, data: string): Promise<void> => {
  await client.tap(data);
  await client.tap('50');
};

describe('Telegram: raising the target', () => {
  it('CAM-9 asks how many more, shows cost and balance after, and pays on Konfirmasi', async () => {
    const { chat, client, wallet, made } = await aClient();
    await client.say('Campaign Saya');
    await client.tap('Like ·');
    const question = await client.tap('Tambah Target');
    expect(question.text)
      .to.contain('Langkah 1 dari 2 ▰▱')
      .and.to.contain('Dari 1 sampai 99.997 · saldo Anda Rp 100.000');
    const summary = await client.tap('50');
    expect(summary.text)
      .to.contain('Langkah 2 dari 2 ▰▰')
      .and.to.contain('Target: 3 → 53 tugas')
      .and.to.contain('Upah per tugas: Rp 500')
      .and.to.contain('Total: Rp 25.000')
      .and.to.contain('Saldo setelahnya: Rp 75.000');
    const card = await client.tap('Konfirmasi');
    expect(card.text).to.contain('Target bertambah 50 tugas').and.to.contain('Selesai: 0 dari 53');
    expect(await targetOf(chat, made)).to.equal(53);
    expect(await wallet(client)).to.equal(75_000n);
  });

  it('CAM-9 takes a typed number, also with a point', async () => {
    const { client, data } = await aClient(1_000_000);
    await client.tap(data);
    expect((await client.say('1.250')).text).to.contain('Target: 3 → 1.253 tugas');
  });

  for (const more of ['0', '-1', '1,5', 'banyak', '99.998', '1e3']) {
    it(`CAM-9 refuses ${more} more and asks again`, async () => {
      const { chat, client, made, data } = await aClient();
      await client.tap(data);
      const screen = await client.say(more);
      expect(screen.text).to.contain('dari 1 sampai 99.997').and.to.contain('Langkah 1 dari 2');
      expect(await targetOf(chat, made)).to.equal(3);
    });
  }

  it('CAM-9 offers no quick number beyond the highest target', async () => {
    const { chat, client, data } = await aClient();
    chat.ports.changeSettings({ targetMax: 30 });
    expect((await client.tap(data)).labels)
      .to.include('25')
      .and.not.to.include('50');
  });

  it('CAM-3 CAM-9 a campaign at the highest target is told so, and nothing is asked', async () => {
    const { chat, client, data } = await aClient();
    chat.ports.changeSettings({ targetMax: 3 });
    await client.tap(data);
    expect(client.answer()?.text).to.contain('sudah mencapai batas tertinggi');
    expect(client.screen().text).not.to.contain('Langkah');
  });

  it('CAM-9 too little money: says what is missing and offers Top-Up', async () => {
    const { chat, client, made, data } = await aClient(20_000);
    await upToSummary(client, data);
    expect(client.screen().text).to.contain('Saldo Anda Rp 20.000, kurang Rp 5.000');
    expect(client.screen().labels).to.include('💳 Top-Up').and.not.to.include('✅ Konfirmasi');
    expect((await client.tap('Top-Up')).text).to.contain('Berapa saldo yang ingin Anda isi');
    expect(await targetOf(chat, made)).to.equal(3);
  });

  it('CAM-9 money gone between summary and Konfirmasi: nothing is raised', async () => {
    const { chat, client, made, data } = await aClient(25_000);
    await upToSummary(client, data);
    const actor = asUser((await client.user()).id);
    const { sealed } = await chat.core.withdrawals.prepareNumber({ actor, text: '081234567890' });
    const asked = { amount: 10_000n as never, number: sealed, key: freshId<never>() };
    await chat.core.withdrawals.request({ actor, ...asked });
    const screen = await client.tap('Konfirmasi');
    expect(client.answer()?.text).to.contain('kurang Rp 10.000');
    expect(screen.labels).to.include('💳 Top-Up');
    expect(await targetOf(chat, made)).to.equal(3);
  });

  it('WAL-7 a double tap on Konfirmasi, and the update twice, pay once', async () => {
    const { chat, client, made, wallet, data } = await aClient();
    await upToSummary(client, data);
    const summary = client.screen();
    await client.tapOn(summary, 'Konfirmasi');
    await chat.repeatLastUpdate();
    await client.tapOn(summary, 'Konfirmasi');
    expect(await targetOf(chat, made)).to.equal(53);
    expect(await wallet(client)).to.equal(75_000n);
  });

  it('UX-2 Kembali keeps the number, and from the first step leads to the card', async () => {
    const { client, data } = await aClient();
    await upToSummary(client, data);
    expect((await client.tap('Kembali')).text).to.contain('Tambahan tadi: 50');
    expect((await client.tap('Tetap 50')).text).to.contain('Target: 3 → 53');
    await client.tap('Kembali');
    expect((await client.tap('Kembali')).text).to.contain('🟢 Aktif');
  });

  it('UX-2 Batal leaves at every step and raises nothing', async () => {
    const { chat, client, made, data } = await aClient();
    await client.tap(data);
    expect((await client.tap('Batal')).text).to.contain('🟢 Aktif');
    await upToSummary(client, data);
    expect((await client.tap('Batal')).text).to.contain('🟢 Aktif');
    expect(await targetOf(chat, made)).to.equal(3);
  });

  it('UX-3 a restart in the middle loses nothing, and an old button does not act', async () => {
    const { chat, client, made, data } = await aClient();
    const first = await client.tap(data);
    await client.tap('50');
    chat.restart();
    expect((await client.tapOn(first, '100')).text).to.contain('Target: 3 → 53');
    await client.tap('Konfirmasi');
    expect(await targetOf(chat, made)).to.equal(53);
  });

  it('CAM-6 CAM-9 a campaign deleted while the wizard is open ends it with a sentence', async () => {
    const { chat, client, made, data } = await aClient();
    await upToSummary(client, data);
    const actor = asUser((await client.user()).id);
    await chat.core.campaigns.delete({ actor, campaignId: made.id });
    const screen = await client.tap('Konfirmasi');
    expect(client.answer()?.text).to.contain('sudah dihapus');
    expect(screen.text).to.contain('🗑 Dihapus');
    expect(screen.labels).to.deep.equal(['📊 Perkembangan', '⬅️ Kembali', '🏠 Beranda']);
    expect(await targetOf(chat, made)).to.equal(3);
  });

  it('CAM-9 a paused campaign can be raised, an ended one cannot', async () => {
    const { chat, client, made, data } = await aClient();
    const actor = asUser((await client.user()).id);
    await chat.core.campaigns.pause({ actor, campaignId: made.id });
    await upToSummary(client, data);
    expect((await client.tap('Konfirmasi')).text)
      .to.contain('⏸ Dijeda')
      .and.to.contain('dari 53');
    await chat.core.campaigns.delete({ actor, campaignId: made.id });
    await client.tap(data);
    expect(client.answer()?.text).to.contain('sudah dihapus');
  });

  it("SEC-2 ACC-6 somebody else's campaign reads not found", async () => {
    const { chat, data } = await aClient();
    const eve = await chat.client({ firstName: 'Eve' });
    await eve.tap(data);
    expect(eve.answer()?.text).to.contain('tidak ditemukan');
    for (const other of [await chat.worker(), await chat.admin()]) {
      await other.tap(data);
      expect(other.answer()?.text).to.contain('khusus Client');
      expect(other.screen().text).not.to.contain('Langkah');
    }
  });

  it('UX-1 speaks English to whoever does', async () => {
    const { client, data } = await aClient();
    await client.tap('lg:en');
    expect((await client.tap(data)).text)
      .to.contain('Step 1 of 2')
      .and.to.contain('add?');
    expect((await client.tap('50')).text).to.contain('Target: 3 → 53 tasks');
    expect((await client.tap('Confirm')).text).to.contain('Target raised by 50');
  });
});
