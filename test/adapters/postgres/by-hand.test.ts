import { expect } from 'chai';
import { asRefusal, asSystem, type AdjustWallet } from '../../../core/index.ts';
import { freshId, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { OPERATOR, type People, type Person } from '../../support/market.ts';
import { answerOf, DENIED, RULE } from './ledger.ts';
import { marketOn } from './ledger-story.ts';

const OWNER = asSystem('owner');

/** What was done, what was refused; anything else is thrown on. */
const tally = async <T>(calls: readonly Promise<T>[]) => {
  const results = await Promise.allSettled(calls);
  const refused = results.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    const refusal = asRefusal(one.reason);
    if (!refusal) throw one.reason;
    return [refusal.code];
  });
  return { done: results.filter(({ status }) => status === 'fulfilled').length, refused };
};

/** Real locks and walls under what moves money by hand. */
describe('Money moved by hand on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let market: People;
  let worker: Person;
  let admins: readonly Person[];

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    market = marketOn(database);
    worker = await market.worker();
    admins = [await market.admin(), await market.admin()];
  });
  after(() => database?.drop());
  afterEach('the ledger proves it', async () => {
    for await (const step of market.core.wallet.verify({ actor: OWNER })) {
      expect(step.violations, step.name).to.deep.equal([]);
    }
  });

  const adjust = (change: Partial<AdjustWallet>, by = admins[0]) => {
    if (!by) throw new Error('there are two');
    return market.core.wallet.adjust({
      actor: by.actor,
      userId: worker.id,
      direction: 'plus',
      side: 'cash',
      amount: rupiahs(1_000),
      reason: 'counted short',
      mends: null,
      key: freshId<never>(),
      ...change,
    });
  };
  const payout = (amount: number, key: string = freshId<never>()) =>
    market.core.wallet.payoutRevenue({
      actor: OPERATOR,
      amount: rupiahs(amount),
      reason: 'profit',
      key,
    });
  const revenue = () => market.core.wallet.revenue({ actor: OPERATOR });
  const wallet = async () => (await market.core.wallet.balances({ actor: worker.actor })).wallet;

  it('WAL-7 one tap that comes ten times at once adjusts once, and is told once', async () => {
    const key = 'one-summary';
    const made = await Promise.all(Array.from({ length: 10 }, () => adjust({ key })));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await wallet()).to.equal(1_000n);
    const rows = await database.orm.em
      .fork()
      .execute(`select from audit_logs where subject_id = '${made[0]?.id}'`);
    expect(rows).to.have.length(1);
  });

  it('WAL-4 two admins who take at once take no more than is there', async () => {
    const takes = Array.from({ length: 6 }, (_, index) =>
      adjust({ direction: 'minus', side: 'revenue', amount: rupiahs(400) }, admins[index % 2]),
    );
    const { done, refused } = await tally(takes);
    expect(done).to.equal(2);
    expect(new Set(refused)).to.deep.equal(new Set(['wallet.user-insufficient']));
    expect([await wallet(), await revenue()]).to.deep.equal([200n, 800n]);
  });

  it('WAL-4 WAL-12 gifts and payouts at once share the revenue there is', async () => {
    const gifts = Array.from({ length: 4 }, () =>
      adjust({ side: 'revenue', amount: rupiahs(150) }),
    );
    const payouts = Array.from({ length: 4 }, () => payout(150));
    const { done, refused } = await tally([...gifts, ...payouts]);
    expect(done).to.equal(5);
    expect(new Set(refused)).to.deep.equal(new Set(['wallet.revenue-insufficient']));
    expect(await revenue()).to.equal(50n);
  });

  it('WAL-7 WAL-12 a payout repeated at once is booked once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => payout(50, 'of-may')));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(1);
    expect(await revenue()).to.equal(0n);
  });

  it('WAL-10 mends what stands in the history, and what is no id is nowhere', async () => {
    const { id } = await adjust({});
    expect((await adjust({ mends: id })).reference).to.deep.equal({ kind: 'transaction', id });
    const { refused } = await tally([
      adjust({ mends: freshId() }),
      adjust({ mends: 'x' as never }),
    ]);
    expect(refused).to.deep.equal(['not-found', 'not-found']);
  });

  it('WAL-12 WAL-13 nobody changes or removes what the owner is to hear, or heard', async () => {
    const [first] = await market.core.owner.untold({ actor: OWNER });
    await market.core.owner.noteTold({ actor: OWNER, id: first?.id ?? freshId() });
    const told = `where id = '${first?.id}'`;
    const { orm: bot } = database;
    const owner = await database.ownerOrm();
    for (const denied of [
      `delete from owner_notices`,
      `update owner_notices set news = '{"kind":"x"}'`,
      `update owner_reports set told_at = now()`,
      `delete from owner_reports`,
    ]) {
      expect((await answerOf(bot, denied)).code, denied).to.equal(DENIED);
    }
    for (const refused of [
      `update owner_notices set told_at = null ${told}`,
      `update owner_notices set news = '{"kind":"x"}' where told_at is null`,
      `delete from owner_notices`,
      `truncate owner_reports`,
    ]) {
      expect((await answerOf(owner, refused)).code, refused).to.equal(RULE);
    }
    expect((await answerOf(bot, `update owner_notices set told_at = now() ${told}`)).code).to.equal(
      RULE,
    );
  });
});
