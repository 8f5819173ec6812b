import { expect } from 'chai';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import { createAuditTrail } from '../../../adapters/postgres/audit-trail.ts';
import { AUDIT_SUBJECTS, DEFAULT_SETTINGS } from '../../../core/index.ts';
import { freshId } from '../../support/builders.ts';
import type { TestDatabase } from '../../support/database.ts';
import { carriedOut } from '../../support/explained.ts';
import { upgraded } from '../../support/release-before.ts';
import { actor, chainOn } from './audit-scene.ts';

const [client, worker, campaign, task, take, gone] = [
  freshId(),
  freshId(),
  freshId(),
  freshId(),
  freshId(),
  freshId(),
];

/** Subject, its id, and whom and which campaign the record must be found under. */
const RECORDS = [
  ['user', worker, worker, null],
  ['user', 'telegram:123', null, null],
  ['user', gone, null, null],
  ['campaign', campaign, client, campaign],
  ['take', take, worker, campaign],
  ['settings', 'rejectReasons', null, null],
  ['settings', worker, null, null],
] as const;

/** The ledger's walls are not asked: this campaign holds no money. */
const BEFORE = `
  insert into users (id, telegram_id, display_name, language, role, status, created_at)
  values ('${client}', 1, 'Citra', 'id', 'client', 'active', now()),
    ('${worker}', 2, 'Budi', 'id', 'worker', 'active', now());
  alter table campaigns disable trigger user;
  insert into campaigns (id, client_id, kind, link_target, link_key, link_platform, link_version,
    price_per_task, fee_per_task, target_total, status, created_at)
  values ('${campaign}', '${client}', 'like', 'https://x.com/1', 'x.com/1', 'x', 1, 500, 0, 1,
    'active', now());
  alter table campaigns enable trigger user;
  insert into tasks (id, campaign_id, number, status) values ('${task}', '${campaign}', 1, 'available');
  insert into takes (id, task_id, campaign_id, worker_id, kind, link_key, status, taken_at, deadline)
  values ('${take}', '${task}', '${campaign}', '${worker}', 'like', 'x.com/1', 'taken', now(), now());
  insert into audit_logs (actor, action, subject, subject_id, at) values
  ${RECORDS.map(([subject, id]) => `('system:x', 'x', '${subject}', '${id}', now())`).join()};`;

/** A value of a statement as part of its text. */
const literal = (value: unknown): string => {
  if (typeof value === 'object' && value !== null && 'text' in value) return String(value.text);
  if (typeof value === 'string') return `'${value}'`;
  return JSON.stringify(value);
};

describe('an audit log of the release before', () => {
  let database: TestDatabase;
  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await upgraded({
      until: '0006',
      holding: BEFORE,
      prepare: ({ orm }) => chainOn(orm).seal({ actor, limit: 5 }),
    });
  });
  after(() => database?.drop());

  const read = (statement: string) => withSql(database.ownerUrl, (sql) => sql(statement));

  it('AUD-3 what was written before is found under whom and what it concerns', async () => {
    const rows = await read('select user_id, campaign_id from audit_logs order by id');
    expect(rows).to.deep.equal(
      RECORDS.map(([, , user_id, campaign_id]) => ({ user_id, campaign_id })),
    );
  });

  it('AUD-2 no seal is broken by it, and the log is append-only as it was', async () => {
    const verified = await chainOn(database.orm).verify({ actor });
    expect(verified).to.include({ broken: 0, rows: 5, unsealed: 2 });
    for (const change of [
      'update audit_logs set user_id = null',
      'update audit_logs set campaign_id = null where id = 4',
      'delete from audit_logs',
    ]) {
      const [result] = await Promise.allSettled([read(change)]);
      expect(String(result.status === 'rejected' && result.reason), change).to.match(/AUD-2/);
    }
  });

  it('AUD-3 the database alone says whom a new record concerns', async () => {
    const forged = withSql(database.botUrl, (sql) =>
      sql(`insert into audit_logs (actor, action, subject, subject_id, at, user_id)
        values ('x', 'x', 'settings', 'x', now(), '${client}')`),
    );
    const [result] = await Promise.allSettled([forged]);
    expect(String(result.status === 'rejected' && result.reason)).to.match(/permission denied/);
    await read(`insert into audit_logs (actor, action, subject, subject_id, at, user_id)
      values ('x', 'x', 'take', '${take}', now(), '${client}')`);
    const [row] = await read(
      'select user_id, campaign_id from audit_logs order by id desc limit 1',
    );
    expect(row).to.deep.equal({ user_id: worker, campaign_id: campaign });
  });

  it('AUD-3 few of many are found without reading the many', async () => {
    await read(`insert into audit_logs (actor, action, subject, subject_id, at)
      select 'user:${worker}', 'take.take', 'take', '${take}', now() + n * interval '1 second'
      from generate_series(1, 20000) n`);
    await read(`insert into audit_logs (actor, action, subject, subject_id, at)
      values ('user:${worker}', 'user.role', 'user', '${worker}', now() - interval '1 day')`);
    await read('vacuum analyze audit_logs');
    await indexesServe();
    const ports = createPostgresPorts({ orm: database.orm, settings: DEFAULT_SETTINGS });
    const filter = { userId: worker as never, subject: 'user' } as const;
    const slice = { from: null, size: 6 };
    const { items } = await ports.unitOfWork.run((tx) => tx.auditTrail.browse(filter, slice));
    expect(items.map(({ action }) => action)).to.deep.equal(['x', 'user.role']);
    for (const asked of [
      filter,
      { actorId: worker as never, subject: 'settings' },
      { campaignId: campaign as never, day: new Date('2020-01-01') },
      { userId: worker as never },
      {},
    ] as const) {
      expect(await blocksFor(asked), JSON.stringify(asked)).to.be.lessThan(
        AUDIT_SUBJECTS.length * 30,
      );
    }
  });

  /**
   * The migration updates rows and makes indexes over them: these serve only once everything has ended
   * that ran at that moment anywhere on the server, in another test as well.
   */
  const indexesServe = async (): Promise<void> => {
    const early = `select from pg_index where indrelid = 'audit_logs'::regclass and indcheckxmin
      and xmin::text::bigint >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;
    while ((await read(early)).length > 0);
  };

  /** How many pages of the database the statement behind a list touches. */
  const blocksFor = async (
    filter: Parameters<ReturnType<typeof createAuditTrail>['browse']>[0],
  ) => {
    let blocks = 0;
    const explaining = async (parts: TemplateStringsArray, ...values: readonly unknown[]) => {
      const text = parts.reduce(
        (before, part, place) => before + literal(values[place - 1]) + part,
      );
      const plan = await carriedOut(read, text);
      blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      return [];
    };
    const trail = createAuditTrail(explaining as never);
    await trail.browse(filter, { from: null, size: 6 });
    return blocks;
  };
});
