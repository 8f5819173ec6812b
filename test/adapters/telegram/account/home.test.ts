import { expect } from 'chai';
import { asUser, type ProofId } from '../../../../core/index.ts';
import { shortId } from '../../../../adapters/telegram/buttons.ts';
import { aPicture, type Chat, type ChatPerson } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

const MINUTE = 60_000;

const approve = async (chat: Chat, proofId: ProofId) => {
  const actor = asUser((await (await chat.admin()).user()).id);
  await chat.core.proofs.approve({ actor, proofId });
};

const withdraw = async (person: ChatPerson): Promise<void> => {
  await person.say('Withdraw');
  await person.tap('10.000');
  await person.say('081234567890');
  await person.tap('Konfirmasi');
};

describe('Telegram: home', () => {
  it('CAM-8 a client sees the campaigns nearest to their target, and what is under review', async () => {
    const { chat, client, campaign, proof } = await aScene();
    const slow = await campaign({ link: 'https://www.instagram.com/p/slow', target: 4 });
    const fast = await campaign({ link: 'https://www.instagram.com/p/fast', target: 2 });
    const worker = await chat.worker();
    await approve(chat, (await proof(worker, fast)).id);
    await proof(worker, slow);
    const { text, labels } = await client.say('/start');
    expect(text).to.contain('Campaign berjalan: 2');
    const [first, second] = text
      .split('\n')
      .filter((line) => line.startsWith('▰') || line.startsWith('▱'));
    expect(first).to.contain('▰▰▰▰▰▱▱▱▱▱ 1/2').and.to.contain('instagram.com/p/fast');
    expect(second).to.contain('0/4').and.to.contain('1 diperiksa');
    expect(labels).to.include('📋 Campaign Saya (2)');
  });

  it('CAM-6 paused and ended campaigns are not told as running to their target', async () => {
    const { chat, client, campaign } = await aScene();
    const actor = asUser((await client.user()).id);
    const gone = await campaign();
    await chat.core.campaigns.pause({ actor, campaignId: (await campaign()).id });
    await chat.core.campaigns.delete({ actor, campaignId: gone.id });
    const { text } = await client.say('/start');
    expect(text).to.contain('Campaign berjalan: 1').and.not.to.contain('0/3');
  });

  it('WAL-9 DEP-1 WDR-1 a client sees what waits for an admin', async () => {
    const { chat, client } = await aScene();
    await chat.fund(client, 30_000);
    await client.say('Top-Up');
    await client.tap('Rp 50.000');
    await client.sendFile(aPicture());
    await withdraw(client);
    expect((await client.tap('Beranda')).text)
      .to.contain('Saldo Rp 20.000 (ditahan Rp 10.000)')
      .and.to.contain('Top-up menunggu admin: 1')
      .and.to.contain('Withdraw menunggu admin: 1');
  });

  it('TSK-5 a worker sees tasks with minutes left, what is under review, and today', async () => {
    const { chat, campaign, take, proof } = await aScene();
    const worker = await chat.worker();
    await approve(chat, (await proof(worker, await campaign())).id);
    await proof(worker, await campaign());
    await take(worker, await campaign());
    await campaign();
    chat.clock.advance(12 * MINUTE);
    const { text, labels } = await worker.say('/start');
    expect(text)
      .to.contain('Penghasilan hari ini: +Rp 500')
      .and.to.contain('sampai 09.30 WIB, sisa 18 menit')
      .and.to.contain('Sedang diperiksa: 1')
      .and.to.contain('Ada 1 pilihan tugas');
    expect(labels).to.include('📌 Tugas Saya (2)').and.to.include('🎯 Tugas Tersedia (1)');
  });

  it('TSK-5 a task past its deadline is told as over before the sweep comes', async () => {
    const { chat, campaign, take } = await aScene();
    const worker = await chat.worker();
    await take(worker, await campaign());
    chat.clock.advance(31 * MINUTE);
    expect((await worker.say('/start')).text).to.contain('waktu habis');
  });

  it('REV-1 an admin sees each desk with its count and age, and their own withdrawals', async () => {
    const { chat, client, campaign, proof } = await aScene();
    await chat.fund(client, 30_000);
    await withdraw(client);
    await proof(await chat.worker(), await campaign());
    chat.clock.advance(125 * MINUTE);
    const [sri, other] = [await chat.admin(), await chat.admin()];
    const { text, labels } = await sri.say('/start');
    expect(text)
      .to.contain('Bukti: 1 menunggu, terlama 2 jam 5 menit')
      .and.to.contain('Deposit: tidak ada yang menunggu')
      .and.to.contain('Withdrawal: 1 menunggu, terlama 2 jam 5 menit')
      .and.not.to.contain('yang Anda proses');
    expect(labels).to.include('🔍 Review Bukti (1)').and.to.include('📥 Deposit');
    await other.say('Withdrawal');
    await other.tap('Rp 10.000');
    await other.tap('Setujui');
    await sri.tap('Withdrawal (1)');
    await sri.tap('Rp 10.000');
    await sri.tap('Proses');
    expect((await sri.say('/start')).text).to.contain('Withdraw yang Anda proses: 1');
    expect((await other.say('/start')).text).not.to.contain('yang Anda proses');
  });

  it('UX-6 the counted buttons lead where the plain ones do', async () => {
    const { chat, campaign, take } = await aScene();
    const worker = await chat.worker();
    await take(worker, await campaign());
    await worker.say('/start');
    expect((await worker.tap('📌 Tugas Saya (1)')).text).to.contain('1 dikerjakan, 0 diperiksa');
    expect(worker.menu()).to.include('📌 Tugas Saya');
  });

  it('UX-1 all of it in English', async () => {
    const { chat, client, campaign, take } = await aScene();
    const { id } = await campaign();
    const worker = await chat.worker({ languageCode: 'en' });
    await worker.tap(`tk:${shortId(id)}`);
    expect((await worker.say('/start')).text).to.contain('until 09.30 WIB, 30 minutes left');
    await take(await chat.worker(), await campaign());
    await client.tap('lg:en');
    expect(client.screen().text).to.contain('Ongoing campaigns: 2');
    expect(client.screen().labels).to.include('📋 My Campaigns (2)');
    const admin = await chat.admin({ languageCode: 'en' });
    expect(admin.screen().text).to.contain('Proofs: nothing waiting');
  });
});
