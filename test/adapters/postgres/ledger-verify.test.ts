import { expect } from 'chai';
import { createLedgerReader } from '../../../adapters/postgres/ledger-reader.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import type { LedgerReader, VerificationStep } from '../../../core/wallet/index.ts';
import { aCredit } from '../../support/builders.ts';
import { postTold } from '../../support/post-told.ts';
import type { TestDatabase } from '../../support/database.ts';
import { aKeptDatabase } from '../../support/kept-database.ts';
import { FALSIFICATIONS } from './falsifications.ts';
import { FALSIFIED_RIGHTS } from './falsified-rights.ts';
import { marketOn, tellStory, type Story } from './ledger-story.ts';
import { UNSAID } from './unsaid.ts';

const allSteps = async (reader: LedgerReader): Promise<readonly VerificationStep[]> => {
  const found: VerificationStep[] = [];
  for await (const step of reader.verify()) found.push(step);
  return found;
};

const readerOn = ({ orm }: TestDatabase): LedgerReader =>
  createPostgresPorts({ orm, settings: DEFAULT_SETTINGS }).ledgerReader;

const namedIn = (steps: readonly VerificationStep[]): readonly string[] =>
  steps.flatMap(({ violations }) => violations.map(({ rule, row }) => `${rule} ${row}`)).toSorted();

describe('proof of the ledger', () => {
  let story: Story;
  let ids: Readonly<Record<string, string>>;
  let database: TestDatabase;
  const kept = aKeptDatabase(async (original) => {
    story = await tellStory(marketOn(original));
    const [found] = await withSql(original.ownerUrl, (sql) => sql(idsOf(story)));
    ids = { ...story, ...(found as Record<string, string> | undefined) };
  });
  beforeEach(() => {
    ({ database } = kept);
  });

  it('WAL-8 proves a good ledger, and says how many rows it looked at', async () => {
    const steps = await allSteps(readerOn(database));
    expect(namedIn(steps)).to.deep.equal([]);
    expect(steps.find(({ name }) => name.startsWith('transactions'))?.rows).to.equal(18);
  });

  it('WAL-8 a page at a time, it examines each row once, and misses none', async () => {
    const counts = await withSql(database.ownerUrl, (sql) =>
      sql(`select (select count(*) from postings)::int as postings,
        (select count(*) from audit_logs)::int as audit, (select count(*) from users)::int as users`),
    );
    const steps = await allSteps(createLedgerReader(database.orm, { page: 3 }));
    const rowsOf = (name: string) => steps.find((step) => step.name.startsWith(name))?.rows;
    const seen = {
      postings: rowsOf('postings'),
      audit: rowsOf('the audit log'),
      users: rowsOf('people'),
    };
    expect([seen]).to.deep.equal(counts);
    expect(seen.audit).to.be.greaterThan(12);
    expect(namedIn(steps)).to.deep.equal([]);
  });

  for (const { title, falsify, named } of [...FALSIFICATIONS, ...FALSIFIED_RIGHTS, ...UNSAID]) {
    it(`SEC-A63 ${title}`, async () => {
      const fill = (text: string) => withIds(text, ids);
      await kept.asSuperuser(falsify.map(fill).join('; '));
      const reader = createLedgerReader(database.orm, { page: 7 });
      expect(namedIn(await allSteps(reader))).to.deep.equal(named.map(fill).toSorted());
    });
  }

  it('SEC-A63 WAL-3 the owner, with the triggers off, cannot do it unseen either', async () => {
    const [row] = await withSql(database.ownerUrl, (sql) =>
      sql(`alter table accounts disable trigger user;
        update accounts set balance = balance + 7
          where kind = 'wallet' and owner_id = '${story.client}';
        alter table accounts enable trigger user`).then(() =>
        sql(`select id from accounts where kind = 'wallet' and owner_id = '${story.client}'`),
      ),
    );
    const violations = (await allSteps(readerOn(database))).flatMap((step) => step.violations);
    expect(violations).to.have.length(3);
    expect(violations[0]).to.include({ rule: 'WAL-3', row: `accounts ${String(row?.['id'])}` });
    expect(violations[0]?.what).to.match(/^wallet: stored (\d+)7, posted \1\d$/);
    expect(violations[1]).to.deep.equal({
      rule: 'WAL-2',
      row: 'accounts all',
      what: 'they come to 7, not to 0',
    });
    expect(violations[2]).to.include({ rule: 'WAL-11', row: 'tallies wallets' });
  });

  it('WAL-8 stops nobody: money moves while the proof runs on its snapshot', async () => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const reader = ports.ledgerReader.verify()[Symbol.asyncIterator]();
    await reader.next();
    await ports.unitOfWork.run((tx) => postTold(tx, aCredit(story.client, 10)));
    for (let next = await reader.next(); !next.done; next = await reader.next()) {
      expect(next.value.violations).to.deep.equal([]);
    }
  });

  it('WAL-8 what is old is not looked at again, what is new is', async () => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    await kept.asSuperuser(`update postings set id = uuidv7('-1 day');
      update audit_logs set at = at - interval '1 day';
      update proof_decisions set decided_at = decided_at - interval '1 day';
      update deposits set decided_at = decided_at - interval '1 day',
        created_at = created_at - interval '1 day';
      update withdrawals set decided_at = decided_at - interval '1 day';
      update accounts set balance = balance + 1 where owner_id in ('${story.client}',
        '${story.other}')`);
    const first = await ports.ledgerReader.verifyRecent(null);
    const { mark } = first;
    await ports.unitOfWork.run((tx) => postTold(tx, aCredit(story.client, 10)));
    const { steps } = await ports.ledgerReader.verifyRecent(mark);
    const wallet = (owner: string) =>
      withSql(database.ownerUrl, (sql) =>
        sql(`select id from accounts where kind = 'wallet' and owner_id = '${owner}'`),
      );
    const [client] = await wallet(story.client);
    expect(namedIn(steps)).to.deep.equal([`WAL-3 accounts ${String(client?.['id'])}`]);
    const ofMoney = steps.filter(({ name }) => name !== 'the walls stand');
    expect(ofMoney.reduce((rows, step) => rows + step.rows, 0)).to.equal(3);
  });

  it('WAL-5 the check of what is new, as the bot’s role, names walls that are off too', async () => {
    const { ledgerReader } = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    await kept.asSuperuser('alter table accounts disable trigger user');
    const { steps } = await ledgerReader.verifyRecent(null);
    const named = namedIn(steps);
    expect(named).to.include('WAL-5 pg_trigger accounts.accounts_change_by_postings_only');
    expect(named.filter((one) => !one.startsWith('WAL-5 pg_trigger accounts.'))).to.deep.equal([]);
  });

  it('WAL-8 what was open at one check and committed after it is seen by the next', async () => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const [posted, checked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const running = ports.unitOfWork.run(async (tx) => {
      await postTold(tx, aCredit(story.client, 10));
      posted.resolve();
      await checked.promise;
    });
    await posted.promise;
    const { mark } = await ports.ledgerReader.verifyRecent(null);
    checked.resolve();
    await running;
    const [row] = await withSql(database.ownerUrl, (sql) =>
      sql(`select id from postings order by id desc limit 1`),
    );
    await kept.asSuperuser(`update postings set amount = 11 where id = '${String(row?.['id'])}'`);
    const { steps } = await ports.ledgerReader.verifyRecent(mark);
    expect(namedIn(steps).join()).to.match(/WAL-5 wallet_transactions/);
  });
});

/** Puts ids for `{name}`. */
const withIds = (text: string, ids: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`no id is known as ${name}`);
    return id;
  });

const idsOf = (story: Story): string => {
  const account = (kind: string, owner: string) =>
    `(select id from accounts where kind = '${kind}' and owner_id = '${owner}')`;
  const transaction = (type: string, reference: string) =>
    `(select id from wallet_transactions where type = '${type}' and reference_id = '${reference}')`;
  const postingOf = (of: string) => `(select id from postings where transaction_id = ${of})`;
  const logged = (action: string, subject: string) =>
    `(select id from audit_logs where action = '${action}' and subject_id = '${subject}')`;
  const reward = transaction('task_reward', story.approved);
  const columns = {
    clientWallet: account('wallet', story.client),
    workerWallet: account('wallet', story.worker),
    otherWallet: account('wallet', story.other),
    undoneWallet: account('wallet', story.undoneWorker),
    escrow: account('escrow', story.campaign),
    reward,
    rewardPosting: postingOf(reward),
    undoneRewardPosting: postingOf(transaction('task_reward', story.undone)),
    fundingPosting: postingOf(transaction('campaign_funding', story.campaign)),
    deletedFundingPosting: postingOf(transaction('campaign_funding', story.deleted)),
    deletedRefundPosting: postingOf(transaction('campaign_refund', story.deleted)),
    credited: `(select id from deposits where status = 'approved' limit 1)`,
    depositTransaction: transaction('deposit', story.deposit),
    paidTransaction: transaction('withdraw', story.paid),
    approval: logged('proof.approve', story.approved),
    submission: logged('proof.submit', story.waiting),
    requested: logged('withdrawal.request', story.asked),
    paidAsked: logged('withdrawal.request', story.paid),
    paidClaimed: logged('withdrawal.claim', story.paid),
    paidOut: logged('withdrawal.pay', story.paid),
    created: logged('campaign.create', story.campaign),
    raise: logged('campaign.raise', story.raised),
    depositAsked: logged('deposit.request', story.deposit),
    slipped: `uuidv7()`,
    freeze: `uuidv7()`,
    nextAudit: `(select max(id) + 1 from audit_logs)`,
  };
  return `select ${Object.entries(columns)
    .map(([name, query]) => `${query}::text as "${name}"`)
    .join(', ')}`;
};
