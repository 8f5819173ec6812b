import { expect } from 'chai';
import { asSystem, type Actor } from '../../core/index.ts';
import { found, withBooks, type Books } from '../support/broken-books.ts';
import { freshId } from '../support/builders.ts';
import { aMarket, ofKind, OPERATOR, refusal } from '../support/market.ts';

const CLERK = asSystem('check-ledger');

describe('A check of the books', () => {
  it('WAL-13 that fails freezes nothing, proves nothing, and is not forgotten', async () => {
    const books = withBooks(aMarket());
    books.breakOff(new Error('no database'));
    for (const scope of ['recent', 'all'] as const) {
      const [result] = await Promise.allSettled([books.check(scope)]);
      expect(result).to.have.property('reason').that.has.property('message', 'no database');
    }
    const now = await books.core.freeze.current({ actor: CLERK });
    expect(now).to.deep.equal({ freeze: null, recent: null, full: null });
  });

  it('WAL-13 that breaks off freezes on what it had found, and does not count as done', async () => {
    const books = withBooks(aMarket());
    books.read(found(['a']));
    books.breakOff(new Error('no database'));
    const [result] = await Promise.allSettled([books.check('all')]);
    expect(result.status).to.equal('rejected');
    const { freeze, full } = await books.core.freeze.current({ actor: CLERK });
    expect(freeze?.findings[0]?.broken).to.equal(1);
    expect(full).to.equal(null);
  });

  it('WAL-13 that looked at nothing is a defect, not a proof', async () => {
    const books = withBooks(aMarket());
    books.read();
    for (const scope of ['recent', 'all'] as const) {
      const [result] = await Promise.allSettled([books.check(scope)]);
      expect(String(Reflect.get(result, 'reason'))).to.match(/has steps/);
    }
  });

  it('WAL-13 goes on where the last one ended; one that failed is done again', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.check();
    books.breakOff(new Error('no database'));
    await Promise.allSettled([books.check()]);
    books.breakOff(undefined);
    await books.check('all');
    market.clock.advance(60_000);
    await books.check();
    await withBooks(market).check();
    expect(books.sinces).to.deep.equal([null, 'mark 1', 'mark 1']);
    const { recent, full } = await books.core.freeze.current({ actor: CLERK });
    expect(recent).to.deep.equal({ at: market.clock.now(), broken: 0 });
    expect(full?.at).to.be.below(market.clock.now());
  });
});

describe('A full check', () => {
  const due = async (checked: ReturnType<Books['check']>) => (await checked).isFullDue;

  it('WAL-13 is due after a recent one found something, and after a lifting, once', async () => {
    const market = aMarket();
    const books = withBooks(market);
    expect(await due(books.check())).to.equal(false);
    books.read(found(['a']));
    expect(await due(books.check()), 'a part was seen').to.equal(true);
    expect(await due(books.check()), 'nothing new').to.equal(false);
    expect(await due(books.check('all'))).to.equal(false);
    market.clock.advance(60_000);
    await books.lift();
    expect(await due(books.check()), 'to see what was mended').to.equal(true);
    market.clock.advance(60_000);
    expect(await due(books.check('all'))).to.equal(false);
    expect(await due(books.check()), 'seen').to.equal(false);
  });
});

describe('Lifting a freeze', () => {
  it('WAL-13 takes the operator, a reason, and a freeze; it is audited and told', async () => {
    const market = aMarket();
    const admin = await market.admin();
    const books = withBooks(market);
    expect((await refusal(books.lift())).code).to.equal('freeze.none');
    await books.freeze();
    const lift = (actor: Actor, reason: string) => books.core.freeze.lift({ actor, reason });
    expect((await refusal(lift(OPERATOR, ' '))).code).to.equal('reason.required');
    expect((await refusal(lift(CLERK, 'by itself'))).code).to.equal('user.operator-required');
    expect((await refusal(lift(admin.actor, 'please'))).code).to.equal('user.operator-required');
    const before = await books.inForce();
    market.clock.advance(60_000);
    const { id, lifted } = await books.lift();
    const at = market.clock.now();
    expect(lifted).to.deep.equal({ at, by: 'operator:test', reason: 'mended by hand' });
    expect(await books.inForce()).to.equal(null);
    const [, row] = market.auditOf(id);
    expect(row).to.deep.include({ action: 'freeze.lift', actor: OPERATOR, at });
    expect(row?.before).to.deep.equal({ status: 'in-force', broken: 1, rules: ['WAL-3'] });
    expect(row?.after).to.include({ status: 'lifted', reason: 'mended by hand' });
    expect(before?.id).to.equal(id);
    expect(ofKind(market.noticesTo(admin), 'payments.resumed')).to.have.length(1);
    expect((await refusal(books.lift())).code).to.equal('freeze.none');
  });

  it('WAL-13 accepts the rows as they read: anything new, changed or more freezes again', async () => {
    const another = [
      found(['a', 'b']),
      found(['a'], 2),
      { ...found(['a']), violations: [{ rule: 'WAL-3', row: 'accounts a', what: 'worse' }] },
      { ...found(['a']), violations: [{ rule: 'WAL-4', row: 'accounts a', what: 'a is off' }] },
    ];
    for (const step of another) {
      const books = withBooks(aMarket());
      await books.freeze('a');
      await books.lift();
      for (const scope of ['recent', 'all'] as const) {
        expect(await books.check(scope)).to.include({ broken: 1, isNews: false });
      }
      expect(await books.inForce()).to.equal(null);
      books.read(step);
      expect((await books.check()).isNews, JSON.stringify(step)).to.equal(true);
      expect(await books.inForce()).not.to.equal(null);
    }
  });

  it('WAL-13 what a check read before the lifting is not judged after it, but read again', async () => {
    const market = aMarket();
    const books = withBooks(market);
    for (const scope of ['recent', 'all'] as const) {
      await books.freeze('a');
      books.read(found(['a', 'b']));
      market.clock.advance(1_000);
      books.during(async () => {
        books.during(async () => {});
        market.clock.advance(1_000);
        await books.lift();
        books.read(found([]));
      });
      await books.check(scope);
      expect(await books.inForce(), scope).to.equal(null);
      expect((await books.check()).isFullDue, scope).to.equal(true);
      market.clock.advance(1_000);
      await books.check('all');
    }
    const { length } = books.sinces;
    expect(books.sinces[2], 'begins where it began').to.equal(books.sinces[1]);
    expect(length).to.be.above(3);
  });

  it('WAL-13 accepts no longer than until a full check finds nothing: then it was mended', async () => {
    const market = aMarket();
    const books = withBooks(market);
    await books.freeze('a');
    await books.lift();
    market.clock.advance(60_000);
    books.read(found([]));
    await books.check('recent');
    books.read(found(['a']));
    await books.check();
    expect(await books.inForce(), 'a recent check does not see everything').to.equal(null);
    books.read(found([]));
    await books.check('all');
    books.read(found(['a']));
    await books.check();
    expect(await books.inForce()).not.to.equal(null);
  });
});

describe('What the owner hears of a freeze', () => {
  const news = async ({ core }: ReturnType<typeof withBooks>) =>
    core.freeze.ownerNews({ actor: CLERK });

  it('WAL-13 is its beginning, its growth and its lifting, each until it is noted', async () => {
    const books = withBooks(aMarket());
    const tell = async () => {
      for (const { id: freezeId, news: told } of await news(books)) {
        await books.core.freeze.noteOwnerTold({ actor: CLERK, freezeId, news: told });
      }
    };
    expect(await news(books)).to.deep.equal([]);
    await books.freeze('a');
    expect(await news(books)).to.have.length(1);
    expect(await news(books), 'not noted yet').to.have.length(1);
    await tell();
    expect(await news(books)).to.deep.equal([]);
    await books.freeze('b');
    const [grown] = await news(books);
    await books.lift();
    await books.core.freeze.noteOwnerTold({
      actor: CLERK,
      freezeId: grown?.id ?? freshId(),
      news: grown?.news ?? 0,
    });
    const [lifted] = await news(books);
    expect(lifted?.lifted?.reason, 'lifted while the growth was told').to.equal('mended by hand');
    await tell();
    expect(await news(books)).to.deep.equal([]);
  });
});
