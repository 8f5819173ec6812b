import { expect } from 'chai';
import { asSystem, DEFAULT_SETTINGS, ZERO, type Trouble } from '../../core/index.ts';
import { found, withBooks } from '../support/broken-books.ts';
import { anUpdate, rupiahs } from '../support/builders.ts';
import { aMarket, type Market } from '../support/market.ts';

const JOB = asSystem('check-ledger');
const BOT = 1;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 09:00 in Jakarta, an hour after the reports of the default. */
const MONDAY = new Date('2026-01-05T02:00:00.000Z');

const aDay = (market: Market = aMarket()) => {
  const books = withBooks(market);
  const { wellbeing, audit } = books.core;
  const due = () => wellbeing.due({ actor: JOB, botId: BOT });
  const tell = async () => {
    const told = await due();
    if (told) await wellbeing.noteTold({ actor: JOB, day: told.day });
    return told;
  };
  return {
    market,
    books,
    due,
    tell,
    /** What runs each minute, and each night. */
    work: async () => {
      await books.check('recent');
      await books.check('all');
      await audit.seal({ actor: JOB, limit: 1_000 });
    },
    troubles: async (): Promise<readonly Trouble['kind'][]> =>
      ((await due())?.troubles ?? []).map(({ kind }) => kind),
  };
};

describe('How everything stands, once a day', () => {
  it('WAL-13 is due once a day of Jakarta, from the hour set for reports on', async () => {
    const { market, tell } = aDay();
    const told: (string | undefined)[] = [];
    market.clock.set(new Date(MONDAY.getTime() - 2 * HOUR));
    for (let hour = 7; hour < 7 + 26; hour += 1) {
      if (await tell()) told.push(market.clock.now().toISOString());
      market.clock.advance(HOUR);
    }
    expect(DEFAULT_SETTINGS.reportAtMinute).to.equal(480);
    expect(told).to.deep.equal(['2026-01-05T01:00:00.000Z', '2026-01-06T01:00:00.000Z']);
  });

  it('WAL-13 is due each day again after one that a clock far ahead had told', async () => {
    const { market, due, tell } = aDay();
    const { clock } = market;
    clock.advance(300 * DAY);
    await tell();
    clock.set(MONDAY);
    expect((await tell())?.day).to.deep.equal(new Date(MONDAY.getTime() - 9 * HOUR));
    expect(await due()).to.equal(null);
    clock.advance(DAY);
    expect(await due()).not.to.equal(null);
  });

  it('WAL-13 stays due until it was told, and is not told again after a restart', async () => {
    const { market, due, tell } = aDay();
    expect((await due())?.day).to.deep.equal((await due())?.day);
    await tell();
    expect(await aDay(market).due(), 'another process').to.equal(null);
  });

  it('WAL-11 WAL-13 tells the books, seals, queues, desks, and the cash that must exist', async () => {
    const { market, work, due } = aDay();
    const client = await market.client();
    await market.topUp(client, 60_000);
    await market.withdraw(client, 20_000);
    await market.request(client, 10_000);
    await market.proof(await market.worker(), await market.campaign(client));
    await work();
    const told = await due();
    expect(told?.troubles).to.deep.equal([]);
    const { proofs, deposits, withdrawals } = told?.desks ?? {};
    const now = market.clock.now();
    for (const desk of [proofs, deposits, withdrawals]) {
      expect(desk).to.deep.equal({ count: 1, oldest: now });
    }
    const { wallets, holds, escrows, revenue, outside } = await market.trialBalance();
    expect(told?.money).to.deep.include({ holds: 20_000n, escrows: 1_500n });
    expect(told?.cash)
      .to.equal(wallets + holds + escrows + revenue)
      .and.to.equal(0n - outside);
    expect(told?.books.recent).to.deep.equal({ at: now, broken: 0 });
    expect(told?.books.full).to.deep.equal({ at: now, broken: 0 });
    expect(told?.audit.head?.number).to.equal(1);
    expect(told?.audit.unsealedSince).to.equal(null);
  });
});

describe('What is not well', () => {
  it('WAL-13 payments that are frozen come first, with how many rows', async () => {
    const { books, due } = aDay();
    await books.freeze();
    const [first] = (await due())?.troubles ?? [];
    expect(first).to.deep.include({ kind: 'frozen', broken: 1 });
  });

  it('WAL-13 what was accepted by lifting a freeze, until it is mended', async () => {
    const { books, work, troubles } = aDay();
    await books.freeze();
    await books.lift();
    await work();
    expect(await troubles()).to.deep.equal(['not-mended']);
    books.read(found([]));
    await work();
    expect(await troubles()).to.deep.equal([]);
  });

  it('WAL-13 checks that do not run any more; on the first day they may not have yet', async () => {
    const { market, work, tell, troubles } = aDay();
    expect(await troubles()).to.deep.equal([]);
    await tell();
    market.clock.advance(DAY);
    expect(await troubles()).to.deep.equal(['recent-check-late', 'full-check-late']);
    await work();
    expect(await troubles()).to.deep.equal([]);
    market.clock.advance(16 * 60_000);
    expect(await troubles()).to.deep.equal(['recent-check-late']);
    market.clock.advance(36 * HOUR);
    expect(await troubles()).to.include('full-check-late');
  });

  it('WAL-13 AUD-2 rows that wait for their seal, messages for their answer and their sending', async () => {
    const { market, work, tell, books, troubles } = aDay();
    await tell();
    await work();
    market.clock.advance(DAY);
    await market.ports.inbox.receive([anUpdate({ botId: BOT, receivedAt: market.clock.now() })]);
    await market.admin(); // logged, and told so
    market.clock.advance(16 * 60_000);
    await books.check('all');
    await books.check('recent');
    expect(await troubles()).to.deep.equal(['sealing-late', 'inbox-late', 'outbox-late']);
  });

  it('WAL-13 a desk on which something has waited for more than a day', async () => {
    const { market, work, due, tell } = aDay();
    const client = await market.client();
    await market.request(client, 10_000);
    const since = market.clock.now();
    await tell();
    market.clock.advance(DAY + 1);
    await work();
    const late = ((await due())?.troubles ?? []).filter(({ kind }) => kind === 'desk-late');
    expect(late).to.deep.equal([{ kind: 'desk-late', desk: 'deposits', since }]);
  });

  it('WAL-2 balances that do not sum to 0', async () => {
    const market = aMarket();
    const { ledgerReader } = market.ports;
    const none = { wallets: ZERO, holds: ZERO, escrows: ZERO, outside: ZERO };
    const trialBalance = async () => ({ ...none, revenue: rupiahs(5) });
    const ports = { ...market.ports, ledgerReader: { ...ledgerReader, trialBalance } };
    const { due } = aDay({ ...market, ports });
    expect((await due())?.troubles).to.deep.equal([{ kind: 'out-of-balance', by: 5n }]);
  });
});
