import { expect } from 'chai';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { asUser, createCore, DEFAULT_SETTINGS, type Actor, type Core } from '../../core/index.ts';
import { uuidIds, systemClock } from '../../adapters/system/index.ts';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { aFile, freshId, rupiahs } from '../support/builders.ts';
import { anOrder } from '../support/market.ts';
import { join, phone, type Phone } from '../support/phone.ts';
import {
  ADMIN,
  CLIENT,
  SECOND_WORKER as OWNER,
  startBotUnderTest,
  WORKER,
  type BotUnderTest,
} from '../support/running-bot.ts';
import { runUpah, type Outcome } from '../support/upah.ts';

describe('books that do not add up, on the real bot', function () {
  this.timeout(120_000);
  let bot: BotUnderTest;
  let core: Core;
  let client: Phone;
  let worker: Phone;
  let admin: Phone;
  let owner: Phone;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    bot = await startBotUnderTest({ OWNER_CHAT_ID: String(OWNER) });
    const on = (id: number) => phone(bot.sandbox.client, id);
    [client, worker, admin, owner] = [on(CLIENT), on(WORKER), on(ADMIN), on(OWNER)];
    const { orm } = bot.database;
    core = createCore({
      ...createMemoryPorts(),
      ...createPostgresPorts({ orm, settings: DEFAULT_SETTINGS }),
      clock: systemClock,
      ids: uuidIds,
    });
  });
  after(() => bot?.stop());

  const valueOf = async (statement: string): Promise<string> => {
    const [row] = await bot.database.orm.em.fork().execute<{ value: string }[]>(statement);
    return String(row?.value);
  };
  const actorOf = async ({ id }: Phone): Promise<Actor> =>
    asUser((await valueOf(`select id as value from users where telegram_id = ${id}`)) as never);

  /** A client with money and two campaigns, for one task each. */
  const orderTwo = async (): Promise<void> => {
    const [actor, by] = [await actorOf(client), await actorOf(admin)];
    const [amount, file] = [rupiahs(50_000), aFile()];
    const asked = { actor, amount, file, key: freshId<never>() };
    const { id: depositId } = await core.deposits.request(asked);
    await core.deposits.approve({ actor: by, depositId, credited: amount, reason: null });
    for (const price of [1_000, 2_000]) {
      const order = anOrder({ pricePerTask: rupiahs(price), target: 1 });
      await core.campaigns.create({ actor, ...order, key: freshId<never>() });
    }
  };

  const sendProof = async (price: string, seed: number): Promise<void> => {
    await worker.say('Tugas Tersedia');
    await worker.tap(price);
    await worker.tap('Ambil');
    await worker.tap('Kirim Bukti');
    await worker.screen('tangkapan layar');
    await worker.photo(seed);
    await worker.screen(/diterima|menunggu|direview/i);
  };

  /** What an owner with psql can do. */
  const shiftWallet = async (by: number): Promise<void> => {
    const em = (await bot.database.ownerOrm()).em.fork();
    await em.execute(`alter table accounts disable trigger user;
      update accounts set balance = balance + ${by} where kind = 'wallet'
        and owner_id = (select id from users where telegram_id = ${CLIENT});
      alter table accounts enable trigger user`);
  };

  /** As the clock does each minute. */
  const callJob = async (name: string): Promise<void> => {
    const em = (await bot.database.ownerOrm()).em.fork();
    await em.execute(`insert into pgboss.job (name) values ('${name}')`);
  };

  const upah = (...words: readonly string[]): Promise<Outcome> => runUpah(bot.database, words);

  it('WAL-13 stop what pays, and the admins and the owner hear of it', async () => {
    await join(client, 'Client');
    await join(worker, 'Worker');
    await join(admin, 'admin');
    await owner.say('/start');
    await owner.screen('Ketentuan');
    await orderTwo();
    await sendProof('Rp 1.000', 1);
    expect((await upah('freeze')).output).to.contain('Nothing is frozen');
    await shiftWallet(7);
    await callJob('check-ledger');
    await admin.sees('🛑 Pembayaran dihentikan sejak');
    const alarm = await owner.sees('WAL-2'); // the full check that followed
    expect(alarm.text).to.contain('pembukuan tidak cocok').and.to.contain('WAL-3 accounts');
    expect(alarm.text).to.contain('ledger verify').and.to.contain('unfreeze --reason');
    expect(alarm.text).not.to.match(/Citra|citra|100001/);
  });

  it('WAL-13 the admin reads why a proof cannot be approved; the worker goes on sending', async () => {
    await admin.say('Beranda');
    await admin.screen(/Halo[^]*Pembayaran dihentikan sejak/);
    await admin.say('Review Bukti');
    await admin.screen('Wahyu');
    await admin.tap('Setujui');
    await admin.toast(/Pembayaran dihentikan sejak .*operator.*Anda tetap bisa menolak/);
    await sendProof('Rp 2.000', 2);
    const paid = await valueOf(
      `select count(*) as value from wallet_transactions where type = 'task_reward'`,
    );
    expect(paid).to.equal('0');
    const { messages } = await worker.chat();
    expect(messages.filter(({ text }) => /dihentikan|pembukuan/.test(text))).to.deep.equal([]);
  });

  it('WAL-13 unfreeze asks why, prints what was found, and lets payments go on', async () => {
    const without = await upah('unfreeze');
    expect(without.code).to.equal(1);
    expect(without.output).to.contain('WAL-3 accounts').and.to.contain('say why with --reason');
    await shiftWallet(-7);
    const lifted = await upah('unfreeze', '--reason', 'the balance was written back');
    expect(lifted.output).to.contain('WAL-3 accounts').and.to.contain('Lifted: payments go on');
    expect(lifted.code).to.equal(0);
    const again = await upah('unfreeze', '--reason', 'once more');
    expect(again).to.include({ code: 1 });
    expect(again.output).to.contain('Nothing is frozen');
    await admin.sees('Pembayaran berjalan lagi');
  });

  it('WAL-13 the waiting proof is paid, the owner hears, and the books are sound', async () => {
    await admin.say('Review Bukti');
    await admin.screen('Wahyu');
    await admin.tap('Setujui');
    await worker.sees('Tugas Anda disetujui — saldo bertambah.');
    await callJob('check-ledger');
    const [{ code, output }] = await Promise.all([
      upah('ledger', 'verify'),
      owner.sees('✅ Pembayaran berjalan lagi'),
    ]);
    expect(output).to.contain('The ledger is sound.');
    expect(code).to.equal(0);
    let broken = '';
    while (broken !== '0') {
      broken = await valueOf('select full_broken as value from ledger_checks');
    }
    const now = (await upah('freeze')).output;
    expect(now, 'the lifting called for a full check').to.match(/everything: .* 0 bad rows/);
    expect(now).to.contain('Nothing is frozen');
  });
});
