import { expect } from 'chai';
import type { LedgerView, SandboxHost } from '../../../adapters/sandbox/index.ts';
import { CITRA, INLINE, WAHYU, greeted, poll, refusal, stage } from './world.ts';

const BOOKS: LedgerView = {
  currency: 'IDR',
  accounts: [
    { name: 'Citra', group: 'Dompet', balance: '12500' },
    { name: 'Kas', group: 'Dunia luar', balance: '-12500' },
  ],
  sum: '0',
  postings: [
    {
      id: '1',
      at: '2026-11-21T08:00:00.000Z',
      what: 'Top-Up',
      from: 'Kas',
      to: 'Citra',
      amount: '12500',
    },
  ],
};

/** The answer to `GET /sandbox/ledger` of a sandbox with this host. */
async function readLedger(host: SandboxHost, query = '') {
  await using on = await stage({ host });
  const response = await fetch(`${on.sandbox.url}/sandbox/ledger${query}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('sandbox: what the program behind the bot adds', () => {
  it('shows the host’s ledger, in Indonesian unless English is asked for', async () => {
    const asked: string[] = [];
    const ledger = async (language: string): Promise<LedgerView> => {
      asked.push(language);
      return BOOKS;
    };
    expect(await readLedger({ ledger })).to.deep.equal({ status: 200, body: BOOKS });
    await readLedger({ ledger }, '?language=en');
    expect(asked).to.deep.equal(['id', 'en']);
  });

  it('answers 404 where the host keeps no ledger, and says so in its state', async () => {
    const { status, body } = await readLedger({});
    expect(status).to.equal(404);
    expect(body['error']).to.equal('the program behind this bot shows no ledger');
    await using on = await stage();
    expect((await on.sandbox.client.state()).can.ledger).to.equal(false);
  });

  it('answers 502 with the reason where the host cannot read its ledger', async () => {
    const fails: SandboxHost = { ledger: () => Promise.reject(new Error('database gone')) };
    const throws: SandboxHost = {
      ledger: () => {
        throw new Error('database gone');
      },
    };
    for (const host of [fails, throws]) {
      const { status, body } = await readLedger(host);
      expect(status).to.equal(502);
      expect(body['error']).to.match(/could not read its ledger: database gone/);
    }
  });

  it('answers 502 naming the spot where the host gives something that is no ledger', async () => {
    const [account] = BOOKS.accounts;
    const wrong = { ...BOOKS, accounts: [{ ...account, balance: '12,5' }] } as LedgerView;
    const { status, body } = await readLedger({ ledger: async () => wrong });
    expect(status).to.equal(502);
    expect(body['error']).to.match(/accounts\.0\.balance is not a whole amount/);
  });

  it('refuses a language that it does not have', async () => {
    const { status } = await readLedger({ ledger: async () => BOOKS }, '?language=fr');
    expect(status).to.equal(400);
  });
});

describe('sandbox: buttons that a person could press earlier', () => {
  const buttonsOf = async (url: string, personId: number) => {
    const response = await fetch(`${url}/sandbox/people/${personId}/buttons`);
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it('remembers them with what became of them, the newest first', async () => {
    await using on = await greeted();
    const first = await on.telegram.sendMessage(CITRA, 'satu', INLINE('one', 'Satu'));
    const second = await on.telegram.sendMessage(CITRA, 'dua', INLINE('two', 'Dua'));
    const third = await on.telegram.sendMessage(CITRA, 'tiga', INLINE('three', 'Tiga'));
    await on.telegram.editMessageText(CITRA, first.message_id, undefined, 'satu!');
    await on.telegram.deleteMessage(CITRA, second.message_id);
    const { body } = await buttonsOf(on.sandbox.url, CITRA);
    expect(body).to.deep.equal([
      { messageId: third.message_id, text: 'Tiga', data: 'three', fate: 'present' },
      { messageId: second.message_id, text: 'Dua', data: 'two', fate: 'deleted' },
      { messageId: first.message_id, text: 'Satu', data: 'one', fate: 'replaced' },
    ]);
    expect((await buttonsOf(on.sandbox.url, WAHYU)).body).to.deep.equal([]);
  });

  it('knows a button that came with an edit, under its newest label', async () => {
    await using on = await greeted();
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu', INLINE('a', 'Lama'));
    await on.telegram.editMessageText(CITRA, id, undefined, 'dua', INLINE('a', 'Baru'));
    await on.telegram.editMessageText(CITRA, id, undefined, 'tiga', INLINE('b', 'Lain'));
    const { body } = await buttonsOf(on.sandbox.url, CITRA);
    expect(body).to.deep.equal([
      { messageId: id, text: 'Lain', data: 'b', fate: 'present' },
      { messageId: id, text: 'Baru', data: 'a', fate: 'replaced' },
    ]);
  });

  it('can be pressed although they are gone', async () => {
    await using on = await greeted();
    await poll(on, { limit: 1 });
    const { message_id: id } = await on.telegram.sendMessage(CITRA, 'satu', INLINE('one', 'Satu'));
    await on.telegram.deleteMessage(CITRA, id);
    await on.sandbox.client.pressData(CITRA, id, 'one', { expired: true });
    const [, press] = await poll(on);
    expect(press?.callback_query?.data).to.equal('one');
    const answer = on.telegram.answerCbQuery(press?.callback_query?.id ?? '');
    expect(await refusal(answer)).to.match(/query is too old/);
  });

  it('shows the newest 60 of a person', async () => {
    await using on = await greeted();
    for (let index = 0; index < 65; index += 1) {
      await on.telegram.sendMessage(CITRA, `pesan ${index}`, INLINE(`data ${index}`));
    }
    const { body } = await buttonsOf(on.sandbox.url, CITRA);
    expect(body).to.have.length(60);
    expect(body).to.have.nested.property('[0].data', 'data 64');
  });

  it('forgets them when the chats are emptied', async () => {
    await using on = await greeted();
    await on.telegram.sendMessage(CITRA, 'satu', INLINE('one', 'Satu'));
    await on.sandbox.client.reset();
    expect((await buttonsOf(on.sandbox.url, CITRA)).body).to.deep.equal([]);
  });

  it('are nobody’s where there is no such person', async () => {
    await using on = await stage();
    expect((await buttonsOf(on.sandbox.url, 1)).status).to.equal(404);
  });
});
