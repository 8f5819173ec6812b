import { expect } from 'chai';
import { createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { createOrm, type Orm } from '../../../adapters/postgres/orm.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import {
  APPROVALS_MAX,
  createCore,
  DEFAULT_SETTINGS,
  type ApprovalBatchId,
  type Proof,
  type Tx,
} from '../../../core/index.ts';
import { JOB, NONE, of } from '../../support/approvals.ts';
import { freshId, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { peopleOn, together, type People, type Person } from '../../support/market.ts';
import { ledgerFlaws } from '../../support/sound-books.ts';
import { somebodyWaits } from '../../support/waiting-for-lock.ts';

/** More than one transaction approves. */
const SIZE = 120;

interface Verdict {
  readonly by: string;
  readonly verdict: 'approved' | 'rejected';
  readonly order: string;
  readonly wallet: number;
}

describe('Approving many on PostgreSQL', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let elsewhere: Orm;
  /** Two processes. */
  let here: People;
  let there: People;

  const processOn = (orm: Orm): People => {
    const stored = createPostgresPorts({ orm, settings: DEFAULT_SETTINGS });
    const ports = { ...createMemoryPorts(), ...stored, ids: uuidIds };
    return peopleOn(ports, createCore(ports));
  };

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    elsewhere = await createOrm({ url: database.botUrl });
    [here, there] = [processOn(database.orm), processOn(elsewhere)];
  });
  after(async () => {
    await elsewhere?.close(true);
    await database?.drop();
  });

  const rows = <Row extends object>(statement: string): Promise<Row[]> =>
    database.orm.em.fork().execute<Row[]>(statement);

  /** An order for so many waiting proofs of one campaign. */
  const ordered = async (size: number) => {
    const [client, admin] = [await here.client(), await here.admin()];
    const campaign = await here.campaign(client, { target: size });
    const proofs: Proof[] = [];
    for (let sent = 0; sent < size; sent += 1) {
      proofs.push(await here.proof(await here.worker(), campaign));
    }
    const order = { actor: admin.actor, scope: of(campaign), key: freshId<ApprovalBatchId>() };
    const proofIds = proofs.map(({ id }) => id);
    const { batch } = await here.core.approvals.start({ ...order, proofIds });
    return { admin, campaign, proofs, batch };
  };

  it('REV-4 REV-8 many in two processes while two admins decide them by hand: each once', async () => {
    const { admin, proofs, batch } = await ordered(SIZE);
    const [one, two] = [await here.admin(), await here.admin()];
    const byHand = async (who: Person, how: 'approve' | 'reject', mine: readonly Proof[]) => {
      for (const { id: proofId } of mine) {
        await here.core.proofs[how]({ actor: who.actor, proofId, reason: null });
      }
    };
    const runs = (people: People) =>
      together(3, () => people.core.approvals.run({ actor: JOB, limit: APPROVALS_MAX }));
    const [first, second] = await Promise.all([
      runs(here),
      runs(there),
      byHand(one, 'approve', proofs.filter((_, place) => place % 3 === 0).toReversed()),
      byHand(two, 'reject', proofs.filter((_, place) => place % 3 === 1).toReversed()),
    ]);
    const all = [...first, ...second];
    expect(all.flatMap(({ faults }) => faults)).to.deep.equal([]);
    expect(all.reduce((total, { done }) => total + done, 0)).to.equal(SIZE);
    const report = await here.core.approvals.show({ actor: admin.actor, batchId: batch.id });
    expect(report.batch.doneAt).not.to.equal(null);
    expect(report.approved + report.skipped.decided).to.equal(SIZE);
    expect(report.paid).to.equal(BigInt(report.approved) * 500n);
    const verdicts =
      await rows<Verdict>(`select decided_by::text as by, verdict, "order", w.wallet::int
      from proof_decisions d join task_proofs p on p.id = d.proof_id
      join (select a.owner_id, a.balance as wallet from accounts a where a.kind = 'wallet') w
        on w.owner_id = p.worker_id`);
    expect(verdicts).to.have.length(SIZE);
    for (const { order, verdict, wallet } of verdicts) {
      expect({ order, wallet }).to.deep.equal({
        order: 'first',
        wallet: verdict === 'approved' ? 500 : 0,
      });
    }
    const mine = verdicts.filter(({ by }) => by === admin.id);
    expect(mine).to.have.length(report.approved);
    const told = await rows(
      `select from outbox where payload ->> 'kind' = 'approvals.done' and to_user = '${admin.id}'`,
    );
    expect(told).to.have.length(1);
    const { ledgerReader } = createPostgresPorts({
      orm: database.orm,
      settings: DEFAULT_SETTINGS,
    });
    expect(await ledgerFlaws(ledgerReader)).to.deep.equal([]);
  });

  it('REV-8 one run at a time works on an order: the next one sees what it did', async () => {
    const { batch, proofs } = await ordered(1);
    const [item] = proofs.map(({ id: proofId }) => ({
      batchId: batch.id,
      orderedAt: batch.createdAt,
      place: 0,
      proofId,
    }));
    if (!item) throw new Error('one was ordered');
    const [one, two] = [database.orm, elsewhere].map(
      (orm) => createPostgresPorts({ orm, settings: DEFAULT_SETTINGS }).unitOfWork,
    );
    const lock = ({ approvalBatches }: Tx) => approvalBatches.lockPending([item]);
    const [locked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = one?.run(async (tx) => {
      await lock(tx);
      locked.resolve();
      await gone.promise;
      await tx.approvalBatches.settle([{ item, outcome: { skipped: 'decided' } }]);
    });
    await locked.promise;
    const second = two?.run(lock);
    await Promise.race([second, somebodyWaits(database.orm)]);
    gone.resolve();
    await first;
    expect((await second)?.pending).to.deep.equal([]);
  });

  it('REV-8 what came of an order stands, whoever asks', async () => {
    const { batch, admin } = await ordered(2);
    await here.core.approvals.run({ actor: JOB, limit: 1 });
    const owner = await database.ownerOrm();
    const [items, its] = ['approval_batch_items', `where batch_id = '${batch.id}'`];
    for (const statement of [
      `update ${items} set outcome = 'own', paid = null ${its} and place = 0`,
      `update ${items} set place = 7 ${its} and place = 1`,
      `update ${items} set outcome = 'approved' ${its} and place = 1`,
      `update ${items} set outcome = 'forgotten' ${its} and place = 1`,
      `delete from ${items} ${its}`,
      `update approval_batches set done_at = null where id = '${batch.id}'`,
    ]) {
      const [tried] = await Promise.allSettled([owner.em.fork().execute(statement)]);
      expect(tried.status, statement).to.equal('rejected');
    }
    await here.core.approvals.run({ actor: JOB, limit: 1 });
    const again = `update approval_batches set done_at = now() where id = '${batch.id}'`;
    const [twice] = await Promise.allSettled([owner.em.fork().execute(again)]);
    expect(twice.status).to.equal('rejected');
    const report = await here.core.approvals.show({ actor: admin.actor, batchId: batch.id });
    expect(report).to.deep.include({ approved: 2, paid: rupiahs(1_000), skipped: NONE });
  });
});
