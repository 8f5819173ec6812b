import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { asSystem, type Actor } from '../../core/index.ts';
import { found, withBooks } from '../support/broken-books.ts';
import { jobsOnTheSpot } from '../support/jobs-on-the-spot.ts';
import { aMarket } from '../support/market.ts';
import { anOwner } from '../support/owner.ts';

const ACTOR = asSystem('check-ledger');
const NO_CHAT = { method: 'sendMessage', code: 400, description: 'Bad Request: chat not found' };
const BLOCKED = { method: 'sendMessage', code: 403, description: 'Forbidden: bot was blocked' };
const AN_HOUR = 3_600_000;

/** Frozen books, and an owner who cannot be told. */
const aDeafOwner = async () => {
  const books = withBooks(aMarket());
  await books.freeze();
  const owner = anOwner();
  owner.failWith(NO_CHAT);
  return { books, ...owner, tell: () => owner.ownerNews.tell(books.core, ACTOR) };
};

describe('The news for the owner', () => {
  it('WAL-13 is tried again each time until it arrived, which is noted', async () => {
    const { tell, told, reports, tries, failWith } = await aDeafOwner();
    await tell();
    await tell();
    expect([tries(), told.length, reports.length]).to.deep.equal([2, 0, 0]);
    failWith(undefined);
    await tell();
    await tell();
    expect([told.length, reports.length]).to.deep.equal([1, 1]);
    expect(tries()).to.equal(4);
  });

  it('WAL-10 WAL-12 what was done by hand is told after a freeze, each thing once', async () => {
    const market = aMarket();
    await market.admin();
    await market.admin();
    const books = withBooks(market);
    await books.freeze();
    const { ownerNews, told, news, failWith } = anOwner();
    failWith(NO_CHAT);
    await ownerNews.tell(books.core, ACTOR);
    failWith(undefined);
    await ownerNews.tell(books.core, ACTOR);
    await ownerNews.tell(books.core, ACTOR);
    expect(told).to.have.length(1);
    expect(news.map(({ news: { kind } }) => kind)).to.deep.equal([
      'admin-granted',
      'admin-granted',
    ]);
  });

  it('WAL-13 how everything stands is told once a day, with the rest of what is new', async () => {
    const books = withBooks(aMarket());
    const { ownerNews, reports } = anOwner();
    const hours: number[] = [];
    for (let hour = 0; hour < 50; hour += 1) {
      await ownerNews.tell(books.core, ACTOR);
      if (reports.length > hours.length) hours.push(hour);
      books.pass(3_600_000);
    }
    // it is 9 in Jakarta now; at 8 on the days after
    expect(hours).to.deep.equal([0, 23, 47]);
  });

  it('WAL-13 a report that was not noted before a crash is told again', async () => {
    const books = withBooks(aMarket());
    const { ownerNews, reports } = anOwner();
    const noteTold = () => Promise.reject(new Error('killed'));
    const killed = { ...books.core, wellbeing: { ...books.core.wellbeing, noteTold } };
    const [first] = await Promise.allSettled([ownerNews.tell(killed, ACTOR)]);
    expect(first.status).to.equal('rejected');
    await ownerNews.tell(books.core, ACTOR);
    await ownerNews.tell(books.core, ACTOR);
    expect(reports).to.have.length(2);
  });

  it('WAL-13 a chat that cannot be told is one line, again when it changes and each hour', async () => {
    const { tell, failWith, pass, lines } = await aDeafOwner();
    const seen = () => lines().map(({ code }) => code);
    await tell();
    const [line] = lines();
    expect(line).to.deep.include({
      level: 'error',
      message: 'the owner chat could not be told',
      ...NO_CHAT,
    });
    expect(line).to.not.have.any.keys('error', 'text', 'stack', 'payload');
    pass(AN_HOUR - 1);
    await tell();
    expect(seen()).to.deep.equal([400]);
    pass(1);
    await tell();
    expect(seen()).to.deep.equal([400, 400]);
    failWith(BLOCKED);
    await tell();
    await tell();
    expect(seen()).to.deep.equal([400, 400, 403]);
  });

  it('WAL-13 a chat that fails again after it was told is a line again', async () => {
    const { books, tell, failWith, lines } = await aDeafOwner();
    await tell();
    failWith(undefined);
    await tell();
    await books.lift();
    failWith(NO_CHAT);
    await tell();
    expect(lines()).to.have.length(2);
  });
});

describe('The jobs and the owner', () => {
  it('WAL-13 a chat that cannot be told fails no check and repeats none', async () => {
    const { books, ownerChat, log, lines, tries } = await aDeafOwner();
    const { all } = await jobsOnTheSpot(books.core, { ownerChat, log });
    await nextTurn(); // after the try of the start
    const before = lines().length;
    await all.runNow('check-everything');
    for (let minute = 0; minute < 3; minute += 1) await all.runNow('check-ledger');
    expect(lines().slice(before)).to.have.length(1);
    expect(tries()).to.equal(3);
  });

  it('WAL-13 what the full check finds is told by the job that tells everything, once', async () => {
    const books = withBooks(aMarket());
    const { freeze } = books.core;
    const askers: Actor[] = [];
    const ownerNews: typeof freeze.ownerNews = async (asked) => {
      askers.push(asked.actor);
      return freeze.ownerNews(asked);
    };
    const { ownerChat, told } = anOwner();
    const core = { ...books.core, freeze: { ...freeze, ownerNews } };
    const { all } = await jobsOnTheSpot(core, { ownerChat });
    books.read(found(['a']));
    await all.runNow('check-everything');
    await all.runNow('check-everything');
    expect(told).to.have.length(1);
    expect(askers).to.deep.equal([ACTOR]);
  });

  it('WAL-13 the start tries the chat, and waits for no answer', async () => {
    const { ownerChat, log, lines, failWith } = anOwner();
    failWith({ ...NO_CHAT, method: 'sendChatAction' });
    await jobsOnTheSpot(aMarket().core, { ownerChat, log });
    await nextTurn();
    const [line, ...more] = lines();
    expect(more).to.deep.equal([]);
    expect(line).to.include({ level: 'warn', code: 400, description: NO_CHAT.description });
    expect(line?.['message']).to.match(/^the owner chat cannot be reached.*OWNER_CHAT_ID/);
    const silent = { ...ownerChat, reach: () => new Promise<never>(() => {}) };
    await jobsOnTheSpot(aMarket().core, { ownerChat: silent, log });
    const broken = { ...ownerChat, reach: () => Promise.reject(new Error('a defect')) };
    await jobsOnTheSpot(aMarket().core, { ownerChat: broken, log });
    await nextTurn();
    expect(lines().map(({ level }) => level)).to.deep.equal(['warn', 'error']);
  });

  it('WAL-13 a chat that can be reached is no line', async () => {
    const { ownerChat, log, lines } = anOwner();
    await jobsOnTheSpot(aMarket().core, { ownerChat, log });
    await nextTurn();
    expect(lines()).to.deep.equal([]);
  });
});
