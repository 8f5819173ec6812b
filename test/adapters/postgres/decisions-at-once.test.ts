import { expect } from 'chai';
import { createManualClock, createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import {
  asRefusal,
  DEFAULT_SETTINGS,
  type ApprovalBatchId,
  type Campaign,
  type Proof,
} from '../../../core/index.ts';
import { by, JOB } from '../../support/approvals.ts';
import { freshId } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { peopleOn, together, type People, type Person } from '../../support/market.ts';
import { ledgerFlaws } from '../../support/sound-books.ts';

const SETTINGS = {
  ...DEFAULT_SETTINGS,
  feeBasisPoints: 1_000,
  takenAtOnceMax: 1_000,
  proofsPerDayMax: 1_000,
};
const [WORKERS, CAMPAIGNS] = [4, 10];

/** What may be answered to whoever comes second. */
const LATE: ReadonlySet<string | undefined> = new Set([
  'proof.not-decided',
  'proof.already-reversed',
  'proof.no-slot-left',
  'campaign.final',
  'task.already-done',
]);

describe('Decisions on PostgreSQL, all kinds at once', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let market: People;
  let retries = 0;

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    const onRetry = (): void => {
      retries += 1;
    };
    const stored = createPostgresPorts({ orm: database.orm, settings: SETTINGS, onRetry });
    const clock = createManualClock(new Date());
    market = peopleOn({ ...createMemoryPorts(), ...stored, clock, ids: uuidIds });
  });
  after(() => database?.drop());

  const rows = <Row extends object>(statement: string): Promise<Row[]> =>
    database.orm.em.fork().execute<Row[]>(statement);

  const owned = async () => {
    const client = await market.client();
    return { client, campaign: await market.campaign(client, { target: WORKERS }) };
  };

  /** Every worker sends a proof to every campaign. */
  const crowd = async () => {
    const workers = await together(WORKERS, () => market.worker());
    const campaigns: { client: Person; campaign: Campaign }[] = [];
    const proofs: Proof[] = [];
    for (let made = 0; made < CAMPAIGNS; made += 1) {
      const one = await owned();
      campaigns.push(one);
      for (const worker of workers) proofs.push(await market.proof(worker, one.campaign));
    }
    return { workers, campaigns, proofs };
  };

  const mayBeLate = async (work: Promise<unknown>): Promise<void> => {
    const [ended] = await Promise.allSettled([work]);
    if (ended.status === 'fulfilled' || LATE.has(asRefusal(ended.reason)?.code)) return;
    throw ended.reason;
  };

  it('REV-4 REV-8 each proof is decided once, nothing deadlocks, the books are sound', async () => {
    const { workers, campaigns, proofs } = await crowd();
    const admins = await together(3, () => market.admin());
    const [one, two, three] = admins as [Person, Person, Person];
    const { core } = market;
    for (const worker of workers) {
      const proofIds = proofs.filter(({ workerId }) => workerId === worker.id).map(({ id }) => id);
      const key = freshId<ApprovalBatchId>();
      await core.approvals.start({ actor: one.actor, scope: by(worker), proofIds, key });
    }
    const eachOf = async (who: Person, how: 'approve' | 'reject', mine: readonly Proof[]) => {
      for (const { id: proofId } of mine) {
        await core.proofs[how]({ actor: who.actor, proofId, reason: null });
      }
    };
    const reversing = async ({ actor }: Person) => {
      for (const { id: proofId } of proofs.filter((_, place) => place % 4 === 0)) {
        await mayBeLate(core.proofs.reverse({ actor, proofId, reason: 'looked again' }));
      }
    };
    const deleting = async () => {
      for (const { client, campaign } of campaigns.slice(0, 3)) {
        const { actor } = client;
        await mayBeLate(core.campaigns.delete({ actor, campaignId: campaign.id, reason: 'over' }));
      }
    };
    const runs = together(2, () => core.approvals.run({ actor: JOB, limit: 100 }));
    await Promise.all([
      runs,
      eachOf(one, 'approve', proofs.toReversed()),
      eachOf(two, 'approve', proofs),
      eachOf(three, 'reject', proofs.filter((_, place) => place % 3 === 0).toReversed()),
      reversing(two),
      deleting(),
    ]);
    expect((await runs).flatMap(({ faults }) => faults)).to.deep.equal([]);
    expect(retries, 'deadlocks').to.equal(0);
    const firsts = await rows(`select from proof_decisions where "order" = 'first'`);
    expect(firsts).to.have.length(proofs.length);
    const { ledgerReader } = createPostgresPorts({ orm: database.orm, settings: SETTINGS });
    expect(await ledgerFlaws(ledgerReader)).to.deep.equal([]);
  });
});
