import { expect } from 'chai';
import { createCore, type Ports, type Proof } from '../../core/index.ts';
import { aCopy, aScene, ids, JOB, NONE, of, orders } from '../support/approvals.ts';
import { withBooks } from '../support/broken-books.ts';
import { freshId } from '../support/builders.ts';
import { ofKind, OPERATOR, refusal, together } from '../support/market.ts';

describe('Approving many: what is left alone', () => {
  it('REV-8 what was decided meanwhile keeps its decision', async () => {
    const { market, campaign, proofs, start, run, show } = await aScene();
    const order = await start(of(campaign));
    const [rejected, approved] = proofs;
    if (rejected) await market.reject(rejected);
    if (approved) await market.approve(approved);
    await run();
    expect(await show(order)).to.deep.include({
      approved: 1,
      paid: 500n,
      skipped: { ...NONE, decided: 2 },
    });
    expect(rejected && (await market.proofNow(rejected)).status).to.equal('rejected');
    await market.ledgerIsSound();
  });

  it('REV-6 REV-8 what another admin has open is theirs', async () => {
    const { market, admin, campaign, proofs, start, run, show } = await aScene({ waiting: 2 });
    const order = await start(of(campaign));
    const { actor } = await market.admin();
    const [opened, mine] = proofs;
    await market.core.proofs.open({ actor, proofId: opened?.id ?? freshId() });
    await market.core.proofs.open({ actor: admin.actor, proofId: mine?.id ?? freshId() });
    await run();
    expect(await show(order)).to.deep.include({ approved: 1, skipped: { ...NONE, claimed: 1 } });
    expect(opened && (await market.proofNow(opened)).status).to.equal('pending');
  });

  it('PRF-3 REV-8 what has a flag wants to be looked at', async () => {
    const { market, campaign, proofs, start, run, show } = await aScene({ waiting: 1 });
    const copy = await aCopy(market, campaign, proofs[0]);
    const order = await start(of(campaign), freshId(), [...ids(proofs), copy.id]);
    await run();
    expect(await show(order)).to.deep.include({ approved: 1, skipped: { ...NONE, flagged: 1 } });
    expect((await market.proofNow(copy)).status).to.equal('pending');
  });

  it('ACC-7 REV-8 one’s own stays', async () => {
    const { market, campaign, proofs, client, run } = await aScene({ waiting: 2 });
    await market.forceRole(client, 'admin');
    const { start, show } = orders(market, client);
    const order = await start(of(campaign), freshId(), ids(proofs));
    await run();
    expect(await show(order)).to.deep.include({ approved: 0, skipped: { ...NONE, own: 2 } });
  });

  it('WAL-13 REV-8 a freeze that begins meanwhile stops the rest', async () => {
    const { market, campaign, start, run, show } = await aScene();
    const order = await start(of(campaign));
    await run(1);
    await withBooks(market).freeze();
    await run();
    expect(await show(order)).to.deep.include({ approved: 1, skipped: { ...NONE, frozen: 2 } });
    await market.ledgerIsSound();
  });

  it('ACC-6 REV-8 an admin who was revoked or owes the terms approves no more', async () => {
    const ends: readonly ((scene: Awaited<ReturnType<typeof aScene>>) => unknown)[] = [
      ({ market, admin: { telegramId } }) =>
        market.core.users.revokeAdmin({ actor: OPERATOR, telegramId }),
      ({ market, admin }) => market.forceRole(admin, 'worker'),
      ({ market }) => market.ports.changeSettings({ termsVersion: 2 }),
    ];
    for (const end of ends) {
      const scene = await aScene({ waiting: 2 });
      const { batch } = await scene.start(of(scene.campaign));
      await end(scene);
      await scene.run();
      const report = await scene.market.see((tx) => tx.approvalBatches.report(batch.id));
      expect(report).to.deep.include({ approved: 0, skipped: { ...NONE, 'no-right': 2 } });
      expect(report?.batch.doneAt).to.not.equal(null);
    }
  });
});

describe('Approving many: the job', () => {
  it('REV-8 works in pieces, the oldest order first, and tells each admin once', async () => {
    const { market, admin, campaign, start, run, show, send } = await aScene({ waiting: 2 });
    const first = await start(of(campaign));
    market.clock.advance(1_000);
    const last = await send();
    const other = await market.admin();
    const second = await orders(market, other).start(of(campaign), freshId(), [last.id]);
    const { next } = await run(1);
    expect((await show(first)).approved).to.equal(1);
    expect(ofKind(market.noticesTo(admin), 'approvals.done')).to.deep.equal([]);
    await market.core.approvals.run({ actor: JOB, limit: 2, ...(next && { after: next }) });
    await run();
    expect(ofKind(market.noticesTo(admin), 'approvals.done')).to.deep.equal([
      { kind: 'approvals.done', batchId: first.batch.id, approved: 2, paid: 1_000n, skipped: 0 },
    ]);
    expect(ofKind(market.noticesTo(other), 'approvals.done')).to.deep.equal([
      { kind: 'approvals.done', batchId: second.batch.id, approved: 1, paid: 500n, skipped: 0 },
    ]);
  });

  it('REV-8 several runs at once and two orders of one list pay each proof once', async () => {
    const { market, campaign, proofs, start, run, show } = await aScene({ waiting: 6 });
    const twins = [
      await start(of(campaign)),
      await orders(market, await market.admin()).start(of(campaign)),
    ];
    await together(4, () => run());
    const [first, second] = await Promise.all(twins.map(show));
    expect(first).to.deep.include({ approved: 6, paid: 3_000n, skipped: NONE });
    expect(second).to.deep.include({ approved: 0, skipped: { ...NONE, decided: 6 } });
    for (const { id } of proofs) {
      expect(await market.see((tx) => tx.proofs.decisions(id))).to.have.length(1);
    }
    await market.ledgerIsSound();
  });

  it('REV-8 a crash between two proofs, or in one, neither pays twice nor loses one', async () => {
    for (let transactions = 0; transactions <= 5; transactions += 1) {
      const scene = await aScene({ waiting: 4 });
      const { market, admin, campaign, start, run, show } = scene;
      const order = await start(of(campaign));
      const dying = createCore(diesAfter(market.ports, transactions));
      await Promise.allSettled([dying.approvals.run({ actor: JOB, limit: 100 })]);
      await run();
      expect(await show(order)).to.deep.include({ approved: 4, paid: 2_000n, skipped: NONE });
      expect(ofKind(market.noticesTo(admin), 'approvals.done')).to.have.length(1);
      await market.ledgerIsSound();
    }
  });

  it('REV-8 a defect in one proof is told, stops no other, and is met again', async () => {
    const { market, campaign, proofs, start, run, show } = await aScene();
    const order = await start(of(campaign));
    const bad = proofs[0]?.id;
    const core = createCore(stumblesOver(market.ports, bad));
    const first = await core.approvals.run({ actor: JOB, limit: 1 });
    expect(first.faults).to.have.length(1);
    const { next } = first;
    const rest = await core.approvals.run({ actor: JOB, limit: 100, ...(next && { after: next }) });
    expect(rest).to.deep.equal({ done: 2, faults: [], next: null });
    const { batch, approved } = await show(order);
    expect({ approved, doneAt: batch.doneAt }).to.deep.equal({ approved: 2, doneAt: null });
    await run();
    expect(await show(order)).to.deep.include({ approved: 3, skipped: NONE });
  });

  it('REV-8 is run by the clock and watched by every admin', async () => {
    const { market, admin, campaign, start } = await aScene();
    const { batch } = await start(of(campaign));
    const { approvals } = market.core;
    const { actor } = await market.admin();
    expect((await approvals.show({ actor, batchId: batch.id })).listed).to.equal(3);
    const refused = await refusal(approvals.run({ actor: admin.actor, limit: 1 }));
    expect(refused.code).to.equal('user.operator-required');
    const unknown = approvals.show({ actor, batchId: freshId() });
    expect((await refusal(unknown)).code).to.equal('not-found');
  });
});

/** Its process dies in the transaction after so many: what that one did is not kept. */
const diesAfter = (ports: Ports, transactions: number): Ports => {
  let left = transactions;
  return {
    ...ports,
    unitOfWork: {
      run: async (work) => {
        left -= 1;
        const dies = left < 0;
        if (left < -1) throw new Error('dead');
        return ports.unitOfWork.run(async (tx) => {
          const result = await work(tx);
          if (dies) throw new Error('killed');
          return result;
        });
      },
    },
  };
};

/** A defect where this proof is locked. */
const stumblesOver = (ports: Ports, bad: Proof['id'] | undefined): Ports => ({
  ...ports,
  unitOfWork: {
    run: (work) =>
      ports.unitOfWork.run((tx) =>
        work({
          ...tx,
          cases: {
            ...tx.cases,
            lock: async (ids, locking) => {
              if (ids.some((id) => id === bad)) throw new Error('a defect');
              return tx.cases.lock(ids, locking);
            },
          },
        }),
      ),
  },
});
