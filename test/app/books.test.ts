import { expect } from 'chai';
import { createMeters, type BooksState } from '../../adapters/metrics/index.ts';
import { readBooks } from '../../app/health/books.ts';
import { createReadiness } from '../../app/health/readiness.ts';
import { watchBooks } from '../../app/pipeline/books.ts';
import { asSystem, type CheckScope } from '../../core/index.ts';
import { found, withBooks } from '../support/broken-books.ts';
import { jobsOnTheSpot } from '../support/jobs-on-the-spot.ts';
import { aMarket } from '../support/market.ts';
import { anOwner } from '../support/owner.ts';

const ACTOR = asSystem('check-ledger');
const GOING_ON = new AbortController().signal;

/** Books, and an owner who hears of them. */
const aWatch = () => {
  const market = aMarket();
  const books = withBooks(market);
  const owner = anOwner();
  return {
    market,
    books,
    ...owner,
    run: (scope: CheckScope = 'recent', signal = GOING_ON) =>
      watchBooks(books.core, { actor: ACTOR, scope, signal, ownerNews: owner.ownerNews }),
  };
};

describe('The watch over the books', () => {
  it('WAL-13 tells the owner of a freeze and of its lifting, each once', async () => {
    const { books, told, run } = aWatch();
    await run();
    expect(told).to.deep.equal([]);
    books.read(found(['a']));
    await run();
    await run();
    expect(told.map(({ lifted }) => lifted)).to.deep.equal([null]);
    await books.lift();
    await run('all');
    await run();
    expect(told.map(({ lifted }) => lifted?.reason)).to.deep.equal([undefined, 'mended by hand']);
  });

  it('WAL-13 tells again what was not noted before a crash', async () => {
    const { books, told, run, ownerNews } = aWatch();
    books.read(found(['a']));
    const killed = {
      ...books.core,
      freeze: { ...books.core.freeze, noteOwnerTold: () => Promise.reject(new Error('killed')) },
    };
    const asked = { actor: ACTOR, scope: 'recent', signal: GOING_ON, ownerNews } as const;
    expect((await watchBooks(killed, asked)).faults.map(String)).to.deep.equal(['Error: killed']);
    expect((await run()).faults).to.deep.equal([]);
    await run();
    expect(told).to.have.length(2);
  });

  it('WAL-13 a check that fails is a fault, and keeps no news from the owner', async () => {
    const { books, told, run } = aWatch();
    await books.freeze();
    const fault = new Error('no database');
    books.breakOff(fault);
    const { isNews, faults } = await run();
    expect({ isNews, faults }).to.deep.equal({ isNews: false, faults: [fault] });
    expect(told).to.have.length(1);
  });

  it('OPS-3 WAL-13 a full check breaks off where the bot stops, and is none', async () => {
    const { market, run } = aWatch();
    const { faults } = await run('all', AbortSignal.abort());
    expect(faults.map(String)).to.deep.equal(['Error: the check of the books (all) was stopped']);
    const { full } = await market.core.freeze.current({ actor: ACTOR });
    expect(full).to.equal(null);
    expect((await run('all')).faults).to.deep.equal([]);
  });

  it('WAL-13 without an owner chat nothing is told, and nothing fails', async () => {
    const { books } = aWatch();
    await books.freeze();
    const watch = { actor: ACTOR, scope: 'recent', signal: GOING_ON } as const;
    expect((await watchBooks(books.core, watch)).faults).to.deep.equal([]);
    expect(await books.core.freeze.ownerNews({ actor: ACTOR })).to.have.length(1);
  });
});

describe('The jobs that check the books', () => {
  it('WAL-13 run each minute on what is new, and each night on everything', async () => {
    const { jobs } = await jobsOnTheSpot(aMarket().core);
    expect(jobs.get('check-ledger')?.cron).to.equal('* * * * *');
    expect(jobs.get('check-everything')).to.include({
      cron: '30 3 * * *',
      missed: 'once',
      retries: 2,
      expireInSeconds: 21_600,
    });
  });

  it('WAL-13 what the recent check finds calls for the full one, and wakes the sender', async () => {
    const { books } = aWatch();
    const { all, woken } = await jobsOnTheSpot(books.core);
    const full = async () => (await books.core.freeze.current({ actor: ACTOR })).full;
    await all.runNow('check-ledger');
    expect([await full(), woken()]).to.deep.equal([null, 0]);
    books.read(found(['a']));
    await all.runNow('check-ledger');
    expect((await full())?.broken).to.equal(1);
    expect(woken()).to.equal(1);
  });

  it('WAL-13 a check that fails is a failed run', async () => {
    const { books } = aWatch();
    const { all } = await jobsOnTheSpot(books.core);
    books.breakOff(new Error('no database'));
    for (const name of ['check-ledger', 'check-everything']) {
      const [result] = await Promise.allSettled([all.runNow(name)]);
      expect(String(Reflect.get(result, 'reason'))).to.contain(`${name}: faults: 1`);
    }
  });
});

describe('What health and metrics say of the books', () => {
  const gauges = async (books: BooksState | undefined) => {
    const { text } = await createMeters().report({ books });
    return text.split('\n').filter((line) => /^upah_(?:frozen|ledger|audit)/.test(line));
  };

  it('WAL-13 OPS-2 frozen or not, the rows that are wrong, and the age of the checks', async () => {
    const { market, books } = aWatch();
    const now = () => readBooks(books.core, market.clock);
    expect(await gauges(await now())).to.deep.equal([
      'upah_frozen 0',
      'upah_audit_unsealed_seconds 0',
    ]);
    books.read(found(['a', 'b']));
    await books.check();
    market.clock.advance(30_000);
    await books.check('all');
    market.clock.advance(5_000);
    expect(await gauges(await now())).to.have.members([
      'upah_frozen 1',
      'upah_audit_unsealed_seconds 35',
      'upah_ledger_violations{scope="recent"} 2',
      'upah_ledger_violations{scope="all"} 2',
      'upah_ledger_check_age_seconds{scope="recent"} 35',
      'upah_ledger_check_age_seconds{scope="all"} 5',
    ]);
    expect(await gauges(undefined), 'an old figure would be a lie').to.deep.equal([]);
    await books.lift();
    expect(await gauges(await now())).to.include('upah_frozen 0');
  });

  it('WAL-13 AUD-2 OPS-2 a freeze and a standstill of sealing are told, and leave the bot ready', async () => {
    const since = new Date('2026-01-05T07:05:00.000Z');
    const backlog = {
      inbox: { waiting: 0, oldestSeconds: 0, parked: 0 },
      outbox: { waiting: 0, oldestDueSeconds: 0, failed: 0, struggling: 0 },
    };
    const look = (now: Partial<BooksState> | undefined) =>
      createReadiness({
        ping: async () => 1,
        schema: async () => ({ newest: '0004', complete: true }),
        grantsEnforced: true,
        backlog: async () => backlog,
        books: async () => now && { frozenSince: null, checks: [], unsealedSeconds: 0, ...now },
        receivingSeconds: () => 1,
        diskFreePercent: async () => 50,
      }).look();
    const states = [
      { unsealedSeconds: 300 },
      { frozenSince: since, unsealedSeconds: 301 },
      undefined,
    ];
    const seen = await Promise.all(states.map(look));
    expect(seen.map(({ ready }) => ready)).to.deep.equal([true, true, true]);
    expect(seen.map(({ checks }) => checks['payments'])).to.deep.equal([
      { state: 'go on' },
      { state: 'frozen', since: since.toISOString() },
      { state: 'unknown' },
    ]);
    expect(seen.map(({ checks }) => checks['sealing'])).to.deep.equal([
      { state: 'goes on', unsealedSeconds: 300 },
      { state: 'stands still', unsealedSeconds: 301 },
      { state: 'unknown' },
    ]);
  });
});
