import { expect } from 'chai';
import { createManualClock, createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import { asSystem, DEFAULT_SETTINGS, type CampaignId } from '../../../core/index.ts';
import { aCredit, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { peopleOn, type People, type Person } from '../../support/market.ts';
import { postTold } from '../../support/post-told.ts';
import { upgraded } from '../../support/release-before.ts';

/** With every 256th row all others are gathered; what others hold open waits for the next time. */
const ROWS_AT_MOST = 1_024;

describe('sums that are kept instead of counted', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let ports: ReturnType<typeof createPostgresPorts>;
  let market: People;
  let workers: readonly Person[];
  let campaign: { readonly id: CampaignId };

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const clock = createManualClock(new Date());
    market = peopleOn({ ...createMemoryPorts(), ...ports, clock, ids: uuidIds });
    workers = await Promise.all(Array.from({ length: 4 }, () => market.worker()));
    campaign = await market.campaign(await market.client(), {
      target: 10,
      pricePerTask: rupiahs(500),
    });
  });
  after(() => database?.drop());
  afterEach(async () => {
    if (!database) return;
    for await (const step of market.core.wallet.verify({ actor: asSystem('test') })) {
      expect(step.violations, step.name).to.deep.equal([]);
    }
  });

  const kept = () => ports.unitOfWork.run((tx) => tx.reports.balance());
  const waiting = () => ports.unitOfWork.run((tx) => tx.reviewDesk.queue());
  const rows = async (): Promise<number> => {
    const [row] = await withSql(database.ownerUrl, (sql) =>
      sql('select count(*)::int as rows from tallies'),
    );
    return Number(row?.['rows']);
  };

  it('WAL-11 money that moves is in them at its commit, and what is rolled back is not', async () => {
    const [worker] = workers;
    if (!worker) throw new Error('there is a worker');
    const before = await kept();
    await ports.unitOfWork.run((tx) => postTold(tx, aCredit(worker.id, 70)));
    const failed = ports.unitOfWork.run(async (tx) => {
      await postTold(tx, aCredit(worker.id, 1_000));
      throw new Error('undone');
    });
    await failed.catch(() => undefined);
    const after = await kept();
    expect(after.wallets - before.wallets).to.equal(70n);
    expect(after.outside - before.outside).to.equal(-70n);
    expect(after).to.deep.equal(await ports.ledgerReader.trialBalance());
  });

  it('WAL-11 of a thousand movements by many at once some hundred rows are left, and the sum is right', async () => {
    const move = async ({ id }: Person): Promise<void> => {
      for (let count = 0; count < 250; count += 1) {
        await ports.unitOfWork.run((tx) => postTold(tx, aCredit(id, 1)));
      }
    };
    await Promise.all(workers.map(move));
    expect(await rows()).to.be.below(ROWS_AT_MOST);
    expect(await kept()).to.deep.equal(await ports.ledgerReader.trialBalance());
  });

  it('REV-1 a proof waits from its commit until it is decided, and then counts as decided', async () => {
    const [first, second] = workers;
    if (!first || !second) throw new Error('there are two workers');
    const proof = await market.proof(first, campaign);
    expect((await waiting()).waiting).to.equal(1);
    await market.proof(second, campaign);
    expect((await waiting()).waiting).to.equal(2);
    await market.approve(proof);
    expect((await waiting()).waiting).to.equal(1);
    const page = { page: 0, size: 5 };
    const decided = await ports.unitOfWork.run((tx) => tx.reviewDesk.decided(page, new Date()));
    expect(decided.total).to.equal(1);
  });

  it('WAL-3 WAL-11 a balance written by hand, where its wall is off, does not add up in them', async () => {
    const [worker] = workers;
    if (!worker) throw new Error('there is a worker');
    const before = await kept();
    const sums = await withSql(database.ownerUrl, async (sql) => {
      await sql('begin');
      await sql('alter table accounts disable trigger accounts_change_by_postings_only');
      await sql(`update accounts set balance = balance + 7
        where kind = 'wallet' and owner_id = '${worker.id}'`);
      const [row] = await sql(
        'select sum(wallets)::int as wallets, sum(outside)::int as outside from tallies',
      );
      await sql('rollback');
      return row;
    });
    expect(sums).to.deep.equal({
      wallets: Number(before.wallets) + 7,
      outside: Number(before.outside),
    });
  });

  it('WAL-3 the bot’s role reads them and cannot write them', async () => {
    const tried = [
      'insert into tallies (revenue) values (1)',
      'update tallies set revenue = 1',
      'delete from tallies',
      'truncate tallies',
    ].map((text) => withSql(database.botUrl, (sql) => sql(text)));
    const answers = await Promise.allSettled(tried);
    expect(answers.map((answer) => 'reason' in answer && String(answer.reason))).to.satisfy(
      (said: readonly string[]) => said.every((text) => text.includes('permission denied')),
    );
  });
});

const [USER, WALLET, HOLD, MOVED] = [1, 2, 3, 4].map(
  (n) => `'00000000-0000-7000-8000-00000000000${n}'`,
);

/** Somebody to whom 70 came from outside before these sums were kept. */
const HOLDING = `
  insert into users (id, telegram_id, display_name, language, status, created_at)
    values (${USER}, 1, 'Ayu', 'id', 'active', now());
  insert into accounts (id, kind, owner_id)
    values (${WALLET}, 'wallet', ${USER}), (${HOLD}, 'hold', ${USER});
  insert into wallets values (${USER}, ${WALLET}, ${HOLD});
  insert into audit_logs (actor, action, subject, subject_id, at)
    values ('operator:x', 'wallet.adjust', 'transaction', ${MOVED}, now());
  insert into wallet_transactions (id, type, status, user_id, amount, reference_kind, reference_id,
      idempotency_key, fingerprint, created_by, created_at, decided_at)
    values (${MOVED}, 'adjustment', 'approved', ${USER}, 70, 'transaction', ${MOVED}, 'k', 'f',
      'operator:x', now(), now());
  insert into postings (transaction_id, from_account_id, to_account_id, amount, created_at)
    select ${MOVED}, id, ${WALLET}, 70, now() from accounts where kind = 'outside'`;

describe('sums that are kept, of a database of the release before', () => {
  before(function () {
    if (process.env['TEST_SKIP_PG']) this.skip();
  });

  it('WAL-11 what was there counts from the start', async () => {
    const database = await upgraded({ until: '0007', holding: HOLDING });
    try {
      const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
      const kept = await ports.unitOfWork.run((tx) => tx.reports.balance());
      expect(kept).to.include({ wallets: 70n, outside: -70n });
      expect(kept).to.deep.equal(await ports.ledgerReader.trialBalance());
    } finally {
      await database.drop();
    }
  });
});
