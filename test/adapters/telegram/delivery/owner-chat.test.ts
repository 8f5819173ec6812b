import { expect } from 'chai';
import { TelegramError } from 'telegraf';
import { createOwnerChat } from '../../../../adapters/telegram/index.ts';
import { TEXT_MAX } from '../../../../adapters/telegram/delivery/fit.ts';
import { textsIn } from '../../../../adapters/telegram/texts/index.ts';
import type { Freeze, Language } from '../../../../core/index.ts';
import { freshId, later } from '../../../support/builders.ts';
import { pocketTelegram } from '../../../support/pocket-telegram.ts';

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
    expect(message?.text).to.match(/Pembayaran berjalan lagi\n.*operator:budi/);
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
