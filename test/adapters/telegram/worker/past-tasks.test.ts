import { expect } from 'chai';
import { screenFromJson } from '../../../../adapters/telegram/screen.ts';
import { asSystem, asUser, DAY_MS, type Chart } from '../../../../core/index.ts';
import { rupiahs } from '../../../support/builders.ts';
import type { Chat } from '../../../support/chat.ts';
import { aScene } from '../desk-scenes.ts';

const MINUTE = 60_000;

const aWorkerWithPast = async () => {
  const scene = await aScene();
  const { chat } = scene;
  const worker = await chat.worker({ firstName: 'Wati' });
  const admin = asUser((await (await chat.admin()).user()).id);
  return {
    ...scene,
    worker,
    /** Does a task, and has it approved or rejected. */
    decided: async (as: 'approve' | 'reject', reason: string | null = null) => {
      const proof = await scene.proof(worker, await scene.campaign());
      const told = { actor: admin, proofId: proof.id };
      if (as === 'approve') await chat.core.proofs.approve(told);
      else await chat.core.proofs.reject({ ...told, reason });
      return proof;
    },
    admin,
  };
};

const chartIn = (chat: Chat): Chart | undefined => {
  const message = chat.posted().findLast(({ kind }) => kind === 'screen');
  const attachment = message && screenFromJson(message.payload).attachment;
  return attachment && 'chart' in attachment ? attachment.chart : undefined;
};

describe('Telegram: past tasks', () => {
  it('TSK-1 PRF-4 Riwayat Tugas tells what came of each task, newest first', async () => {
    const { chat, worker, decided, take, campaign } = await aWorkerWithPast();
    await decided('approve');
    chat.clock.advance(MINUTE);
    await decided('reject', 'Gambarnya <b>buram</b>');
    chat.clock.advance(MINUTE);
    await take(worker, await campaign({ kind: 'follow' }));
    chat.clock.advance(31 * MINUTE);
    await chat.core.tasks.expireDue({ actor: asSystem('expire'), limit: 10 });
    const { id: takeId } = await take(worker, await campaign({ kind: 'share' }));
    const actor = asUser((await worker.user()).id);
    await chat.core.tasks.release({ actor, takeId });
    const { text } = await worker.say('Riwayat Tugas');
    const [released, expired, rejected, approved] = text.split('\n\n').slice(1);
    expect(released).to.contain('↩️ Dilepas · Bagikan di Instagram');
    expect(expired).to.contain('⌛ Waktu habis · Follow di Instagram');
    expect(rejected).to.contain('❌ Ditolak').and.to.contain('Alasan: “Gambarnya <b>buram</b>”');
    expect(approved).to.contain('✅ Disetujui').and.to.contain('Upah Rp 500').and.to.contain('WIB');
  });

  it('REV-7 a reversed approval says so, with the reason', async () => {
    const { chat, worker, decided, admin } = await aWorkerWithPast();
    const { id: proofId } = await decided('approve');
    await chat.core.proofs.reverse({ actor: admin, proofId, reason: 'Like-nya dicabut' });
    const { text } = await worker.say('Riwayat Tugas');
    expect(text).to.contain('🔄 Persetujuan dibatalkan').and.to.contain('Like-nya dicabut');
    expect(text).not.to.contain('Upah Rp 500');
  });

  it('TSK-1 six a page, and a page past the end shows the last', async () => {
    const { worker, decided } = await aWorkerWithPast();
    for (let done = 0; done < 7; done += 1) await decided('approve');
    const first = await worker.say('Riwayat Tugas');
    expect(first.labels).to.include('1/2');
    expect(first.text.match(/Disetujui/g)).to.have.length(6);
    expect((await worker.tap('»')).text.match(/Disetujui/g)).to.have.length(1);
    expect((await worker.tap('tp:900')).labels).to.include('2/2');
  });

  it('UX-4 nothing yet: says where the running ones are', async () => {
    const { chat } = await aWorkerWithPast();
    const fresh = await chat.worker();
    await fresh.say('Tugas Saya');
    const empty = await fresh.tap('Riwayat Tugas');
    expect(empty.text).to.contain('Belum ada tugas yang selesai');
    expect((await fresh.tap('Tugas Saya')).text).to.contain('belum punya tugas');
  });

  it('UX-1 speaks English to whoever does', async () => {
    const { worker, decided } = await aWorkerWithPast();
    await decided('approve');
    await decided('reject', 'Blurred');
    await worker.tap('lg:en');
    const { text } = await worker.say('Past Tasks');
    expect(text).to.contain('✅ Approved · Like on Instagram').and.to.contain('Reason: “Blurred”');
  });

  it('ACC-6 a client is told that this is for workers', async () => {
    const { client } = await aWorkerWithPast();
    for (const data of ['tp', 'tp:1', 'te']) {
      await client.tap(data);
      expect(client.answer()?.text, data).to.contain('khusus Worker');
    }
  });
});

describe('Telegram: earnings', () => {
  it('WAL-9 Penghasilan shows today, seven days and all, with a picture of fourteen', async () => {
    const { chat, worker, decided } = await aWorkerWithPast();
    await decided('approve');
    chat.clock.advance(10 * DAY_MS);
    await decided('approve');
    chat.clock.advance(DAY_MS);
    await decided('approve');
    const screen = await worker.say('Penghasilan');
    expect(screen.text)
      .to.contain('Hari ini: +Rp 500')
      .and.to.contain('7 hari terakhir: +Rp 1.000')
      .and.to.contain('Sejak awal: +Rp 1.500');
    expect(screen.attachment).to.equal('photo');
    const chart = chartIn(chat);
    expect(chart).to.deep.include({ unit: 'rupiah', scaleWords: [' rb', ' jt', ' M'] });
    expect(chart?.labels).to.have.length(14);
    const [perDay] = chart?.series ?? [];
    expect(perDay?.values.filter((value) => value !== 0)).to.deep.equal([500, 500, 500]);
    expect(perDay?.values.slice(-2)).to.deep.equal([500, 500]);
  });

  it('REV-7 WAL-9 what a reversal took back is no longer earned', async () => {
    const { chat, worker, decided, admin } = await aWorkerWithPast();
    const { id: proofId } = await decided('approve');
    await decided('approve');
    await chat.core.proofs.reverse({ actor: admin, proofId, reason: 'Like-nya dicabut' });
    expect((await worker.say('Penghasilan')).text).to.contain('Sejak awal: +Rp 500');
  });

  it('WAL-9 a worker without earnings sees zeros, and no empty picture', async () => {
    const { worker } = await aWorkerWithPast();
    const screen = await worker.say('Penghasilan');
    expect(screen.text).to.contain('Hari ini: Rp 0');
    expect(screen.attachment).to.equal(undefined);
  });

  it('UX-1 every word of the picture is in the language of its reader', async () => {
    const { chat, worker, decided } = await aWorkerWithPast();
    await decided('approve');
    await worker.tap('lg:en');
    expect((await worker.say('Earnings')).text).to.contain('Today: +Rp 500');
    const chart = chartIn(chat);
    expect([chart?.title, chart?.subtitle, chart?.series[0]?.name]).to.deep.equal([
      'Earnings',
      'Last 14 days',
      'Rewards per day',
    ]);
  });

  it('UX-2 from Tugas Saya to history, earnings and balance, and home again', async () => {
    const { worker } = await aWorkerWithPast();
    await worker.say('Tugas Saya');
    await worker.tap('Penghasilan');
    expect((await worker.tap('Riwayat Tugas')).text).to.contain('Riwayat Tugas');
    await worker.tap('Penghasilan');
    expect((await worker.tap('Saldo')).text).to.contain('Bisa dipakai: Rp 0');
    expect((await worker.tap('Penghasilan')).text).to.contain('Sejak awal: Rp 0');
    expect((await worker.tap('Beranda')).text).to.contain('Halo, Wati');
  });

  it('REV-5 the sum of a day follows money only: a rejection brings nothing', async () => {
    const { worker, decided, wallet } = await aWorkerWithPast();
    await decided('reject');
    expect((await worker.say('Penghasilan')).text).to.contain('Sejak awal: Rp 0');
    expect(await wallet(worker)).to.equal(rupiahs(0));
  });
});
