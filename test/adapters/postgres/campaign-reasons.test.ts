import { expect } from 'chai';
import { migrate, migrations } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { freshId } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { answerOf, CHECK } from './ledger.ts';

const [person, byAdmin, byOwner, gone] = [freshId(), freshId(), freshId(), freshId()];

/** Nothing of it is open, so that its escrow is empty. */
const campaign = (id: string, status: string, pausedBy: string | null): string =>
  `('${id}', '${person}', 'like', 'https://x.com/a', 'x.com/a', 'x', 1, 100, 0, 3, 3, '${status}',
    ${pausedBy === null ? 'null' : `'${pausedBy}'`}, now())`;

const BEFORE = `
  insert into users (id, telegram_id, display_name, language, status, created_at)
  values ('${person}', 1, 'Siti', 'id', 'active', now());
  insert into campaigns (id, client_id, kind, link_target, link_key, link_platform, link_version,
    price_per_task, fee_per_task, target_total, closed_count, status, paused_by, created_at)
  values ${campaign(byAdmin, 'paused', 'admin')}, ${campaign(byOwner, 'paused', 'owner')},
    ${campaign(gone, 'deleted', null)};
  insert into accounts (id, kind, owner_id) select uuidv7(), 'escrow', id from campaigns`;

describe('campaigns of the release before', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    const { ownerUrl } = database;
    await withSql(ownerUrl, (sql) => sql('drop schema public cascade; create schema public'));
    const older = migrations.filter(({ name }) => name < '0005');
    await migrate({ ownerUrl, list: older });
    await withSql(ownerUrl, (sql) => sql(BEFORE));
    await migrate({ ownerUrl, list: migrations });
  });
  after(() => database?.drop());

  const change = (id: string, to: string): string =>
    `update campaigns set ${to} where id = '${id}'`;

  it("CAM-6 an admin's pause says that its reason was not written down, others say nothing", async () => {
    const rows = await withSql(database.ownerUrl, (sql) =>
      sql('select id, status_reason as reason from campaigns'),
    );
    expect(new Map(rows.map(({ id, reason }) => [id, reason]))).to.deep.equal(
      new Map([
        [byAdmin, 'Alasannya tidak dicatat.'],
        [byOwner, null],
        [gone, null],
      ]),
    );
  });

  for (const [what, id, to] of [
    ['an admin pauses without a reason', byOwner, "paused_by = 'admin'"],
    ['an owner’s pause has a reason', byOwner, "status_reason = 'holidays'"],
    ['a running campaign keeps one', byAdmin, "status = 'active', paused_by = null"],
  ] as const) {
    it(`CAM-6 the database refuses that ${what}`, async () => {
      const { code, constraint } = await answerOf(database.orm, change(id, to));
      expect({ code, constraint }).to.deep.equal({
        code: CHECK,
        constraint: 'campaigns_status_reason_fits_status',
      });
    });
  }

  it('CAM-6 the bot may write a reason', async () => {
    const whole = "status = 'deleted', paused_by = null, status_reason = 'against the rules'";
    await database.orm.em.fork().execute(change(byAdmin, whole));
    const [row] = await withSql(database.ownerUrl, (sql) =>
      sql(`select status_reason as reason from campaigns where id = '${byAdmin}'`),
    );
    expect(row).to.deep.equal({ reason: 'against the rules' });
  });
});
