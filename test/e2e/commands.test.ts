import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { DEFAULT_SETTINGS, escrowOf, totalCost, walletOf } from '../../core/index.ts';
import { aCampaign, aCredit, aTransaction, aUser } from '../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

describe('upah, the operator’s command', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let dataDir: string;
  const client = aUser({ telegramId: 777_001, displayName: 'Citra' });
  const campaign = aCampaign({ clientId: client.id, targetTotal: 4 });

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    dataDir = mkdtempSync(join(tmpdir(), 'upah-cli-'));
    const { unitOfWork } = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    await unitOfWork.run(async (tx) => {
      await tx.users.add(client);
      await tx.wallets.post(aCredit(client.id, 1_000_000));
      await tx.campaigns.add(campaign);
      await tx.slots.open(campaign, campaign.targetTotal);
      const amount = totalCost(campaign, campaign.targetTotal);
      await tx.wallets.post(
        aTransaction({
          type: 'campaign_funding',
          userId: client.id,
          postings: [{ from: walletOf(client.id), to: escrowOf(campaign.id), amount }],
        }),
      );
    });
  });
  after(async () => {
    await database?.drop();
    if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  });

  const upah = (...words: readonly string[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['app/cli.ts', ...words], {
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: database.botUrl,
          DATABASE_OWNER_URL: database.ownerUrl,
          DATA_DIR: dataDir,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => (output += text));
      }
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });

  /** What an owner with psql can do: switch the walls off, change a row, switch them on again. */
  const falsify = async (table: string, statement: string): Promise<void> => {
    const em = (await database.ownerOrm()).em.fork();
    await em.execute(`alter table ${table} disable trigger user`);
    await em.execute(statement);
    await em.execute(`alter table ${table} enable trigger user`);
  };

  const valueOf = async (statement: string): Promise<string> => {
    const [row] = await database.orm.em.fork().execute<{ value: string }[]>(statement);
    return String(row?.value);
  };

  it('WAL-8 ledger verify exits 0 on a sound ledger and prints totals that sum to 0', async () => {
    const { code, output } = await upah('ledger', 'verify');
    expect(output).to.contain('The ledger is sound.');
    expect(output).to.match(/sum\s+Rp 0\n/);
    expect(code).to.equal(0);
  });

  it('WAL-8 exits 1 and names the account whose balance was falsified', async () => {
    const wallet = `kind = 'wallet' and owner_id = '${client.id}'`;
    const id = await valueOf(`select id as value from accounts where ${wallet}`);
    await falsify('accounts', `update accounts set balance = balance + 1 where ${wallet}`);
    const { code, output } = await upah('ledger', 'verify');
    await falsify('accounts', `update accounts set balance = balance - 1 where ${wallet}`);
    expect(code).to.equal(1);
    expect(output).to.contain(id);
  });

  it('WAL-8 exits 1 and names the account whose posting was falsified', async () => {
    const first = `id = (select min(id::text)::uuid from postings)`;
    const to = await valueOf(`select to_account_id as value from postings where ${first}`);
    await falsify('postings', `update postings set amount = amount + 7 where ${first}`);
    const { code, output } = await upah('ledger', 'verify');
    await falsify('postings', `update postings set amount = amount - 7 where ${first}`);
    expect(code).to.equal(1);
    expect(output).to.contain(to);
  });

  it('WAL-8 exits 1 and names the campaign whose escrow is not what its slots are owed', async () => {
    const slot = await valueOf(
      `select id as value from tasks where campaign_id = '${campaign.id}' limit 1`,
    );
    await falsify('tasks', `update tasks set status = 'closed' where id = '${slot}'`);
    const { code, output } = await upah('ledger', 'verify');
    await falsify('tasks', `update tasks set status = 'available' where id = '${slot}'`);
    expect(code).to.equal(1);
    expect(output).to.contain(campaign.id);
    expect((await upah('ledger', 'verify')).code).to.equal(0);
  });

  it('ACC-4 admin grant, list and revoke; an unknown id is kept for its first /start', async () => {
    expect((await upah('admin', 'grant', '888')).output).to.contain('kept');
    expect((await upah('admin', 'revoke', '888')).output).to.contain('kept');
    const refused = await upah('admin', 'grant', String(client.telegramId));
    expect(refused.code).to.equal(1);
    expect(refused.output).to.contain('user.things-open');
    expect((await upah('admin', 'grant', 'budi')).code).to.equal(1);
  });

  it('migrate says that there is nothing to do on a migrated database', async () => {
    const { code, output } = await upah('migrate');
    expect(code).to.equal(0);
    expect(output).to.contain('up to date');
  });

  it('SEC-5 a wrong setting is one readable line, and exit 1', async () => {
    const child = spawn(process.execPath, ['app/cli.ts', 'migrate'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: 'nonsense' },
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).to.equal(1);
    expect(output).to.match(/DATABASE_URL must be an address/);
  });
});
