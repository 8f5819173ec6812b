import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { createMemoryPorts } from '../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../adapters/postgres/index.ts';
import { withSql } from '../../adapters/postgres/orm.ts';
import { audit } from '../../app/commands/audit.ts';
import { readConfig } from '../../app/config.ts';
import { runBot } from '../../app/run-bot.ts';
import {
  asOperator,
  asSystem,
  asUser,
  createCore,
  DEFAULT_SETTINGS,
  escrowOf,
  totalCost,
  walletOf,
} from '../../core/index.ts';
import { aCampaign, aCredit, aTransaction, aUser } from '../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { postTold } from '../support/post-told.ts';
import { addUser } from '../support/enter-user.ts';
import { runUpah, type Outcome } from '../support/upah.ts';

describe('upah, the operator’s command', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  const client = aUser({ telegramId: 777_001, displayName: 'Citra' });
  const campaign = aCampaign({ clientId: client.id, targetTotal: 4 });

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    const { unitOfWork } = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    await unitOfWork.run(async (tx) => {
      await addUser(tx, client);
      await postTold(tx, aCredit(client.id, 1_000_000));
      await tx.campaigns.add(campaign);
      await tx.slots.open(campaign, campaign.targetTotal);
      await tx.audit.append({
        actor: asUser(client.id),
        action: 'campaign.create',
        subject: 'campaign',
        subjectId: campaign.id,
        before: null,
        after: null,
        at: campaign.createdAt,
      });
      const amount = totalCost(campaign, campaign.targetTotal);
      await tx.wallets.post(
        aTransaction({
          type: 'campaign_funding',
          reference: { kind: 'campaign', id: campaign.id },
          userId: client.id,
          postings: [{ from: walletOf(client.id), to: escrowOf(campaign.id), amount }],
        }),
      );
    });
  });
  after(async () => {
    await database?.drop();
  });

  const upah = (...words: readonly string[]): Promise<Outcome> => runUpah(database, words);

  /** What an owner with psql can do: switch the walls off, change a row, switch them on again. */
  const falsify = async (table: string, statement: string): Promise<void> => {
    const em = (await database.ownerOrm()).em.fork();
    await em.execute(`alter table ${table} disable trigger user`);
    await em.execute(statement);
    await em.execute(`alter table ${table} enable trigger user`);
  };

  /** Two seals, the first one also over all that stood there, and one row that waits. */
  const sealedRows = async (): Promise<void> => {
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const chain = createCore({ ...createMemoryPorts(), ...ports }).audit;
    const actor = asSystem('test');
    const row = { actor, action: 'user.x', subject: 'user', before: null, after: null } as const;
    for (const subjectId of ['one', 'two', 'three']) {
      await ports.unitOfWork.run((tx) => tx.audit.append({ ...row, subjectId, at: new Date(0) }));
      if (subjectId !== 'three') await chain.seal({ actor, limit: 10 });
    }
  };

  const valueOf = async (statement: string): Promise<string> => {
    const [row] = await database.orm.em.fork().execute<{ value: string }[]>(statement);
    return String(row?.value);
  };

  it('WAL-8 ledger verify exits 1 and names balance, posting and escrow that were falsified', async () => {
    const idOf = (owner: string) =>
      valueOf(`select id as value from accounts where kind <> 'hold' and owner_id = '${owner}'`);
    const [wallet, escrow] = [await idOf(client.id), await idOf(campaign.id)];
    const slot = `id = (select min(id::text)::uuid from tasks)`;
    // the sum of all balances stays zero
    const change = async (sign: 1 | -1, status: string): Promise<void> => {
      for (const [id, by] of [
        [wallet, sign],
        [escrow, -sign],
      ] as const) {
        await falsify(
          'accounts',
          `update accounts set balance = balance + ${by} where id = '${id}'`,
        );
      }
      const posting = `to_account_id = '${escrow}'`;
      await falsify(
        'postings',
        `update postings set amount = amount + ${7 * sign} where ${posting}`,
      );
      await falsify('tasks', `update tasks set status = '${status}' where ${slot}`);
    };
    await change(1, 'closed');
    const { code, output } = await upah('ledger', 'verify');
    await change(-1, 'available');
    expect(code).to.equal(1);
    expect(output).to.match(/sum\s+Rp 0\n/);
    expect(output).to.contain(`accounts ${wallet}: wallet: stored 998001, posted 997993`);
    expect(output).to.contain(`accounts ${escrow}: escrow: stored 1999, posted 2007`);
    expect(output).to.contain(
      `campaigns ${campaign.id}: escrow holds 1999, 3 open slots need 1500`,
    );
  });

  it('WAL-8 ledger verify exits 0 on a sound ledger and prints totals that sum to 0', async () => {
    const { code, output } = await upah('ledger', 'verify');
    expect(output).to.contain('The ledger is sound.');
    expect(output).to.match(/sum\s+Rp 0\n/);
    expect(code).to.equal(0);
  });

  it('AUD-2 audit verify exits 0 on an honest log; its head is a witness', async () => {
    await sealedRows();
    const head = (await upah('audit', 'head')).output.trim();
    expect(head).to.match(/^2:([\da-f]{4} ){15}[\da-f]{4}$/);
    const comparedWith = (witness: string) => upah('audit', 'verify', '--witness', witness);
    const [{ code, output }, other] = await Promise.all([
      comparedWith(head),
      comparedWith(`2:${'0'.repeat(64)}`),
    ]);
    const rows = await valueOf('select count(*) - 1 as value from audit_logs');
    expect(output).to.match(new RegExp(`seals +2\\nrows +${rows}\\n`));
    expect(output).to.match(/no seal +1 \(the newest; the oldest has waited \d+ s\)\n/);
    expect(code).to.equal(0);
    expect(output).to.contain(head);
    expect(other.code).to.equal(1);
    expect(other.output).to.contain('audit_seals 2');
  });

  const hash = '0'.repeat(64);
  for (const unreadable of [`0:${hash}`, `.:${hash}`, `1e1:${hash}`, '2:cafe']) {
    it(`AUD-2 audit verify refuses the witness ${unreadable.slice(0, 6)}`, async () => {
      const verify = audit(asOperator('test')).commands.find((one) => one.name() === 'verify');
      verify?.exitOverride().configureOutput({ writeErr: () => undefined });
      const asked = ['--witness', unreadable];
      const [ended] = await Promise.allSettled([verify?.parseAsync(asked, { from: 'user' })]);
      expect(ended.status).to.equal('rejected');
      expect(Reflect.get(ended, 'reason')).to.include({ exitCode: 1 });
      expect(String(Reflect.get(ended, 'reason'))).to.contain('give number and hash');
    });
  }

  it('AUD-3 audit export writes the whole log into a new file, and never over another', async () => {
    const out = join(await mkdtemp(join(tmpdir(), 'upah-')), 'audit.csv');
    const { code, output } = await upah('audit', 'export', '--out', out, '--subject', 'campaign');
    const rows = await valueOf(
      `select count(*) as value from audit_logs where subject = 'campaign'`,
    );
    expect([code, output]).to.deep.equal([0, `${rows} rows written to ${out}\n`]);
    expect((await readFile(out, 'utf8')).match(/\r\n/g)).to.have.length(Number(rows) + 1);
    expect((await upah('audit', 'export', '--out', out)).code).to.equal(1);
    await rm(dirname(out), { recursive: true });
  });

  it('SEC-A63 AUD-2 audit verify exits 1 and names the row that was falsified', async () => {
    await falsify('audit_logs', `update audit_logs set actor = 'user:x' where subject_id = 'two'`);
    const { code, output } = await upah('audit', 'verify');
    const id = await valueOf(`select id as value from audit_logs where subject_id = 'two'`);
    expect(output).to.contain(`audit_logs ${id}: changed`);
    expect(code).to.equal(1);
  });

  it('ACC-4 admin grant, list and revoke; an unknown id is kept for its first /start', async () => {
    expect((await upah('admin', 'grant', '888')).output).to.contain('kept');
    const [revoked, refused, nobody] = await Promise.all([
      upah('admin', 'revoke', '888'),
      upah('admin', 'grant', String(client.telegramId)),
      upah('admin', 'grant', 'budi'),
    ]);
    expect(revoked.output).to.contain('kept');
    expect(refused.code).to.equal(1);
    expect(refused.output).to.contain('user.things-open');
    expect(nobody.code).to.equal(1);
  });

  it('ADM-1 admin grant --only, permit and list say what each may do', async () => {
    const boss = aUser({ telegramId: 777_009, displayName: 'Dewi', role: null });
    await createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS }).unitOfWork.run(
      (tx) => tx.users.add(boss),
    );
    const granted = await upah('admin', 'grant', '777009', '--only', 'money,review');
    expect(granted.output).to.contain('777009 (Dewi): granted: review, money');
    const permitted = await upah('admin', 'permit', '777009', 'settings');
    expect(permitted.output).to.contain('777009 (Dewi): settings');
    const [listed, unknown, wrong] = await Promise.all([
      upah('admin', 'list'),
      upah('admin', 'permit', '999', 'review'),
      upah('admin', 'permit', '777009', 'cooking'),
    ]);
    expect(listed.output).to.contain('777009  Dewi  (settings)');
    expect(unknown.output).to.contain('admin grant --only').and.contain('refused: not-found');
    expect(unknown.code).to.equal(1);
    expect([wrong.code, wrong.output.includes('review, money, users, settings')]).to.deep.equal([
      1,
      true,
    ]);
  });

  it('migrate says that there is nothing to do on a migrated database', async () => {
    const { code, output } = await upah('migrate');
    expect(code).to.equal(0);
    expect(output).to.contain('up to date');
  });

  it('SEC-5 a role that may not migrate is one readable line that says what to set', async () => {
    const asBot = { ...database, ownerUrl: database.botUrl };
    const words = ['migrate', 'freeze'];
    for (const { code, output } of await Promise.all(words.map((word) => runUpah(asBot, [word])))) {
      expect(code, output).to.equal(1);
      expect(output).to.match(/the role upah_bot may not migrate.*set DATABASE_OWNER_URL/);
      expect(output.trimEnd().split('\n')).to.have.length(1);
    }
  });

  it('SEC-5 ADM-4 settings that the table has wrongly stop the start, with a line for each', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'upah-'));
    const config = readConfig({
      DATABASE_URL: database.botUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
    });
    const change = (statement: string) => withSql(database.ownerUrl, (sql) => sql(statement));
    await change(`insert into settings values ('targetMax', '5000000'), ('holdMinutes', '"x"')`);
    const [start] = await Promise.allSettled([runBot(config)]);
    await change('delete from settings');
    await rm(dataDir, { recursive: true });
    const lines = String(Reflect.get(start, 'reason')).split('\n');
    expect(lines).to.have.length(2);
    expect(lines.join()).to.match(/targetMax cannot be 5000000: count from 1 to 1000000; mend/);
  });

  it('SEC-5 a wrong setting is one readable line, and exit 1', async () => {
    const { code, output } = await runUpah({ ...database, botUrl: 'nonsense' }, ['migrate']);
    expect(code).to.equal(1);
    expect(output).to.match(/DATABASE_URL must be an address/);
  });
});
