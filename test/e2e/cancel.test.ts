import { expect } from 'chai';
import { orderLikes, phone, type Phone } from '../support/phone.ts';
import {
  ADMIN,
  CLIENT,
  startBotUnderTest,
  WORKER,
  type BotUnderTest,
} from '../support/running-bot.ts';

/**
 * Batal in the middle of every dialogue, on the real bot: nothing changes, and the way on is shown
 * (UX-2).
 */
describe('Batal in the middle of each dialogue', function () {
  this.timeout(60_000);
  let bot: BotUnderTest;
  let client: Phone;
  let worker: Phone;
  let admin: Phone;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    bot = await startBotUnderTest();
    const on = (id: number) => phone(bot.sandbox.client, id);
    [client, worker, admin] = [on(CLIENT), on(WORKER), on(ADMIN)];
    for (const [person, role] of [
      [client, 'Client'],
      [worker, 'Worker'],
      [admin, null],
    ] as const) {
      await person.say('/start');
      await person.tap('Saya setuju');
      if (role) await person.tap(role);
      await person.screen('Halo');
    }
  });
  after(() => bot?.stop());

  /** Every row that a dialogue could have left, counted. */
  const rows = async (): Promise<Record<string, bigint>> => {
    const [counts] = await bot.database.orm.em.fork().execute<Record<string, bigint>[]>(`select
      (select count(*) from wallet_transactions) as transactions,
      (select count(*) from postings) as postings,
      (select count(*) from campaigns) as campaigns,
      (select count(*) from deposits where status <> 'pending') as decided_deposits,
      (select count(*) from proof_decisions) as decisions,
      (select count(*) from task_proofs) as proofs,
      (select count(*) from withdrawals where status <> 'pending') as decided_withdrawals`);
    return counts ?? {};
  };

  const changesNothing = async (person: Phone, dialogue: () => Promise<void>): Promise<void> => {
    const before = await rows();
    await dialogue();
    const canceled = ({ toasts }: Awaited<ReturnType<Phone['chat']>>) =>
      toasts.filter(({ text }) => text?.startsWith('Dibatalkan')).length;
    const earlier = canceled(await person.chat());
    await person.tap('Batal');
    await bot.sandbox.client.waitFor(person.id, (chat) => canceled(chat) > earlier);
    expect(await rows()).to.deep.equal(before);
  };

  it('DEP-1 UX-2 a top-up whose proof was not sent', () =>
    changesNothing(client, async () => {
      await client.say('Top-Up');
      await client.say('50rb');
      await client.screen('Langkah 2 dari 2');
    }));

  it('CAM-5 UX-2 a campaign at its summary', async () => {
    await topUp();
    await changesNothing(client, () => orderUpToSummary());
  });

  it('PRF-1 UX-2 a proof that was not sent: the task stays taken', async () => {
    await orderUpToSummary();
    await client.tap('Konfirmasi');
    await client.screen('Campaign tayang');
    await worker.say('Tugas Tersedia');
    await worker.tap('Rp 20.000');
    await worker.tap('Ambil');
    await worker.screen('instagram.com');
    await changesNothing(worker, async () => {
      await worker.tap('Kirim Bukti');
      await worker.screen('tangkapan layar');
    });
    await worker.say('Tugas Saya');
    await worker.screen('Tugas Saya');
  });

  it('REV-2 UX-2 a rejection whose reason was asked', async () => {
    await worker.tap('Like');
    await worker.tap('Kirim Bukti');
    await worker.photo(7);
    await worker.screen('Bukti terkirim');
    await changesNothing(admin, async () => {
      await admin.say('Review Bukti');
      await admin.tap('Tolak');
      await admin.screen('alasan');
    });
  });

  it('WDR-1 UX-2 a withdrawal at its summary', async () => {
    await admin.say('Review Bukti');
    await admin.screen('Wahyu');
    await admin.tap('Setujui');
    await worker.sees('Tugas Anda disetujui');
    await changesNothing(worker, () => withdrawUpToSummary());
  });

  it('WDR-2 UX-2 a payment that was not confirmed: the withdrawal stays claimed', async () => {
    await withdrawUpToSummary();
    await worker.tap('Konfirmasi');
    await worker.screen('withdraw terkirim');
    await changesNothing(admin, async () => {
      await admin.say('Withdrawal');
      await admin.tap('Rp 15.000');
      await admin.tap('Proses');
      await admin.tap('Sudah Ditransfer');
      await admin.tap('Lewati');
      await admin.screen('Langkah 2 dari 3');
    });
  });

  it('DEP-2 UX-2 a corrected amount that was not confirmed', async () => {
    await client.say('Top-Up');
    await client.say('75rb');
    await client.screen('Langkah 2 dari 2');
    await client.photo(3);
    await client.screen('menunggu');
    await changesNothing(admin, async () => {
      await admin.say('Deposit');
      await admin.screen('Top-up Rp 75.000');
      await admin.tap('Jumlah berbeda');
      await admin.say('70.000');
      await admin.screen('Langkah 2 dari 3');
    });
  });

  it('DEP-2 UX-2 a top-up whose rejection was given no reason', () =>
    changesNothing(admin, async () => {
      await admin.say('Beranda');
      await admin.screen('Halo');
      await admin.tap('Deposit');
      await admin.screen('Cocokkan');
      await admin.tap('Tolak');
      await admin.screen('Tolak top-up ini?');
    }));

  it('WDR-2 UX-2 a withdrawal whose rejection was given no reason', () =>
    changesNothing(admin, async () => {
      await admin.say('Beranda');
      await admin.screen('Halo');
      await admin.tap('Withdrawal');
      await admin.screen('Ketuk untuk membuka');
      await admin.tap('Rp 15.000');
      await admin.screen('Kirim Rp 15.000');
      await admin.tap('Tolak');
      await admin.screen('Tolak withdraw ini?');
    }));

  const topUp = async (): Promise<void> => {
    await client.say('Top-Up');
    await client.say('100rb');
    await client.screen('Langkah 2 dari 2');
    await client.photo(1);
    await client.screen('menunggu');
    await admin.say('Deposit');
    await admin.screen('Top-up Rp 100.000');
    await admin.tap('Setujui');
    await client.sees('Top-up disetujui.');
  };

  const orderUpToSummary = (): Promise<void> =>
    orderLikes(client, {
      link: 'https://www.instagram.com/p/CancelMe01/',
      price: '20rb',
      target: '1',
    });

  const withdrawUpToSummary = async (): Promise<void> => {
    await worker.say('Withdraw');
    await worker.screen('Langkah 1 dari 2');
    await worker.say('15rb');
    await worker.screen('Langkah 2 dari 2');
    await worker.say('081234567890');
    await worker.screen('+6281234567890');
  };
});
