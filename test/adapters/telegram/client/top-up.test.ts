import { expect } from 'chai';
import type { Deposit } from '../../../../core/index.ts';
import { aPdf, aPicture, createChat, type Chat, type ChatPerson } from '../../../support/chat.ts';

const pendingOf = async (chat: Chat, person: ChatPerson): Promise<readonly Deposit[]> => {
  const { id } = await person.user();
  return chat.core.deposits.mine({ actor: { kind: 'user', id } });
};

const aClient = async (depositInstructions = 'BCA 123 a.n. <Upah>') => {
  const chat = createChat({ settings: { depositInstructions } });
  return { chat, ani: await chat.client({ firstName: 'Ani' }) };
};

const request = async (person: ChatPerson, file: Uint8Array): Promise<void> => {
  await person.say('Top-Up');
  await person.tap('Rp 50.000');
  await person.sendFile(file);
};

describe('Telegram: top-up', () => {
  it('DEP-1 asks the amount, shows how to pay, takes the proof, and waits for an admin', async () => {
    const { chat, ani } = await aClient();
    expect((await ani.say('Top-Up')).text).to.contain('Minimal Rp 10.000');
    const how = await ani.say('1,5jt');
    expect(how.text).to.contain('tepat Rp 1.500.000').and.to.contain('BCA 123 a.n. <Upah>');
    const waiting = await ani.sendFile(aPicture());
    expect(waiting.text).to.contain('Top-up Rp 1.500.000 menunggu diperiksa admin');
    expect((await pendingOf(chat, ani)).map(({ claimed }) => claimed)).to.deep.equal([1_500_000n]);
    expect((await ani.tap('Beranda')).text).to.contain('Top-up menunggu admin: 1');
  });

  it('DEP-1 the row exists only once the proof is there; a PDF is one', async () => {
    const { chat, ani } = await aClient();
    await ani.say('Top-Up');
    await ani.tap('Rp 50.000');
    expect(await pendingOf(chat, ani)).to.deep.equal([]);
    await ani.sendFile(aPdf());
    expect((await pendingOf(chat, ani))[0]?.file.type).to.equal('application/pdf');
  });

  for (const amount of ['9.999', '50.000.001', '1,000', '-1', 'banyak']) {
    it(`DEP-1 WAL-1 refuses the amount ${amount} and asks again`, async () => {
      const { ani } = await aClient();
      await ani.say('Top-Up');
      expect((await ani.say(amount)).text)
        .to.contain('⚠️')
        .and.to.contain('Langkah 1 dari 2');
    });
  }

  it('PRF-1 what is no picture or PDF is refused with a sentence, and the step stays', async () => {
    const { chat, ani } = await aClient();
    await ani.say('Top-Up');
    await ani.tap('Rp 50.000');
    expect((await ani.say('sudah transfer')).text).to.contain('kirim bukti transfer');
    expect((await ani.sendFile(new Uint8Array([1, 2, 3]))).text).to.contain('atau PDF');
    chat.ports.changeSettings({ proofBytesMax: 1_048_576 });
    const large = Buffer.concat([aPicture(), Buffer.alloc(1_100_000)]);
    expect((await ani.sendFile(large)).text).to.contain('maksimal 1 MB');
    const refused = { ok: false, code: 'file.wrong-dimensions', details: null } as const;
    expect((await ani.sendFile(refused)).text).to.contain('Ukuran gambarnya');
    expect((await ani.sendFile({ ...refused, code: 'wallet.key-reused' })).text).to.contain(
      'tidak bisa dipakai',
    );
    expect(await pendingOf(chat, ani)).to.deep.equal([]);
    await ani.sendFile(aPicture());
    expect(await pendingOf(chat, ani)).to.have.length(1);
  });

  it('DEP-3 the same proof again is refused for the same person', async () => {
    const { chat, ani } = await aClient();
    const proof = aPicture();
    await request(ani, proof);
    await request(ani, proof);
    expect(ani.screen().text).to.contain('sudah pernah Anda kirim');
    expect(await pendingOf(chat, ani)).to.have.length(1);
  });

  it('DEP-1 a fourth one is refused before anybody transfers', async () => {
    const { chat, ani } = await aClient();
    for (let i = 0; i < 3; i += 1) await request(ani, aPicture());
    expect((await ani.say('Top-Up')).text).to.contain('Masih ada 3 top-up');
    expect(await pendingOf(chat, ani)).to.have.length(3);
  });

  it('DEP-2 the client cancels while it waits', async () => {
    const { chat, ani } = await aClient();
    await request(ani, aPicture());
    const balance = await ani.tap('Batalkan top-up Rp 50.000');
    expect(balance.text).to.contain('Saldo').and.not.to.contain('menunggu');
    expect(ani.answer()?.text).to.contain('dibatalkan');
    expect(await pendingOf(chat, ani)).to.deep.equal([]);
    expect((await ani.tap('Riwayat')).text).to.contain('dibatalkan');
  });

  it('UX-2 Kembali keeps the amount, Batal leaves at every step', async () => {
    const { chat, ani } = await aClient();
    await ani.say('Top-Up');
    await ani.tap('Rp 100.000');
    expect((await ani.tap('Kembali')).text).to.contain('Jumlah tadi: Rp 100.000');
    expect((await ani.tap('Tetap Rp 100.000')).text).to.contain('tepat Rp 100.000');
    expect((await ani.tap('Batal')).text).to.contain('Halo, Ani');
    await ani.say('Top-Up');
    expect((await ani.tap('Batal')).text).to.contain('Halo, Ani');
    await ani.sendFile(aPicture());
    expect(ani.notices().at(-1)?.text).to.contain('⚠️');
    expect(await pendingOf(chat, ani)).to.deep.equal([]);
  });

  it('UX-3 a restart before the proof loses nothing, and an old button does not act', async () => {
    const { chat, ani } = await aClient();
    await ani.say('Top-Up');
    const first = ani.screen();
    await ani.tap('Rp 50.000');
    chat.restart();
    expect((await ani.tapOn(first, 'Rp 500.000')).text).to.contain('tepat Rp 50.000');
    await ani.sendFile(aPicture());
    await chat.repeatLastUpdate();
    expect((await pendingOf(chat, ani)).map(({ claimed }) => claimed)).to.deep.equal([50_000n]);
  });

  it('ACC-6 a worker is refused politely', async () => {
    const { chat } = await aClient();
    const wati = await chat.worker();
    expect((await wati.say('Top-Up')).text).to.contain('khusus Client');
  });
});
