import { expect } from 'chai';
import type { ApiRequest } from '../../adapters/sandbox/index.ts';
import type { DepositId, UserId } from '../../core/index.ts';
import { judgeDeliveries, type Deliveries, type Notice } from './deliveries.ts';
import { compare } from './money/audit.ts';
import { balancesOf, booksOf, type Happened } from './money/books.ts';
import type { Stored } from './money/stored.ts';
import { wholeWindows } from './pace-windows.ts';

const BEGAN = Date.parse('2026-11-21T08:00:00Z');
const at = (ms: number): Date => new Date(BEGAN + ms);

const PERSON = 800_000;
const notice = (number: number): Notice => ({ number, to: 'u' as UserId, telegramId: PERSON });
const textOf = (number: number): string => `alasan: “no. ${number}.”`;

const call = (number: number, ms: number, answer: object = { ok: true }): ApiRequest => ({
  sequence: ms,
  at: at(ms).toISOString(),
  ms: 1,
  method: 'sendMessage',
  params: { chat_id: PERSON, text: textOf(number) },
  answer: { ...answer },
});

/** Two notices that both arrived once, unless something is changed. */
const deliveries = (change: Partial<Deliveries> = {}): Deliveries => ({
  notices: [notice(1), notice(2)],
  calls: [call(1, 0), call(2, 10)],
  chats: new Map([[PERSON, [textOf(1), textOf(2)]]]),
  blocked: new Set(),
  killedAt: [],
  states: new Map(),
  ...change,
});

const chatting = (...numbers: number[]) => new Map([[PERSON, numbers.map(textOf)]]);

describe('what the fault run takes for a loss of messages', () => {
  const lossesOf = (change?: Partial<Deliveries>) => judgeDeliveries(deliveries(change)).losses;

  it('nothing, where each arrived once and in order', () => {
    expect(lossesOf()).to.deep.equal([]);
  });

  it('a notice that did not arrive, unless its person cannot be reached and it was dropped', () => {
    const missing = { calls: [call(1, 0)], chats: chatting(1) };
    expect(lossesOf(missing)).to.have.length(1);
    const away = { ...missing, blocked: new Set([PERSON]) };
    expect(lossesOf(away)).to.have.length(1);
    expect(lossesOf({ ...away, states: new Map([['no:2:u', 'dropped']]) })).to.deep.equal([]);
  });

  it('a second copy, unless the first reply was lost or the bot died before it was recorded', () => {
    const chats = chatting(1, 1, 2);
    const again = [call(1, 5_000), call(2, 6_000)];
    expect(lossesOf({ chats, calls: [call(1, 0), ...again] })).to.have.length(1);
    const cut = call(1, 0, { dropped: true });
    expect(lossesOf({ chats, calls: [cut, ...again] })).to.deep.equal([]);
    const died = { chats, calls: [call(1, 0), ...again] };
    expect(lossesOf({ ...died, killedAt: [at(100)] })).to.deep.equal([]);
    expect(lossesOf({ ...died, killedAt: [at(5_900)] })).to.have.length(1);
  });

  it('a notice that came before an earlier one', () => {
    expect(lossesOf({ chats: chatting(2, 1) })).to.have.length(1);
  });
});

describe('what the fault run takes for a loss of money', () => {
  const CLIENT = 'client' as UserId;
  const ID = 'deposit' as DepositId;
  const ADMIN = 'admin' as UserId;
  const terms = { feeOf: () => 0n, withdrawFee: 0n, reachableAdmins: [ADMIN] };
  const requested: Happened = {
    operation: { kind: 'deposit.request', by: CLIENT, key: 'k', amount: 500n },
    id: ID,
  };
  const approved: Happened = {
    operation: { kind: 'deposit.approve', by: ADMIN, id: ID, credited: 500n },
    id: ID,
  };
  const books = booksOf([requested, approved], terms);
  const [[key, entry] = ['', undefined]] = books.entries;

  /** What these books say, as it would be stored. */
  const stored = (change: Partial<Stored> = {}): Stored => ({
    entries: new Map(entry && [[key, [{ ...entry, reference: ID }]]]),
    audits: new Map(books.audits),
    notices: new Map([...books.notices].map((one) => [one, 'sent'])),
    balances: balancesOf(books),
    deposits: new Map(),
    campaigns: new Map(),
    proofs: [],
    takes: [],
    approvals: new Set(),
    withdrawals: [],
    ...change,
  });

  it('nothing, where all is as it was asked for', () => {
    expect(key).to.equal('user:client:k');
    expect(compare(books, stored())).to.deep.equal([]);
  });

  it('a transaction that is not there, there twice, wrong, or asked for by nobody', () => {
    if (!entry) throw new Error('the books are empty');
    const one = { ...entry, reference: ID };
    const wrong = [[], [one, one], [{ ...one, amount: 501n }], [{ ...one, moves: [] }]];
    for (const those of wrong) {
      const entries = new Map([[key, those]]);
      expect(compare(books, stored({ entries })), JSON.stringify(those.length)).to.have.length(1);
    }
    const more = new Map([
      [key, [one]],
      ['stray', [one]],
    ]);
    expect(compare(books, stored({ entries: more }))).to.have.length(1);
  });

  it('an audit row or a message too few or too many', () => {
    const [line = ''] = books.audits.keys();
    const twice = new Map([...books.audits, [line, 2]]);
    for (const audits of [twice, new Map([...books.audits].slice(1)), new Map([['x', 1]])]) {
      expect(compare(books, stored({ audits }))).not.to.deep.equal([]);
    }
    const notices = new Map([...stored().notices].slice(1));
    expect(compare(books, stored({ notices }))).to.have.length(1);
    const stray = new Map([...stored().notices, ['stray', 'sent']]);
    expect(compare(books, stored({ notices: stray }))).to.have.length(1);
  });

  it('a balance that its postings do not make', () => {
    const balances = new Map([...balancesOf(books), ['wallet client', 501n]]);
    expect(compare(books, stored({ balances }))).to.have.length(1);
  });
});

describe('what the fault run takes for too fast', () => {
  const pace = { rate: 10, burst: 10 };
  const every = (ms: number) => Array.from({ length: 60 }, (_, index) => call(1, index * ms));

  it('NTF-3 more messages in some window than burst and rate allow', () => {
    expect(wholeWindows(every(100), pace)).to.deep.equal([]);
    expect(wholeWindows(every(40), pace)).to.have.length(1);
  });
});
