import { expect } from 'chai';
import { TelegramError } from 'telegraf';
import { createOwnerChat } from '../../../../adapters/telegram/index.ts';
import { TEXT_MAX } from '../../../../adapters/telegram/delivery/fit.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { Freeze, Language } from '../../../../core/index.ts';
import { freshId, later, rupiahs } from '../../../support/builders.ts';
import { pocketTelegram } from '../../../support/pocket-telegram.ts';
import { standings } from '../../../texts/samples/owner.ts';

const GROUP = -1_001_234_567_890;

const violation = (row: string, what = 'stored 7, posted <5>') => ({ rule: 'WAL-3', row, what });

const aFreeze = (change: Partial<Freeze> = {}): Freeze => ({
  id: freshId(),
  begunAt: later(0),
  findings: [{ check: 'balances', broken: 12, violations: [violation('accounts 1')] }],
  news: 1,
  ownerTold: 0,
  lifted: null,
  ...change,
});

const told = async (freeze: Freeze) => {
  const { telegram, messages } = pocketTelegram();
  await createOwnerChat({ telegram, chatId: GROUP }).tell(freeze);
  return messages(GROUP);
};

describe('The owner’s chat', () => {
  it('WAL-13 hears which rule and rows, what stands still, how to look and to go on', async () => {
    const [message, ...more] = await told(aFreeze());
    expect(more).to.deep.equal([]);
    const text = message?.text ?? '';
    expect(text).to.contain('12 baris melanggar aturan WAL-3');
    expect(text).to.contain('• WAL-3 accounts 1: stored 7, posted <5>');
    expect(text).to.match(/Berhenti: .*withdraw/);
    expect(text).to.contain('npm run upah -- ledger verify');
    expect(text).to.contain('npm run upah -- unfreeze --reason "…"');
  });

  it('WAL-13 hears who lifted it, in words that may come twice', async () => {
    const lifted = { at: later(60_000), by: 'operator:budi', reason: 'mended' };
    const [message] = await told(aFreeze({ lifted }));
    expect(message?.text).to.match(/Pembayaran berjalan lagi\nDibuka oleh operator budi pada /);
  });

  it('WAL-13 however much is broken, it fits into one message, in both languages', async () => {
    const violations = Array.from({ length: 100 }, (_, n) =>
      violation(`accounts ${n} ${'x'.repeat(300)}`, '&'.repeat(900)),
    );
    const freeze = aFreeze({ findings: [{ check: 'balances', broken: 10_000, violations }] });
    const [message] = await told(freeze);
    expect(message?.text.length).to.be.at.most(TEXT_MAX);
    for (const language of ['id', 'en'] satisfies Language[]) {
      expect(textsIn(language).owner.freeze(freeze)).to.contain('unfreeze --reason');
    }
  });

  it('WAL-10 WAL-12 hears what was done by hand: how much, whose, by whom and why', async () => {
    const { telegram, messages } = pocketTelegram();
    const chat = createOwnerChat({ telegram, chatId: GROUP });
    const [by, reason] = ['Citra', 'counted <twice>'];
    const taken = { name: 'Budi', amount: rupiahs(-5_000), side: 'revenue', by, reason } as const;
    const news = { kind: 'wallet-adjusted', ...taken } as const;
    await chat.tellNews({ id: freshId(), news, at: later(0) });
    const text = messages(GROUP)[0]?.text ?? '';
    expect(text).to.contain('Saldo Budi dikurangi Rp 5.000');
    expect(text).to.contain('Ke pendapatan platform. Alasan: “counted <twice>”');
    expect(text).to.contain('Oleh “Citra”, 5 Jan 2026 09.00 WIB');
  });

  it('ADM-1 WAL-12 SEC-1 tells an operator from an admin who is called like one', async () => {
    const { telegram, messages } = pocketTelegram();
    const chat = createOwnerChat({ telegram, chatId: GROUP });
    const paid = { amount: rupiahs(400), left: rupiahs(600), reason: 'profit' };
    for (const news of [
      { kind: 'revenue-paid-out', ...paid, by: 'operator:budi' },
      { kind: 'admin-revoked', name: 'Sari', by: 'system:admin-grant' },
      { kind: 'setting-changed', key: 'holdMinutes', value: null, by: 'operator:budi' },
    ] as const) {
      await chat.tellNews({ id: freshId(), news, at: later(0) });
    }
    expect(messages(GROUP).map(({ text }) => /Oleh (.+?), /.exec(text ?? '')?.[1])).to.deep.equal([
      'operator budi',
      'sistem (admin-grant)',
      '“operator:budi”',
    ]);
  });

  it('ADM-4 ADM-5 SEC-1 hears how a setting is now and how a broadcast begins, as written', async () => {
    const { telegram, messages } = pocketTelegram();
    const chat = createOwnerChat({ telegram, chatId: GROUP });
    const changed = (key: string, value: string | null) =>
      ({ kind: 'setting-changed', key, value, by: 'Citra' }) as const;
    const text = 'Bayar ke <b>BCA 9</b> &amp;';
    const started = { kind: 'broadcast-started', audience: 'all', recipients: 1_204 } as const;
    for (const news of [
      changed('depositInstructions', text),
      changed('withdrawFee', '2.500'),
      changed('reversalDays', '7'),
      changed('linkHosts', null),
      changed('of another release', '<7>'),
      { ...started, text, by: 'Citra' },
    ]) {
      await chat.tellNews({ id: freshId(), news, at: later(0) });
    }
    const by = 'Oleh “Citra”, 5 Jan 2026 09.00 WIB.';
    expect(messages(GROUP).map((message) => message.text)).to.deep.equal([
      `⚙️ Pengaturan diubah: Petunjuk pembayaran\n${text}\n${by}`,
      `⚙️ Pengaturan diubah: Biaya withdraw\nSekarang: Rp 2.500\n${by}`,
      `⚙️ Pengaturan diubah: Batas ubah keputusan\nSekarang: 7 hari\n${by}`,
      `⚙️ Pengaturan diubah: Situs yang diizinkan\n${by}`,
      `⚙️ Pengaturan diubah: of another release\nSekarang: <7>\n${by}`,
      `📣 Siaran mulai dikirim\nUntuk: Semua pengguna (1.204 penerima)\n${text}\n${by}`,
    ]);
    expect(
      textsIn('en').owner.news({
        id: freshId(),
        news: { ...started, text, by: 'Citra' },
        at: later(0),
      }),
    ).to.contain('Bayar ke &lt;b&gt;BCA 9&lt;/b&gt; &amp;amp;');
  });

  it('WAL-13 hears each day that all is well, or first what is not and what to do', async () => {
    const { telegram, messages } = pocketTelegram();
    const chat = createOwnerChat({ telegram, chatId: GROUP });
    const [[well]] = standings;
    const ill = standings.map(([one]) => one).find(({ troubles }) => troubles.length > 0) ?? well;
    await chat.tellWellbeing(well);
    await chat.tellWellbeing(ill);
    const [good, bad] = messages(GROUP).map(({ text }) => text ?? '');
    expect(good).to.match(/^✅ Semua baik · /);
    expect(good).to.match(/Kas yang harus ada: Rp 12\.768\.500/);
    expect(good).to.match(/Jika suatu hari tidak datang, segera periksa server\.$/);
    const [first, ...rows] = bad?.split('\n') ?? [];
    expect(first).to.match(/^⚠️ Perlu perhatian: 9 hal/);
    expect(rows[0]).to.match(/^• 🛑 Pembayaran dihentikan .*unfreeze --reason/);
    expect(rows[8]).to.match(/^• ⏳ Ada withdraw yang sudah menunggu 2 hari/);
  });

  /** The chat, on a Telegram whose every answer is this error. */
  const failing = (error: Error) => {
    const fail = () => Promise.reject(error);
    const telegram = { sendMessage: fail, sendChatAction: fail } as never;
    return createOwnerChat({ telegram, chatId: GROUP });
  };

  it('WAL-13 says why it did not hear, in Telegram’s words and without the message', async () => {
    const description = 'Bad Request: chat not found';
    const chat = failing(new TelegramError({ error_code: 400, description }));
    expect(await chat.tell(aFreeze())).to.deep.equal({
      method: 'sendMessage',
      code: 400,
      description,
    });
    expect(await chat.reach()).to.deep.equal({ method: 'sendChatAction', code: 400, description });
  });

  it('WAL-13 a network that is down is why, too; a defect is none', async () => {
    const away = Object.assign(new Error('no route to host'), { name: 'FetchError' });
    const description = 'no route to host';
    expect(await failing(away).reach()).to.deep.equal({ method: 'sendChatAction', description });
    const [result] = await Promise.allSettled([failing(new TypeError('x')).tell(aFreeze())]);
    expect(result.status).to.equal('rejected');
  });

  it('WAL-13 a chat that can be reached gives no reason, and reads nothing', async () => {
    const asked: unknown[] = [];
    const telegram = { sendChatAction: async (...all: unknown[]) => asked.push(all) } as never;
    expect(await createOwnerChat({ telegram, chatId: GROUP }).reach()).to.equal(undefined);
    expect(asked).to.deep.equal([[GROUP, 'typing']]);
  });
});
