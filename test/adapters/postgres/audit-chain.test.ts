import { expect } from 'chai';
import { createOrm } from '../../../adapters/postgres/index.ts';
import { withSql } from '../../../adapters/postgres/orm.ts';
import type { TestDatabase } from '../../support/database.ts';
import { actor, aHistory, anAuditScene, chainOn, logs, type AuditScene } from './audit-scene.ts';
import { answerOf, DENIED, RULE } from './ledger.ts';

describe('the audit chain on PostgreSQL', () => {
  describe('from its first row on', () => lateCommits(anAuditScene()));
  describe('with a history', () => rights(anAuditScene(aHistory)));
});

function lateCommits(scene: AuditScene): void {
  it('AUD-2 a row whose transaction commits late is sealed late, and nothing is called false', async () => {
    const [written, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late = scene.chain.append(1, async () => {
      written.resolve();
      await gate.promise;
    });
    await written.promise;
    await scene.chain.append(1);
    expect(await scene.chain.seal({ actor, limit: 9 })).to.equal(1);
    expect(await scene.chain.seal({ actor, limit: 9 })).to.equal(0);
    gate.resolve();
    await late;
    const before = await scene.chain.verify({ actor });
    expect(before).to.deep.include({ rows: 1, unsealed: 1, broken: 0 });
    expect(await scene.chain.seal({ actor, limit: 9 })).to.equal(1);
    expect(await scene.chain.verify({ actor })).to.deep.include({
      rows: 2,
      unsealed: 0,
      broken: 0,
    });
  });

  it('AUD-2 fifty transactions that commit in the order against their ids verify clean', async () => {
    const orm = await createOrm({ url: scene.database.botUrl, poolMax: 55 });
    try {
      const many = chainOn(orm);
      const gates = Array.from({ length: 51 }, () => Promise.withResolvers<void>());
      const written = gates.map(() => Promise.withResolvers<void>());
      const all = gates.slice(0, 50).map(async (gate, place) => {
        await written[place - 1]?.promise;
        await many.append(3, async () => {
          written[place]?.resolve();
          await gates[place + 1]?.promise;
        });
        await many.seal({ actor, limit: 1_000 });
        gate.resolve();
      });
      await written[49]?.promise;
      expect(await many.verify({ actor })).to.deep.include({ rows: 0, unsealed: 0, head: null });
      gates[50]?.resolve();
      await Promise.all(all);
      expect(await many.verify({ actor })).to.deep.include({
        blocks: 50,
        rows: 150,
        unsealed: 0,
        broken: 0,
      });
    } finally {
      await orm.close(true);
    }
  });

  it('AUD-2 a verification looks at one moment, whatever is written meanwhile', async () => {
    await scene.chain.append(3);
    await scene.chain.seal({ actor, limit: 9 });
    const seen = await scene.chain.ports.auditChain.read(async (snapshot) => {
      const before = await snapshot.size();
      await scene.chain.append(2);
      await scene.chain.seal({ actor, limit: 9 });
      let seals = 0;
      for await (const blocks of snapshot.blocks(0)) seals += blocks.length;
      return { before, after: await snapshot.size(), ...(await snapshot.unsealed()), seals };
    });
    expect(seen).to.deep.equal({ before: 3, after: 3, waiting: 0, lost: 0, seals: 1 });
  });

  it('AUD-2 many thousand rows are read in pieces, and each is compared', async () => {
    await fill(scene.database, 12_000);
    while ((await scene.chain.seal({ actor, limit: 5_000 })) > 0);
    const pieces: number[] = [];
    await scene.chain.ports.auditChain.read(async (snapshot) => {
      for await (const blocks of snapshot.blocks(0)) {
        pieces.push(blocks.reduce((rows, { seal }) => rows + seal.rows.length, 0));
      }
    });
    expect(pieces).to.deep.equal([5_000, 5_000, 2_000]);
    await scene.asSuperuser(`update audit_logs set action = 'x' where id in (1, 7000, 12000)`);
    const { blocks, rows, violations } = await scene.chain.verify({ actor });
    expect({ blocks, rows }).to.deep.equal({ blocks: 12, rows: 12_000 });
    expect(violations.map(({ row }) => row)).to.deep.equal(logs(1, 7_000, 12_000));
  });
}

const fill = (database: TestDatabase, rows: number): Promise<unknown> =>
  withSql(database.ownerUrl, (sql) =>
    sql(`insert into audit_logs (actor, action, subject, subject_id, after, at)
      select 'system:x', 'user.suspend', 'user', n::text, '{"n": 1}', now()
      from generate_series(1, ${rows}) n`),
  );

function rights(scene: AuditScene): void {
  it('SEC-A62 AUD-2 the bot may add a seal and change none, nor say which rows wait', async () => {
    const forbidden = [
      ...['audit_unsealed', 'audit_seals'].flatMap((table) => [
        `delete from ${table}`,
        `truncate ${table}`,
        `drop table ${table}`,
        `alter table ${table} disable trigger all`,
      ]),
      'update audit_seals set total = 1',
      'insert into audit_unsealed values (99)',
      'update audit_unsealed set id = id',
      `select audit_logs_wait_for_seal()`,
    ];
    for (const statement of forbidden) {
      expect((await answerOf(scene.database.orm, statement)).code, statement).to.equal(DENIED);
    }
  });

  it('AUD-2 not even the owner may change a seal', async () => {
    const owner = await scene.database.ownerOrm();
    for (const change of ['update audit_seals set total = 1', 'delete from audit_seals']) {
      expect(await answerOf(owner, change)).to.include({
        code: RULE,
        constraint: 'audit_seals_append_only',
      });
    }
  });

  it('AUD-2 a seal names rows that wait for one, and nothing else', async () => {
    const seal = `insert into audit_seals (number, previous, total, sealed_at, row_ids, row_hashes, hash)
      select 5, hash, 13, now(), '{12}', sha256('x'), sha256('y') from audit_seals where number = 4`;
    expect(await answerOf(scene.database.orm, seal)).to.include({
      code: RULE,
      constraint: 'audit_seals_name_waiting_rows',
    });
  });
}
