import { expect } from 'chai';
import { createPostgresPorts, type PostgresPorts } from '../../../adapters/postgres/index.ts';
import { totalCost } from '../../../core/campaigns/index.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/index.ts';
import { escrowOf, walletOf } from '../../../core/wallet/index.ts';
import type { VerificationStep, Violation } from '../../../core/wallet/index.ts';
import {
  aCampaign,
  aCredit,
  aDepositTransaction,
  aTransaction,
  aUser,
} from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';

const TABLES = ['accounts', 'postings', 'wallet_transactions', 'tasks', 'campaigns'];

describe('proof of the ledger', () => {
  let database: TestDatabase;
  let ports: PostgresPorts;
  const client = aUser();
  const campaign = aCampaign({ clientId: client.id, targetTotal: 4 });
  const credit = aCredit(client.id, 1_000_000);
  const deposit = aDepositTransaction(client.id);

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const amount = totalCost(campaign, campaign.targetTotal);
    await ports.unitOfWork.run(async (tx) => {
      await tx.users.add(client);
      await tx.campaigns.add(campaign);
      await tx.slots.open(campaign, campaign.targetTotal);
      await tx.wallets.post(credit);
      await tx.wallets.post(deposit);
      await tx.wallets.post(
        aTransaction({
          type: 'campaign_funding',
          userId: client.id,
          postings: [{ from: walletOf(client.id), to: escrowOf(campaign.id), amount }],
        }),
      );
    });
  });
  after(() => database?.drop());

  const steps = async (): Promise<readonly VerificationStep[]> => {
    const found: VerificationStep[] = [];
    for await (const step of ports.ledgerReader.verify()) found.push(step);
    return found;
  };

  /** What the proof says after the owner, with the triggers off, has done this; undone again. */
  const proofAfter = async (falsification: string): Promise<readonly Violation[]> => {
    const em = (await database.ownerOrm()).em.fork();
    const switched = (how: string) =>
      em.execute(TABLES.map((table) => `alter table ${table} ${how} trigger user`).join(';'));
    await em.execute(`create table kept as select * from accounts`);
    for (const table of TABLES.slice(1)) {
      await em.execute(`create table kept_${table} as select * from ${table}`);
    }
    await switched('disable');
    await em.execute(falsification);
    await switched('enable');
    const violations = (await steps()).flatMap((step) => step.violations);
    await switched('disable');
    await em.execute(`
      update accounts a set balance = k.balance from kept k where k.id = a.id;
      delete from postings; insert into postings select * from kept_postings;
      update wallet_transactions t set status = k.status, decided_at = k.decided_at
        from kept_wallet_transactions k where k.id = t.id;
      update tasks t set status = k.status from kept_tasks k where k.id = t.id;
      update campaigns c set completed_count = k.completed_count from kept_campaigns k
        where k.id = c.id;
      drop table kept, kept_postings, kept_wallet_transactions, kept_tasks, kept_campaigns`);
    await switched('enable');
    return violations;
  };

  const idOf = async (statement: string): Promise<string> => {
    const [row] = await database.orm.em.fork().execute<{ id: string }[]>(statement);
    return row?.id ?? '';
  };
  const accountOf = (kind: string, owner: string) =>
    idOf(`select id from accounts where kind = '${kind}' and owner_id = '${owner}'`);

  it('WAL-8 proves a good ledger, and says how many rows it looked at', async () => {
    const found = await steps();
    expect(found.flatMap(({ violations }) => violations)).to.deep.equal([]);
    expect(found.map(({ name }) => name)).to.include('balances are the sums of their postings');
    expect(found.find(({ name }) => name.startsWith('transactions'))?.rows).to.equal(3);
  });

  it('WAL-3 names a balance that was written by hand, with both numbers', async () => {
    const id = await accountOf('wallet', client.id);
    const violations = await proofAfter(
      `update accounts set balance = balance + 7 where id = '${id}'`,
    );
    expect(violations).to.deep.include({
      rule: 'WAL-3',
      row: `accounts ${id}`,
      what: `wallet: stored 998007, posted 998000`,
    });
    expect(violations.map(({ rule }) => rule)).to.include('WAL-2');
  });

  it('WAL-3 names both accounts of a posting that was changed', async () => {
    const id = await accountOf('wallet', client.id);
    const violations = await proofAfter(`
      update postings set amount = amount + 5 where transaction_id = '${credit.id}'`);
    expect(violations).to.deep.equal([
      { rule: 'WAL-3', row: `accounts ${id}`, what: 'wallet: stored 998000, posted 998005' },
      { rule: 'WAL-2', row: 'accounts all', what: 'they come to -5, not to 0' },
    ]);
  });

  it('WAL-3 WAL-5 names what a posting that was removed leaves behind', async () => {
    const violations = await proofAfter(
      `delete from postings where transaction_id = '${credit.id}'`,
    );
    const rows = violations.map(({ rule, row }) => `${rule} ${row}`);
    expect(rows).to.include(`WAL-5 wallet_transactions ${credit.id}`);
    expect(rows).to.include(`WAL-3 accounts ${await accountOf('wallet', client.id)}`);
  });

  it('WAL-4 names revenue that fell below zero', async () => {
    const wallet = await accountOf('wallet', client.id);
    const violations = await proofAfter(`
      insert into postings select uuidv7(), transaction_id,
        '00000000-0000-0000-0000-000000000001', '${wallet}', 3, now() from postings limit 1`);
    const revenue = violations.find(({ rule }) => rule === 'WAL-4');
    expect(revenue?.row).to.equal('accounts 00000000-0000-0000-0000-000000000001');
    expect(revenue?.what).to.equal('revenue: stored 0, posted -3');
  });

  it('WAL-5 names a deposit that was approved without its money', async () => {
    const violations = await proofAfter(`
      update wallet_transactions set status = 'approved', decided_at = now()
      where id = '${deposit.id}'`);
    expect(violations).to.deep.equal([
      {
        rule: 'WAL-5',
        row: `wallet_transactions ${deposit.id}`,
        what: 'deposit of 50000 is approved with 0 postings of 0',
      },
    ]);
  });

  it('WAL-6 names a posting that its type does not allow', async () => {
    const id = await idOf(`select id from postings where transaction_id = '${credit.id}'`);
    const violations = await proofAfter(`
      update postings set from_account_id = (select id from accounts where kind = 'hold')
      where id = '${id}'`);
    expect(violations.map(({ rule, row }) => `${rule} ${row}`)).to.include(`WAL-6 postings ${id}`);
  });

  it('WAL-8 names an escrow that does not fit its slots', async () => {
    const violations = await proofAfter(`
      update tasks set status = 'closed' where campaign_id = '${campaign.id}' and number = 1`);
    expect(violations).to.deep.equal([
      {
        rule: 'WAL-8',
        row: `campaigns ${campaign.id}`,
        what: 'escrow holds 2000, 3 open slots need 1500; counted 0 closed, 1 slots are',
      },
    ]);
  });

  it('CAM-7 names a campaign that counts other than its slots', async () => {
    const violations = await proofAfter(`update campaigns set completed_count = 1`);
    expect(violations.map(({ row }) => row)).to.deep.equal([`campaigns ${campaign.id}`]);
  });

  it('WAL-8 stops nobody: money moves while the proof runs on its snapshot', async () => {
    const reader = ports.ledgerReader.verify()[Symbol.asyncIterator]();
    await reader.next();
    await ports.unitOfWork.run((tx) => tx.wallets.post(aCredit(client.id, 10)));
    for (let next = await reader.next(); !next.done; next = await reader.next()) {
      expect(next.value.violations).to.deep.equal([]);
    }
  });
});
