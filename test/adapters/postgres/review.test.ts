import { expect } from 'chai';
import { createManualClock, createMemoryPorts } from '../../../adapters/memory/index.ts';
import { createPostgresPorts } from '../../../adapters/postgres/index.ts';
import { uuidIds } from '../../../adapters/system/index.ts';
import {
  asRefusal,
  asSystem,
  DEFAULT_SETTINGS,
  type Actor,
  type DecisionResult,
  type Proof,
  type ProofId,
  type Take,
} from '../../../core/index.ts';
import { aFile, rupiahs } from '../../support/builders.ts';
import { cloneDatabase, type TestDatabase } from '../../support/database.ts';
import { peopleOn, refusal, type People } from '../../support/market.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, takenAtOnceMax: 100, withdrawMin: rupiahs(100) };

const times = async <T>(howMany: number, make: () => Promise<T>): Promise<readonly T[]> => {
  const made: T[] = [];
  for (let count = 0; count < howMany; count += 1) made.push(await make());
  return made;
};

/** The desk's use cases on real PostgreSQL, many callers at once. */
describe('the review desk on PostgreSQL, everybody at once', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let ports: ReturnType<typeof createPostgresPorts>;
  let market: People;
  /** Ends what a test holds, if it did not come to its end. */
  let letGo = (): void => {};

  before(async function () {
    if (process.env['TEST_SKIP_PG']) return this.skip();
    database = await cloneDatabase();
    ports = createPostgresPorts({ orm: database.orm, settings: SETTINGS });
    const clock = createManualClock(new Date());
    market = peopleOn({ ...createMemoryPorts(), ...ports, clock, ids: uuidIds });
  });
  after(() => database?.drop());
  afterEach(() => letGo());
  afterEach(async () => {
    const actor = asSystem('test');
    for await (const step of market.core.wallet.verify({ actor })) {
      expect(step.violations, step.name).to.deep.equal([]);
    }
  });

  const campaign = async (target: number, pricePerTask = rupiahs(500)) =>
    market.campaign(await market.client(), { target, pricePerTask });

  it('PRF-3 one picture sent for ten tasks of a worker at once goes to review once', async () => {
    const TIMES = 3; // the first one opens the connections, and so may go one by one
    for (const worker of await times(TIMES, () => market.worker())) {
      const takes = await times(10, async () => market.take(worker, await campaign(1)));
      const file = aFile();
      const sentAt = market.clock.now();
      const send = ({ id: takeId }: Take) =>
        market.core.proofs.submit({ actor: worker.actor, takeId, file, sentAt });
      const ended = await Promise.allSettled(takes.map(send));
      const refused = ended.filter((one) => one.status === 'rejected');
      const codes = refused.map(({ reason }) => asRefusal(reason)?.code);
      expect(codes).to.deep.equal(Array.from({ length: 9 }, () => 'proof.same-file'));
      const mine = await market.core.tasks.mine({ actor: worker.actor });
      const states = mine.map(({ take }) => take.status);
      expect(states.filter((status) => status === 'taken')).to.have.length(9);
      for (const one of ended) if (one.status === 'fulfilled') await market.approve(one.value);
    }
  });

  it('REV-6 four admins who decide and go on in one step never meet on a case', async () => {
    const queue = await campaign(20);
    const proofs = await times(20, async () => market.proof(await market.worker(), queue));
    const results: DecisionResult[] = [];
    const seen: ProofId[] = [];
    /** As a tap does it: the decision and the next case are one transaction. */
    const step = (actor: Actor, open: Proof | undefined) =>
      ports.unitOfWork.run(async (tx) => {
        const desk = market.core.within(tx).proofs;
        const decided = open && (await desk.approve({ actor, proofId: open.id }));
        return { decided, next: (await desk.next({ actor, skipped: [] }))?.proof };
      });
    const work = async ({ actor }: { readonly actor: Actor }): Promise<void> => {
      let open = (await step(actor, undefined)).next;
      while (open) {
        seen.push(open.id);
        const { decided, next } = await step(actor, open);
        if (decided) results.push(decided);
        open = next;
      }
    };
    await Promise.all((await times(4, market.admin)).map(work));
    expect(new Set(seen).size).to.equal(seen.length);
    expect(seen).to.include.members(proofs.map(({ id }) => id));
    expect(results.map(({ outcome }) => outcome)).to.deep.equal(seen.map(() => 'approved'));
  });

  it('REV-6 going on and leaving wait for nobody who is just deciding', async function () {
    this.timeout(15_000);
    const queue = await campaign(2);
    const [first, second] = await times(2, async () => market.proof(await market.worker(), queue));
    const [one, two] = [await market.admin(), await market.admin()];
    const next = ({ actor }: { readonly actor: Actor }) =>
      market.core.proofs.next({ actor, skipped: [] });
    expect((await next(one))?.proof.id).to.equal(first?.id);
    const [locked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    letGo = gone.resolve;
    const deciding = ports.unitOfWork.run(async (tx) => {
      await tx.cases.lock([first?.id as ProofId], { by: one.id, to: 'pay' });
      locked.resolve();
      await gone.promise;
    });
    await locked.promise;
    await market.core.proofs.release({ actor: one.actor });
    expect((await next(two))?.proof.id).to.equal(second?.id);
    expect(await next(one)).to.equal(null);
    gone.resolve();
    await deciding;
    for (const proof of [first, second]) await market.approve(proof as Proof);
  });

  it('REV-7 whoever looks at a reversal keeps no slot and no account from others', async function () {
    this.timeout(15_000);
    const queue = await campaign(2);
    const [judged, paid] = await times(2, async () => market.proof(await market.worker(), queue));
    await market.reject(judged as Proof);
    await market.approve(paid as Proof);
    const { actor } = await market.house();
    const [looked, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    letGo = gone.resolve;
    const looking = ports.unitOfWork.run(async (tx) => {
      const { proofs } = market.core.within(tx);
      for (const one of [judged, paid]) {
        await proofs.previewReversal({ actor, proofId: (one as Proof).id });
      }
      looked.resolve();
      await gone.promise;
    });
    await looked.promise;
    const worker = await market.worker();
    const last = await market.proof(worker, queue);
    expect(await market.approve(last)).to.include({ outcome: 'approved' });
    gone.resolve();
    await looking;
  });

  it('REV-7 a reversal moves what was shown, or nothing, whatever the worker withdraws', async () => {
    const worker = await market.worker();
    const proof = await market.proof(worker, await campaign(1, rupiahs(20_000)));
    await market.approve(proof);
    const { actor } = await market.house();
    const request = { actor, proofId: proof.id };
    const preview = await market.core.proofs.previewReversal(request);
    if (preview.turns !== 'approval') throw new Error('an approval would be undone');
    const { returned: shown } = preview;
    const [reversed, withdrawn] = await Promise.allSettled([
      market.core.proofs.reverse({ ...request, reason: 'looked again', shown }),
      market.withdraw(worker, 15_000),
    ]);
    if (reversed.status === 'fulfilled') {
      expect(reversed.value).to.deep.include({ returned: 20_000n });
      expect(withdrawn.status).to.equal('rejected');
    } else {
      expect(asRefusal(reversed.reason)?.code).to.equal('proof.reversal-changed');
      const again = market.core.proofs.reverse({ ...request, reason: 'again', shown });
      expect((await refusal(again)).details).to.deep.equal({ moves: 5_000n });
    }
  });
});
