import { expect } from 'chai';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { asOperator, asUser, type Permission } from '../../../../core/index.ts';
import { createChat, type ChatPerson, type ShownScreen } from '../../../support/chat.ts';

/** An admin Ayu, and a worker Wahyu who has 20.000. */
const aDesk = async (permissions?: readonly Permission[]) => {
  const chat = createChat();
  const admin = await chat.admin({ firstName: 'Ayu' }, permissions);
  const worker = await chat.worker({ firstName: 'Wahyu' });
  await chat.fund(worker, 20_000);
  const balances = () => chat.core.wallet.trialBalance({ actor: asOperator('test') });
  return {
    chat,
    admin,
    worker,
    sums: async () => {
      const { wallets, revenue, outside } = await balances();
      return { wallets, revenue, outside };
    },
  };
};

const begin = async (admin: ChatPerson): Promise<ShownScreen> => {
  await admin.say('Pengguna');
  await admin.say('Wahyu');
  await admin.tap('Wahyu');
  return admin.tap('Sesuaikan saldo');
};

const answer = async (admin: ChatPerson, ...labels: readonly string[]): Promise<ShownScreen> => {
  for (const label of labels) await admin.tap(label);
  return admin.screen();
};

describe('Telegram: adjusting a balance', () => {
  it('WAL-10 WAL-7 adds cash with a reason, shows before and after, and does it once', async () => {
    const { chat, admin, worker, sums } = await aDesk();
    expect((await begin(admin)).text)
      .to.contain('Langkah 1 dari 6')
      .and.contain('Rp 20.000');
    expect((await admin.tap('Tambah')).text).to.contain('Berapa yang ditambahkan ke saldo “Wahyu”');
    expect((await admin.tap('Rp 10.000')).text)
      .to.contain('Kas: uangnya benar-benar masuk')
      .and.contain('Pendapatan platform: platform yang menanggung');
    const summary = await answer(admin, 'Kas', 'Tidak ada', 'Top-up Anda terlewat');
    expect(summary.text)
      .to.contain('Saldo: Rp 20.000 → Rp 30.000')
      .and.contain('Top-up Anda terlewat')
      .and.not.contain('Pendapatan platform:');
    expect(await sums()).to.include({ wallets: 20_000n });
    expect((await admin.tapOn(summary, 'Konfirmasi')).text).to.contain('💰 Saldo Rp 30.000');
    await chat.repeatLastUpdate();
    await admin.tapOn(summary, 'Konfirmasi');
    expect(await sums()).to.deep.equal({ wallets: 30_000n, revenue: 0n, outside: -30_000n });
    expect(worker.notices().at(-1)?.text).to.contain('Top-up Anda terlewat');
  });

  it('ADM-1 ADM-3 with the right to money alone: profile, timeline and adjustment, no more', async () => {
    const { admin, worker, sums } = await aDesk(['money']);
    await admin.say('Pengguna');
    const { labels } = await admin.say('Wahyu').then(() => admin.tap('Wahyu'));
    expect(labels).to.include('🛠 Sesuaikan saldo').and.include('🕓 Linimasa');
    expect(labels.join()).to.not.match(/Tangguhkan|Ubah peran/);
    const id = shortId((await worker.user()).id);
    for (const code of ['ux', 'uy', 'ur']) {
      await admin.tap(`${code}:${id}::0`);
      expect(admin.answer()?.text, code).to.contain('belum diberi hak untuk mengelola pengguna');
    }
    expect((await worker.user()).status).to.equal('active');
    await begin(admin);
    await answer(admin, 'Tambah', 'Rp 10.000', 'Kas', 'Tidak ada', 'Top-up Anda terlewat');
    await admin.tap('Konfirmasi');
    expect(await sums()).to.include({ wallets: 30_000n });
  });

  it('WAL-10 takes for the platform, and gives back what it earned, but no more', async () => {
    const { admin, sums } = await aDesk();
    await begin(admin);
    const taking = await answer(admin, 'Kurangi', 'Rp 5.000', 'Pendapatan', 'Tidak ada');
    expect(taking.text).to.contain('Langkah 5 dari 6');
    const summary = await admin.say('Upah terbayar <dua> kali.');
    expect(summary.text)
      .to.contain('Saldo: Rp 20.000 → Rp 15.000')
      .and.contain('platform yang menerima')
      .and.contain('Pendapatan platform: Rp 0 → Rp 5.000')
      .and.contain('Upah terbayar <dua> kali.');
    await admin.tap('Konfirmasi');
    expect(await sums()).to.deep.equal({ wallets: 15_000n, revenue: 5_000n, outside: -20_000n });
    await begin(admin);
    await answer(admin, 'Tambah', 'Rp 10.000', 'Pendapatan');
    expect(admin.answer()?.text).to.contain('Pendapatan platform kurang Rp 5.000');
    await admin.tap('Batal');
    expect(await sums()).to.include({ revenue: 5_000n });
  });

  it('WAL-10 WAL-4 no wallet goes below zero, said as soon as the amount is named', async () => {
    const { admin, sums } = await aDesk();
    await begin(admin);
    await admin.tap('Kurangi');
    expect((await admin.say('25.000')).text).to.match(/^⚠️ .*Rp 5\.000/);
    expect((await admin.say('-1')).text).to.match(/^⚠️ /);
    expect((await admin.tap('Semua · Rp 20.000')).text).to.contain('Langkah 3 dari 6');
    await answer(admin, 'Kas', 'Tidak ada', 'Saldo dikembalikan', 'Konfirmasi');
    expect(await sums()).to.deep.equal({ wallets: 0n, revenue: 0n, outside: 0n });
  });

  it('WAL-10 names the transaction that it mends', async () => {
    const { chat, admin, worker } = await aDesk();
    await begin(admin);
    const mends = await answer(admin, 'Kurangi', 'Rp 5.000', 'Kas');
    expect(mends.labels[0]).to.contain('+Rp 20.000 · ');
    await admin.tap('+Rp 20.000');
    expect((await admin.tap('dua kali')).text).to.contain('Membetulkan: +Rp 20.000');
    await admin.tap('Konfirmasi');
    const actor = asUser((await worker.user()).id);
    const history = await chat.core.wallet.history({ actor, page: { page: 0, size: 5 } });
    const credit = history.items.find(({ amount }) => amount === 20_000n);
    const adjusted = chat.ports.auditLog().findLast(({ action }) => action === 'wallet.adjust');
    expect(adjusted?.after?.['mends']).to.be.a('string').and.equal(credit?.transactionId);
  });

  it('UX-2 UX-3 Kembali goes back a step, and a restart loses nothing', async () => {
    const { chat, admin, sums } = await aDesk();
    await begin(admin);
    await answer(admin, 'Tambah', 'Rp 10.000', 'Kas', 'Tidak ada');
    chat.restart();
    expect((await admin.tap('Kembali')).text).to.contain('Langkah 4 dari 6');
    expect((await admin.tap('Kembali')).text).to.contain('Langkah 3 dari 6');
    expect((await admin.tap('Kembali')).text).to.contain('Langkah 2 dari 6');
    expect((await admin.tap('Batal')).text).to.contain('💰 Saldo Rp 20.000');
    expect(await sums()).to.include({ wallets: 20_000n });
  });

  it('ADM-1 ACC-7 not without the right to money, and never of oneself', async () => {
    const { chat, admin, worker, sums } = await aDesk(['users']);
    await admin.say('Pengguna');
    await admin.say('Wahyu');
    expect((await admin.tap('Wahyu')).labels.join()).to.not.contain('Sesuaikan saldo');
    await admin.tap(`ua:${shortId((await worker.user()).id)}::0`);
    expect(admin.answer()?.text).to.contain('belum diberi hak untuk mengurus');
    const full = await chat.admin({ firstName: 'Bagus' });
    await full.tap(`ua:${shortId((await full.user()).id)}::0`);
    expect(full.answer()?.text).to.contain('akun Anda sendiri');
    expect(await sums()).to.include({ wallets: 20_000n });
  });

  it('UX-1 in English', async () => {
    const { chat } = await aDesk();
    const admin = await chat.admin({ languageCode: 'en' });
    await admin.say('People');
    await admin.say('Wahyu');
    await admin.tap('Wahyu');
    await admin.tap('Adjust balance');
    await answer(admin, 'Deduct', 'Rp 5.000', 'Platform revenue', 'None', 'paid by mistake');
    expect(admin.screen().text)
      .to.contain('Balance: Rp 20.000 → Rp 15.000')
      .and.contain('Platform revenue: Rp 0 → Rp 5.000');
    await admin.tap('Confirm');
    expect(admin.answer()?.text).to.contain('Balance adjusted');
  });
});
