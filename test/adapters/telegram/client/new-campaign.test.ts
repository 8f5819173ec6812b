import { expect } from 'chai';
import type { Campaign } from '../../../../core/index.ts';
import { createChat, type Chat, type ChatPerson } from '../../../support/chat.ts';

const LINK = 'https://www.instagram.com/p/AbC123/';

const campaignsOf = async (chat: Chat, person: ChatPerson): Promise<readonly Campaign[]> => {
  const { id } = await person.user();
  const page = { page: 0, size: 50 };
  const found = await chat.core.campaigns.mine({ actor: { kind: 'user', id }, page });
  return found.items.map(({ campaign }) => campaign);
};

const upToSummary = async (person: ChatPerson): Promise<void> => {
  await person.say('Buat Campaign');
  await person.tap('Like');
  await person.say(LINK);
  await person.say('Beri <b>like</b> & komentar');
  await person.tap('Rp 500');
  await person.tap('100');
};

const aFundedClient = async (money = 100_000) => {
  const chat = createChat();
  const ani = await chat.client({ firstName: 'Ani' });
  if (money > 0) await chat.fund(ani, money);
  return { chat, ani };
};

describe('Telegram: new campaign', () => {
  it('CAM-5 asks step by step, shows the summary, and creates on Konfirmasi', async () => {
    const { chat, ani } = await aFundedClient();
    expect((await ani.say('Buat Campaign')).text).to.contain('Langkah 1 dari 5 ▰▱▱▱▱');
    expect((await ani.tap('Like')).text).to.contain('Langkah 2 dari 5 ▰▰▱▱▱');
    expect((await ani.say(LINK)).text).to.contain('Langkah 3 dari 5');
    expect((await ani.say('Beri <b>like</b> & komentar')).text).to.contain('Langkah 4 dari 5');
    expect((await ani.say('Rp 500')).text).to.contain('Langkah 5 dari 5 ▰▰▰▰▰');
    const summary = await ani.say('100');
    expect(summary.text)
      .to.contain('Jenis: Like')
      .and.to.contain('instagram.com/p/AbC123')
      .and.to.contain('Beri <b>like</b> & komentar')
      .and.to.contain('Upah per tugas: Rp 500')
      .and.to.contain('Biaya per tugas: Rp 0')
      .and.to.contain('Target: 100 tugas')
      .and.to.contain('Total: Rp 50.000')
      .and.to.contain('Saldo setelahnya: Rp 50.000');
    expect((await ani.tap('Konfirmasi')).text).to.contain('Campaign tayang');
    const [campaign] = await campaignsOf(chat, ani);
    expect(campaign).to.include({ kind: 'like', targetTotal: 100, status: 'active' });
    expect(campaign?.instructions).to.equal('Beri <b>like</b> & komentar');
  });

  it('CAM-4 shows the fee of the settings in the summary', async () => {
    const { chat, ani } = await aFundedClient();
    chat.ports.changeSettings({ feeBasisPoints: 1_000 });
    await upToSummary(ani);
    expect(ani.screen().text).to.contain('Biaya per tugas: Rp 50').and.to.contain('Rp 55.000');
  });

  it('CAM-4 too little money: says what is missing and offers Top-Up', async () => {
    const { chat, ani } = await aFundedClient(20_000);
    await upToSummary(ani);
    expect(ani.screen().text).to.contain('Saldo Anda Rp 20.000, kurang Rp 30.000');
    expect(ani.screen().labels).to.include('💳 Top-Up').and.not.to.include('✅ Konfirmasi');
    expect((await ani.tap('Top-Up')).text).to.contain('Berapa saldo yang ingin Anda isi');
    expect(await campaignsOf(chat, ani)).to.deep.equal([]);
  });

  it('CAM-4 money gone between summary and Konfirmasi: nothing is created', async () => {
    const { chat, ani } = await aFundedClient(50_000);
    await upToSummary(ani);
    const { id } = await ani.user();
    const actor = { kind: 'user', id } as const;
    const { sealed } = await chat.core.withdrawals.prepareNumber({ actor, text: '081234567890' });
    await chat.core.withdrawals.request({
      actor,
      amount: 10_000n as never,
      number: sealed,
      key: 'elsewhere',
    });
    const screen = await ani.tap('Konfirmasi');
    expect(ani.answer()?.text).to.contain('kurang Rp 10.000');
    expect(screen.labels).to.include('💳 Top-Up');
    expect(await campaignsOf(chat, ani)).to.deep.equal([]);
  });

  const BAD_LINKS: Readonly<Record<string, string>> = {
    'http://instagram.com/p/1': 'https://',
    'javascript:alert(1)': 'https://',
    'instagram.com/p/1': 'belum terbaca',
    'https://user:pw@instagram.com/p/1': 'nama pengguna',
    'https://instagram.com:8443/p/1': 'port',
    'https://vm.tiktok.com/ZM123/': 'tautan pendek',
    'https://bit.ly/abc': 'tautan pendek',
    'https://example.com/<b>': 'Situs example.com belum didukung',
    'https://instagram.com/': 'halaman depan',
    'lihat https://instagram.com/p/1': 'belum terbaca',
  };
  for (const [link, sentence] of Object.entries(BAD_LINKS)) {
    it(`CAM-2 refuses ${link} with a hint and asks again`, async () => {
      const { ani } = await aFundedClient(0);
      await ani.say('Buat Campaign');
      await ani.tap('Follow');
      const screen = await ani.say(link);
      expect(screen.text).to.contain(sentence).and.to.contain('Langkah 2 dari 5');
      expect((await ani.say(LINK)).text).to.contain('Langkah 3 dari 5');
    });
  }

  for (const price of ['99', '1,000', '-1', '1e5', '１０００', 'seribu', '0']) {
    it(`CAM-3 WAL-1 refuses the price ${price} and asks again`, async () => {
      const { ani } = await aFundedClient(0);
      await ani.say('Buat Campaign');
      await ani.tap('Tonton');
      await ani.say(LINK);
      await ani.tap('Lewati');
      expect((await ani.say(price)).text)
        .to.contain('⚠️')
        .and.to.contain('Langkah 4 dari 5');
    });
  }

  for (const price of ['1000', '1.000', 'Rp 1.000', 'Rp1.000,-', '1rb', '1 ribu']) {
    it(`WAL-1 reads the price ${price}`, async () => {
      const { ani } = await aFundedClient(0);
      await ani.say('Buat Campaign');
      await ani.tap('Tonton');
      await ani.say(LINK);
      await ani.tap('Lewati');
      await ani.say(price);
      expect((await ani.say('10')).text).to.contain('Upah per tugas: Rp 1.000');
    });
  }

  for (const target of ['0', '-5', '1,5', 'banyak', '100001', '1e3', '10000000000']) {
    it(`CAM-3 refuses the target ${target} and asks again`, async () => {
      const { ani } = await aFundedClient(0);
      await upToSummary(ani);
      await ani.tap('Kembali');
      const screen = await ani.say(target);
      expect(screen.text).to.contain('dari 1 sampai 100.000').and.to.contain('Langkah 5 dari 5');
    });
  }

  it('UX-2 Kembali keeps every answer and offers it again', async () => {
    const { chat, ani } = await aFundedClient();
    await upToSummary(ani);
    expect((await ani.tap('Kembali')).text).to.contain('Target tadi: 100');
    expect((await ani.tap('Kembali')).text).to.contain('Upah tadi: Rp 500');
    expect((await ani.tap('Kembali')).text).to.contain('Beri <b>like</b> & komentar');
    expect((await ani.tap('Kembali')).text).to.contain('Tautan tadi: instagram.com/p/AbC123');
    expect((await ani.tap('Kembali')).text).to.contain('Pilihan tadi: Like');
    await ani.tap('Follow');
    await ani.tap('Tetap pakai tautan');
    await ani.tap('Tetap pakai petunjuk');
    await ani.tap('Tetap Rp 500');
    const summary = await ani.tap('Tetap 100');
    expect(summary.text).to.contain('Jenis: Follow').and.to.contain('Total: Rp 50.000');
    await ani.tap('Konfirmasi');
    expect((await campaignsOf(chat, ani)).map(({ kind }) => kind)).to.deep.equal(['follow']);
  });

  it('UX-2 Kembali on the first step leads home', async () => {
    const { ani } = await aFundedClient(0);
    await ani.say('Buat Campaign');
    expect((await ani.tap('Kembali')).text).to.contain('Halo, Ani');
  });

  it('UX-2 Batal leaves at every step and creates nothing', async () => {
    const { chat, ani } = await aFundedClient();
    const steps = [
      () => ani.say('Buat Campaign'),
      () => ani.tap('Like'),
      () => ani.say(LINK),
      () => ani.tap('Lewati'),
      () => ani.tap('Rp 500'),
      () => ani.tap('100'),
    ];
    for (let last = 1; last <= steps.length; last += 1) {
      for (const step of steps.slice(0, last)) await step();
      expect((await ani.tap('Batal')).text).to.contain('Halo, Ani');
      expect(ani.answer()?.text).to.contain('Dibatalkan');
    }
    expect(await campaignsOf(chat, ani)).to.deep.equal([]);
  });

  it('UX-2 /batal and a main label leave the dialogue too', async () => {
    const { ani } = await aFundedClient(0);
    await ani.say('Buat Campaign');
    expect((await ani.say('/batal')).text).to.contain('Dibatalkan');
    expect((await ani.say('/batal')).text).to.contain('Tidak ada isian');
    await ani.say('Buat Campaign');
    expect((await ani.say('batal')).text).to.contain('Dibatalkan');
    await ani.say('Buat Campaign');
    await ani.tap('Like');
    expect((await ani.say('Saldo')).text).to.contain('Bisa dipakai');
    expect((await ani.say(LINK)).text).to.contain('belum memahami');
  });

  it('WAL-7 a double tap on Konfirmasi creates once', async () => {
    const { chat, ani } = await aFundedClient();
    await upToSummary(ani);
    const summary = ani.screen();
    await ani.tapOn(summary, 'Konfirmasi');
    await ani.tapOn(summary, 'Konfirmasi');
    await chat.repeatLastUpdate();
    expect(await campaignsOf(chat, ani)).to.have.length(1);
    expect((await ani.say('Saldo')).text).to.contain('Rp 50.000');
  });

  it('UX-3 a button of an older step shows the newest one instead of acting', async () => {
    const { ani } = await aFundedClient();
    await ani.say('Buat Campaign');
    const first = ani.screen();
    await ani.tap('Like');
    const screen = await ani.tapOn(first, 'Komentar');
    expect(ani.answer()?.text).to.contain('sudah berubah');
    expect(screen.text).to.contain('di-like').and.to.contain('Langkah 2 dari 5');
  });

  it('UX-3 a restart in the middle loses nothing', async () => {
    const { chat, ani } = await aFundedClient();
    await ani.say('Buat Campaign');
    await ani.tap('Like');
    chat.restart();
    await ani.say(LINK);
    await ani.tap('Lewati');
    await ani.tap('Rp 500');
    await ani.tap('100');
    chat.restart();
    expect((await ani.tap('Konfirmasi')).text).to.contain('Campaign tayang');
    expect(await campaignsOf(chat, ani)).to.have.length(1);
  });

  it('UX-4 a text where only buttons answer, and a picture, are told so', async () => {
    const { ani } = await aFundedClient(0);
    await ani.say('Buat Campaign');
    expect((await ani.say('like')).text).to.contain('pilih salah satu tombol');
    await ani.tap('Like');
    expect((await ani.sendFile(new Uint8Array([1]))).text).to.contain('jawab dengan teks');
  });

  it('CAM-1 instructions of more than 1.000 characters are refused', async () => {
    const { ani } = await aFundedClient(0);
    await ani.say('Buat Campaign');
    await ani.tap('Like');
    await ani.say(LINK);
    expect((await ani.say('a'.repeat(1_001))).text).to.contain('1.000 karakter');
    expect((await ani.say('&'.repeat(1_000))).text).to.contain('Langkah 4 dari 5');
  });

  it('ACC-6 a worker and an admin are refused politely', async () => {
    const { chat } = await aFundedClient(0);
    const worker = await chat.worker();
    expect((await worker.say('Buat Campaign')).text).to.contain('khusus Client');
    await worker.tap('cn');
    expect(worker.answer()?.text).to.contain('khusus Client');
    const admin = await chat.admin();
    expect((await admin.say('Campaign Saya')).text).to.contain('khusus Client');
  });
});
